"""Thirty pupils at once before an emulator that hears: all are answered, told, and served in order.

How fast that is, ``benchmarks.classroom`` measures.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

import glmkit as glm
from glmkit.classroom.core import ClassRules
from glmkit.classroom.ledger import FILE
from glmkit.classroom.roster import Pupil
from glmkit.classroom.running_class import RunningClass
from glmkit.protocol.serving.own_events import notice_in
from tests.classroom.taught import taught, until

MANY = 30
PLACES = 5
SAID = ("joke_zh", "weather_zh", "hello_en", "two_questions_zh")
PUPILS = [Pupil(f"{n:02}", f"Pupil {n}") for n in range(MANY)]


class Heard(NamedTuple):
    """One pupil's turn, and how many were said to be before them, each time they were told."""

    turn: glm.Turn
    before: list[int]


def clips(*, neighbours: bool) -> list[glm.Clip]:
    """What each of them says, with a pause before and behind, as people record it."""
    pause = glm.Clip.silence(0.5, rate=16_000)
    alone = [pause + glm.sample(name).resample(16_000) + pause for name in SAID]
    every = [alone[n % len(SAID)] for n in range(MANY)]
    return [clip.voices(10, seed=n) for n, clip in enumerate(every)] if neighbours else every


async def all_of(taking: RunningClass, said: list[glm.Clip]) -> list[Heard]:
    """Each comes when the one before has; nobody speaks before all are there."""
    everybody = asyncio.Event()

    async def pupil(number: int) -> Heard:
        line = taking.line_of(f"seat-{number:02}").reveal()
        async with glm.aio.connect("class", api_key=line, timeout=240) as session:
            await everybody.wait()
            turn = await session.say(said[number], speed=None, timeout=240)
            places = [notice_in(event).get("place", {}) for event in session.trace]
        return Heard(turn, [place["before"] for place in places if "before" in place])

    async with asyncio.TaskGroup() as group:
        tasks = []
        for number in range(MANY):
            tasks.append(group.create_task(pupil(number)))
            seat = taking.classroom.seats[f"seat-{number:02}"]
            await until(taking, lambda seat=seat: _is_there(taking, seat.id))
        everybody.set()
    return [task.result() for task in tasks]


def _is_there(taking: RunningClass, id: str) -> bool:
    """Whether a pupil has a place, or stands in the queue."""
    classroom = taking.classroom
    return classroom.places.holds(id) or classroom.seats[id].waiting is not None


def served(folder: Path) -> list[str]:
    """Who waited, in the order in which they had their places."""
    with closing(sqlite3.connect(folder / FILE)) as ledger:
        rows = ledger.execute("SELECT seat FROM used WHERE waited > 0 ORDER BY rowid").fetchall()
    return [seat for (seat,) in rows]


@pytest.mark.long
@pytest.mark.voices
async def test_among_neighbours_with_five_places(tmp_path: Path) -> None:
    """Each is told how many are before, fewer and fewer; asked first is served first; the findings
    name the other voices, and nobody is told that they were too quiet."""
    async with taught(tmp_path, ClassRules(places=PLACES), pupils=PUPILS) as taking:
        heard = await all_of(taking, clips(neighbours=True))
    assert [each.turn.status for each in heard] == ["completed"] * MANY
    for number, each in enumerate(heard):
        assert each.before == sorted(each.before, reverse=True)
        first_last = (each.before[0], each.before[-1]) if each.before else None
        assert first_last == ((number - PLACES, 0) if number >= PLACES else None)
    assert served(tmp_path) == [f"seat-{number:02}" for number in range(PLACES, MANY)]
    found = [each.turn.explain() for each in heard]
    assert sum("other_voices" in each.names for each in found) >= MANY // 2
    assert not any("too_quiet" in each.names or "louder" in repr(each) for each in found)


@pytest.mark.long
@pytest.mark.voices
async def test_clean_with_a_place_for_everybody(tmp_path: Path) -> None:
    """Nobody waits, everybody is answered, and nothing is found about other voices."""
    async with taught(tmp_path, ClassRules(places=MANY), pupils=PUPILS) as taking:
        heard = await all_of(taking, clips(neighbours=False))
    assert [(each.turn.status, each.before) for each in heard] == [("completed", [])] * MANY
    assert not any("other_voices" in each.turn.explain().names for each in heard)
