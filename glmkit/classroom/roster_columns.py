"""Which column of a roster is what: by its headings, or by what stands in it.

Rules
- Headings are the first line that names a column of names; above it may stand a title. Blanks and
  points in them don't count (``姓 名``, ``No.``). First and last names are one name; beside one of
  them, what is called name alone is the other (``Name, Vorname``; ``姓氏, 名字``).
- Headings that stand there once more (a page was printed) are nobody. A table that goes on beside
  itself (``座号,姓名,座号,姓名``) is refused: half the class would be left out.
- A column of numbers in which nothing stands is none.
- Where several columns may be the number, a pupil's own (学号) goes before a list's (序号).
- Without headings that are known, a first line without a digit above numbers is one all the same,
  in whatever language, and whoever starts the class is told. Of two columns the one with digits in
  every line has the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.classroom.roster_table import RosterLine, bad_line
from glmkit.errors import BadFile
from glmkit.texts import text

_TITLES: Final = 5  # lines among which headings are looked for
_LETTERS: Final = 2  # of a seat that is called by letters: A, B2
#: Headings, the surest first, in small letters without blanks and points.
_HEADINGS: Final = {
    "number": (
        *("学号", "學號", "studentid", "studentno", "studentnumber", "pupilid", "pupilnumber"),
        *(
            "座位号",
            "座号",
            "座號",
            "考号",
            "编号",
            "編號",
            "号",
            "號",
            "番号",
            "学籍番号",
            "학번",
            "번호",
        ),
        *("number", "seat", "seatnumber", "seatno", "id", "idnumber", "nummer", "numéro", "número"),
        *("no", "nr", "n°", "nº", "#", "序号", "序號"),
    ),
    "name": (
        *("name", "fullname", "studentname", "pupilname", "nameofstudent", "names", "displayname"),
        *("姓名", "学生姓名", "學生姓名", "名字", "氏名", "名前", "이름", "성명"),
        *("student", "students", "pupil", "pupils", "学生", "學生", "nom", "nombre", "nome"),
    ),
    "first": (
        *("firstname", "givenname", "forename", "firstnames", "givennames", "forenames"),
        *("vorname", "vornamen", "prénom", "prénoms", "prenom", "prenoms"),
        *("nombre", "nombres", "nome", "名"),
    ),
    "last": (
        *("lastname", "surname", "familyname", "nachname", "nomdefamille", "nom"),
        *("longname", "langname", "apellido", "apellidos", "cognome", "姓", "姓氏"),
    ),
}
_PART_OF_A_NAME: Final = ("name", "名字")  # beside a column with the other part
_FAMILY_FIRST: Final = ("姓", "姓氏")  # and no blank behind it


@dataclass(frozen=True, slots=True)
class Columns:
    """Where names stand, what is between their parts, and where numbers do; None: nowhere."""

    names: tuple[int, ...]
    number: int | None = None
    between: str = " "
    guessed: RosterLine | None = None
    """The line that is taken for headings though nobody here knows their words."""

    def name_in(self, row: RosterLine) -> str:
        """The whole name of a line."""
        return self.between.join(filter(None, map(row.cell, self.names)))


def columns_of(rows: Sequence[RosterLine], path: Path) -> tuple[Columns, Sequence[RosterLine]]:
    """Where number and name stand, and the rows below what says so. Raises BadFile."""
    for at, row in enumerate(rows[:_TITLES]):
        if (found := _named_by(row, rows[at + 1 :])) is not None:
            below = [each for each in rows[at + 1 :] if each.cells != row.cells]
            if not below:
                raise BadFile(text("classroom.roster_empty", path=path))
            _check_beside(found, row, below, path)
            return found, below
    widest = max(rows, key=lambda row: len(row.cells))
    if len(widest.cells) > 2:
        raise bad_line(path, widest.line, "classroom.roster_columns", found=len(widest.cells))
    if len(widest.cells) < 2:
        return Columns((0,)), rows
    return _by_digits(rows, path)


def _named_by(row: RosterLine, below: Sequence[RosterLine]) -> Columns | None:
    """What its headings say, if they are some."""
    headings = ["".join(cell.lower().split()).rstrip(".:：") for cell in row.cells]
    names = _names_by(headings)
    if not names:
        return None
    number = _place(headings, _HEADINGS["number"])
    if number is not None and not any(each.cell(number) for each in below):
        number = None
    if number is None and min(names) > 0 and _numbers(below, 0):
        number = 0  # under a heading in another language
    family_first = len(names) > 1 and headings[names[0]] in _FAMILY_FIRST
    return Columns(names, number, "" if family_first else " ")


def _names_by(headings: Sequence[str]) -> tuple[int, ...]:
    """The columns of names in the order in which they are said; none where no heading names one."""
    first, last, whole = (_place(headings, _HEADINGS[each]) for each in ("first", "last", "name"))
    if (
        whole is not None
        and headings[whole] in _PART_OF_A_NAME
        and (first is None) != (last is None)
    ):
        first, last = (whole if each is None else each for each in (first, last))
    if first is not None and last is not None:
        return (last, first) if headings[last] in _FAMILY_FIRST else (first, last)
    return () if whole is None else (whole,)


def _check_beside(
    columns: Columns, headings: RosterLine, below: Sequence[RosterLine], path: Path
) -> None:
    """Whether all names stand in these columns, and none in others with the same heading."""
    heading = headings.cell(columns.names[0])
    others = [n for n, each in enumerate(headings.cells) if each == heading][1:]
    if any(row.cell(place) for row in below for place in others):
        raise bad_line(path, headings.line, "classroom.roster_beside", found=heading)


def _place(headings: Sequence[str], known: Sequence[str]) -> int | None:
    return next((headings.index(each) for each in known if each in headings), None)


def _numbers(rows: Sequence[RosterLine], place: int) -> bool:
    """Whether each line has a number there, and each another one."""
    found = [row.cell(place) for row in rows]
    return all(map(_has_digit, found)) and len(set(found)) == len(found)


def _by_digits(rows: Sequence[RosterLine], path: Path) -> tuple[Columns, Sequence[RosterLine]]:
    """Two columns, whose first line may be headings that nobody here knows."""
    above, below = rows[0], rows[1:]
    digits = [all(_has_digit(row.cell(place)) for row in below) for place in (0, 1)]
    guessed = None
    if below and any(digits) and _is_heading(above, digits.index(True)):
        rows, guessed = below, above
    swapped = all(_has_digit(row.cell(1)) and not _has_digit(row.cell(0)) for row in rows)
    columns = Columns((int(not swapped),), int(swapped), guessed=guessed)
    _check_numbers(columns, rows, path)
    return columns, rows


def _is_heading(row: RosterLine, number: int) -> bool:
    """Whether it stands above the column of numbers: words, not the letters of a seat."""
    cells = row.cell(0), row.cell(1)
    return all(cells) and not any(map(_has_digit, cells)) and not _is_letters(cells[number])


def _check_numbers(columns: Columns, rows: Sequence[RosterLine], path: Path) -> None:
    """Whether there are any: "Li, Na" without quotes is a name in two columns."""
    found = [row.cell(columns.number or 0) for row in rows]
    if not any(_has_digit(each) or _is_letters(each) for each in found):
        values = {"found": found[0], "other": rows[0].cell(columns.names[0])}
        raise bad_line(path, rows[0].line, "classroom.roster_no_number", **values)


def _has_digit(words: str) -> bool:
    return any(letter.isdecimal() for letter in words)


def _is_letters(words: str) -> bool:
    """Whether a seat may be called so."""
    known = words.lower() in _HEADINGS["number"]
    return len(words) <= _LETTERS and words.isascii() and not known
