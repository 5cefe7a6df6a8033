"""Clips under other conditions: each is what it says, measured by other means than it was made."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import glmkit as glm
from glmkit.emulator.hear.recognition import Recogniser
from glmkit.errors import BadArgument, BadAudio
from glmkit.lab.scores import cer
from glmkit.media.clip import Clip
from glmkit.media.conditions.losses import FRAME
from glmkit.media.conditions.neighbours import others_than
from glmkit.media.conditions.telephone import coded
from glmkit.media.likeness import best_match, lowered
from tests.listed import check_each

RATIOS = (20.0, 5.0, 0.0, -10.0)
RATES = (8_000, 16_000, 24_000, 44_100)
EACH: dict[str, Callable[[Clip], Clip]] = {
    "noise": lambda clip: clip.noise(10),
    "voices": lambda clip: clip.voices(10, speakers=4),
    "telephone": lambda clip: clip.telephone(),
    "drop": lambda clip: clip.drop(0.1, burst=3),
    "faster": lambda clip: clip.faster(1.25),
}


@pytest.fixture
def joke() -> Clip:
    return glm.sample("joke_zh")


def decibels(samples: NDArray[Any]) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))


def where_voiced(clip: Clip) -> NDArray[np.bool_]:
    at = np.arange(len(clip)) / clip.rate
    return np.any([(at >= a) & (at < b) for a, b in clip.voiced_spans()], axis=0)


def test_the_ratio_asked_for_is_the_ratio_there_is() -> None:
    """What was added, taken out again, is as many decibels under the voice as asked for."""
    check_each(_has_ratio, product(("noise", "voices"), RATIOS))


def _has_ratio(kind: str, snr: float) -> None:
    clip = Clip(0.3 * glm.sample("story_zh").samples, 16_000)
    there = getattr(clip, kind)(snr)
    spoken = where_voiced(clip)
    assert there.peak < -0.1  # or the voice would be softer in it, too
    added = there.samples - clip.samples
    assert decibels(clip.samples[spoken]) - decibels(added[spoken]) == pytest.approx(snr, abs=0.1)


def test_the_ratio_is_about_that_of_p56(joke: Clip) -> None:
    """The level of the voice is its active level: where an envelope is near the loudest."""
    envelope = np.convolve(np.abs(joke.samples), np.hanning(3_200) / 1_600, "same")
    active = joke.samples[envelope > envelope.max() * 10 ** (-15.9 / 20)]
    spoken = joke.samples[where_voiced(joke)]
    assert decibels(active) == pytest.approx(decibels(spoken), abs=1)


def test_loud_sums_keep_their_ratio() -> None:
    """What would be over full scale is made softer as a whole."""
    samples = glm.sample("joke_en").samples
    loud, soft = (Clip(samples * gain, 16_000).noise(-10) for gain in (1.2, 0.2))
    assert loud.peak == pytest.approx(0, abs=0.01)
    assert soft.peak < -3
    assert np.corrcoef(loud.samples, soft.samples)[0, 1] > 0.9999


def test_noise_is_shaped_like_the_voice(joke: Clip) -> None:
    """In each octave it is as much under the voice as in another."""
    noise = joke.noise(0).samples - joke.samples
    spoken = joke.samples[where_voiced(joke)]

    def octaves(samples: NDArray[Any]) -> NDArray[Any]:
        power = np.abs(np.fft.rfft(samples)) ** 2 / len(samples)
        hz = np.fft.rfftfreq(len(samples), 1 / 16_000)
        bands = [(hz >= low) & (hz < 2 * low) for low in (125, 250, 500, 1_000, 2_000, 4_000)]
        return np.array([10 * np.log10(power[band].sum() / len(samples)) for band in bands])

    apart = octaves(spoken) - octaves(noise)
    assert np.ptp(apart) < 3


def test_the_seed_decides() -> None:
    """The same gives the same, another something else; nothing else is remembered."""
    check_each(_is_seeded, product(("noise", "voices", "drop")))


def _is_seeded(kind: str) -> None:
    clip = glm.sample("joke_zh")
    arguments = (0.2,) if kind == "drop" else (10,)
    make = getattr(clip, kind)
    assert make(*arguments) == make(*arguments, seed=0) == make(*arguments)
    assert make(*arguments) != make(*arguments, seed=1)


def test_each_is_a_clip_like_others() -> None:
    """Its rate, length, kind, voice and syllables are the clip's; the clip itself is as it was."""
    check_each(_is_a_clip, product(EACH, RATES))


def _is_a_clip(kind: str, rate: int) -> None:
    clip = glm.sample("joke_zh").spoken_by("you").resample(rate)
    before = clip.samples.copy()
    there = EACH[kind](clip)
    assert there.samples.dtype == np.float32
    assert np.array_equal(clip.samples, before)
    assert not np.array_equal(there.samples, clip.samples)
    assert (there.rate, there.speaker) == (rate, "you")
    assert np.isfinite(there.samples).all()
    if kind != "faster":
        assert len(there) == len(clip)
        assert there.syllables == clip.syllables
    with pytest.raises(ValueError, match="read-only"):
        there.samples[0] = 1
    assert pickle.loads(pickle.dumps(there)) == there


@pytest.mark.slow
def test_neighbours_say_something_else() -> None:
    """The recording that is heard in a clip is left out, also softer, at another rate, in noise."""
    check_each(_is_left_out, product(glm.samples()))


def _is_left_out(name: str) -> None:
    clip = glm.sample(name)
    for heard in (clip, clip.noise(0), clip.resample(24_000), clip[0.5:]):
        others = others_than(heard.samples, heard.rate)
        assert len(others) == len(glm.samples()) - 1
        assert all(best_match(lowered(each, 16_000), lowered(clip.samples, 16_000)).alike < 0.5
                   for each in others)  # fmt: skip


def test_more_neighbours_leave_fewer_pauses() -> None:
    """One neighbour pauses between sentences, twelve together hardly do."""
    clip = glm.sample("two_questions_zh")

    def quietest(speakers: int) -> float:
        added = clip.voices(0, speakers=speakers).samples - clip.samples
        frames = added[: len(added) // 800 * 800].reshape(-1, 800)
        return min(decibels(frame + 1e-9) for frame in frames) - decibels(added)

    assert quietest(1) < -40 < -12 < quietest(12)


def test_a_telephone_lets_through_what_telephones_do() -> None:
    """Speech's middle as it was, what is below 200 Hz and above 4 kHz gone."""
    noise = Clip(np.random.default_rng(0).normal(0, 0.1, 48_000).astype(np.float32), 24_000)
    check_each(_passes, product([noise], ("a", "mu")))


def _passes(noise: Clip, law: str) -> None:
    there = noise.telephone(law=law)  # type: ignore[arg-type]
    hz = np.fft.rfftfreq(len(noise), 1 / 24_000)
    before, after = (np.abs(np.fft.rfft(clip.samples)) ** 2 for clip in (noise, there))

    def passed(low: float, high: float) -> float:
        band = (hz > low) & (hz < high)
        return float(10 * np.log10(after[band].sum() / before[band].sum()))

    assert passed(350, 3_350) == pytest.approx(0, abs=0.2)
    assert passed(20, 180) < -20
    assert passed(4_200, 12_000) < -40


def test_g711_has_eight_bits() -> None:
    """A-law and μ-law: at most 256 values each, others for each law, errors as small as theirs."""
    sweep = np.linspace(-1, 1, 20_001, dtype=np.float32)
    laws = [coded(sweep, law) for law in ("a", "mu")]
    assert all(128 < len(np.unique(each)) <= 256 for each in laws)
    assert not np.array_equal(*laws)
    loud = np.abs(sweep) > 0.05
    for each in laws:
        assert np.max(np.abs(each[loud] / sweep[loud] - 1)) < 0.04


def test_as_many_frames_are_lost_as_asked_for(joke: Clip) -> None:
    """The share is exact, and runs are as long as asked for, on average."""
    check_each(_loses, product((0.0, 0.02, 0.1, 0.5, 0.9, 1.0), (1, 2.5, 8), (0, 7)))


def _loses(share: float, burst: float, seed: int) -> None:
    clip = Clip(np.full(16_000 * 10 + 50, 0.5, np.float32), 16_000)
    there = clip.drop(share, burst=burst, seed=seed)
    frame = round(FRAME * 16_000)
    lost = np.array([not there.samples[at : at + frame].any() for at in range(0, len(clip), frame)])
    assert set(np.unique(there.samples)) <= {0.0, 0.5}
    assert lost.sum() == round(share * len(lost))
    runs = np.flatnonzero(np.diff(np.concatenate([[0], lost, [0]])) == 1)
    if 0 < share <= 0.5:
        assert len(runs) == max(1, round(lost.sum() / burst))


@pytest.mark.parametrize("factor", [0.5, 0.8, 1.0, 1.3, 2.0])
def test_another_tempo_is_that_and_keeps_the_pitch(factor: float) -> None:
    """A note is as long as asked for, and the same note."""
    clip = Clip.tone(220, 2, rate=16_000) + Clip.tone(330, 1, rate=16_000)
    there = clip.faster(factor)
    assert there.seconds == pytest.approx(3 / factor, rel=0.01)
    for start, end, hz in ((0.2, 1.8, 220), (2.2, 2.8, 330)):
        note = there[start / factor : end / factor].samples
        power = np.abs(np.fft.rfft(note * np.hanning(len(note)), 1 << 17))
        assert np.argmax(power) * 16_000 / (1 << 17) == pytest.approx(hz, rel=0.005)
        assert decibels(note) == pytest.approx(-12, abs=0.5)


def test_the_tempo_that_it_has_changes_nothing(joke: Clip) -> None:
    """Silence before the first word moves nothing either."""
    assert not joke.samples[:1600].any()
    assert np.allclose(joke.faster(1).samples, joke.samples, atol=1e-5)


def test_syllables_keep_up_with_the_tempo(joke: Clip) -> None:
    """Each is said as many times as early."""
    fast = joke.faster(2)
    assert [said for *_, said in fast.syllables] == [said for *_, said in joke.syllables]
    assert fast.syllables[-1][1] == pytest.approx(joke.syllables[-1][1] / 2)


@pytest.mark.slow
def test_a_voice_keeps_its_pitch() -> None:
    """From word to word it is as high as before, at other tempi, too."""
    import librosa

    def pitch(clip: Clip) -> NDArray[Any]:
        hz, voiced, _ = librosa.pyin(clip.samples, fmin=65, fmax=500, sr=clip.rate, hop_length=160)
        return np.where(voiced, hz, np.nan)

    clip = glm.sample("story_zh")
    before = pitch(clip)
    for factor in (0.75, 1.4):
        after = pitch(clip.faster(factor))
        there = np.minimum(np.rint(np.arange(len(before)) / factor).astype(int), len(after) - 1)
        assert np.nanmedian(12 * np.log2(after[there] / before)) == pytest.approx(0, abs=0.2)


@pytest.mark.slow
@pytest.mark.voices
def test_they_are_still_understood() -> None:
    """At 20 dB, on the telephone and with few losses the recogniser hears the same words."""
    ears = Recogniser()
    try:
        check_each(partial(_is_understood, ears), product(UNDERSTOOD))
    finally:
        ears.close()


UNDERSTOOD: dict[str, Callable[[Clip], Clip]] = {
    "noise": lambda clip: clip.noise(20),
    "voices": lambda clip: clip.voices(20),
    "telephone": lambda clip: clip.telephone(),
    "drop": lambda clip: clip.drop(0.02),
    "faster": lambda clip: clip.faster(1.15),
}


def _is_understood(ears: Recogniser, kind: str) -> None:
    heard = ears.recognise(UNDERSTOOD[kind](glm.sample("weather_zh")).samples)
    assert cer("今天北京的天气怎么样", heard.text) <= 0.2, heard.text


@pytest.mark.slow
def test_figures_show_them(joke: Clip) -> None:
    """They are compared and drawn like other clips."""
    assert glm.plots.compare(joke, joke.faster(1.5)) is not None
    assert glm.plots.spectrogram(joke.telephone()) is not None


WRONG: dict[str, Callable[[Clip], Any]] = {
    "nan": lambda clip: clip.noise(float("nan")),
    "inf": lambda clip: clip.noise(float("inf")),
    "words": lambda clip: clip.voices("ten"),  # type: ignore[arg-type]
    "none": lambda clip: clip.noise(None),  # type: ignore[arg-type]
    "yes": lambda clip: clip.noise(True),
    "huge": lambda clip: clip.noise(10**400),
    "nobody": lambda clip: clip.voices(10, speakers=0),
    "half": lambda clip: clip.voices(10, speakers=1.5),  # type: ignore[arg-type]
    "crowd": lambda clip: clip.voices(10, speakers=10_000),
    "seed": lambda clip: clip.noise(10, seed=-1),
    "no seed": lambda clip: clip.drop(0.1, seed=None),  # type: ignore[arg-type]
    "odd seed": lambda clip: clip.drop(0.1, seed=0.5),  # type: ignore[arg-type]
    "law": lambda clip: clip.telephone(law="b"),  # type: ignore[arg-type]
    "a list": lambda clip: clip.telephone(law=["a"]),  # type: ignore[arg-type]
    "all and more": lambda clip: clip.drop(1.01),
    "less than nothing": lambda clip: clip.drop(-0.1),
    "no run": lambda clip: clip.drop(0.1, burst=0),
    "endless": lambda clip: clip.faster(0),
    "backwards": lambda clip: clip.faster(-1),
    "at once": lambda clip: clip.faster(100),
}


def test_what_cannot_be_is_refused() -> None:
    """The error names what was given and what may be."""
    check_each(_is_refused, product(WRONG))


def _is_refused(name: str) -> None:
    with pytest.raises(BadArgument, match=r"expected") as caught:
        WRONG[name](glm.sample("joke_zh"))
    assert len(str(caught.value)) < 1_000


def test_nothing_can_be_done_to_nothing() -> None:
    """An empty clip is refused by each, a silent one where a ratio is asked for."""
    check_each(_refuses_nothing, product(EACH))


def _refuses_nothing(kind: str) -> None:
    with pytest.raises(BadAudio, match="no samples"):
        EACH[kind](Clip.silence(0))
    if kind in {"noise", "voices"}:
        for silent in (Clip.silence(1), Clip.tone(440, 1, level=-60)):
            with pytest.raises(BadAudio, match="nobody speaks"):
                EACH[kind](silent)
    else:
        assert EACH[kind](Clip.silence(1)).level == -np.inf or kind == "telephone"


def test_short_clips_do_not_break_it() -> None:
    """A few samples are few samples afterwards."""
    check_each(_takes_few, product(("telephone", "drop", "faster"), (1, 2, 7, 400)))


def _takes_few(kind: str, count: int) -> None:
    clip = Clip(np.full(count, 0.1, np.float32), 16_000)
    there = EACH[kind](clip)
    assert len(there) == (round(count / 1.25) if kind == "faster" else count)


def test_clips_of_any_rate_join(joke: Clip) -> None:
    """A sum has the first one's rate; ``sum`` takes a list of them."""
    higher = joke.resample(24_000)
    assert (joke + higher).rate == 16_000
    assert (higher + joke).rate == 24_000
    assert sum([joke, higher, Clip.silence(1, rate=8_000)]).seconds == pytest.approx(
        2 * joke.seconds + 1, abs=1e-3
    )
    with pytest.raises(TypeError):
        1 + joke  # type: ignore[operator]


def test_what_a_listener_lets_be_heard() -> None:
    """A cough and "mm-hm" are computed, always the same, as loud as the recordings."""
    check_each(_is_made, product(("cough", "mm_hm")))


def _is_made(name: str) -> None:
    clip = glm.sample(name)
    assert clip == glm.sample(name)
    assert name not in glm.samples()
    assert (clip.rate, clip.peak < -1, 0.4 < clip.seconds < 1) == (16_000, True, True)
    assert clip.level == pytest.approx(-21, abs=2)
    assert len(clip.voiced_spans(gap=0.3)) == 1
