"""What a zip file that was cut off still holds: its parts are read from the front.

A zip's table of contents is at its end, so a file cut anywhere opens as nothing; but each part
has a small header of its own before it, and deflated data can be read as far as it goes.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEADER: Final = struct.Struct("<4s5H3L2H")
_MAGIC: Final = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_PIECE = 1 << 16


def salvaged(file: BinaryIO, wanted: str) -> BinaryIO | None:
    """As much of the part ``wanted`` as is there, unpacked while it is read; None if it isn't."""
    file.seek(0)
    while len(head := file.read(_HEADER.size)) == _HEADER.size:
        magic, _, _, method, *_, packed, _, name_size, extra = _HEADER.unpack(head)
        if magic != _MAGIC:
            return None
        name = file.read(name_size)
        file.seek(extra, io.SEEK_CUR)
        if name == wanted.encode("utf-8"):
            return _opened(_packed(file, packed), method)
        file.seek(packed, io.SEEK_CUR)
    return None


def _opened(pieces: Iterator[bytes], method: int) -> BinaryIO | None:
    if method not in (_STORED, _DEFLATED):
        return None
    raw = _Pieces(pieces if method == _STORED else _inflated(pieces))
    return io.BufferedReader(raw, _PIECE)


def _packed(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := file.read(min(_PIECE, size))):
        size -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        rest = piece
        while rest and not stream.eof:
            try:
                yield stream.decompress(rest, _PIECE)
            except zlib.error:
                return
            rest = stream.unconsumed_tail


class _Pieces(io.RawIOBase):
    """Pieces of bytes, read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        while not self._left:
            if (piece := next(self._pieces, None)) is None:
                return 0
            self._left = piece
        taken, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(taken)] = taken
        return len(taken)
