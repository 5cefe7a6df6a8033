"""Slips: what their codes hold, and what they say where no code can be made."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest

from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret
from glmkit.auth.seat_line import SeatLine
from glmkit.classroom.roster import Pupil
from glmkit.classroom.slips import seat_address, slip, typed_key
from glmkit.classroom.teacher_desk import TOKEN
from tests.classroom.taught import taught
from tests.classroom.visiting import visiting

KEY = Key(Secret("seat-07.abcdefghjkmnpqrstu"))


def test_an_address_holds_the_line_behind_what_is_sent() -> None:
    """The line is in no request; https where the class is encrypted; it shows itself to nobody."""
    line = SeatLine.joined("wss://class.example:8765", KEY)
    address = seat_address(line, lang="zh")
    sent, _, behind = address.reveal().partition("#")
    assert sent == "https://class.example:8765/_class/seat?lang=zh"
    assert behind == line.reveal()
    assert "abcdef" not in f"{address!r}{address}"
    six = seat_address(SeatLine.joined("ws://[fe80::1]:8765", KEY), lang="en").reveal()
    assert six.startswith("http://[fe80::1]:8765/_class/seat?lang=en#ws://seat-07.")


def test_a_slip_says_what_to_type() -> None:
    """The page's address holds no secret; the key stands in groups, of which none is left out."""
    found = slip(SeatLine.joined("wss://class.example:8765", KEY), Pupil("07", "张三"), lang="en")
    assert found["page"] == "https://class.example:8765/_class/seat"
    assert found["typed"] == "seat-07.abcdef ghjkmn pqrstu"


async def test_what_a_slip_says_is_typed_without_a_camera(tmp_path: Path) -> None:
    """In groups or not, as it is printed; a key of nobody's, half of one, other kinds are not."""
    async with taught(tmp_path) as taking, httpx.AsyncClient(trust_env=False) as http:
        typed = typed_key(taking.line_of("seat-08")).reveal()
        for given in (typed, typed.replace(" ", ""), f" {typed.replace(' ', '   ')}\n"):
            answer = await http.post(f"{taking.page}talk/enter", json={"line": given})
            assert (answer.status_code, answer.json()["name"]) == (200, "08 Li Si")
        others = (typed[:-1], typed.replace("08", "07"))
        for wrong in (*others, "seat-08", "seat-08.", ".", 8, [typed]):
            answer = await http.post(f"{taking.page}talk/enter", json={"line": wrong})
            assert answer.status_code == 401
            assert "last line of your slip" in answer.json()["error"]["message"]
            assert typed[8:14] not in answer.text


def test_a_slip_without_segno_has_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no code."""
    line = SeatLine.joined("ws://127.0.0.1:8765", KEY)
    assert str(slip(line, Pupil("07", "张三"), lang="en")["code"]).startswith("data:image/svg+xml")
    monkeypatch.setitem(sys.modules, "segno", None)
    found = slip(line, Pupil("07", "张三"), lang="en")
    assert (found["line"], found["code"]) == (line.reveal(), None)


async def test_the_page_of_slips_says_how_to_get_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command where they cannot be made; none where they can; nothing without the password."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        headers = {TOKEN: visitor.token}
        found = (await visitor.http.post("slips", json={}, headers=headers)).json()
        assert (len(found["slips"]), found["get_codes"]) == (3, None)
        monkeypatch.setitem(sys.modules, "segno", None)
        found = (await visitor.http.post("slips", json={}, headers=headers)).json()
        assert found["get_codes"].endswith("pip install segno")
        assert [each["code"] for each in found["slips"]] == [None] * 3
        assert (await visitor.http.post("slips", json={})).status_code == 403
        async with visiting(taking, inside=False) as stranger:
            assert (await stranger.http.post("slips", json={})).status_code == 401


async def test_slips_of_a_large_class_come_in_parts(tmp_path: Path) -> None:
    """In the roster's order, each once; so none takes longer than a page waits."""
    pupils = [Pupil(f"{n:03d}", f"学生{n}") for n in range(1, 42)]
    async with taught(tmp_path, pupils=pupils) as taking, visiting(taking) as visitor:

        async def part(after: object) -> tuple[list[str], bool]:
            answer = await visitor.http.post(
                "slips", json={"after": after}, headers={TOKEN: visitor.token}
            )
            found = answer.json()
            return [each["number"] for each in found["slips"]], found["more"]

        first, second, last = [await part(after) for after in (0, 20, 40)]
        assert [*first[0], *second[0], *last[0]] == [each.number for each in pupils]
        assert (first[1], second[1], last[1]) == (True, True, False)
        for wrong in (None, -5, "20", [], True, {}):
            assert await part(wrong) == first
        assert await part(10**9) == ([], False)
