"""A recording for a whole class: each replays it from the beginning, at no cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret
from glmkit.classroom.core import Classroom, ClassRules
from glmkit.classroom.running_class import RunningClass, serve_class
from glmkit.relay.upstream import Upstream
from glmkit.session.address import Address
from glmkit.turns.labels import peer_note
from tests.bare import KEY, running
from tests.classroom.taught import PASSWORD, PUPILS, seat, until

CLIP = "joke_en"


async def recorded(path: Path) -> glm.Trace:
    """A teacher's session: a turn, a new connection, another turn."""
    async with running() as server:
        async with glm.aio.connect(server.url, api_key=KEY) as session:
            await session.say(glm.sample(CLIP), speed=None)
            await session.reset()
            await session.ask("What is one and one?")
            await session.save(path)
    return session.trace


@pytest.mark.slow
async def test_each_pupil_hears_the_recording_from_its_beginning(tmp_path: Path) -> None:
    """All at once, one of them twice; ¥0; what is not in it is refused; the waits are explained."""
    trace = await recorded(tmp_path / "lesson.glm")
    first, second = (turn.transcript for turn in trace.turns())
    async with replaying(tmp_path) as taking:

        async def pupil(id: str) -> glm.Turn:
            line = taking.line_of(id).reveal()
            async with glm.aio.connect("class", api_key=line) as session:
                return await session.say(glm.sample(CLIP), speed=None)

        seats = list(taking.classroom.seats)
        turns = await asyncio.gather(*map(pupil, seats))
        assert [turn.transcript for turn in turns] == [first] * len(PUPILS)
        assert {turn.latency.peer for turn in turns} == {"class → file"}
        async with glm.aio.connect("class", api_key=taking.line_of(seats[0]).reveal()) as session:
            assert (await session.ask("What is one and one?")).transcript == second
            with pytest.raises(glm.errors.Rejected, match="recording") as no:
                await session.ask("And what is two and two?")
            assert no.value.code == "replay_mismatch"
        await until(taking, lambda: not seat(taking)["connected"])
        shown = taking.classroom.snapshot()
        assert (seat(taking)["turns"] >= 2, seat(taking)["minutes"] > 0) == (True, True)
        assert (shown["class"]["yuan"], shown["class"]["charged"]) == (0, False)
    assert "the recording's" in peer_note("class → file", "glm-realtime-flash")
    assert "the recording's" not in peer_note("class → emulator", "glm-realtime-flash")


@asynccontextmanager
async def replaying(folder: Path) -> AsyncIterator[RunningClass]:
    """A class before the recording, with a place for each."""
    async with running(replay=str(folder / "lesson.glm"), replay_speed=0) as server:
        upstream = Upstream(Address(server.url, "replay", Key(KEY)))
        classroom = Classroom(PUPILS, folder, upstream, ClassRules(places=len(PUPILS)))
        async with await serve_class(classroom, Secret(PASSWORD)) as taking:
            yield taking
