"""Whether a zip that somebody sent may be opened: few parts, and not too much inside.

Rules
- The list of parts is at the end of a zip, and opening one reads all of it: its length is looked
  at first, where the zip says it. One whose list is told of elsewhere (ZIP64) is not opened.
- A part gives no more bytes than the list says: what reads zips stops there.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import BinaryIO, Final

_MOST_PARTS: Final = 1_000  # a recording of ours has three, and two for each turn's sounds
_LONGEST_LIST: Final = 200_000  # bytes
_MOST_INSIDE: Final = 256_000_000  # bytes: 50 minutes of a muted microphone, twice
_END, _END_LENGTH, _ELSEWHERE = b"PK\x05\x06", 22, b"PK\x06\x07"
_ELSEWHERE_LENGTH: Final = 20
_LONGEST_COMMENT: Final = 65_535


def is_bounded_zip(path: Path) -> bool:
    """Whether a file is a zip of that kind. Raises OSError."""
    with path.open("rb") as file:
        if not _has_short_list(file):
            return False
        try:
            with zipfile.ZipFile(file) as pack:
                return sum(part.file_size for part in pack.infolist()) <= _MOST_INSIDE
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error):
            return False


def _has_short_list(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(-min(size, _ELSEWHERE_LENGTH + _END_LENGTH + _LONGEST_COMMENT), 2)
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or place + _END_LENGTH > len(tail):
        return False
    before = tail[max(place - _ELSEWHERE_LENGTH, 0) : place]
    parts, length = struct.unpack_from("<HL", tail, place + 10)
    return not before.startswith(_ELSEWHERE) and parts <= _MOST_PARTS and length <= _LONGEST_LIST
