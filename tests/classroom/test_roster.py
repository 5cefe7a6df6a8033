"""Rosters as spreadsheets save them: read, or refused with the line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.classroom.roster import MOST, Pupil, as_typed, read_roster, whole_roster
from glmkit.cli.class_roster import roster_told
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
            ("sep=;\r\nNr.;Name\r\n07;张三\r\n08;Li Si\r\n", "utf-8"),
            ('"sep=\t"\n07\t张三\n08\tLi Si\n', "utf-8"),
            ("07,张三\r08,Li Si\r", "utf-8"),
            ('="07",张三\n="08",Li Si\n', "utf-8"),
            ("学号,姓名\n'07,张三\n'08,Li Si\n", "utf-8"),
            ("07,张三\n08,Li\u2028Si\n", "utf-8"),
        ],
    )


def test_a_name_in_two_columns_is_one(tmp_path: Path) -> None:
    """Also where one of them is only called name; a whole name beside a part of it is enough."""

    def check(words: str, expected: str) -> None:
        path = tmp_path / "roster.csv"
        path.write_text(words, encoding="utf-8")
        assert [each.name for each in read_roster(path)] == [expected]

    check_each(
        check,
        [
            ("Nr;Name;Vorname\n1;Müller;Jörg\n", "Jörg Müller"),
            ("Name,Surname\nJean,Dupont\n", "Jean Dupont"),
            ("Nom;Prénom\nDupont;Jean\n", "Jean Dupont"),
            ("Apellidos,Nombre\nGarcía Lorca,José\n", "José García Lorca"),
            ("学号,姓,名\n1,张,三\n", "张三"),
            ("姓氏,名字,电子邮件\n欧阳,兰,a@b.example\n", "欧阳兰"),
            ("Name,First name,Last name\nNa Li,Na,Li\n", "Na Li"),
            ("Full name,First name\nNa Li,Na\n", "Na Li"),
        ],
    )


def test_columns_are_known_by_heading_or_content(tmp_path: Path) -> None:
    """Other languages' headings, titles above them, exports of school software, no headings."""

    def check(words: str) -> None:
        path = tmp_path / "roster.csv"
        path.write_text(words, encoding="utf-8")
        assert read_roster(path) == TWO

    check_each(
        check,
        [
            ("Kennung;Schüler\n07;张三\n08;Li Si\n",),
            ("number|name\n07|张三\n08|Li Si\n",),
            ("07 张三\n08 Li Si\n",),
            ("学号 姓名\n07. 张三\n08、Li Si\n",),
            ("学号,姓名,,,\n07,张三,,,\n,,,,\n08,Li Si,,,\n,,,,\n",),
            ("学号,姓名\n07,张三\n\n学号,姓名\n08,Li Si\n",),
            ("name\tlongName\tforeName\tid\nx\t\t张三\t07\ny\tSi\tLi\t08\n",),
            ("N° étudiant;Nom;Prénom\n07;;张三\n08;Si;Li\n",),
            ("Student,ID,SIS User ID\n张三,07,1\nLi Si,08,2\n",),
            ('学号,"姓名"\n07,"张三"\n08,"Li\nSi"\n',),
            ("学号,姓名,座号,姓名\n07,张三,,\n08,Li Si,,\n",),
            ("Matricule,Élève\n07,张三\n08,Li Si\n",),
            ("学 号,姓　名,性别\n07,张三,男\n08,Li Si,女\n",),
            ("學號,姓名\n07,張三\n08,Li Si\n".replace("張", "张"),),
            ("高一（3）班名单,,\n\n学号,姓名,性别\n07,张三,男\n08,Li Si,女\n",),
            ("2026 秋季\n学号,姓名\n07,张三\n08,Li Si\n",),
            ("序号,学号,姓名\n1,07,张三\n2,08,Li Si\n",),
            ("Nº;Student ID;Student Name\n1;07;张三\n2;08;Li Si\n",),
            ("ID number,Surname,First name\n07,,张三\n08,Si,Li\n",),
            ("Matrikel,Name,Klasse\n07,张三,5b\n08,Li Si,5b\n",),
            ("张三,07\nLi Si,08\n",),
            ("Nr;Kind\n07;张三\n08;Li Si\n",),
            ("Élève;Matricule\n张三;07\nLi Si;08\n",),
        ],
    )


def test_a_column_of_numbers_that_is_empty_is_none(tmp_path: Path) -> None:
    """Moodle exports the heading, and leaves what it has not."""
    path = tmp_path / "roster.csv"
    path.write_text("First name,Last name,ID number\nAnna,Berg,\nBo,Li,\n", encoding="utf-8")
    assert read_roster(path) == (Pupil("1", "Anna Berg"), Pupil("2", "Bo Li"))


def test_french_is_known_in_what_windows_saves(tmp_path: Path) -> None:
    """N° before a blank is no letter with an accent."""
    path = tmp_path / "roster.csv"
    path.write_bytes("N° étudiant;Nom;Prénom\n001;Dupont;Éa\n".encode("cp1252"))
    assert read_roster(path) == (Pupil("001", "Éa Dupont"),)


def test_a_teacher_is_told_what_was_taken_for_headings(tmp_path: Path) -> None:
    """It may be a pupil whose number has no digit; headings that are known need no word."""
    path = tmp_path / "roster.csv"
    path.write_text("\nMonitor,Zhang San\n08,Li Si\n09,Wang\n", encoding="utf-8")
    said = " ".join(roster_told(whole_roster(path)))
    assert "begins with 08 Li Si and ends with 09 Wang" in said
    assert "line 2 of the roster was taken for headings (Monitor, Zhang San)" in said
    path.write_text("number,name\nMonitor,Zhang San\n08,Li Si\n", encoding="utf-8")
    assert list(roster_told(whole_roster(path))) == [
        "the roster begins with Monitor Zhang San and ends with 08 Li Si"
    ]


def test_letters_are_numbers_where_they_are_short(tmp_path: Path) -> None:
    """A room's seats may be called A and B2; the names of headings are not guessed among them."""
    path = tmp_path / "roster.csv"
    path.write_text("A,张三\nB2,Li Si\n", encoding="utf-8")
    assert read_roster(path) == (Pupil("A", "张三"), Pupil("B2", "Li Si"))


def test_what_is_typed_alike_is_alike() -> None:
    """Widths, blanks between characters, and what a telephone gives for an apostrophe."""

    def check(one: str, other: str) -> None:
        assert as_typed(one) == as_typed(other)

    check_each(
        check,
        [
            ("张 三", "张三"),
            ("张　三", "张三"),
            ("O'Neill", "o’neill"),
            ("Anne-Marie", "Anne–Marie"),
            ("买买提·吐尔逊", "买买提•吐尔逊"),
            ("买买提・吐尔逊", "买买提‧吐尔逊"),
            ("김 철수", "김철수"),
            ("Li  Si", "Ｌｉ Ｓｉ"),
        ],
    )
    assert as_typed("Li Si") != as_typed("LiSi")


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
            (b"\xd0\xcf\x11\xe0 an older one", "no CSV", "save it"),
            ("<HTML><table><tr><td>学号".encode("gbk"), "no CSV", "save it"),
            ("学号,姓名\n=A1,张三\n".encode(), "line 2", "=A1 stands where", "values only"),
            ("学号,姓名\n07,张三\n#REF!,李四\n".encode(), "line 3", "#REF! stands where"),
            (
                "座号,姓名,座号,姓名\n1,张三,3,王五\n".encode(),
                *("line 1", "姓名 stands there more than once", "below each other"),
            ),
            ("學號,姓名\n07,陳小明\n".encode("big5"), "no CSV", "UTF-8"),
            (b"Berg, Anna\nCarl, Ben\n", "line 1", "nowhere a number", "between two quotes"),
            ("学号,姓名\n2.02401E+11,张三\n".encode(), "line 2", "rounded", "format Text"),
            ("张 三\n李四\n张三\n".encode(), "line 3", "stands already in line 1"),
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
    with pytest.raises(BadFile, match=r"no roster .*check the name"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="is a folder, expected the roster"):
        read_roster(tmp_path)
