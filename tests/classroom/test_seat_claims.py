"""Pupils who take their seats on a page: once each, and the teacher sees who tried again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.classroom.roster import Pupil
from glmkit.classroom.seat_claims import FILE, SeatClaims
from glmkit.classroom.teacher_desk import TOKEN
from glmkit.errors import BadFile
from tests.classroom.taught import PUPILS, pupil, seat, taught
from tests.classroom.visiting import visiting
from tests.listed import check_each


async def test_a_seat_is_taken_once(tmp_path: Path) -> None:
    """Only while the teacher lets it be; the second one gets nothing, also after a restart."""
    mine = {"number": "０７ ", "name": " 张三"}
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        async with visiting(taking, inside=False) as page:
            closed = await page.http.post("claim", json=mine)
            assert (closed.status_code, "line" in closed.json()) == (403, False)
            assert (await page.http.get("claim")).json() == {"open": False}
            assert (await teacher.act("open_claims")).status_code == 200
            assert (await page.http.get("claim")).json() == {"open": True}
            both = await asyncio.gather(*(page.http.post("claim", json=mine) for _ in range(2)))
            assert sorted(each.status_code for each in both) == [200, 409]
            found = min(both, key=lambda each: each.status_code).json()
            assert found == {"name": "07 张三", "line": taking.line_of("seat-07").reveal()}
            secret = taking.classroom.seats["seat-07"].key.reveal().rpartition(".")[2]
            assert secret not in max(both, key=lambda each: each.status_code).text
            assert secret not in (tmp_path / FILE).read_text(encoding="utf-8")
        claims = (await teacher.live())["claims"]
        twice = {"id": "seat-07", "name": "07 张三", "count": 1}
        assert claims == {"open": True, "taken": 1, "refused": [twice], "page": taking.page}
        assert seat(taking)["troubles"] == {"class_seat_taken": 1}
        async with glm.aio.connect("class", api_key=found["line"]) as session:
            assert session.address.seat == "07 张三"
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        await teacher.act("open_claims")
        assert (await teacher.http.post("claim", json=mine)).status_code == 409
        assert (await teacher.act("free", seat="seat-07")).status_code == 200
        claims = (await teacher.live())["claims"]
        assert (claims["taken"], claims["refused"]) == (0, [])
        assert (await teacher.http.post("claim", json=mine)).status_code == 200
        assert (await teacher.act("close_claims")).status_code == 200
        assert (await teacher.http.post("claim", json=mine)).status_code == 403


async def test_a_number_may_lack_its_first_zeros(tmp_path: Path) -> None:
    """Where one seat alone is meant; 7 and 007 of one name are two seats, and need their zeros.
    What only joins letters nobody has to type."""
    pupils = [Pupil("07", "张三"), Pupil("7", "Li Si"), Pupil("007", "Li Si"), Pupil("0", "Wu")]
    pupils += [Pupil("9", "می\u200cلاد")]
    async with taught(tmp_path, pupils=pupils) as taking:
        claims = SeatClaims(taking.classroom)

        def check(number: str, name: str, found: str | None) -> None:
            seat = claims.seat_of(number, name)
            assert (seat and seat.pupil.number) == found

        alike = [("7", "Li Si", "7"), ("007", "Li Si", "007"), ("07", "Li Si", None)]
        wrong = [("", "Wu", None), ("70", "张三", None), ("7", "王五", None)]
        wrong += [("9", "\u200c", None), ("9", "", None)]
        joined = [("9", "میلاد", "9"), ("\u200e9", "می\u200cلاد", "9")]
        same = [("7", "张三", "07"), ("００７", "张三", "07"), *joined]
        check_each(check, [*same, *alike, *wrong])


async def test_nobody_takes_what_is_no_seat(tmp_path: Path) -> None:
    """Number and name must belong together; another page takes none; the page holds no name."""
    wrong = [
        {},
        {"number": "07"},
        {"number": "07", "name": "Li Si"},
        {"number": 7, "name": "张三"},
        {"number": ["07"], "name": {}},
        {"number": "", "name": ""},
        {"number": "0", "name": "张三"},
    ]
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        await teacher.act("open_claims")
        for each in wrong:
            assert (await teacher.http.post("claim", json=each)).status_code == 404
        mine = {"number": "09", "name": PUPILS[2].name}
        elsewhere = {"Origin": "http://elsewhere.example"}
        assert (await teacher.http.post("claim", json=mine, headers=elsewhere)).status_code == 403
        assert (await teacher.http.post("claim", data=mine)).status_code == 404
        page = await teacher.http.get("seat")
        assert (page.status_code, "claim.js" in page.text, "张三" in page.text) == (
            200,
            True,
            False,
        )
        assert (await teacher.live())["claims"]["taken"] == 0
        async with pupil(taking) as bare:  # who has a slip needs no claim
            await bare.next("session.created")


async def test_slips_are_for_paper(tmp_path: Path) -> None:
    """Every seat with its line, for the teacher alone and only with the page's token."""
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        assert (await teacher.http.post("slips")).status_code == 403
        answer = await teacher.http.post("slips", headers={TOKEN: teacher.token})
        assert [each["line"] for each in answer.json()["slips"]] == [
            taking.line_of(id).reveal() for id in taking.classroom.seats
        ]
        assert answer.headers["Cache-Control"] == "no-store"
        async with visiting(taking, inside=False) as other:
            assert "张三" not in (await other.http.get("slips")).text
            headers = {TOKEN: teacher.token}
            assert (await other.http.post("slips", headers=headers)).status_code == 401


@pytest.mark.parametrize("written", ["", "[]", '{"taken": 3}', "[" * 100_000])
async def test_a_broken_list_is_told(tmp_path: Path, written: str) -> None:
    """Rather than to give seats away twice."""
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(BadFile, match="taken"):
        async with taught(tmp_path):
            pass
