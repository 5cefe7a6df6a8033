"""Tags that players write in front of sound: ID3 (of any file, not MP3 alone) and APE."""

from __future__ import annotations

from typing import Final

HEAD: Final = 10  # bytes that tell how long an ID3 tag is
_APE_HEAD: Final = 32


def tag_size(head: bytes | bytearray) -> int:
    """The bytes of the tag that begins here, 0 if none does."""
    if head[:3] == b"ID3" and len(head) >= HEAD:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        return HEAD + size + (HEAD if head[5] & 0x10 else 0)
    if head[:8] == b"APETAGEX" and len(head) >= _APE_HEAD:
        return _APE_HEAD + int.from_bytes(head[12:16], "little")
    return 0


def past_tags(data: bytes) -> bytes:
    """What comes after the tags, and after the zeros that some writers leave behind them."""
    at = 0
    while size := tag_size(data[at : at + _APE_HEAD]):
        at += size
    return data[at:].lstrip(b"\0") if at else data
