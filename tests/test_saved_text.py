"""Text as programs save it is read, whatever it is written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.auth.env_file import secrets_near
from glmkit.auth.key_search import keys_in
from glmkit.classroom.roster import read_roster as read_class
from glmkit.cli.roster import read_roster as read_keys
from glmkit.environment.saved_text import text_in
from tests.listed import check_each

WORDS = "07,张三\r\n"
CHARSETS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")


def test_it_is_read_in_whatever_it_was_written() -> None:
    """With a mark or without one; what is nothing of these is refused, or shown as far as it is."""

    def read(charset: str) -> None:
        assert text_in(WORDS.encode(charset)) == WORDS

    check_each(read, [(each,) for each in CHARSETS])
    assert text_in(b"") == ""
    with pytest.raises(UnicodeDecodeError):
        text_in(b"\x81\xff\xff")
    assert text_in(b"a\xff\xff", errors="replace") == "a��"


def test_what_windows_calls_ansi_is_read_as_where_it_was_written() -> None:
    """Names with accents stay what they are, Chinese ones too; no charset is taken for another."""
    names = (
        "Jörg Müller\n",
        "Renée\r\nMaría\n",
        "Zoë “Zo” Brontë\n",
        "Ærøskøbing\n",
        "José\n",
        "1,Zoë",
    )

    def read(words: str, charset: str) -> None:
        assert text_in(words.encode(charset)) == words

    chinese = ("张喆\n", "朱镕基\n", "07,李娜\n08,堃\n", "一班；０７，王芳\n")
    names += (
        "André,René\r\n",
        "Böll\nGröße\n",
        "5 €\n",
    )  # two bytes of Böll are a character of GBK
    check_each(read, [*((each, "cp1252") for each in names), *((each, "gbk") for each in chinese)])

    def refuse(words: str, charset: str) -> None:
        with pytest.raises(UnicodeDecodeError):
            text_in(words.encode(charset))

    strange = (
        ("學號,姓名\n07,陳小明\n", "big5"),
        ("07,山田太郎\n", "shift_jis"),
        ("07,Łukasz\n", "cp1250"),
    )
    check_each(refuse, strange)


def test_everything_that_people_save_is_read_so(tmp_path: Path) -> None:
    """A class's roster, a roster of keys, keys with notes, and a .env."""
    path, env = tmp_path / "saved.csv", tmp_path / ".env"

    def read(charset: str) -> None:
        path.write_bytes("07,张三".encode(charset))
        assert [(each.number, each.name) for each in read_class(path)] == [("07", "张三")]
        path.write_bytes("abc.def 张三".encode(charset))
        assert read_keys(path) == {"abc": ("张三", 1)}
        path.write_bytes("abc.def  # 张三".encode(charset))
        assert [each.reveal() for each in keys_in(path)] == ["abc.def"]
        env.write_bytes("ZHIPU_TEST=abc  # 张三\n".encode(charset))
        [(found, _)] = secrets_near(tmp_path, ["ZHIPU_TEST"])
        assert found.reveal() == "abc"

    check_each(read, [(each,) for each in CHARSETS])
