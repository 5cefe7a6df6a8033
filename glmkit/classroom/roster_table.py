"""The cells of a roster: what stands in each line of a CSV file, as a spreadsheet saves it.

Rules
- Commas, semicolons or tabs part the columns: what the first line has most of, or says (``sep=;``).
- Where nothing parts them, a blank does, a point or "、" between a number and a name: ``07 张三``,
  ``1. Anna Berg``. That is so of each line but headings, or of none.
- Blanks round a cell, and what is seen nowhere and joins nothing, is no part of it; nor is what
  keeps a number's zeros in a spreadsheet (``="007"``, ``'007``).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.errors import BadFile
from glmkit.texts import text

_BETWEEN: Final = (",", "\t", ";", "，", "；", "|")
#: A number and a name with little between them; the name begins with what is no digit.
_TYPED: Final = re.compile(r"([A-Za-z]{0,2}\d+)(?:[.．、)）:：] ?| )([^\W\d].*)")
_TWO_WORDS: Final = re.compile(r"(\S+) (\S+)")
_SAID: Final = re.compile(r"\s*\"?sep=(.)\"?[\s,;]*\n")
_AS_TEXT: Final = re.compile(r"=\"(.*)\"|'(\d+)")
#: A soft hyphen, a blank without width, marks of direction that turn nothing round, two joints.
UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One line that is not empty: its number in the file, and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """What stands there, "" where the line ends before."""
        return self.cells[place] if place < len(self.cells) else ""


def rows_in(words: str, path: Path) -> list[RosterLine]:
    """The lines of a file that are not empty. Raises BadFile for quotes that nobody can read."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    said = _SAID.match(words)
    if said is not None:
        words = "\n" * said[0].count("\n") + words[said.end() :]
    reader = csv.reader(io.StringIO(words), delimiter=said[1] if said else _delimiter(words))
    found = []
    try:
        for cells in reader:
            clean = tuple(_clean(cell) for cell in cells)
            while clean and not clean[-1]:  # a spreadsheet's empty columns
                clean = clean[:-1]
            if any(clean):
                found.append(RosterLine(reader.line_num, clean))
    except csv.Error:
        raise bad_line(path, reader.line_num, "classroom.roster_quotes") from None
    return _parted(found)


def _parted(rows: list[RosterLine]) -> list[RosterLine]:
    """The same in two cells each, where number and name stand in one."""
    if not rows or any(len(row.cells) > 1 for row in rows):
        return rows
    found = [_TYPED.fullmatch(row.cells[0]) for row in rows]
    if len(rows) > 1 and found[0] is None:
        found[0] = _TWO_WORDS.fullmatch(rows[0].cells[0])
    if any(each is None for each in found):
        return rows
    return [RosterLine(r.line, f.groups()) for r, f in zip(rows, found, strict=True) if f]


def bad_line(path: Path, line: int, sentence: str, **values: object) -> BadFile:
    """The error about a line of a roster."""
    shown = {name: their_words(v, 80) if isinstance(v, str) else v for name, v in values.items()}
    words = text(sentence, **shown)
    return BadFile(text("classroom.roster_line", path=path, line=line, why=words))


def _delimiter(words: str) -> str:
    lines: Sequence[str] = words.split("\n")
    first = next((line for line in lines if line.strip()), "")
    return max(_BETWEEN, key=first.count)


def _clean(cell: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", cell.translate(UNSEEN)).split())
    kept = _AS_TEXT.fullmatch(plain)
    return (kept[1] or kept[2] or "").strip() if kept else plain
