"""Reading: anything that holds sound, and clear errors for what doesn't."""

from __future__ import annotations

import io
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from glmkit.errors import BadArgument, BadAudio, GlmWarning
from glmkit.media.clip import Clip

RATE = 22_050
TONE = Clip.tone(440, 2, rate=RATE)


def encoded(format: str, subtype: str | None = None, channels: int = 1, rate: int = RATE) -> bytes:
    """TONE in some format; further channels hold it at a third and a fifth."""
    columns = np.stack([TONE.samples / (2 * k + 1) for k in range(channels)], axis=1)
    out = io.BytesIO()
    soundfile.write(out, columns, rate, format=format, subtype=subtype)
    return out.getvalue()


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize(
    ("format", "subtype", "error"),
    [
        ("WAV", "PCM_U8", 0.01),
        ("WAV", "PCM_16", 1e-4),
        ("WAV", "PCM_24", 1e-6),
        ("WAV", "PCM_32", 1e-6),
        ("WAV", "FLOAT", 1e-6),
        ("WAV", "DOUBLE", 1e-6),
        ("WAV", "ULAW", 0.02),
        ("WAVEX", "PCM_16", 1e-4),
        ("WAVEX", "PCM_24", 1e-6),
        ("FLAC", "PCM_16", 1e-4),
        ("FLAC", "PCM_24", 1e-6),
        ("OGG", "VORBIS", 0.05),
        ("AIFF", "PCM_16", 1e-4),
    ],
)
def test_files_become_mono_at_their_own_rate(
    format: str, subtype: str, error: float, channels: int
) -> None:
    """Every width, kind and channel count gives the mean of the channels at the file's rate."""
    clip = Clip.read(encoded(format, subtype, channels))
    mean = TONE.samples * np.mean([1 / (2 * k + 1) for k in range(channels)])
    assert (clip.rate, len(clip)) == (RATE, len(TONE))
    assert np.abs(clip.samples - mean).max() < error


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_mp3_files_are_as_long_as_what_was_encoded(channels: int, rate: int) -> None:
    """The encoder's padding is left out."""
    clip = Clip.read(encoded("MP3", channels=channels, rate=rate))
    assert (clip.rate, len(clip)) == (rate, len(TONE))


def test_sources(tmp_path: Path) -> None:
    """Paths, bytes, open files and clips are read, under Chinese names too."""
    data = TONE.to_wav()
    path = tmp_path / "课程 资料" / "声音.wav"
    path.parent.mkdir()
    path.write_bytes(data)
    expected = Clip.from_wav(data)
    sources = (path, str(path), data, bytearray(data), memoryview(data), io.BytesIO(data), expected)
    assert all(Clip.read(source) == expected for source in sources)
    with path.open("rb") as file:
        assert Clip.read(file) == expected


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.array([0, 64, 128, 255], np.uint8), [-1, -0.5, 0, 127 / 128]),
        (np.array([-32768, 16384], np.int16), [-1, 0.5]),
        (np.array([-32768, 16384], ">i2"), [-1, 0.5]),
        (np.array([-(2**31), 2**30], np.int32), [-1, 0.5]),
        (np.array([0.5, -0.25], np.float16), [0.5, -0.25]),
        (np.array([0.5, -0.25]), [0.5, -0.25]),
        ([0.5, -0.25], [0.5, -0.25]),
        (np.array([[0.5, 0.0], [0.25, 0.25], [1.0, 0.0]]), [0.25, 0.25, 0.5]),
        (np.array([[0.5, 0.25, 1.0], [0.0, 0.25, 0.0]]), [0.25, 0.25, 0.5]),
        (np.array([[16384, 0], [0, 0], [-32768, 0]], np.int16), [0.25, 0.0, -0.5]),
        (np.array([[0.5], [0.25]]), [0.5, 0.25]),
        (np.array([[0.5, 0.25]]), [0.5, 0.25]),
        (np.zeros((0, 2)), []),
        ([], []),
    ],
)
def test_arrays(array: object, expected: list[float]) -> None:
    """Integers are scaled by their width; the shorter side of two is the channels."""
    clip = Clip.read(array, rate=16_000)  # type: ignore[arg-type]
    assert clip.samples.tolist() == pytest.approx(expected)
    assert clip == Clip(array, 16_000)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([0.0, np.nan, np.inf]), "2 of 3 samples are NaN"),
        (np.array([0.0, 12_000.0]), "divide them by 32768"),
        (np.array([1, 2]), "int64"),
        (np.array([True, False]), "bool"),
        (np.array([1j]), "complex"),
        (np.array(["a"]), "<U1"),
        (b"RIFF", "S4"),
        ([[0.0], [0.0, 0.0]], "different lengths"),
        (np.zeros((2, 2, 2)), r"\(2, 2, 2\)"),
        (np.zeros((128, 300)), r"\(128, 300\)"),
        (np.zeros((5, 0)), "0 channels"),
        (0.5, r"\(\)"),
    ],
)
def test_arrays_that_are_no_sound(array: object, words: str) -> None:
    """Arrays that are no sound are refused by what was found."""
    with pytest.raises(BadAudio, match=words):
        Clip(array, 16_000)  # type: ignore[arg-type]


def test_a_pair_is_samples_with_their_rate() -> None:
    """What scipy, gradio, soundfile or librosa give for a file is taken as it is."""
    samples = np.array([0, 16_384, -32_768], np.int16)
    for pair in ((16_000, samples), (samples, 16_000), [np.int64(16_000), samples]):
        assert Clip.read(pair) == Clip(samples, 16_000)  # type: ignore[arg-type]
    with pytest.raises(BadArgument, match="own rate"):
        Clip.read((16_000, samples), rate=16_000)  # type: ignore[arg-type]
    with pytest.raises(BadArgument, match="own rate"):
        Clip.read((16_000, "a.wav"))  # type: ignore[arg-type]
    with pytest.raises(BadAudio, match="1 of 2 samples are NaN"):
        Clip.read([0.1, np.nan], rate=16_000)
    with pytest.raises(BadAudio, match="rate is 1"):
        Clip.read((1, samples))  # type: ignore[arg-type]


def test_rate_goes_with_arrays_only() -> None:
    """An array needs a rate; a file has one."""
    with pytest.raises(BadAudio, match="rate=16000"):
        Clip.read(np.zeros(3))
    with pytest.raises(BadArgument, match=r"resample\(16000\)"):
        Clip.read(TONE.to_wav(), rate=16_000)


WAV = encoded("WAV")


def patched(at: int, layout: str, value: int) -> bytes:
    """The WAV with one number of its header changed."""
    return WAV[:at] + struct.pack(layout, value) + WAV[at + struct.calcsize(layout) :]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "0 bytes"),
        (b"hello, world\n" * 10, "is text"),
        ("你好，世界".encode() * 500, "is text"),
        ("hello".encode("utf-16"), "is text"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\0\0\0\x20ftypM4A " + bytes(100), "M4A"),
        (b"\x1a\x45\xdf\xa3" + bytes(100), "WebM"),
        (b"#!AMR\n" + bytes(100), "AMR"),
        (bytes(1000), "no sound"),
        (np.random.default_rng(3).bytes(50_000), "no sound"),
        (b"ID3\x04\0\0\0\0\0\0" + bytes(100), "no sound"),
        (b"\xff\xfb\x90\x00" + bytes(50), "no sound"),
        (b"\xff\xe4\x22\x79" + bytes(50), "no sound"),
        (WAV[:8], "no sound"),
        (WAV[:12], "header is incomplete"),
        (WAV[:30], "header is incomplete"),
        (WAV[:40], "header is incomplete"),
        (WAV[:44], "before its first sample"),
        (patched(22, "<H", 0), "0 channels"),
        (patched(24, "<I", 0), "0 Hz"),
        (patched(24, "<i", -16_000), "4294951296 Hz"),
        (patched(24, "<I", 7), "is 7, expected"),
        (encoded("FLAC")[:20], "no sound"),
        (encoded("FLAC")[:200], "before its first sample"),
        (encoded("OGG")[:60], "no sound"),
    ],
    ids=itertools.count(),  # an OGG stream's serial number differs in every process
)
def test_bytes_that_are_no_sound(data: bytes, words: str) -> None:
    """What is no sound is refused by what it is."""
    with pytest.raises(BadAudio, match=words):
        Clip.read(data)


@pytest.mark.parametrize(("value", "words"), [(np.nan, "NaN"), (40.0, "reach 40")])
def test_float_files_are_checked(value: float, words: str) -> None:
    """A file of floats may hold nonsense too."""
    out = io.BytesIO()
    soundfile.write(out, np.full(100, value), 16_000, format="WAV", subtype="FLOAT")
    with pytest.raises(BadAudio, match=words):
        Clip.read(out.getvalue())


@pytest.mark.parametrize("format", ["WAV", "FLAC", "MP3", "OGG"])
def test_a_cut_file_gives_what_is_there(format: str) -> None:
    """Half a file gives its beginning, exactly, and a warning."""
    columns = np.random.default_rng(0).standard_normal(10 * RATE) / 10
    out = io.BytesIO()
    soundfile.write(out, columns, RATE, format=format)
    whole, data = Clip.read(out.getvalue()), out.getvalue()
    with pytest.warns(GlmWarning, match="is cut off: 4.[0-9]+ s|is cut off: 5.0"):
        half = Clip.read(data[: len(data) // 2 + 1])
    same = min(len(half), len(whole)) - 2_000
    assert np.abs(half.samples[:same] - whole.samples[:same]).max() < 1e-6


def test_a_file_cut_in_its_last_page_is_noticed() -> None:
    """An OGG stream without its end says so."""
    data = encoded("OGG")
    with pytest.raises(BadAudio, match="before its first sample"):
        Clip.read(data[:-10])


def test_a_warning_points_at_the_line_that_read() -> None:
    """The warning names this file, not one of the kit's."""
    with pytest.warns(GlmWarning) as cut:
        Clip.read(WAV[:2_000])
    with pytest.warns(GlmWarning) as loud:
        Clip([1.5], 16_000)
    assert [each[0].filename for each in (cut, loud)] == [__file__, __file__]
