"""FLAC and CAF whose writer never came back to say how long they are: the length is filled in.

- FLAC: the number of samples is 0, "unknown" (documented: RFC 9639, 8.2). libsndfile then loses
  the last block; the last frame says where it ends.
- CAF: the size of the sound is -1, "until the end" (documented: Apple's specification, Data chunk),
  which libsndfile refuses.

WAV, whose writers have many ways to say nothing, is in ``wav``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_TOTAL: Final = slice(21, 26)  # bytes; the number of samples is the lower 36 bits
_MOST: Final = (1 << 36) - 1
_LEAST: Final = 42  # bytes before the first frame
_HEADER: Final = 16  # bytes that a frame's header has at most
_MORE: Final = {6: 1, 7: 2}  # bytes more, by the code of a block's size
_MORE_FOR_RATE: Final = {12: 1, 13: 2, 14: 2}


def with_length(data: bytes) -> bytes:
    """The file with its length, where it says that it is unknown and it can be found."""
    if data.startswith(b"fLaC"):
        return _flac_with_length(data)
    return _caf_with_length(data) if data.startswith(b"caff") else data


def _caf_with_length(data: bytes) -> bytes:
    at = 8
    while at + 12 <= len(data):
        mark, size = struct.unpack_from(">4sq", data, at)
        if mark == b"data" and size == -1:
            rest = struct.pack(">q", len(data) - at - 12)
            return data[: at + 4] + rest + data[at + 12 :]
        at += 12 + max(0, size)
    return data


def _flac_with_length(data: bytes) -> bytes:
    said = int.from_bytes(data[_TOTAL], "big")
    if said & _MOST or len(data) < _LEAST:
        return data
    total = said | min(_end(data), _MOST)
    return data[: _TOTAL.start] + total.to_bytes(5, "big") + data[_TOTAL.stop :]


def _end(data: bytes) -> int:
    """The sample after the last frame; 0 where no frame follows another."""
    later: dict[int, int] = {}
    for start, end in _from_behind(data):
        if end in later:
            return later[end]
        if start == 0:
            return end
        later[start] = end
    return 0


def _from_behind(data: bytes) -> Iterator[tuple[int, int]]:
    """The first sample and the end of whatever looks like a frame, the last one first."""
    block, at = int.from_bytes(data[8:10], "big"), len(data)
    while (at := data.rfind(b"\xff", 0, at)) >= _LEAST:
        if (found := _frame(data[at : at + _HEADER], block)) is not None:
            yield found


def _frame(header: bytes, block: int) -> tuple[int, int] | None:
    """A frame's first sample and its end, None if this is no frame's header (RFC 9639, 9.1)."""
    if len(header) < 6 or header[1] & 0xFE != 0xF8:
        return None
    code, rate = header[2] >> 4, header[2] & 15
    ones = 8 - (header[4] ^ 0xFF).bit_length()  # in front, as in UTF-8: how long the number is
    at = 4 + max(ones, 1)
    number = header[4] & (0x7F >> ones)
    for byte in header[5:at]:
        number = number << 6 | byte & 0x3F
    told = int.from_bytes(header[at : at + _MORE.get(code, 0)], "big") + 1
    at += _MORE.get(code, 0) + _MORE_FOR_RATE.get(rate, 0)
    if not code or at >= len(header) or _crc8(header[:at]) != header[at]:
        return None
    start = number if header[1] & 1 else number * block
    return start, start + (told if code in _MORE else _samples(code))


def _samples(code: int) -> int:
    """How many samples a block has whose size is told by its code alone."""
    if code == 1:
        return 192
    return 576 << (code - 2) if code < 6 else 256 << (code - 8)


def _crc8(data: bytes) -> int:
    left = 0
    for byte in data:
        left ^= byte
        for _ in range(8):
            left = (left << 1 ^ (0x107 if left & 0x80 else 0)) & 0x1FF
    return left
