"""MP3: frames out of bytes, samples out of frames."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
import soundfile

from glmkit.errors import GlmWarning
from glmkit.media import mp3
from glmkit.media.clip import Clip
from glmkit.media.stream_decoders import Mp3Decoder

NOISE = np.random.default_rng(7).integers(-9_000, 9_000, 50_000)
SPEECHLIKE = Clip(NOISE * np.linspace(0, 1, len(NOISE)) ** 2 / 32768, 24_000)
CONSTANT = {"bitrate_mode": "CONSTANT", "compression_level": 0.8}


def as_mp3(clip: Clip, **settings: object) -> bytes:
    """The clip as libsndfile encodes it."""
    out = io.BytesIO()
    soundfile.write(out, clip.samples, clip.rate, format="MP3", **settings)
    return out.getvalue()


def test_an_mp3_cut_between_frames_is_noticed() -> None:
    """An MP3 with fewer frames than it promises says so."""
    data = SPEECHLIKE.to_mp3()
    frame = data.rindex(data[:2])
    with pytest.warns(GlmWarning, match="is cut off"):
        assert len(Clip.read(data[:frame])) < len(Clip.read(data))


def test_an_mp3_header_with_a_wrong_count_is_not_believed() -> None:
    """The frame count in an MP3's first frame neither shortens nor lengthens what is read."""
    data = SPEECHLIKE.to_mp3()
    at = data.index(b"Info" if b"Info" in data else b"Xing") + 8
    whole = Clip.read(data)
    fewer = data[:at] + struct.pack(">I", 10) + data[at + 4 :]
    assert len(Clip.read(fewer)) >= len(whole)
    assert np.array_equal(Clip.read(fewer).samples[: len(whole)], whole.samples)


def test_an_mp3_with_tags_around_it_is_read() -> None:
    """ID3 tags in front and behind are no sound and no damage."""
    data = SPEECHLIKE.to_mp3()
    sound = SPEECHLIKE.to_mp3(44_100)[:2048]
    tag = b"ID3\x04\0\0\0\0\x10\0" + sound
    assert Clip.read(tag + data + b"TAG" + bytes(125)) == Clip.read(data)


def test_mp3_agrees_with_another_reader() -> None:
    """A whole file's samples are those that libsndfile reads by itself."""
    data = as_mp3(SPEECHLIKE, **CONSTANT)
    expected, _ = soundfile.read(io.BytesIO(data), dtype="float32")
    assert np.array_equal(mp3.Stream().feed(data), expected)


def test_what_only_looks_like_a_frame_is_skipped() -> None:
    """A header in front that nothing of its kind follows, and one in a gap, are no frames."""
    data = as_mp3(SPEECHLIKE, **CONSTANT)
    size, whole = mp3.header(data).size, Mp3Decoder().feed(data)  # type: ignore[union-attr]
    other = as_mp3(SPEECHLIKE.resample(44_100))
    decoder = Mp3Decoder()
    first = decoder.feed(other[: mp3.header(other).size])  # type: ignore[union-attr]
    assert first + decoder.feed(data) == whole
    gap = data[: 20 * size] + b"junk" + data[:4] + bytes(size) + data[20 * size :]
    assert Mp3Decoder().feed(gap) == whole
