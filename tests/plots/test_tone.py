"""Spectrogram, pitch, loudness, compare, profile, vad: what they find is what is there."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from glmkit import connect, sample, samples
from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.plots import compare, loudness, measure, pitch, profile, spectrogram, vad
from glmkit.plots.drawing.palette import THEMES
from glmkit.plots.measures import loudness_of, pitch_of, syllables
from glmkit.plots.spectrograms import rolloff, spectrum, to_hertz
from tests.pictured import a_turn, sentence_on, voice, words_on

EVERY = (spectrogram, pitch, loudness, profile)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mel", "stft"])
def test_a_tone_lies_at_its_frequency(kind: str) -> None:
    """The loudest band of a 1 kHz tone is at 1 kHz, and most energy below a bit more."""
    found = spectrum(Clip.tone(1000, 1.0), kind)  # type: ignore[arg-type]
    loudest = int(found.power.sum(axis=1).argmax())
    assert to_hertz(found, (loudest + 0.5) / len(found.power)) == pytest.approx(1000, rel=0.06)
    assert rolloff(found) == pytest.approx(1000, rel=0.12)


def test_a_long_spectrum_is_folded_not_cut() -> None:
    """Ten minutes give as many columns as are seen; a click in the middle is among them."""
    sound = np.zeros(600 * 8000, np.float32)
    sound[sound.size // 2] = 1.0
    found = spectrum(Clip(sound, 8000))
    assert found.power.shape[1] <= 1500
    assert found.power.sum(axis=0).argmax() == pytest.approx(found.power.shape[1] / 2, abs=2)


def test_pitch_follows_the_voice() -> None:
    """A 220 Hz tone is 220 Hz, and silence has no pitch."""
    found = pitch_of(Clip.tone(220, 1.0)).percentiles(50)
    assert found == pytest.approx([220], rel=0.02)
    assert pitch_of(Clip.silence(1.0)).percentiles(50) is None


def test_loudness_is_in_dbfs() -> None:
    """A tone of -20 dBFS reads -20; silence reads the floor."""
    assert np.median(loudness_of(Clip.tone(300, 1.0, level=-20))) == pytest.approx(-20, abs=0.2)
    assert loudness_of(Clip.silence(0.5)).max() == -100


def test_syllables_are_counted_in_real_speech() -> None:
    """Ten spoken characters are ten swells, give or take one."""
    assert len(syllables(sample("story_zh"))) == pytest.approx(10, abs=1)


def test_tone_of_voice_in_numbers() -> None:
    """Pause, lead and rate of a recording made of two questions."""
    tone = measure(sample("two_questions_zh"))
    assert tone.lead == pytest.approx(0.32, abs=0.05)
    assert [end - begin for begin, end in tone.pauses] == pytest.approx([1.7], abs=0.1)
    assert tone.rate is not None
    assert 3 < tone.rate < 7
    assert tone.pitch is not None
    assert 180 < tone.pitch[1] < 320


@pytest.mark.slow
@pytest.mark.parametrize("plot", EVERY)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_titles_state_the_finding(plot, theme: str) -> None:  # type: ignore[no-untyped-def]
    """Each has a title with a number in it, and says its units on the axes."""
    ax = plot(voice(1.0), theme=theme)
    assert any(letter.isdigit() for letter in ax.get_title(loc="left"))
    assert "(s)" in sentence_on(ax)


@pytest.mark.slow
@pytest.mark.parametrize("plot", EVERY)
@pytest.mark.parametrize("count", [0, 1, 700])
def test_next_to_nothing_can_be_drawn(plot, count: int) -> None:  # type: ignore[no-untyped-def]
    """Empty, one sample, a few: a figure, no exception and no warning."""
    assert sentence_on(plot(Clip(np.zeros(count, np.float32), 16_000)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["waveform", "spectrogram", "pitch", "loudness"])
def test_two_clips_are_compared_on_the_same_scales(kind: str) -> None:
    """The title says how they differ; both panels span the longer one."""
    long, soft = voice(2.0), Clip(voice(1.5).samples / 2, 16_000)
    ax = compare(long, soft, kind=kind)  # type: ignore[arg-type]
    title = "as high: medians" if kind == "pitch" else "0.50 s shorter and 6"
    assert f"Beside the first, the second is {title}" in sentence_on(ax)
    panels = ax.child_axes or [ax]
    assert {panel.get_xlim()[1] >= 2 for panel in panels} == {True}
    assert len({panel.get_ylim() for panel in panels}) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["waveform", "pitch"])
def test_a_clip_remembers_whose_it_is(kind: Any) -> None:
    """Also a part of it, and at another rate: its name and its colour are the same everywhere."""
    turn = a_turn()
    assert turn.input is not None
    assert turn.audio is not None
    answer, you = turn.audio[0.1:].resample(16_000), turn.input + turn.input[:0.5]
    assert (answer.speaker, you.speaker, (answer + you).speaker) == ("answer", "you", None)
    words = sentence_on(compare(answer, you, kind=kind))
    assert "your voice is" in words
    assert {"You", "Answer"} <= set(words.split("\n"))
    response, mine = THEMES["light"].response.fill, THEMES["light"].input.fill
    for clip, colour in ((answer, response), (you, mine), (voice(1.0), mine)):
        ax = loudness(clip)
        assert ax.get_lines()[-1].get_color() == colour


@pytest.mark.slow
@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_frequencies_at_the_axis_never_touch(rate: int) -> None:
    """Also where two panels share the height of one, and where the axis reaches 24 kHz."""
    clip = Clip.tone(440, 1.0, rate)
    for ax in (*compare(clip, clip, kind="spectrogram").child_axes, spectrogram(clip)):
        words_on(ax)
        shown = [each.get_window_extent() for each in ax.get_yticklabels()]
        assert len(shown) >= 5
        assert not any(one.overlaps(other) for one, other in pairwise(shown))


@pytest.mark.parametrize("plot", [compare, spectrogram])
def test_an_unknown_kind_is_named(plot) -> None:  # type: ignore[no-untyped-def]
    """The error lists the kinds there are."""
    clips = [voice(1.0)] * (2 if plot is compare else 1)
    with pytest.raises(BadArgument, match="expected one of"):
        plot(*clips, kind="cepstrum")


@pytest.mark.slow
def test_vad_shows_the_segments_server_vad_would_cut() -> None:
    """Two questions are two segments; a longer silence makes them one; a tone is none."""
    pytest.importorskip("onnxruntime")
    clip = sample("two_questions_zh")
    assert "2 segments" in sentence_on(vad(clip))
    assert "One segment" in sentence_on(vad(clip, silence_duration_ms=3000))
    assert "hear nobody" in sentence_on(vad(Clip.silence(1.0)))
    assert "speech from 0.60" in sentence_on(vad(clip, threshold=0.6, theme="dark"))


@pytest.mark.slow
def test_a_segment_ends_where_the_server_says_and_its_turn_when_it_says_so() -> None:
    """The first doesn't move with the silence that is waited for; the second does."""
    clip = sample("two_questions_zh")
    with connect("emulator", vad="server", modalities=["text"]) as session:
        session.say(clip, speed=None, timeout=30)
        stopped = session.trace.select("input_audio_buffer.speech_stopped")
    ends = [event.get("audio_end_ms") / 1000 for event in stopped]
    assert len(ends) == 2
    for silence in (300, 768):
        wave, _ = vad(clip, silence_duration_ms=silence).child_axes
        edges = [line.get_xdata()[0] for line in wave.lines]
        for end in ends:
            assert min(abs(edge - end) for edge in edges) < 0.001
            assert min(abs(edge - end - silence / 1000) for edge in edges) < 0.033


@pytest.mark.slow
def test_known_syllables_are_written_over_their_time() -> None:
    """With their tones, on the kit's Mandarin; on nothing whose syllables nobody told."""
    clip = Clip.tone(220, 1.0).with_syllables([(0.2, 0.5, "mā"), (0.5, 0.8, "mǎ")])
    ax = pitch(clip)
    places = {each.get_text(): each.get_position()[0] for each in ax.texts}
    assert places["mā"] == pytest.approx(0.35)
    assert places["mǎ"] == pytest.approx(0.65)
    assert "Syllables: as said" in sentence_on(ax)
    assert "Syllables" not in sentence_on(pitch(Clip.tone(220, 1.0)))


def test_the_kits_mandarin_knows_its_syllables() -> None:
    """Every recording: in order, within its speech, as many as it has characters."""
    counts = {
        "joke_zh": 7,
        "hello_zh": 8,
        "weather_zh": 10,
        "story_zh": 10,
        "call_zh": 7,
        "two_questions_zh": 11,
    }
    for name in samples():
        clip = sample(name)
        assert len(clip.syllables) == counts.get(name, 0)
        edges = [at for start, end, _ in clip.syllables for at in (start, end)]
        assert edges == sorted(edges)
        if edges:
            spans = clip.voiced_spans()
            assert edges[0] == pytest.approx(spans[0][0], abs=0.06)
            assert edges[-1] == pytest.approx(spans[-1][1], abs=0.06)
