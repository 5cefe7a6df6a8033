"""What was handed in, on the teacher's page: the table, one opened, a turn for the class."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from glmkit.classroom.hand_in_summary import summary_of
from glmkit.classroom.hand_ins import HandInRefused
from glmkit.classroom.zip_bounds import is_bounded_zip
from glmkit.recordings.bundle import load
from tests.classroom.handed import WORDS, file_of, hand_in, tried
from tests.classroom.taught import taught
from tests.classroom.visiting import Visitor, visiting

SEAT = "seat-07"
ONE = {"seat": SEAT, "name": "03-1"}
ROUTES = ("handed", "opened", "projected", "hand-ins.csv")


async def ask(visitor: Visitor, path: str, expected: int = 200, **query: Any) -> dict[str, Any]:
    """The answer's JSON, asked for until it is there."""
    while True:
        answer = await visitor.http.get(path, params=query)
        found: dict[str, Any] = answer.json()
        if "reading" not in found:
            assert answer.status_code == expected, answer.text
            return found


def cell(view: dict[str, Any], lesson: str = "03", row: int = 0) -> Any:
    return view["pupils"][row]["cells"].get(lesson)


# -- the table ---------------------------------------------------------------------------------


async def test_the_table_shows_what_comes_and_goes(tmp_path: Path) -> None:
    """The last hand-in of each lesson, held until one comes; what is withdrawn is empty again."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        empty = await ask(visitor, "handed")
        assert empty["lessons"] == [f"{n:02d}" for n in range(14)]
        assert [row["name"] for row in empty["pupils"]][2] == "<script>alert(1)</script>"
        waiting = asyncio.create_task(ask(visitor, "handed", after=empty["mark"]))
        await hand_in(taking, file_of(tried(1, 4)))
        found = await waiting
        assert cell(found)["names"] == ["03-1"]
        await hand_in(taking, file_of(tried(3, 4, tries=2, opened=1), show=True))
        await hand_in(taking, file_of(lesson="own_one"), "own_one", "seat-08")
        found = await ask(visitor, "handed", after=found["mark"])
        last = cell(found)
        assert [last[name] for name in ("right", "of", "tries", "answers")] == [3, 4, 8, 1]
        assert (last["names"], last["shows"]) == (["03-1", "03-2"], ["03-2"])
        assert (found["lessons"][-1], "own_one" in found["pupils"][1]["cells"]) == ("own_one", True)
        await taking.hand_ins.withdraw(SEAT, "03")
        assert cell(await ask(visitor, "handed", after=found["mark"])) is None
        assert taking.classroom.seats[SEAT].key.reveal() not in str(found)


@pytest.mark.slow
async def test_who_says_no_later_is_shown_no_more(tmp_path: Path) -> None:
    """Of a lesson's hand-ins none may be shown once the last one says no."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        await hand_in(taking, file_of(show=True))
        assert (await ask(visitor, "projected", turn=1, **ONE))["said"] == WORDS[0]
        await hand_in(taking, file_of(show=False))
        assert cell(await ask(visitor, "handed"))["shows"] == []
        refused = await ask(visitor, "projected", 403, turn=1, **ONE)
        assert "show=True" in refused["error"]["message"]


async def test_the_table_is_downloaded_for_a_spreadsheet(tmp_path: Path) -> None:
    """A line a pupil and lesson, in the reader's language, with who answered."""
    async with taught(tmp_path) as taking, visiting(taking, lang="zh") as visitor:
        await hand_in(taking, file_of(tried(1, 4)))
        await hand_in(taking, file_of(tried(2, 4), show=True))
        broken = zipped({"manifest.json": b"[]", "events.jsonl": b""})
        await hand_in(taking, broken, id="seat-09")
        answer = await visitor.http.get("hand-ins.csv")
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="hand-ins-')
        first, last = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (first["姓名"], first["课"], first["交了几份"]) == ("张三", "03", "2")
        assert (first["答对"], first["可以给全班看"], first["由谁回答"]) == ("2", "是", "仿真器")
        assert (last["姓名"], last["读不出来"]) == ("<script>alert(1)</script>", "是")
        assert last["答对"] == ""


# -- one of them ---------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_hand_in_is_opened_in_the_readers_language(tmp_path: Path) -> None:
    """Exercises, findings with their cures, turns; words of a pupil stay words."""
    words = ("<img src=x onerror=alert(1)>", "答案\u202e")
    async with taught(tmp_path) as taking, visiting(taking, lang="zh") as visitor:
        await hand_in(taking, file_of(tried(1, 2, opened=1), words=words, turns=2, spoken=False))
        found = await ask(visitor, "opened", **ONE)
        assert found["exercises"] == [
            "03-1 答对（第 1 次），看过参考答案",
            "03-2 尚未答对（试了 1 次）",
        ]
        assert found["turns"][1]["said"] == words[0]
        assert (found["number"], found["voice"], found["show"]) == (1, False, False)
        assert (found["peer"], found["problem"]) == ("班级 → 仿真器", "")
        assert any("配置" in each["fact"] and each["cure"] for each in found["findings"])
        english = await ask(visitor, "opened", lang="en", **ONE)
        assert english["exercises"][1] == "03-2 not yet right (tries: 1)"
        for other in ({"seat": "seat-99"}, {"name": "../03-1"}, {"name": "03-2"}, {"seat": ""}):
            gone = await ask(visitor, "opened", 410, **{**ONE, **other})
            assert "表格" in gone["error"]["message"]


@pytest.mark.slow
async def test_a_turn_is_given_to_the_player_where_the_pupil_agrees(tmp_path: Path) -> None:
    """Scene and sound of that turn alone; without the voice where it was not handed in."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        await hand_in(taking, file_of(turns=2, show=True))
        found = await ask(visitor, "projected", turn=2, **ONE)
        assert (found["of"], found["heard"], len(found["sounds"])) == (2, True, 2)
        assert len(found["scene"]["turns"]) == 1
        assert "emulator" in found["scene"]["note"]
        refused = await ask(visitor, "projected", 422, turn=3, **ONE)
        assert "1 to 2" in refused["error"]["message"]
        for turn in ("", "0", "00", "-1", "²", "1.0", "12345", "<b>"):
            await ask(visitor, "projected", 400, turn=turn, **ONE)
        await hand_in(taking, file_of(spoken=False, show=True), "04")
        silent = await ask(visitor, "projected", turn=1, seat=SEAT, name="04-1")
        assert (silent["heard"], len(silent["sounds"])) == (False, 1)
        await taking.hand_ins.withdraw(SEAT, "03")
        await ask(visitor, "projected", 410, turn=2, **ONE)
        await ask(visitor, "opened", 410, **ONE)


@pytest.mark.slow
async def test_what_opens_a_hand_in_ends_with_the_class(tmp_path: Path) -> None:
    """No process of it is left, and whoever waited for it gets an answer or a closed line."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        await hand_in(taking, file_of(turns=20, show=True))
        asking = [
            asyncio.create_task(visitor.http.get("projected", params={**ONE, "turn": turn}))
            for turn in range(1, 5)
        ]
        while not opening():
            await asyncio.sleep(0.01)
        await taking.close()
        assert opening() == []
        await asyncio.gather(*asking, return_exceptions=True)


def opening() -> list[psutil.Process]:
    """The processes of this one that open hand-ins."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "glmkit.classroom.hand_in_child" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


# -- what pupils send ------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return written.getvalue()


def manifest(**said: Any) -> bytes:
    return json.dumps({"format": 1, "hand_in": {"lesson": "03", **said}}).encode()


@pytest.mark.slow
async def test_a_broken_hand_in_says_so_and_stops_nothing(tmp_path: Path) -> None:
    """A manifest of anything, events cut or none: a cell that says it, and a refusal in words."""
    whole = file_of(tried(1, 2))
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        about, events = pack.read("manifest.json"), pack.read("events.jsonl")
    deep = b'{"hand_in":' * 9_000 + b"}" * 9_000
    cases = {
        "01": zipped({"manifest.json": b"\xff", "events.jsonl": events}),
        "02": zipped({"manifest.json": deep, "events.jsonl": events}),
        "03": zipped({"manifest.json": manifest(show="yes", of=1e99, tried=[1]), "x": b""}),
        "04": zipped({"manifest.json": about, "events.jsonl": events[: len(events) // 2]}),
        "05": zipped({"../manifest.json": about, "manifest.json": b"null"}),
    }
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        for lesson, content in cases.items():
            await hand_in(taking, content, lesson)
        found = (await ask(visitor, "handed"))["pupils"][0]["cells"]
        assert {lesson for lesson in cases if found[lesson]["broken"]} == {"01", "02", "05"}
        assert [found["03"][name] for name in ("shows", "right", "of")] == [[], 0, 0]
        refused = await ask(visitor, "opened", 422, seat=SEAT, name="03-1")
        assert str(tmp_path) not in refused["error"]["message"]
        cut = await ask(visitor, "opened", seat=SEAT, name="04-1")
        assert (bool(cut["problem"]), len(cut["exercises"])) == (True, 2)


async def test_a_zip_that_is_too_much_is_no_hand_in(tmp_path: Path) -> None:
    """More inside than a lesson holds, more parts than a recording has, a list told elsewhere."""
    whole = file_of()
    place = whole.index(b"PK\x01\x02") + 24  # where the list says how long the first part is
    bomb = whole[:place] + struct.pack("<L", 300_000_000) + whole[place + 4 :]
    many = zipped({f"{n}": b"" for n in range(1_100)})
    elsewhere = whole[:-22] + b"PK\x06\x07" + bytes(16) + whole[-22:]
    hidden = whole[:-22] + whole[-22:-6] + b"PK\x05\x06" + b"\0\0"
    path = tmp_path / "x.glm"
    for content in (bomb, many, elsewhere, hidden, b"", b"PK\x05\x06", whole[:-1]):
        path.write_bytes(content)
        assert is_bounded_zip(path) is False
    path.write_bytes(whole)
    assert is_bounded_zip(path) is True
    async with taught(tmp_path / "class") as taking:
        with pytest.raises(HandInRefused, match="no recording"):
            await hand_in(taking, bomb)
        assert taking.hand_ins.of(SEAT) == []


def test_a_summary_is_what_the_file_says(tmp_path: Path) -> None:
    """Of a whole file its score and what is allowed; of anything else that it is broken."""
    path = tmp_path / "03-1.glm"
    path.write_bytes(file_of(tried(1, 3), show=True))
    found = summary_of(path)
    assert (found.scores["right"], found.scores["of"], found.show) == (1, 3, True)
    assert load(path).about["hand_in"]["show"] is True
    for content in (b"", b"PK", zipped({}), zipped({"manifest.json": b"7"})):
        path.write_bytes(content)
        assert summary_of(path).broken is True
    assert summary_of(tmp_path / "none.glm").broken is True


# -- who is let in ---------------------------------------------------------------------------------


async def test_nobody_else_reads_hand_ins(tmp_path: Path) -> None:
    """Without the password, from another page, by another name, with a pupil's key: refused."""
    async with taught(tmp_path) as taking, visiting(taking) as visitor:
        await hand_in(taking, file_of(show=True))
        key = taking.classroom.seats[SEAT].key.reveal()
        query = {**ONE, "turn": "1"}
        async with visiting(taking, inside=False) as stranger:
            for path in ROUTES:
                for headers in ({}, {"Authorization": f"Bearer {key}"}):
                    answer = await stranger.http.get(path, params=query, headers=headers)
                    assert (answer.status_code, WORDS[0] in answer.text) == (401, False)
            page = await stranger.http.get("hand-ins")
            assert (page.status_code, "张三" in page.text) == (200, False)
            assert (
                "default-src 'none'; script-src 'self'" in page.headers["Content-Security-Policy"]
            )
        for path in ROUTES:

            async def refused(expected: int, path: str = path, **asked: Any) -> None:
                answer: httpx.Response = await visitor.http.request(
                    asked.pop("method", "GET"), path, params=query, **asked
                )
                assert answer.status_code == expected, path

            await refused(403, headers={"Origin": "http://elsewhere.example"})
            await refused(403, headers={"Origin": "null"})
            await refused(421, headers={"Host": f"elsewhere.example:{taking.port}"})
            await refused(405, method="POST", json={})
