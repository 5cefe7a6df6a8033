"""Words in columns, where a Chinese letter takes two: in a figure as in a terminal. Pure."""

from __future__ import annotations

import unicodedata


def width_of(words: str) -> int:
    """How many columns ``words`` take; a Chinese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def shorten(words: str, columns: int) -> str:
    """The beginning of ``words`` that fits into so many columns; a Chinese letter takes two."""
    used = 0
    for at, letter in enumerate(words):
        used += width_of(letter)
        if used > max(columns, 1):
            return words[: max(at - 1, 0)].rstrip() + "…"
    return words


def pad(words: str, columns: int) -> str:
    """``words`` and blanks, so many columns together."""
    return words + " " * max(columns - width_of(words), 0)
