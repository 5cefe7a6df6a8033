"""RIFF WAV: one complete file around some samples, and a second look at headers that lie.

A WAV of ours is always 44 bytes of header and 16-bit little-endian mono samples: what the service
takes in each append under the wav formats (documented). ``mend`` makes any WAV readable
to its last byte: a recorder that was killed leaves sizes of 0, a pipe leaves 0xFFFFFFFF, and a cut
file claims more than it has.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from glmkit.errors import BadAudio
from glmkit.texts import text

HEADER_BYTES = 44
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_UNKNOWN = 0xFFFFFFFF
_HIGHEST = 2**31 - 1  # Hz that the header's bytes-a-second field can hold


def header(samples: int, rate: int) -> bytes:
    """The 44 bytes before ``samples`` 16-bit mono samples at ``rate`` Hz."""
    size = 2 * samples
    riff = (b"RIFF", HEADER_BYTES - 8 + size, b"WAVE")
    return _HEADER.pack(*riff, b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", size)


def pack(pcm: bytes | memoryview, rate: int) -> bytes:
    """A complete WAV file around 16-bit little-endian mono samples."""
    return header(len(pcm) // 2, rate) + pcm


def is_wav(data: bytes) -> bool:
    """Whether these bytes begin as a RIFF WAV file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


@dataclass(frozen=True, slots=True)
class Plain:
    """16-bit mono samples and their rate in Hz."""

    pcm: bytes
    rate: int


def unpack(data: bytes) -> Plain | None:
    """The samples of a file exactly as ``pack`` writes it, None for any other."""
    if len(data) < HEADER_BYTES or not is_wav(data):
        return None
    rate = int(struct.unpack_from("<I", data, 24)[0])
    samples = (len(data) - HEADER_BYTES) // 2
    # the header counts bytes, so a file of odd length is not one of these either
    if rate > _HIGHEST or len(data) % 2 or data[:HEADER_BYTES] != header(samples, rate):
        return None
    return Plain(data[HEADER_BYTES:], rate)


@dataclass(frozen=True, slots=True)
class Mended:
    """A WAV that can be read to its end, and whether that is earlier than it claims."""

    data: bytes
    cut: bool


def mend(data: bytes, *, name: str = "WAV") -> Mended:
    """The WAV with its size as it is. Raises BadAudio where the header itself cannot be used."""
    at, align = 12, 0
    while at + 8 <= len(data):
        mark, size = struct.unpack_from("<4sI", data, at)
        if mark == b"fmt " and at + 24 <= len(data):
            align = _check_format(data, at + 8, name)
        if mark == b"data" and align:
            return _sized(data, at, align, name)
        at += 8 + size + size % 2
    raise BadAudio(text("media.wav_header_cut", name=name, found=len(data)))


def _check_format(data: bytes, at: int, name: str) -> int:
    channels, rate = struct.unpack_from("<HI", data, at + 2)
    if not channels:
        raise BadAudio(text("media.no_channels", name=name))
    if not 0 < rate <= _HIGHEST:
        raise BadAudio(text("media.wav_rate", name=name, found=rate))
    return max(1, int(struct.unpack_from("<H", data, at + 12)[0]))


def _sized(data: bytes, at: int, align: int, name: str) -> Mended:
    (riff,), (claimed,) = struct.unpack_from("<I", data, 4), struct.unpack_from("<I", data, at + 4)
    present = len(data) - at - 8
    # an honest file with no samples may have chunks after them; a killed writer has samples there
    unfinished = claimed == 0 and present > 0 and riff + 8 < len(data)
    if claimed == _UNKNOWN or unfinished:
        whole = present - present % align
        data = data[: at + 4] + struct.pack("<I", min(whole, _UNKNOWN)) + data[at + 8 :]
        return Mended(data, cut=False)
    if claimed and present < align:
        raise BadAudio(text("media.cut_before_samples", name=name))
    return Mended(data, cut=present < claimed)
