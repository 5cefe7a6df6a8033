"""Where the next file begins in bytes that hold several, as ``cat a.wav b.wav`` leaves them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from glmkit.media import mp3

#: How a file begins, by the four letters of the first one: too long to occur in sound by chance.
_BEGINS: Final = {
    b"RIFF": re.compile(rb"RIFF.{4}WAVE(?:fmt |LIST|JUNK|bext)", re.DOTALL),
    b"fLaC": re.compile(rb"fLaC[\0\x80]\0\0\x22"),
    b"OggS": re.compile(rb"OggS\0[\x02\x06]\0{8}.{4}\0{4}", re.DOTALL),
}


def parts(data: bytes) -> list[bytes]:
    """The files in ``data``, in their order; most often one."""
    begins = _BEGINS.get(data[:4])
    if begins is not None:
        found = [begin.start() for begin in begins.finditer(data)]
    else:
        found = mp3.starts(data) if data[:1] == b"\xff" else []
    later = [at for at in found if at and not _beside(data, at)]
    return [data[start:end] for start, end in pairwise([0, *later, len(data)])]


def _beside(data: bytes, at: int) -> bool:
    """Whether an Ogg stream begins here beside another, not after it: their first pages touch."""
    before = data.rfind(b"OggS", 0, at)
    if data[at : at + 4] != b"OggS" or before < 0 or not data[before + 5] & 2:
        return False
    sizes = data[before + 27 : before + 27 + data[before + 26]]
    return before + 27 + len(sizes) + sum(sizes) == at
