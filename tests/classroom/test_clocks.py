"""Clocks that are wrong, or set in the middle of a class: the class's own, and a pupil's."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from glmkit.auth.tokens import make_token
from glmkit.classroom.core import ClassRules
from glmkit.classroom.ledger import FILE
from glmkit.classroom.limits import CLOSED, Limits, OpenHours
from glmkit.classroom.running_class import RunningClass
from glmkit.verify.raw_client import open_socket
from tests.bare import SECONDS, Bare
from tests.classroom.taught import pupil, seat, taught
from tests.classroom.visiting import visiting

HOUR = 3600.0
clock = time.time


class SetClock:
    """The wall's clock of this process, which a test sets; what passes, passes on it, too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        monkeypatch.setattr(time, "time", lambda: clock() + self.ahead)


async def ask(bare: Bare) -> None:
    await bare.write("hello")
    await bare.send("response.create")


async def knock(taking: RunningClass, token: str) -> str:
    """What comes first to whoever brings a token: an event's type, or the refusal's words."""
    try:
        async with open_socket(taking.url, {"Authorization": f"Bearer {token}"}) as socket:
            return str((await Bare(socket).next("session.created"))["type"])
    except InvalidStatus as refused:
        error = json.loads(refused.response.body)["error"]
        assert error["code"] == "1003"
        return str(error["message"])


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_moves_neither_budgets_nor_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """In mid-class: who speaks goes on, who waits is served, n turns are n, seconds are seconds;
    the teacher stays in, and the page goes on."""
    here, rules = SetClock(monkeypatch), ClassRules(places=1, seat=Limits(turns=2))
    async with taught(tmp_path, rules) as taking, visiting(taking) as teacher:
        async with pupil(taking) as first, pupil(taking, "seat-08") as waiting:
            await first.next("session.created")
            await first.update()
            await ask(first)
            await first.next("response.done")
            mark = (await teacher.live())["mark"]
            here.ahead = hours * HOUR
            await ask(first)
            await first.next("response.done")
            await ask(first)
            assert (await first.error())["code"] == "class_seat_turns"
            shown = await teacher.live(mark)
            assert abs(shown["now"] - clock() - hours * HOUR) < SECONDS
            assert (await teacher.act("message", words="hello")).status_code == 200
            await first.socket.close()
            await waiting.next("session.created")
            assert 0 <= seat(taking, "seat-08")["last_wait"] < SECONDS
    with closing(sqlite3.connect(tmp_path / FILE)) as ledger:
        turns, held = ledger.execute("SELECT SUM(turns), MAX(held) FROM used").fetchone()
        backwards = ledger.execute("SELECT COUNT(*) FROM sessions WHERE closed < opened")
        waits = [row[0] for row in ledger.execute("SELECT waited FROM used WHERE waited > 0")]
        assert (turns, backwards.fetchone()) == (2, (0,))
        assert 0 < held < HOUR / 2
        assert all(wait < HOUR / 2 for wait in waits)


async def test_the_hours_of_a_class_are_those_of_the_clock_on_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set forward, the class is over, and its words say which time it is there; set back, it goes
    on with the same session."""
    here, ends = SetClock(monkeypatch), clock() + HOUR / 2
    shown = time.strftime("%H:%M", time.localtime(ends + HOUR / 2))
    rules = ClassRules(opening=OpenHours(ends=ends))
    async with taught(tmp_path, rules) as taking, visiting(taking) as teacher:
        async with pupil(taking, **{"Accept-Language": "en"}) as bare:
            await bare.next("session.created")
            await bare.update()
            assert (await teacher.live())["shut"] == ""
            here.ahead = HOUR
            assert "The class is over since" in (await teacher.live())["shut"]
            await ask(bare)
            error = await bare.error()
            assert error["code"] == CLOSED
            later = time.strftime("%H:%M", time.localtime(clock() + HOUR))
            assert any(f"computer it is {each}" in error["message"] for each in (shown, later))
            here.ahead = -HOUR
            await ask(bare)
            await bare.next("response.done")


async def test_a_teacher_sees_why_nobody_may_begin(tmp_path: Path) -> None:
    """A class that has not begun, and one that has used what all together may use."""
    later = ClassRules(opening=OpenHours(begins=clock() + 2 * HOUR))
    async with taught(tmp_path / "later", later) as taking, visiting(taking) as teacher:
        assert "Turns begin at" in (await teacher.live())["shut"]
    used = ClassRules(whole=Limits(turns=0))
    async with (
        taught(tmp_path / "used", used) as taking,
        visiting(taking, lang="zh") as teacher,
    ):
        assert (await teacher.live())["shut"] == "全班的轮数已用完，不能再开始新的一轮。"


@pytest.mark.parametrize(("ours", "theirs"), [(0, -1), (1, 0), (0, 1), (-1, 0)])
async def test_a_token_of_another_time_is_let_in_or_told_which_clock_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours: int, theirs: int
) -> None:
    """An hour old, or an hour ahead, because the pupil's clock is wrong or the class's: both
    clocks are named, and the time on the class's; whoever brings the key itself comes in."""
    here = SetClock(monkeypatch)
    here.ahead = ours * HOUR
    async with taught(tmp_path) as taking, asyncio.timeout(SECONDS):
        key = taking.classroom.seats["seat-07"].key
        found = await knock(taking, make_token(key, now=clock() + theirs * HOUR).reveal())
        if theirs < ours:
            day = time.strftime("%Y-%m-%d %H:", time.localtime(clock() + here.ahead))
            for words in (f"shows {day}", "one of the two computers is wrong", "不准的那台"):
                assert words in found
        else:
            assert found == "session.created"
        assert await knock(taking, key.reveal()) == "session.created"
