"""What a closed session leaves behind: nothing that only the garbage collector could take away."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import glmkit as glm
from glmkit import aio
from glmkit.emulator.launch import Emulator


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Only what nobody refers to any more goes away."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def held(core: Any) -> list[weakref.ref[Any]]:
    """The session, its conversation and its line."""
    return [weakref.ref(each) for each in (core, core.trace, core.fold, core.line)]


def in_an_event_loop(emulator: Emulator) -> list[weakref.ref[Any]]:
    async def talk() -> list[weakref.ref[Any]]:
        async with aio.connect(emulator.url, api_key=emulator.key) as session:
            await session.say(glm.sample("hello_en"), speed=None)
            await session.ask("hello")
        return held(session)

    return asyncio.run(talk())


def in_a_cell(emulator: Emulator) -> list[weakref.ref[Any]]:
    with glm.connect(emulator.url, api_key=emulator.key) as session:
        session.say(glm.sample("hello_en"), speed=None)
        list(session.stream(glm.sample("hello_en"), speed=None))
    return held(session.core)


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("talk", [in_an_event_loop, in_a_cell])
def test_a_closed_session_is_no_circle(
    glm_emulator: Emulator, talk: Callable[[Emulator], list[weakref.ref[Any]]]
) -> None:
    """A thousand of them one after another take no more memory than one."""
    left = talk(glm_emulator)
    until = time.monotonic() + 5  # the loop's thread may still be about to let go
    while any(each() is not None for each in left) and time.monotonic() < until:
        time.sleep(0.01)
    assert [each() for each in left] == [None] * len(left)
