"""Who is in a class: a CSV file with number and name, as spreadsheets of all kinds save it.

::

    number,name        学号,姓名        Zhang San
    07,Zhang San       07,张三          Li Si

Rules
- It is read as spreadsheets save it (``saved_text``, ``roster_table``); which column is what, its
  headings say, or what stands in them (``roster_columns``).
- Names alone are numbered in their order. Two lines with one number are refused, and so are two
  alike names without numbers: nobody could tell whose seat it is.
- A number that a spreadsheet has rounded (2.02401E+11) is refused: it is no more what it was. So
  are a formula and its failure (``=A1``, ``#REF!``) in a number's place.
- A name is text, whatever it looks like: who shows it escapes it. It may hold what joins letters
  (Persian, Indic scripts, families of emoji); marks that are seen nowhere and join nothing are left
  out. What controls a terminal or turns letters round is refused.
- What people would type alike is one number or one name (``as_typed``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.classroom.roster_columns import Columns, columns_of
from glmkit.classroom.roster_table import UNSEEN, RosterLine, bad_line, rows_in
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.media.source import existing_path
from glmkit.texts import text

MOST: Final = 200  # pupils
#: Excel's own files, the older one, too, and what school software calls .xls and is a web page.
_NO_CSV: Final = re.compile(
    rb"PK|\xd0\xcf\x11\xe0|%PDF|{\\rtf|(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|meta|table)",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(r"=.*|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|#+)")
_MOST_BYTES: Final = 2**20
_LONGEST: Final = {"number": 20, "name": 60}  # letters
#: Zero-width non-joiner and joiner, Mongolian's vowel separator: by them letters look otherwise.
_JOINERS: Final = frozenset("\u200c\u200d\u180e")
#: Signs that are written before digits in Arabic and Syriac, and are seen.
_SEEN: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
#: What keyboards give for one another: apostrophes, hyphens, dots between names.
_ALIKE: Final = str.maketrans(
    dict.fromkeys("‘’ʼʹ´`′＇", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("•‧∙⋅・･·．", "·")
)
_WIDE: Final = r"[\u3040-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
#: A blank that makes a name of two characters as wide as those of three.
_SPACED: Final = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pupil:
    """One line of a roster: ``number``, as it was written, and ``name``."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The pupils in the file's order; ``guessed``: a line that was taken for headings unknown."""

    pupils: tuple[Pupil, ...]
    guessed: RosterLine | None = None


def read_roster(path: str | Path) -> tuple[Pupil, ...]:
    """The pupils of a roster, in its order. Raises BadFile, with the line and what to do."""
    return whole_roster(path).pupils


def whole_roster(path: str | Path) -> Roster:
    """The pupils of a roster, and what was guessed of it. Raises BadFile."""
    place = existing_path(path)
    rows = rows_in(_words(place), place)
    if not rows:
        raise BadFile(text("classroom.roster_empty", path=place))
    columns, listed = columns_of(rows, place)
    if len(listed) > MOST:
        found = {"path": place, "found": len(listed), "most": MOST}
        raise BadFile(text("classroom.roster_long", **found))
    return Roster(_pupils(listed, columns, place), columns.guessed)


def as_typed(words: str) -> str:
    """What is the same for people who type: width, letter case, blanks, apostrophes, what joins."""
    plain = "".join(letter for letter in words.translate(UNSEEN) if letter not in _JOINERS)
    folded = unicodedata.normalize("NFKC", plain.translate(_ALIKE)).casefold()
    return _SPACED.sub("", " ".join(folded.split()))


def _words(path: Path) -> str:
    if not path.exists():
        raise BadFile(text("classroom.roster_none", path=path))
    if path.is_dir():
        raise BadFile(text("classroom.roster_folder", path=path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(text("classroom.roster_unread", path=path, why=why_refused(error))) from error
    if len(raw) > _MOST_BYTES:
        found = {"found": f"{len(raw) / 2**20:.1f}", "most": _MOST_BYTES // 2**20}
        raise BadFile(text("classroom.roster_large", path=path, pupils=MOST, **found))
    if _NO_CSV.match(raw):
        raise BadFile(text("classroom.roster_no_csv", path=path))
    with suppress(UnicodeDecodeError):
        if "\0" not in (words := text_in(raw)):
            return words
    raise BadFile(text("classroom.roster_no_csv", path=path))


def _pupils(rows: Sequence[RosterLine], columns: Columns, path: Path) -> tuple[Pupil, ...]:
    found: dict[str, Pupil] = {}
    lines: dict[str, int] = {}
    width = len(str(len(rows)))
    for count, row in enumerate(rows, 1):
        name = _checked("name", columns.name_in(row), row, path)
        numbered = columns.number is not None
        number = _number(row, columns, path) if numbered else f"{count:0{width}d}"
        once = as_typed(number if numbered else name)
        if once in lines:
            said = {"found": number if numbered else name, "first": lines[once]}
            kind = "number" if numbered else "name"
            raise bad_line(path, row.line, f"classroom.roster_twice_{kind}", **said)
        found[once], lines[once] = Pupil(number, name), row.line
    return tuple(found.values())


def _number(row: RosterLine, columns: Columns, path: Path) -> str:
    found = _checked("number", row.cell(columns.number or 0), row, path)
    if _FAILED.fullmatch(found):
        raise bad_line(path, row.line, "classroom.roster_formula", found=found)
    if _ROUNDED.fullmatch(found):
        raise bad_line(path, row.line, "classroom.roster_rounded", found=found)
    return found


def _checked(name: str, found: str, row: RosterLine, path: Path) -> str:
    """The number or the name of a row. Raises BadFile."""
    what = text(f"classroom.word_{name}")
    if not as_typed(found):
        raise bad_line(path, row.line, "classroom.roster_lacks", what=what)
    if len(found) > _LONGEST[name]:
        most = _LONGEST[name]
        raise bad_line(path, row.line, "classroom.roster_cell_long", what=what, most=most)
    if any(map(_misleads, found)):
        raise bad_line(path, row.line, "classroom.roster_control", what=what)
    return found


def _misleads(letter: str) -> bool:
    """Whether it makes other letters seem what they are not: Unicode's overrides, and controls."""
    hidden = unicodedata.category(letter) in ("Cc", "Cf", "Cs")
    return hidden and letter not in _JOINERS | _SEEN
