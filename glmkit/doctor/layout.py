"""Text in columns, where a Chinese letter takes two."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

from glmkit.plots.drawing.text_width import width_of as width

__all__ = ["pad", "terminal_columns", "width", "wrap"]

# one wide letter, or a word with its blanks: with what may not end a line, and not begin one
_PIECES = re.compile(r"[（「『《]*(?:[⺀-￿]|[^\s⺀-￿]+)[，。；：！？、）」』》]*\s*|\s+")
_NARROWEST, _WIDEST = 16, 118


def pad(words: str, columns: int) -> str:
    """``words`` and blanks, so many columns together."""
    return words + " " * max(columns - width(words), 0)


def terminal_columns() -> int:
    """How wide text may be here."""
    return min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)


def wrap(words: str, columns: int) -> list[str]:
    """``words`` in lines of at most so many columns; what has no blank in it stays whole."""
    columns = max(columns, _NARROWEST)
    return [row for line in words.splitlines() for row in _rows(line, columns)]


def _rows(line: str, columns: int) -> Iterator[str]:
    row = ""
    for piece in _PIECES.findall(line):
        if row and width(row) + width(piece.rstrip()) > columns:
            yield row.rstrip()
            row = ""
        row += piece
    yield row.rstrip()
