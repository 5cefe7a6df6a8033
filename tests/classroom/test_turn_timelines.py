"""A page's timelines: made one at a time, and let go where others are asked for."""

from __future__ import annotations

import asyncio

import glmkit as glm
from glmkit.classroom.turn_timelines import TurnTimelines
from tests.bare import KEY, SECONDS, running

TURNS = 5  # one more than are kept


async def test_whoever_asks_for_many_at_once_gets_each_when_asking_again() -> None:
    """Those that were let go say nothing wrong; a turn that is not there has none."""
    timelines = TurnTimelines()
    options = {"api_key": KEY, "modalities": ["text"]}
    async with running() as emulator, glm.aio.connect(emulator.url, **options) as session:
        for number in range(TURNS):
            await session.ask(f"{number}")
        async with asyncio.timeout(SECONDS):
            at_once = (timelines.of(session, number, "en") for number in range(TURNS))
            assert all(isinstance(each, dict) for each in await asyncio.gather(*at_once))
            while not (first := await timelines.of(session, 0, "en")):
                assert first == {}
            assert {"scene", "sounds", "findings"} == set(first)
            assert await timelines.of(session, TURNS, "en") is None
