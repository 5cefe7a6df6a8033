"""One video frame: is it a JPEG that may be looked at? Only its markers are read, no pixel."""

from __future__ import annotations

import struct

from glmkit.emulator.session.refusals import ILLEGAL, Refusal

MOST_PIXELS = 40_000_000
"""A picture beyond this is a mistake, or made to fill the memory of whoever decodes it."""
WHERE = "video_frame"
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def check_jpeg(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises Refusal for what is not a JPEG or is far too big."""
    if data[:2] != b"\xff\xd8":
        raise Refusal("not_jpeg", code=ILLEGAL, param=WHERE)
    size = _size(data)
    if size is None:
        raise Refusal("jpeg_cut", code=ILLEGAL, param=WHERE, found=len(data))
    width, height = size
    if not width or not height or width * height > MOST_PIXELS:
        raise Refusal("jpeg_size", code=ILLEGAL, param=WHERE, width=width, height=height)
    return size


def _size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filler
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _SIZED:
            if at + 9 > len(data):
                return None
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None
