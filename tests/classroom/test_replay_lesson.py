"""A recording for a whole class: each replays it from the beginning, at no cost."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import glmkit as glm
from glmkit.turns.labels import peer_note
from tests.bare import KEY, SECONDS, running
from tests.classroom.taught import PASSWORD
from tests.cli.processes import command, free_port, line

PUPILS = 6  # one more than an account has places
FIRST, SECOND = "tell me a joke", "What is one and one?"


async def recorded(path: Path) -> list[str]:
    """A teacher's session: a turn, a new connection, another turn; what was answered."""
    async with running() as server:
        async with glm.aio.connect(server.url, api_key=KEY) as session:
            await session.ask(FIRST)
            await session.reset()
            await session.ask(SECOND)
            await session.save(path)
    return [turn.transcript for turn in session.turns]


@pytest.mark.slow
async def test_each_pupil_hears_the_recording_from_its_beginning(tmp_path: Path) -> None:
    """All at once, one of them twice; ¥0; what is not in it is refused; the waits are explained."""
    answers = await recorded(tmp_path / "lesson.glm")
    (tmp_path / "class.csv").write_text("\n".join(f"P{n}" for n in range(PUPILS)), "utf-8")
    words = ["class", str(tmp_path / "class.csv"), "--to", str(tmp_path / "lesson.glm")]
    words += ["--host", "127.0.0.1", "--port", str(free_port())]
    words += ["--seats-json", str(tmp_path / "seats.json")]
    with command(*words, GLMKIT_CLASS_PASSWORD=PASSWORD, GLMKIT_LANG="en") as process:
        page = (line(process), line(process))[1]
        assert process.stderr is not None
        assert any(f"at once: {PUPILS}" in process.stderr.readline() for _ in range(3))
        assert "the recording's, played again" in process.stderr.readline()
        async with asyncio.timeout(SECONDS):
            while not (tmp_path / "seats.json").exists():
                await asyncio.sleep(0.05)
            seats = json.loads((tmp_path / "seats.json").read_text(encoding="utf-8"))
            await _all_of(seats, answers)
        async with httpx.AsyncClient(trust_env=False, auth=("teacher", PASSWORD)) as http:
            shown = (await http.get(f"{page}status")).json()
    assert [each["turns"] > 0 for each in shown["seats"]] == [True] * PUPILS
    assert (shown["class"]["yuan"], shown["class"]["charged"], shown["peer"]) == (0, False, "file")
    assert "the recording's" in peer_note("class → file", "glm-realtime-flash")
    assert "the recording's" not in peer_note("class → emulator", "glm-realtime-flash")


async def _all_of(seats: list[dict[str, Any]], answers: list[str]) -> None:
    everybody = asyncio.Barrier(len(seats))

    async def pupil(seat: dict[str, Any]) -> glm.Turn:
        async with glm.aio.connect("class", api_key=seat["line"]) as session:
            await everybody.wait()
            return await session.ask(FIRST)

    turns = await asyncio.gather(*map(pupil, seats))
    assert [turn.transcript for turn in turns] == answers[:1] * len(seats)
    assert {turn.latency.peer for turn in turns} == {"class → file"}
    async with glm.aio.connect("class", api_key=seats[0]["line"]) as session:
        assert (await session.ask(SECOND)).transcript == answers[1]
        with pytest.raises(glm.errors.Rejected, match="recording") as no:
            await session.ask("And what is two and two?")
        assert no.value.code == "replay_mismatch"
