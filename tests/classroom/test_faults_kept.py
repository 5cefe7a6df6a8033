"""What a class has on disk, when something goes wrong with it: whose it is, what is remembered."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

import glmkit as glm
from glmkit.classroom.core import Classroom
from glmkit.classroom.ledger import Ledger
from glmkit.classroom.taken_folder import HOLDER
from glmkit.errors import BadFile
from glmkit.verify.raw_client import open_socket
from tests.bare import SECONDS, Bare, sample
from tests.classroom.taught import PUPILS, pupil, seat, taught, until
from tests.classroom.test_hand_in_killed import class_words
from tests.classroom.visiting import visiting
from tests.cli.processes import command, free_port, line
from tests.relay.relayed import upstream_at

NOWHERE = "ws://127.0.0.1:9"


# -- one folder, one class ------------------------------------------------------------------------


@pytest.mark.slow
def test_two_processes_hold_no_class_in_one_folder(tmp_path: Path) -> None:
    """The second is told whose it is, before it listens; once the first is killed, it may."""
    words = class_words(tmp_path)
    other = [*words, "--port", str(free_port())]
    with command(*words) as first:
        assert line(first)
        with command(*other, GLMKIT_LANG="en") as second:
            _, said = second.communicate(timeout=SECONDS)
            assert second.returncode == 2
            assert f"process {first.pid} on " in said
            assert "--keep" in said
        first.kill()
        first.wait(10)
    with command(*other) as third:
        assert line(third)


async def test_a_folder_is_free_again_however_a_class_ended(tmp_path: Path) -> None:
    """Closed, or never begun; who has it is told even where the words beside it are none."""
    async with taught(tmp_path):
        for written in (b"", b"[]", b'{"pid": "<b>", "since": 1e300}', b"[" * 100_000, b"\xff"):
            (tmp_path / HOLDER).write_bytes(written)
            with pytest.raises(BadFile, match="process \\? on") as caught:
                Classroom(PUPILS, tmp_path, upstream_at(NOWHERE))
            assert "<b>" not in str(caught.value)
    (tmp_path / "seats.json").rename(tmp_path / "kept.json")
    (tmp_path / "seats.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadFile, match="keys"):
        Classroom(PUPILS, tmp_path, upstream_at(NOWHERE))
    (tmp_path / "kept.json").replace(tmp_path / "seats.json")
    async with taught(tmp_path):
        assert json.loads((tmp_path / HOLDER).read_bytes())["pid"] == os.getpid()


# -- what a restart remembers ----------------------------------------------------------------------


async def test_a_stopped_class_stays_stopped_after_a_restart(tmp_path: Path) -> None:
    """Until the teacher lets it go on, which a restart remembers, too."""
    async with taught(tmp_path) as taking:
        await taking.classroom.stop_all()
    async with taught(tmp_path) as taking:
        assert taking.classroom.snapshot()["class"]["stopped"]
        async with pupil(taking) as bare:
            assert (await bare.error())["code"] == "class_stopped"
        await taking.classroom.allow_all()
        async with pupil(taking) as bare:
            await bare.next("session.created")
    async with taught(tmp_path) as taking:
        assert not taking.classroom.stopped
        assert not seat(taking)["stopped"]


async def test_a_freed_seat_opens_to_its_new_line_alone(tmp_path: Path) -> None:
    """Whoever had it is told and let out, comes in no more, also after a restart; counts stay."""
    mine = {"number": "07", "name": "张三"}
    async with taught(tmp_path) as taking, visiting(taking) as teacher:
        old, others = (taking.line_of(id).reveal() for id in ("seat-07", "seat-08"))
        async with pupil(taking) as bare, pupil(taking, "seat-08") as other:
            await bare.next("session.created")
            await bare.update()
            assert (await bare.ask(sample("joke_en")))[-1]["type"] == "response.done"
            assert (await teacher.act("free", seat="seat-07")).status_code == 200
            said = await bare.error()
            assert said["code"] == "class_stopped"
            assert "new line" in said["message"]
            await other.next("session.created")
            await other.update()  # is where it was
        await teacher.act("open_claims")
        new = (await teacher.http.post("claim", json=mine)).json()["line"]
        assert new != old
    async with taught(tmp_path) as taking:
        assert taking.line_of("seat-08").reveal().split("@")[0] == others.split("@")[0]
        place = taking.line_of("seat-07").reveal().split("@")[1]
        async with glm.aio.connect("class", api_key=f"{new.split('@')[0]}@{place}") as session:
            assert session.address.seat == "07 张三"
        with pytest.raises(glm.errors.Refused, match="401"):
            await glm.aio.connect("class", api_key=f"{old.split('@')[0]}@{place}")
        assert seat(taking)["turns"] == 1


async def test_seats_freed_at_once_all_get_their_keys(tmp_path: Path) -> None:
    """None of them is lost in the file of the others."""
    async with taught(tmp_path) as taking:
        await asyncio.gather(*(taking.classroom.renew_key(id) for id in taking.classroom.seats))
        lines = {id: taking.line_of(id).reveal().split("@")[0] for id in taking.classroom.seats}
    async with taught(tmp_path) as taking:
        for id, key in lines.items():
            assert taking.line_of(id).reveal().split("@")[0] == key


# -- a ledger that takes no more -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["max_page_count=1", "query_only=1"])  # full, and read-only
async def test_where_nothing_can_be_written_down_nothing_passes(tmp_path: Path, kind: str) -> None:
    """Who speaks is told and closed, the place is free, nothing counts; then it goes on again."""
    async with taught(tmp_path) as taking:
        database = taking.classroom.ledger._database
        async with pupil(taking) as bare:
            await _ready(bare)
            database.execute(f"PRAGMA {kind}")
            if kind.startswith("max"):  # what is left of its last page
                with pytest.raises(sqlite3.OperationalError, match="full"):
                    database.execute("INSERT INTO troubles VALUES (0, ?, '')", ("x" * 10**6,))
                database.rollback()
            for _ in range(500):
                await bare.send("response.create")
                if await _told(bare):
                    break
            assert bare.socket.close_code == 1011
        await until(taking, lambda: taking.classroom.places.taken == 0)
        for undone in ("max_page_count=1000000", "query_only=0"):
            database.execute(f"PRAGMA {undone}")
        async with pupil(taking) as bare:
            await _ready(bare)
            assert (await bare.ask(sample("joke_en")))[-1]["type"] == "response.done"
        counted = seat(taking)["turns"]
    with Ledger(tmp_path) as ledger:
        assert ledger.used()["seat-07"].turns <= counted


async def _ready(bare: Bare) -> None:
    await bare.next("session.created")
    await bare.update()


async def _told(bare: Bare) -> bool:
    """Whether a turn was refused for the ledger; else over once it was answered."""
    while True:
        event = await bare.any()
        if event["type"] == "error" and event["error"]["code"] == "class_ledger":
            await bare.closed()
            return True
        if event["type"] in ("response.done", "error"):
            return False


async def test_who_has_no_line_of_the_class_is_sent_to_no_console(tmp_path: Path) -> None:
    """In each language: a slip is copied again; the service has no key for it to copy."""
    stranger = "seat-07.wrongwrongwrong"
    async with taught(tmp_path) as taking:
        with pytest.raises(glm.errors.Refused, match="copy the line of your slip whole") as refused:
            await glm.aio.connect(taking.url, api_key=stranger)
        for wrong in ("bigmodel", "make_token"):
            assert wrong not in str(refused.value)
        assert refused.value.code == "1002"
        with pytest.raises(InvalidStatus) as bare:
            async with open_socket(taking.url, {"Authorization": f"Bearer {stranger}"}):
                pass
        said = json.loads(bare.value.response.body)["error"]["message"]
        assert "完整复制纸条上的连接行" in said
        assert "copy the line of your slip whole" in said


async def test_a_token_that_is_no_more_opens_nothing(tmp_path: Path) -> None:
    """One that was signed with the secret of before, in its time."""
    async with taught(tmp_path) as taking:
        old = glm.auth.make_token(taking.classroom.seats["seat-07"].key).reveal()
        await taking.classroom.renew_key("seat-07")
        with pytest.raises(InvalidStatus) as refused:
            async with open_socket(taking.url, {"Authorization": f"Bearer {old}"}):
                pass
        assert json.loads(refused.value.response.body)["error"]["code"] == "1002"
