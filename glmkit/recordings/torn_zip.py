"""What a zip file that was cut off still holds: its parts are read from the front.

A zip's table of contents is at its end, so a file cut anywhere opens as nothing; but each part
has a small header of its own before it, and deflated data can be read as far as it goes.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

_HEADER: Final = struct.Struct("<4s5H3L2H")
_MAGIC: Final = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_PIECE = 1 << 16


def salvaged(file: BinaryIO, wanted: str, *, most: int) -> bytes | None:
    """As much of the part ``wanted`` as is there, at most ``most`` bytes; None if it isn't."""
    while len(head := file.read(_HEADER.size)) == _HEADER.size:
        magic, _, _, method, *_, packed, _, name_size, extra = _HEADER.unpack(head)
        if magic != _MAGIC:
            return None
        name = file.read(name_size)
        file.seek(extra, io.SEEK_CUR)
        if name == wanted.encode("utf-8"):
            return _content(file, method, packed, most)
        file.seek(packed, io.SEEK_CUR)
    return None


def _content(file: BinaryIO, method: int, packed: int, most: int) -> bytes | None:
    if method == _STORED:
        return file.read(min(packed, most))
    return b"".join(_inflated(file, packed, most)) if method == _DEFLATED else None


def _inflated(file: BinaryIO, packed: int, most: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed > 0 and most > 0 and (piece := file.read(min(_PIECE, packed))):
        packed -= len(piece)
        try:
            found = stream.decompress(piece, most)
        except zlib.error:
            return
        most -= len(found)
        yield found
