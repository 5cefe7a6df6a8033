"""The real emulator against clients that send anything: what it answers, and what is left."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from pathlib import Path
from traceback import format_exception

import pytest

from glmkit.emulator.server.running import RunningServer
from glmkit.emulator.session.state import SessionState
from glmkit.emulator.weights import models
from tests.bare import SECONDS, joined, running, sample, silence, types
from tests.hostile.drawn_events import batches, failing, shown
from tests.hostile.hostile_client import HostileClient, steps_of

TOGETHER = 8  # sequences at once; more only wait for each other, and take longer together


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing recognises or speaks: the kit's recordings are known, and answers are ready."""
    monkeypatch.setenv("GLMKIT_MODELS", str(tmp_path))
    monkeypatch.setattr(models, "cache_folder", lambda: tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", batches())
async def test_the_emulator_outlives_hostile_clients(
    seeds: range, caplog: pytest.LogCaptureFixture
) -> None:
    """Every message is the protocol's; others are served; nothing of a closed session is left."""
    caplog.set_level(logging.WARNING)
    places = asyncio.Semaphore(TOGETHER)
    async with running() as server:
        await _served(server)
        before = asyncio.all_tasks()
        found = await asyncio.gather(*(_sequence(seed, server, places) for seed in seeds))
        failures = {seed: "\n".join(each) for seed, each in zip(seeds, found, strict=True) if each}
        if failures:
            pytest.fail(failing(failures, "hostile_clients"), pytrace=False)
        await _served(server)
        await _nothing_left(server, before)
    assert [record for record in caplog.records if record.exc_info] == []


async def _sequence(seed: int, server: RunningServer, places: asyncio.Semaphore) -> list[str]:
    """What is wrong in the sequence of a seed, with the sequence in the end."""
    steps, wrong = steps_of(seed), list[str]()
    async with places:
        known = len(server.problems())
        try:
            async with asyncio.timeout(SECONDS), joined(server) as bare:
                client = HostileClient(bare.socket, wrong)
                await client.play(steps)
        except Exception as error:  # noqa: BLE001 - none of them should be here
            wrong += format_exception(error)
        wrong += server.problems()[known:]  # of this one, or of those beside it
    return [*wrong, *map(shown, steps)] if wrong else []


async def _served(server: RunningServer) -> None:
    """Somebody who behaves has a turn in writing, one by voice, and one whose end is heard."""
    async with joined(server) as bare:
        await bare.update()
        await bare.write("讲个笑话")
        await bare.send("response.create")
        assert (await bare.next("response.done"))["response"]["status"] == "completed"
        events = await bare.ask(sample("joke_zh"))
        assert events[-1]["response"]["status"] == "completed"
        assert "response.audio.delta" in types(events)
        await bare.update(turn_detection={"type": "server_vad"})
        await bare.append(sample("joke_zh") + silence(1))
        assert (await bare.next("response.done"))["response"]["status"] == "completed"


async def _nothing_left(server: RunningServer, before: set[asyncio.Task[object]]) -> None:
    """No task, no session in memory, none in the log that has not ended."""
    end = time.monotonic() + SECONDS
    while left := asyncio.all_tasks() - before:
        if time.monotonic() > end:
            pytest.fail("\n".join(map(str, map(asyncio.Task.get_stack, left))) + f"\n{left}")
        await asyncio.sleep(0.01)
    before.clear()  # a task holds its session
    assert [each["session"] for each in server.log() if each["ended"] is None] == []
    gc.collect()
    left = [each for each in gc.get_objects() if type(each) is SessionState]  # a proxy may be dead
    assert [each.id for each in left] == []
