"""Server VAD's events, from made-up probabilities and from real speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from glmkit.media.voice_activity import silero
from glmkit.media.voice_activity.segments import (
    SPEECH_FRAMES,
    Intake,
    Resumed,
    Segmenter,
    SilenceSoFar,
    Started,
    Stopped,
    Tuning,
)

DATA = Path(__file__).parents[2] / "data"
SPOKEN = sorted(path.stem for path in DATA.glob("*_??.wav") if "two" not in path.stem)
SPEECH, MIDDLE, SILENCE = 0.95, 0.5, 0.05

Samples = NDArray[np.float32]


def chances(*runs: tuple[float, int]) -> Samples:
    return np.concatenate([np.full(count, chance, np.float32) for chance, count in runs])


def kinds(events: list[object]) -> list[str]:
    return [type(event).__name__ for event in events]


def recording(name: str, *, before: float = 1.0, after: float = 1.5) -> tuple[Samples, float]:
    """A sample of data/ with silence around it, and how loud its speech is (RMS)."""
    samples, rate = soundfile.read(DATA / f"{name}.wav", dtype="float32")
    assert rate == silero.RATE
    loud = samples[np.abs(samples) > 0.01]
    around = [np.zeros(int(seconds * rate), np.float32) for seconds in (before, after)]
    return np.concatenate([around[0], samples, around[1]]), float(np.sqrt(np.mean(loud**2)))


def spoken_ms(samples: Samples) -> tuple[float, float]:
    """Where speech begins and ends in a clean recording: 35 dB below its loudest 10 ms."""
    level = np.sqrt(np.convolve(samples**2, np.ones(160) / 160, "same"))
    loud = np.flatnonzero(level > level.max() * 10 ** (-35 / 20))
    return float(loud[0]) / 16, float(loud[-1]) / 16


def noise(kind: str, count: int) -> Samples:
    """Noise of RMS 1: white, or brown as of a motor, or clicks as of a keyboard, or mains hum."""
    random = np.random.default_rng(7)
    made = random.standard_normal(count)
    if kind == "brown":
        spectrum = np.fft.rfft(made)
        made = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 20), count)
    elif kind == "clicks":
        made *= np.exp(-np.arange(count) % 4_000 / 150)
    elif kind == "hum":
        times = np.arange(count) / silero.RATE
        made = sum(np.sin(2 * np.pi * 50 * n * times) / n for n in range(1, 9))
    scaled: Samples = (made / np.sqrt(np.mean(made**2))).astype(np.float32)
    return scaled


def test_eight_decisions_of_silence_end_speech() -> None:
    """By default 24 silent frames, 768 ms, end a segment, and 23 do not."""
    segmenter = Segmenter()
    found = segmenter.feed(chances((SILENCE, 10), (SPEECH, 20), (SILENCE, 23)))
    assert kinds(found) == ["Started", "SilenceSoFar"]
    assert segmenter.feed(chances((SILENCE, 1))) == [
        Stopped(at_ms=30 * 32, first=10 * 512 - 96 * 16, last=30 * 512 + 192 * 16)
    ]


def test_speech_is_dated_one_decision_early() -> None:
    """A start is dated 96 ms before the first voiced frame, and never before the stream."""
    late = Segmenter().feed(chances((SILENCE, 10), (SPEECH, 20)))
    assert late == [Started(at_ms=320 - 96, first=(320 - 96) * 16)]
    assert Segmenter().feed(chances((SPEECH, 20))) == [Started(at_ms=0, first=0)]


def test_a_segment_never_reaches_into_the_one_before() -> None:
    """A long padding stops where the last segment was decided."""
    segmenter = Segmenter(Tuning(prefix_padding_ms=5_000, silence_duration_ms=320))
    segmenter.feed(chances((SPEECH, 20), (SILENCE, 12)))
    [second] = segmenter.feed(chances((SPEECH, 10)))
    assert second == Started(at_ms=30 * 32, first=30 * 512)


@pytest.mark.parametrize("chance", [SPEECH, MIDDLE])
def test_without_silence_nothing_ends(chance: float) -> None:
    """Ten minutes of speech, or of a sound between speech and silence, stay one segment."""
    segmenter = Segmenter()
    segmenter.feed(chances((SPEECH, 20)))
    assert segmenter.feed(chances((chance, 18_750))) == []
    assert segmenter.speaking


def test_a_short_noise_is_not_speech() -> None:
    """Voiced frames in groups too short, with silence between them, start nothing."""
    blip = chances((SPEECH, SPEECH_FRAMES - 1), (SILENCE, 3))
    assert Segmenter().feed(np.tile(blip, 100)) == []


def test_a_breath_inside_a_word_does_not_hide_it() -> None:
    """Two silent frames among the first voiced ones do not start the count again."""
    found = Segmenter().feed(chances((SPEECH, 2), (SILENCE, 2), (SPEECH, SPEECH_FRAMES - 2)))
    assert found == [Started(at_ms=0, first=0)]


def test_a_pause_is_hinted_and_taken_back() -> None:
    """At 192 ms of silence recognition may begin; when speech goes on it is void, each time."""
    segmenter = Segmenter()
    pause = chances((SPEECH, 10), (SILENCE, 10))
    found = segmenter.feed(np.concatenate([pause, pause, chances((SILENCE, 20))]))
    assert kinds(found) == ["Started", "SilenceSoFar", "Resumed", "SilenceSoFar", "Stopped"]
    hint, stopped = found[3], found[4]
    assert isinstance(hint, SilenceSoFar)
    assert isinstance(stopped, Stopped)
    assert hint.ms == 192
    assert (hint.first, hint.last) == (stopped.first, stopped.last)
    assert Resumed() in found


def test_sounds_between_leave_the_count_of_silence() -> None:
    """A frame between speech and silence neither ends a silence nor adds to it."""
    mixed = np.tile(chances((SILENCE, 1), (MIDDLE, 1)), 23)
    segmenter = Segmenter()
    assert kinds(segmenter.feed(np.concatenate([chances((SPEECH, 9)), mixed])))[-1:] != ["Stopped"]
    assert kinds(segmenter.feed(chances((SILENCE, 1)))) == ["Stopped"]


def test_pieces_do_not_matter() -> None:
    """Frame by frame or all at once: the same events."""
    random = np.random.default_rng(3)
    steps = random.choice([SPEECH, SPEECH, MIDDLE, SILENCE, SILENCE, SILENCE], 4_000)
    story = np.repeat(steps, random.integers(1, 30, 4_000)).astype(np.float32)
    whole = Segmenter().feed(story)
    single = Segmenter()
    assert [event for chance in story for event in single.feed(np.array([chance]))] == whole
    assert kinds(whole).count("Started") > 100


def test_tuning_takes_what_was_chosen() -> None:
    """A lower threshold and a shorter silence are honoured."""
    found = Segmenter(Tuning(threshold=0.5, silence_duration_ms=500)).feed(
        chances((0.6, 10), (SILENCE, 16))
    )
    assert kinds(found) == ["Started", "SilenceSoFar", "Stopped"]


def test_a_low_threshold_leaves_room_for_silence() -> None:
    """What counts as silent is always below what counts as speech."""
    for threshold in (0.01, 0.3, 0.5, 0.85, 1.0):
        assert Tuning(threshold=threshold).quiet < threshold


def test_intake_makes_the_same_frames_of_any_pieces() -> None:
    """Odd pieces become the frames of the whole."""
    sound = np.random.default_rng(5).standard_normal(silero.RATE * 2).astype(np.float32)
    intake, cuts = Intake(), np.cumsum(np.random.default_rng(6).integers(1, 5_000, 60))
    frames = np.concatenate([intake.feed(piece) for piece in np.split(sound, cuts)])
    assert len(frames) >= 60
    np.testing.assert_array_equal(frames.reshape(-1), sound[: frames.size])
    assert intake.end == len(sound)


def test_intake_gives_back_what_a_segment_covers() -> None:
    """Samples are found by position, also after the front was forgotten."""
    sound = np.arange(10_000, dtype=np.float32)
    intake = Intake()
    for piece in np.split(sound, [100, 5_000]):
        intake.feed(piece)
    np.testing.assert_array_equal(intake.samples(90, 5_100), sound[90:5_100])
    intake.forget(4_000)
    np.testing.assert_array_equal(intake.samples(3_000, 4_100), sound[4_000:4_100])
    np.testing.assert_array_equal(intake.samples(9_000), sound[9_000:])
    intake.forget(50_000)
    assert intake.samples().shape == (0,)
    assert intake.end == 10_000


@pytest.mark.parametrize("ratio_db", [99, 20, 10, 5])
@pytest.mark.parametrize("kind", ["white", "brown", "clicks", "hum"])
@pytest.mark.parametrize("name", SPOKEN)
def test_speech_in_noise_is_one_segment(name: str, kind: str, ratio_db: int) -> None:
    """Each sample, in each noise, starts and stops once, within 200 and 250 ms of the truth."""
    clean, level = recording(name)
    begins, ends = spoken_ms(clean)
    noisy = clean + noise(kind, len(clean)) * level * 10 ** (-ratio_db / 20)
    events = Segmenter().feed(silero.probabilities(noisy.astype(np.float32), silero.RATE))
    started, stopped = (event for event in events if isinstance(event, Started | Stopped))
    assert isinstance(started, Started)
    assert isinstance(stopped, Stopped)
    assert abs(started.at_ms - begins) < 200
    assert abs(stopped.at_ms - ends) < 250


@pytest.mark.parametrize("level_db", [-60, -30, -10])
@pytest.mark.parametrize("kind", ["white", "brown", "clicks", "hum"])
def test_noise_alone_is_not_speech(kind: str, level_db: int) -> None:
    """Half a minute of noise starts nothing, at any level."""
    sound = noise(kind, 30 * silero.RATE) * 10 ** (level_db / 20)
    assert Segmenter().feed(silero.probabilities(sound.astype(np.float32), silero.RATE)) == []


def test_a_pause_divides_two_questions() -> None:
    """A recording with 1.7 s of silence in it is two segments."""
    sound, _ = recording("two_questions_zh")
    events = Segmenter().feed(silero.probabilities(sound, silero.RATE))
    assert [kind for kind in kinds(events) if kind in ("Started", "Stopped")] == [
        "Started", "Stopped", "Started", "Stopped",
    ]  # fmt: skip
