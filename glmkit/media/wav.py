"""RIFF WAV: one complete file around some samples, and a second look at headers that lie.

A WAV of ours is always 44 bytes of header and 16-bit little-endian mono samples: what the service
takes in each append under the wav formats (documented). ``mend`` makes any WAV readable
to its last byte: a recorder that was killed leaves sizes of 0, a pipe leaves one near 2 or 4 GB,
and a cut file claims more than it has. RF64 (BW64) is WAV with 64-bit sizes in a chunk of their
own; here it becomes RIFF, since whatever is read fits into memory.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from glmkit.errors import BadAudio
from glmkit.texts import text

HEADER_BYTES = 44
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST = 0xFFFFFFFF
#: What writers into a pipe claim, rounded down to whole frames: ffmpeg 0xFFFFFFFF, sox and espeak
#: 0x7FFFF000, arecord 0x80000000, others something just below (observed).
_PIPES = (range(0x7FFFE000, 0x80000001), range(0xFFFFE000, 0x100000000))
_RF64 = (b"RF64", b"BW64")
#: ``fmt ``'s number for MPEG audio, Layer I and II, and Layer III
MPEG = (0x50, 0x55)
_EXTENSIBLE = 0xFFFE
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


def is_rf64(data: bytes) -> bool:
    """Whether these bytes begin as a WAV file with 64-bit sizes does."""
    return data[:4] in _RF64 and data[8:12] == b"WAVE"


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
    """A WAV that can be read to its end, and whether that is earlier than it claims.

    ``encoding``: the number in ``fmt `` (1 is PCM); ``sound``: the bytes
    in ``data`` if that is MPEG's.
    """

    data: bytes
    cut: bool
    encoding: int
    sound: bytes


@dataclass(frozen=True, slots=True)
class _Format:
    """What ``fmt `` says: the encoding's number, and the bytes of one frame."""

    encoding: int
    align: int


def mend(data: bytes, *, name: str = "WAV") -> Mended:
    """The WAV with its size as it is. Raises BadAudio where the header itself cannot be used."""
    at, said, format = 12, 0, None
    while at + 8 <= len(data):
        mark, size = struct.unpack_from("<4sI", data, at)
        if mark == b"fmt " and at + 24 <= len(data):
            format = _checked_format(data, at + 8, name)
        if mark == b"ds64" and at + 24 <= len(data):
            (said,) = struct.unpack_from("<Q", data, at + 16)
        if mark == b"data" and format:
            wide = is_rf64(data) and size == _LARGEST and said
            return _sized(data, at, said if wide else size, format, name)
        at += 8 + size + size % 2
    raise BadAudio(text("media.wav_header_cut", name=name, found=len(data)))


def _checked_format(data: bytes, at: int, name: str) -> _Format:
    encoding, channels, rate = struct.unpack_from("<HHI", data, at)
    if not channels:
        raise BadAudio(text("media.no_channels", name=name))
    if not 0 < rate <= _HIGHEST:
        raise BadAudio(text("media.wav_rate", name=name, found=rate))
    if encoding == _EXTENSIBLE:  # the number stands in front of an identifier of 16 bytes
        encoding = int.from_bytes(data[at + 24 : at + 26], "little")
    return _Format(encoding, max(1, int(struct.unpack_from("<H", data, at + 12)[0])))


def _sized(data: bytes, at: int, claimed: int, format: _Format, name: str) -> Mended:
    begin, (riff,) = at + 8, struct.unpack_from("<I", data, 4)
    present = len(data) - begin
    # an honest file with no samples may have chunks after them; a killed writer has samples there
    unfinished = claimed == 0 and present > 0 and riff + 8 < len(data)
    piped = claimed > present and any(claimed in sizes for sizes in _PIPES)
    whole = piped or unfinished
    size = present - present % format.align if whole else claimed
    if claimed and not whole and present < format.align:
        raise BadAudio(text("media.cut_before_samples", name=name))
    if whole or is_rf64(data):
        data = b"RIFF" + data[4 : at + 4] + struct.pack("<I", min(size, _LARGEST)) + data[begin:]
    sound = data[begin : begin + size] if format.encoding in MPEG else b""
    return Mended(data, present < claimed and not whole, format.encoding, sound)
