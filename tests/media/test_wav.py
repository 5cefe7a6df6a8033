"""WAV: headers that lie, and those that do not."""

from __future__ import annotations

import struct

import pytest

from glmkit.media import wav
from glmkit.media.clip import Clip

WAV = Clip.tone(440, 1).to_wav()


@pytest.mark.parametrize(
    ("riff", "size"), [(0, 0), (36, 0), (0xFFFFFFFF, 0xFFFFFFFF), (0, 0xFFFFFFFF)]
)
def test_a_header_that_was_never_completed_is_mended(riff: int, size: int) -> None:
    """WAVs from a pipe or a killed recorder are read whole, without a warning."""
    data = bytearray(WAV)
    struct.pack_into("<I", data, 4, riff)
    struct.pack_into("<I", data, 40, size)
    assert Clip.read(bytes(data)) == Clip.read(WAV)


def test_chunks_around_the_samples_are_skipped() -> None:
    """Chunks before and after the samples are no sound, odd sizes included."""
    extra = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    data = WAV[:12] + extra + WAV[12:] + extra
    assert Clip.read(data) == Clip.read(WAV)


def test_an_honest_empty_wav_is_an_empty_clip() -> None:
    """No samples in, no samples out."""
    assert len(Clip.read(wav.pack(b"", 16_000))) == 0
    assert len(Clip.read(wav.pack(b"", 16_000) + b"LIST\x04\0\0\0abcd")) in {0, 6}
