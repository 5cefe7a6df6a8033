"""Sentences in lines: broken at blanks and between Chinese letters, never inside what is copied.

What stays whole: a word, an address, a path, a call with its arguments, what stands in quotation
marks, a command. No line begins with what closes, nor ends with what opens.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, TextIO

from glmkit.texts.layout.text_width import width_of

_NARROWEST: Final = 16  # columns: fewer hold no words
_WIDEST: Final = 118
_WIDE: Final = r"\u2e80-\uffff\U00020000-\U0003ffff"  # letters that a line may end behind
_OPENING, _ENDING = r"（「『《【“‘(\[", r"，。；：！？、）」』》】"
_CLOSING: Final = rf"{_ENDING}”’…,.;:!?)\]"  # these belong to Latin words, too
_COMMAND: Final = (
    r"(?:sudo |python3? -m )*(?:glmkit|pip|apt|dnf|uv|jupyter)(?: \w[\w-]*){1,2}(?: --?\w[^\s"
    rf"{_WIDE}]*(?: [^\s{_WIDE}-][^\s{_WIDE}]*)?)*"
)
_QUOTED: Final = r"(?<!\w)(?:'[^'\n]{1,99}'|\"[^\"\n]{1,99}\")(?!\w)"
_CALL: Final = rf"(?:[^\s{_WIDE}()]+\((?:[^()\n]|\([^()\n]*\)){{0,99}}\))+[^\s{_WIDE}]*"
_PATH: Final = rf"(?<!\w)[A-Za-z0-9_.~:-]*[/\\][^\s{_ENDING}\"'<>]*"
_PIECES: Final = re.compile(
    rf"[{_OPENING}]*(?:{_COMMAND}|{_CALL}|{_QUOTED}|{_PATH}|[{_WIDE}]|[^\s{_WIDE}]+)"
    rf"(?:(?<=[{_WIDE}])[{_CLOSING}]|[{_ENDING}])*\s*|\s+"
)

_IDLE_BLANK: Final = re.compile(rf"(?<=[{_ENDING}]) ")


def in_a_row(*sentences: str) -> str:
    """Sentences one after the other: no blank stands behind Chinese punctuation."""
    return _IDLE_BLANK.sub("", " ".join(filter(None, sentences)))


def terminal_columns(out: TextIO | None = None) -> int:
    """How wide text may be here, or in the terminal that ``out`` writes to."""
    size = shutil.get_terminal_size((100, 24))
    if out is not None and not os.environ.get("COLUMNS"):
        with suppress(AttributeError, OSError, ValueError):  # no terminal
            size = os.get_terminal_size(out.fileno())
    return min(size.columns or 100, _WIDEST)


def shown_on(out: TextIO | None, words: str) -> str:
    """``words`` as ``out`` shows them: in a terminal in lines that break between words, elsewhere
    as they are, to be searched."""
    if out is None or not out.isatty():
        return words
    return "\n".join(wrap(words, terminal_columns(out)))


def wrap(words: str, columns: int) -> list[str]:
    """``words`` in lines of at most so many columns; what is wider by itself stays whole."""
    columns = max(columns, _NARROWEST)
    return [row for line in words.splitlines() for row in _rows(line, columns)]


def fold(words: str, columns: int) -> str:
    """``words`` in lines of at most so many columns, for a figure: what is too wide is cut."""
    return "\n".join(part for row in _rows(words, columns) for part in _cut(row, columns))


def _rows(line: str, columns: int) -> Iterator[str]:
    row = ""
    for piece in _PIECES.findall(line):
        if row and width_of(row) + width_of(piece.rstrip()) > columns:
            yield row.rstrip()
            row = ""
        row += piece
    yield row.rstrip()


def _cut(row: str, columns: int) -> Iterator[str]:
    used, begin = 0, 0
    for at, letter in enumerate(row):
        used += (wide := width_of(letter))
        if used > columns and at > begin:
            yield row[begin:at]
            used, begin = wide, at
    yield row[begin:]
