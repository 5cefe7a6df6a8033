"""Clips: values in seconds and hertz."""

from __future__ import annotations

import pickle
import tracemalloc
import wave
from collections.abc import Callable
from io import BytesIO
from itertools import accumulate, product
from typing import Any

import numpy as np
import pytest

from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.media.clip import Clip
from glmkit.media.formats import FORMATS, INPUT_FORMATS
from tests.listed import check_each

RNG = np.random.default_rng(1)
NOISE = RNG.integers(-20_000, 20_000, 12_345).astype(np.int16)


def test_what_goes_in_comes_out() -> None:
    """16-bit samples survive WAV, PCM and FLAC to the last bit."""
    clip = Clip(NOISE, 22_050)
    assert Clip.from_wav(clip.to_wav()) == clip
    assert Clip.from_pcm(clip.to_pcm(), 22_050) == clip
    assert Clip(clip.samples, 22_050) == clip
    assert Clip(clip.samples, 22_050).to_pcm() == clip.to_pcm()
    assert Clip(np.array([0.6, -0.6, 0.4]) / 32768, 8_000).to_pcm() == b"\1\0\xff\xff\0\0"


def test_samples_are_float32_in_one_and_read_only() -> None:
    """Samples are float32, full scale is 1, and nobody can change them."""
    clip = Clip(np.array([-32768, 0, 16384], np.int16), 16_000)
    assert clip.samples.dtype == np.float32
    assert clip.samples.tolist() == [-1.0, 0.0, 0.5]
    for each in (clip, Clip(np.zeros(3), 16_000), pickle.loads(pickle.dumps(clip)), clip[0:1]):
        with pytest.raises(ValueError, match="read-only"):
            each.samples[0] = 1
        with pytest.raises(AttributeError):
            each.rate = 1  # type: ignore[misc]


def test_a_clip_does_not_follow_the_array_it_came_from() -> None:
    """Changing the array afterwards leaves the clip as it was."""
    for kind in (np.int16, np.float32):
        array = np.zeros(4, kind)
        clip = Clip(array, 16_000)
        array[0] = 1
        assert not clip.samples.any()


def test_received_audio_costs_its_bytes_once() -> None:
    """A clip on received bytes allocates nothing, and keeps no converted copy after use."""
    data = bytes(20_000_000)
    tracemalloc.start()
    try:
        clip = Clip.from_pcm(data)
        assert clip.samples.sum() + clip.seconds > 0
        assert clip.level == -np.inf
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 100_000
    assert peak > 30_000_000


def test_equality_is_about_rate_and_samples() -> None:
    """Clips are equal by value, and cannot be keys."""
    assert Clip([0.5, 0.25], 16_000) == Clip(np.array([16384, 8192], np.int16), 16_000)
    assert Clip([0.5], 16_000) != Clip([0.5], 24_000)
    assert Clip([0.5], 16_000) != Clip([0.25], 16_000)
    with pytest.raises(TypeError):
        hash(Clip([0.5], 16_000))
    with pytest.raises(TypeError):
        iter(Clip([0.5], 16_000))  # type: ignore[call-overload]


def test_repr_is_short() -> None:
    """A clip prints its length, rate and level."""
    assert repr(Clip.tone(440, 1.52, level=-18.3)) == "Clip(1.52 s, 16000 Hz, -18.3 dBFS)"
    assert repr(Clip.silence(1)) == "Clip(1.00 s, 16000 Hz, silent)"
    assert repr(Clip([], 8_000)) == "Clip(0.00 s, 8000 Hz, silent)"


def test_tone_has_the_level_and_pitch_asked_for() -> None:
    """A tone is a sine of the frequency, length and level that were asked for."""
    tone = Clip.tone(440, 1, rate=24_000, level=-20)
    assert (tone.rate, len(tone), tone.seconds) == (24_000, 24_000, 1.0)
    assert tone.level == pytest.approx(-20, abs=0.01)
    assert tone.peak == pytest.approx(-17, abs=0.02)
    assert np.abs(np.fft.rfft(tone.samples)).argmax() == 440


WRONG: list[Callable[[], object]] = [
    lambda: Clip.tone(0, 1),
    lambda: Clip.tone(9_000, 1),
    lambda: Clip.tone(440, 1, level=0),
    lambda: Clip.tone(440, float("nan")),
    lambda: Clip.silence(-1),
    lambda: Clip.silence(1, rate=0),
    lambda: Clip([0.0], -16_000),
    lambda: Clip([0.0], float("nan")),
    lambda: Clip([0.0], 16_000.5),
    lambda: Clip([0.0], True),
    lambda: Clip([0.0], "16000"),  # type: ignore[arg-type]
    lambda: Clip.silence(1).resample(0),
    lambda: Clip.from_pcm(b"abc"),
    lambda: Clip.silence(1).chunks(0),
    lambda: Clip.silence(1).chunks(float("inf")),
    lambda: Clip.silence(1).chunks(format="pcm32"),
    lambda: Clip.silence(1)[3],  # type: ignore[index]
    lambda: Clip.silence(1)[0:1:2],
    lambda: Clip.silence(1)["a":"b"],  # type: ignore[misc]
    lambda: Clip.silence(1).write("clip.m4a"),
    lambda: Clip.silence(1).write("no such folder/clip.wav"),
    lambda: Clip.silence(1).write("a\0b.wav"),
    lambda: Clip.silence(1).write(5),  # type: ignore[arg-type]
    lambda: Clip.silence(1).chunks(format=["pcm"]),  # type: ignore[arg-type]
    lambda: Clip.silence(1).resample(10**400),
    lambda: Clip.silence(1e9),
    lambda: Clip.from_pcm(5),  # type: ignore[arg-type]
    lambda: Clip.from_wav("a.wav"),  # type: ignore[arg-type]
]


def test_bad_arguments_are_refused() -> None:
    """What cannot be used is refused, with a sentence."""
    check_each(_is_refused, [(make,) for make in WRONG])


def _is_refused(make: Callable[[], object]) -> None:
    with pytest.raises((BadArgument, BadFile), match=r"\w{3}"):
        make()


ODD: list[object] = ["1", None, [1], 1j, True, float("nan"), 10**400, np.zeros(2)]
OF_A_NUMBER: list[Callable[[Any], object]] = [
    lambda odd: Clip.tone(odd, 1),
    lambda odd: Clip.tone(440, odd),
    lambda odd: Clip.tone(440, 1, level=odd),
    lambda odd: Clip.silence(odd),
    lambda odd: Clip.silence(1).chunks(odd),
    lambda odd: Clip.silence(1).voiced_spans(gap=odd),
]


def test_what_is_no_number_is_refused() -> None:
    """Numbers are numbers, of Python's or numpy's, and nothing else."""
    check_each(_takes_numbers_only, product(OF_A_NUMBER, ODD))


def _takes_numbers_only(make: Callable[[Any], object], odd: object) -> None:
    with pytest.raises(BadArgument, match="expected"):
        make(odd)


def test_numbers_may_be_numpys() -> None:
    """As they come out of a computation."""
    tone = Clip.tone(np.float32(440), np.int64(1), level=np.float64(-12))
    assert tone == Clip.tone(440, 1)
    assert len(list(tone.chunks(np.int32(250)))) == 4


def test_slices_are_in_seconds() -> None:
    """Slices take seconds, also from the end, and stop at the ends."""
    clip = Clip(NOISE[:10_000], 10_000)
    assert clip[0.25:0.5] == Clip(NOISE[2_500:5_000], 10_000)
    assert clip[-0.25:] == Clip(NOISE[7_500:10_000], 10_000)
    assert clip[:-0.25] == clip[:0.75]
    assert clip[:5] == clip
    assert len(clip[0.5:0.2]) == 0


def test_adding_resamples_the_second() -> None:
    """A sum has the first's rate and both lengths."""
    both = Clip.tone(440, 0.5, rate=24_000) + Clip.tone(440, 0.25, rate=16_000)
    assert (both.rate, both.seconds) == (24_000, 0.75)
    assert np.abs(np.fft.rfft(both[0.5:].samples)).argmax() * 4 == 440
    pcm = Clip(NOISE, 16_000)
    assert (pcm + pcm).to_pcm() == 2 * pcm.to_pcm()


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_resampling_keeps_the_sound(rate: int) -> None:
    """A resampled tone is the same tone, as long, as loud."""
    clip = Clip.tone(440, 1, rate=22_050).resample(rate)
    assert (clip.rate, len(clip)) == (rate, rate)
    assert np.abs(clip.samples - Clip.tone(440, 1, rate=rate).samples)[200:-200].max() < 1e-3


@pytest.mark.parametrize("format", ["pcm", "pcm16", "pcm24"])
@pytest.mark.parametrize("ms", [100, 33, 12.5, 1 / 16])
def test_pcm_chunks_neither_drift_nor_lose(format: str, ms: float) -> None:
    """Chunks join to the whole, resampled once; each begins where the clock says."""
    clip = Clip(NOISE, 22_050)
    rate = FORMATS[format].rate
    chunks = list(clip.chunks(ms, format))
    assert b"".join(chunks) == clip.to_pcm(rate)
    ends = list(accumulate(len(chunk) // 2 for chunk in chunks))[:-1]
    assert all(abs(end - (k + 1) * ms * rate / 1000) <= 0.5 for k, end in enumerate(ends))


@pytest.mark.parametrize("format", ["wav", "wav24", "wav48"])
def test_wav_chunks_are_complete_files(format: str) -> None:
    """Each chunk of a wav format is a WAV that others can read, with 44 bytes of header."""
    clip, whole = Clip(NOISE, 22_050), b""
    for chunk in clip.chunks(100, format):
        with wave.open(BytesIO(chunk)) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            assert file.getframerate() == INPUT_FORMATS[format]
            frames = file.readframes(file.getnframes())
        assert len(frames) == len(chunk) - 44
        whole += frames
    assert whole == clip.to_pcm(INPUT_FORMATS[format])


def test_an_empty_clip_has_no_chunks() -> None:
    """Nothing gives no chunks."""
    assert list(Clip([], 16_000).chunks()) == []


def test_play_gives_a_player_with_the_same_sound() -> None:
    """The notebook's player holds a WAV of the clip."""
    clip = Clip(NOISE, 16_000)
    assert Clip.from_wav(clip.play().data) == clip


def test_numpy_sees_the_samples() -> None:
    """np.asarray(clip) is clip.samples."""
    clip = Clip(NOISE, 16_000)
    assert np.array_equal(np.asarray(clip), clip.samples)
    assert np.asarray(clip, dtype=np.float64).dtype == np.float64


def test_from_wav_wants_a_wav() -> None:
    """from_wav refuses bare samples and says where they go."""
    with pytest.raises(BadAudio, match=r"Clip\.from_pcm"):
        Clip.from_wav(NOISE.tobytes())


def test_a_clip_keeps_its_syllables_where_they_are_true() -> None:
    """Cut, resampled, joined, copied: in its own seconds; new samples have none."""
    said = ((0.1, 0.3, "nǐ"), (0.3, 0.5, "hǎo"), (0.7, 0.9, "ma"))
    clip = Clip.silence(1.0).with_syllables(said)
    cases = [
        (clip.resample(24_000), said),
        (clip.spoken_by("you"), said),
        (pickle.loads(pickle.dumps(clip)), said),
        (Clip.read(clip), said),
        (clip[:0.4], ((0.1, 0.3, "nǐ"),)),
        (clip[0.25:0.85], ((0.05, 0.25, "hǎo"), (0.45, 0.6, "ma"))),
        (clip[-0.35:], ((0.05, 0.25, "ma"),)),
        (Clip.silence(1.0) + clip[0.6:], ((1.1, 1.3, "ma"),)),
        (Clip(clip.samples, 16_000), ()),
        (Clip.from_wav(clip.to_wav()), ()),
    ]

    def has(made: Clip, expected: tuple[tuple[float, float, str], ...]) -> None:
        assert [each[2] for each in made.syllables] == [each[2] for each in expected]
        for found, wanted in zip(made.syllables, expected, strict=True):
            assert found[:2] == pytest.approx(wanted[:2])

    check_each(has, cases)
