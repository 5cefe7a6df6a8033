"""What a teacher writes behind ``glmkit class``: hours of the day, and a password."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from glmkit.cli.class_hours import hours_told, opening_hours
from glmkit.cli.class_password import PASSWORD_VARIABLE, password_from
from glmkit.cli.commands import main
from glmkit.errors import BadArgument, BadFile
from tests.listed import check_each

NOON = datetime(2026, 9, 14, 12, 0).astimezone()


def test_hours_are_todays_and_may_pass_midnight() -> None:
    """Of this evening and tomorrow before it begins, of yesterday while it goes on."""

    def check(now: str, begins: str | None, ends: str | None, *expected: str | None) -> None:
        moment = datetime.fromisoformat(f"2026-09-14 {now}").astimezone()
        found = opening_hours(begins, ends, moment)
        for seconds, wanted in zip((found.begins, found.ends), expected, strict=True):
            shown = None if seconds is None else f"{datetime.fromtimestamp(seconds):%d %H:%M}"
            assert shown == wanted

    check_each(
        check,
        [
            ("12:00", "08:00", "09:40", "14 08:00", "14 09:40"),
            ("12:00", None, None, None, None),
            ("12:00", "8：00", None, "14 08:00", None),
            ("21:30", "22:00", "01:00", "14 22:00", "15 01:00"),
            ("23:59", "22:00", "01:00", "14 22:00", "15 01:00"),
            ("00:30", "22:00", "01:00", "13 22:00", "14 01:00"),
            ("01:00", "22:00", "01:00", "14 22:00", "15 01:00"),
        ],
    )


def test_hours_that_are_none_are_refused() -> None:
    """No hour of a day, and a class that ends as it begins."""

    def check(begins: str | None, ends: str | None, said: str) -> None:
        with pytest.raises(BadArgument, match=said):
            opening_hours(begins, ends, NOON)

    check_each(
        check,
        [
            ("25:00", None, "hours and minutes of today"),
            (None, "soon", "hours and minutes of today"),
            ("08:00", "08:00", "change --from or --until"),
        ],
    )


def test_a_teacher_is_told_the_hours() -> None:
    """Above all that they are over before the class has begun."""

    def check(begins: str | None, ends: str | None, said: str | None) -> None:
        assert hours_told(opening_hours(begins, ends, NOON), NOON) == said

    check_each(
        check,
        [
            (None, None, None),
            ("08:00", "13:00", "turns may begin from 08:00 until 13:00"),
            ("22:00", "01:00", "turns may begin from 22:00 until 2026-09-15 01:00"),
            ("13:00", None, "turns may begin from 13:00 on"),
            (None, "13:00", "turns may begin until 13:00"),
        ],
    )
    past = hours_told(opening_hours(None, "08:00", NOON), NOON)
    assert past is not None
    assert "over already: --until was 08:00, and now it is 12:00" in past


def test_a_password_is_a_whole_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its blanks and signs; what is no password is said to be none, and not a key."""
    path = tmp_path / "password.txt"
    path.write_text("\ufeff\n correct horse #1 \nold one\n", encoding="utf-8")
    found = password_from(path)
    assert found is not None
    assert found.reveal() == "correct horse #1"
    monkeypatch.setenv(PASSWORD_VARIABLE, " of the room ")
    given = password_from(None)
    assert given is not None
    assert given.reveal() == "of the room"
    monkeypatch.delenv(PASSWORD_VARIABLE)
    assert password_from(None) is None
    path.write_text("\n  \n", encoding="utf-8")
    for wrong in (path, tmp_path / "none.txt", tmp_path):
        with pytest.raises(BadFile, match="expected the password in its first line"):
            password_from(wrong)


def test_a_wrong_number_is_told_with_its_switch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words for who types: no None, no name of Python's."""
    roster = tmp_path / "class.csv"
    roster.write_text("07,A\n", encoding="utf-8")

    def check(switch: str, words: str, said: str) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["class", str(roster), "--to", "emulator", switch, words])
        shown = " ".join(capsys.readouterr().err.split())
        assert ended.value.code == 2
        assert f"argument {switch}: found '{words}'" in shown
        assert said in shown
        assert not re.search(r"None|release_idle|float|int value", shown)

    check_each(
        check,
        [
            ("--yuan", "-1", "from 0 to 1000000; without this switch there is no limit"),
            ("--class-yuan", "nan", "without this switch there is no limit"),
            ("--minutes", "many", "expected a number"),
            ("--turns", "2.5", "expected a whole number"),
            ("--class-turns", "1000001", "from 0 to 1000000"),
            ("--places", "0", "from 1 to 1000"),
            ("--release-idle", "0", "expected 1 to 86400 seconds; without this switch"),
            ("--port", "x", "expected a whole number"),
        ],
    )
