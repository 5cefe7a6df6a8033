"""Small files as odd writers leave them: wrong sizes, tags in front, counts that begin late."""

from __future__ import annotations

import io
import struct

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 16_000
Samples = NDArray[np.int16]


def glide(seconds: float = 1.03, rate: int = RATE) -> Samples:
    """A tone that rises, so that no moment is like another."""
    t = np.arange(round(seconds * rate)) / rate
    return (9_000 * np.sin(2 * np.pi * (220 * t + 150 * t * t))).astype("<i2")


def encoded(format: str, samples: Samples, subtype: str | None = None, rate: int = RATE) -> bytes:
    """The samples as libsndfile writes them."""
    out = io.BytesIO()
    soundfile.write(out, samples, rate, format=format, subtype=subtype)
    return out.getvalue()


def riff(
    sound: bytes, size: int | None = None, *, encoding: int = 1, mark: bytes = b"RIFF"
) -> bytes:
    """A WAV file around ``sound`` that claims ``size`` bytes of it."""
    claimed = struct.pack("<I", len(sound) if size is None else size)
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, encoding, 1, RATE, 2 * RATE, 2, 16)
    wide = b"ds64" + struct.pack("<IQQQI", 28, 0, 0, 0, 0) if mark != b"RIFF" else b""
    return mark + claimed + b"WAVE" + wide + fmt + b"data" + claimed + sound


def tagged(data: bytes) -> bytes:
    """An ID3 tag of 300 bytes in front, with what looks like sound inside."""
    return b"ID3\x03\0\0\0\0\x02\x2c" + b"\xff\xfb\x90\0" * 75 + data


def of_unknown_length(flac: bytes) -> bytes:
    """The FLAC file as an encoder writes it into a pipe."""
    return flac[:21] + bytes([flac[21] & 0xF0]) + bytes(4) + flac[26:]


def mp2(frames: int) -> bytes:
    """Silence at 48 kHz: frames of 384 bytes without a bit for any band."""
    return (b"\xff\xfd\x84\xc0" + bytes(380)) * frames


def counted_late(opus: bytes) -> bytes:
    """The Ogg Opus file as some versions of ffmpeg count: the lead-in before the first page."""
    (lead_in,) = struct.unpack_from("<H", opus, opus.index(b"OpusHead") + 10)
    pages = [b"OggS" + page for page in opus.split(b"OggS")[1:]]
    return b"".join([*pages[:2], *(_later(page, lead_in) for page in pages[2:])])


def _later(page: bytes, samples: int) -> bytes:
    count = struct.unpack_from("<q", page, 6)[0] + samples
    page = page[:6] + struct.pack("<q", count) + page[14:22] + bytes(4) + page[26:]
    return page[:22] + struct.pack("<I", _ogg_checksum(page)) + page[26:]


def _ogg_checksum(page: bytes) -> int:
    left = 0
    for byte in page:
        left ^= byte << 24
        for _ in range(8):
            left = left << 1 ^ (0x104C11DB7 if left & 1 << 31 else 0)
    return left
