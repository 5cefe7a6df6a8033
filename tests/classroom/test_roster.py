"""Rosters as spreadsheets save them: read, or refused with the line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.classroom.roster import MOST, Pupil, read_roster
from glmkit.errors import BadFile
from tests.listed import check_each

OVERRIDES = (0x1B, 0x202A, 0x202D, 0x2066, 0x2069, 0xFFF9, 0xE0041)
TWO = (Pupil("07", "张三"), Pupil("08", "Li Si"))


def test_a_roster_is_read_however_it_was_saved(tmp_path: Path) -> None:
    """Marks, charsets, separators, headings in either language, blank lines, other columns."""

    def check(words: str, charset: str) -> None:
        path = tmp_path / "roster.csv"
        path.write_bytes(words.encode(charset))
        assert read_roster(path) == TWO

    check_each(
        check,
        [
            ("number,name\n07,张三\n08,Li Si\n", "utf-8"),
            ("07,张三\r\n\r\n08, Li  Si ,\r\n", "utf-8-sig"),
            ("学号,姓名\n07,张三\n08,Li Si", "gbk"),
            ("姓名\t学号\n张三\t07\nLi Si\t08\n", "utf-16"),
            ("班级;学号;姓名\n一班;07;张三\n一班;08;Li Si\n;;\n", "utf-8"),
            ("07\t张三\n08\tLi\u200b Si\u200e\n", "utf-16-be"),
            ("学号；姓名\n07；张三\n\n08；Li Si\n", "utf-8"),
            ('Number,Name,Note\n07,"张三",x\n08,"Li Si","a, b"\n', "utf-8"),
        ],
    )


def test_names_alone_are_numbered(tmp_path: Path) -> None:
    """In their order, as wide as the last one; names may be any text."""
    path = tmp_path / "roster.csv"
    names = ["<script>alert(1)</script>", "O'Neill", "=SUM(A1)", *(f"Pupil {n}" for n in range(7))]
    path.write_text("姓名\n" + "\n".join(names), encoding="utf-8")
    found = read_roster(path)
    assert [pupil.name for pupil in found] == names
    assert (found[0].number, found[-1].number) == ("01", "10")


def test_a_name_is_a_name_in_every_script(tmp_path: Path) -> None:
    """What joins letters and signs stays, what is seen nowhere goes; one pupil is a class, too."""
    path = tmp_path / "roster.csv"
    names = [
        "می\u200cلاد",
        "ക്\u200dഷ",
        "👩\u200d👩\u200d👧",
        "ᠮᠣᠩ\u180eᠭ᠋",
        "\ue000某",
        "Ame\u0301lie",
    ]
    path.write_text("name\n" + "\n\n".join(names), encoding="utf-8")
    assert [pupil.name for pupil in read_roster(path)] == [*names[:-1], "Amélie"]
    path.write_text("\ufeff\u200eדוד\u200f", encoding="utf-8")
    assert read_roster(path) == (Pupil("1", "דוד"),)


def test_a_bad_roster_is_refused_with_line_and_cure(tmp_path: Path) -> None:
    """What was found, where, and what to do about it."""

    def check(content: bytes, *said: str) -> None:
        path = tmp_path / "roster.csv"
        path.write_bytes(content)
        with pytest.raises(BadFile) as caught:
            read_roster(path)
        for words in (str(path), *said):
            assert words in str(caught.value)

    many, more = (
        "\n".join(f"{n},Pupil {n}" for n in range(count)).encode() for count in (MOST + 1, 10_000)
    )
    check_each(
        check,
        [
            (b"", "names no pupil"),
            (b"\n \n,,\n", "names no pupil"),
            ("学号,姓名\n".encode(), "names no pupil"),
            (b"07,A\n\n07,B\n", "line 3", "07 stands already in line 1", "one of their own"),
            (b"A\nB\na\n", "line 3", "stands already in line 1", "number before each name"),
            (b"07,A\n08\n", "line 2", "no name", "fill it in"),
            (b",A\n08,B\n", "line 1", "no number"),
            (b"1,A,x\n", "line 1", "3 columns", "first line"),
            ("1,A\u202eB\n".encode(), "line 1", "cannot be seen"),
            (b"1," + b"x" * 61, "line 1", "60 letters"),
            (b"PK\x03\x04 a spreadsheet", "no CSV", "save it"),
            (b"\x00\xff\xfe\x80" * 9, "no CSV"),
            (many, str(MOST + 1), "split it"),
            (more, "10000 pupils", f"at most {MOST}", "split it"),
            (more * 8, "1.2 MB", f"{MOST} pupils", "is it a roster"),
            ("Amélie\nAme\u0301lie\n".encode(), "line 2", "stands already in line 1"),
            ("王芳\n王\u200d芳\n".encode(), "line 2", "stands already in line 1"),
            ("０７,A\n07,B\n".encode(), "line 2", "stands already in line 1"),
            ("07,\u200d\u200c\n08,B\n".encode(), "line 1", "no name"),
            *((f"07,A{chr(n)}B\n".encode(), "line 1", "cannot be seen") for n in OVERRIDES),
        ],
    )
    with pytest.raises(BadFile):
        read_roster(tmp_path / "none.csv")
