"""Who is in a class: a CSV file with number and name, as spreadsheets of all kinds save it.

::

    number,name        学号,姓名        Zhang San
    07,Zhang San       07,张三          Li Si

Rules
- It is read as spreadsheets save it (``saved_text``); commas, semicolons or tabs part its columns.
- The first line may say what the columns are, in either language; then others may stand beside.
- Names alone are numbered in their order. Two lines with one number are refused, and so are two
  alike names without numbers: nobody could tell whose seat it is.
- A name is text, whatever it looks like: who shows it escapes it. It may hold what joins letters
  (Persian, Indic scripts, families of emoji); marks that are seen nowhere and join nothing are left
  out. What controls a terminal or turns letters round is refused.
- What people would type alike is one number or one name (``as_typed``).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.media.source import existing_path
from glmkit.texts import text

MOST: Final = 200  # pupils
_MOST_BYTES: Final = 2**20
_LONGEST: Final = {"number": 20, "name": 60}  # letters
_HEADINGS: Final = {
    "number": {"number", "no", "no.", "nr", "id", "seat", "学号", "编号", "序号", "座号", "号"},
    "name": {"name", "pupil", "student", "full name", "姓名", "名字", "学生", "学生姓名"},
}
_BETWEEN: Final = (",", "\t", ";", "，", "；")
#: Zero-width non-joiner and joiner, Mongolian's vowel separator: by them letters look otherwise.
_JOINERS: Final = frozenset("\u200c\u200d\u180e")
#: A soft hyphen, a blank without width, marks of direction that turn nothing round, two joints.
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff"))
#: Signs that are written before digits in Arabic and Syriac, and are seen.
_SEEN: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")


@dataclass(frozen=True, slots=True)
class Pupil:
    """One line of a roster: ``number``, as it was written, and ``name``."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def read_roster(path: str | Path) -> tuple[Pupil, ...]:
    """The pupils of a roster, in its order. Raises BadFile, with the line and what to do."""
    place = existing_path(path)
    rows = _rows(_words(place), place)
    if not rows:
        raise BadFile(text("classroom.roster_empty", path=place))
    columns, rows = _columns(rows, place)
    if len(rows) > MOST:
        found = {"path": place, "found": len(rows), "most": MOST}
        raise BadFile(text("classroom.roster_long", **found))
    return _pupils(rows, columns, place)


def as_typed(words: str) -> str:
    """What is the same for people who type: width, letter case, blanks, and what only joins."""
    plain = "".join(letter for letter in words.translate(_UNSEEN) if letter not in _JOINERS)
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def _words(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(text("classroom.roster_unread", path=path, why=why_refused(error))) from error
    if len(raw) > _MOST_BYTES:
        found = {"found": f"{len(raw) / 2**20:.1f}", "most": _MOST_BYTES // 2**20}
        raise BadFile(text("classroom.roster_large", path=path, pupils=MOST, **found))
    if raw.startswith(b"PK"):
        raise BadFile(text("classroom.roster_no_csv", path=path))
    with suppress(UnicodeDecodeError):
        if "\0" not in (words := text_in(raw)):
            return words
    raise BadFile(text("classroom.roster_no_csv", path=path))


def _rows(words: str, path: Path) -> list[_Row]:
    lines = words.splitlines()
    found = []
    reader = csv.reader(lines, delimiter=_delimiter(lines))
    try:
        for cells in reader:
            clean = tuple(_clean(cell) for cell in cells)
            while clean and not clean[-1]:  # a spreadsheet's empty columns
                clean = clean[:-1]
            if any(clean):
                found.append(_Row(reader.line_num, clean))
    except csv.Error:
        raise _bad(path, reader.line_num, "classroom.roster_quotes") from None
    return found


def _delimiter(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return max(_BETWEEN, key=first.count)


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell.translate(_UNSEEN)).split())


def _columns(rows: list[_Row], path: Path) -> tuple[dict[str, int], list[_Row]]:
    """Where number and name stand, and the rows below what says so."""
    headings = [cell.lower() for cell in rows[0].cells]
    known = {
        name: next((n for n, cell in enumerate(headings) if cell in _HEADINGS[name]), None)
        for name in _HEADINGS
    }
    if known["name"] is not None:
        columns = {name: place for name, place in known.items() if place is not None}
        if len(rows) == 1:
            raise BadFile(text("classroom.roster_empty", path=path))
        return columns, rows[1:]
    widest = max(rows, key=lambda row: len(row.cells))
    if len(widest.cells) > len(_HEADINGS):
        raise _bad(path, widest.line, "classroom.roster_columns", found=len(widest.cells))
    return ({"name": 0} if len(widest.cells) == 1 else {"number": 0, "name": 1}), rows


def _pupils(rows: Sequence[_Row], columns: dict[str, int], path: Path) -> tuple[Pupil, ...]:
    found: dict[str, Pupil] = {}
    lines: dict[str, int] = {}
    width = len(str(len(rows)))
    for count, row in enumerate(rows, 1):
        name = _cell(row, columns, "name", path)
        numbered = "number" in columns
        number = _cell(row, columns, "number", path) if numbered else f"{count:0{width}d}"
        once = as_typed(number if numbered else name)
        if once in lines:
            said = {"found": number if numbered else name, "first": lines[once]}
            kind = "number" if numbered else "name"
            raise _bad(path, row.line, f"classroom.roster_twice_{kind}", **said)
        found[once], lines[once] = Pupil(number, name), row.line
    return tuple(found.values())


def _cell(row: _Row, columns: dict[str, int], name: str, path: Path) -> str:
    """The number or the name of a row. Raises BadFile."""
    place = columns[name]
    found = row.cells[place] if place < len(row.cells) else ""
    what = text(f"classroom.word_{name}")
    if not as_typed(found):
        raise _bad(path, row.line, "classroom.roster_lacks", what=what)
    if len(found) > _LONGEST[name]:
        raise _bad(path, row.line, "classroom.roster_cell_long", what=what, most=_LONGEST[name])
    if any(map(_misleads, found)):
        raise _bad(path, row.line, "classroom.roster_control", what=what)
    return found


def _misleads(letter: str) -> bool:
    """Whether it makes other letters seem what they are not: Unicode's overrides, and controls."""
    hidden = unicodedata.category(letter) in ("Cc", "Cf", "Cs")
    return hidden and letter not in _JOINERS | _SEEN


def _bad(path: Path, line: int, sentence: str, **values: object) -> BadFile:
    shown = {name: their_words(v, 80) if isinstance(v, str) else v for name, v in values.items()}
    words = text(sentence, **shown)
    return BadFile(text("classroom.roster_line", path=path, line=line, why=words))
