"""A budget closes the session that nobody uses."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.errors import BadArgument, Closed

KEY = Key.random()


@pytest.mark.slow
async def test_an_idle_session_is_closed_and_says_why() -> None:
    """Not while a turn runs; afterwards a turn is refused in words, and reset() opens it again."""
    budget = glm.Budget(idle=0.4)
    async with await serve(Options(key=KEY, pace=0)) as server:
        async with aio.connect(server.url, api_key=KEY, budget=budget) as session:
            turn = await session.say(glm.sample("hello_en"))  # 2 s of speech in real time
            assert turn.status == "completed"
            async with asyncio.timeout(10):
                while not session.closed:
                    await asyncio.sleep(0.02)
            with pytest.raises(Closed, match=r"0\.4 s"):
                await session.ask("Hello?")
            await session.reset()
            assert (await session.ask("Hello?")).status == "completed"


async def test_without_a_limit_a_session_stays_open() -> None:
    """The emulator costs nothing, so its sessions have none."""
    async with await serve(Options(key=KEY)) as server:
        async with aio.connect(server.url, api_key=KEY) as session:
            assert session.budget.idle is None


@pytest.mark.parametrize("limit", [0, "5", True, float("nan"), [5]])
@pytest.mark.parametrize("name", ["yuan", "turns", "seconds", "idle"])
def test_a_limit_is_a_number_above_0(name: str, limit: Any) -> None:
    """Anything else is refused when the budget is made, not when it is looked at."""
    with pytest.raises(BadArgument, match=f"the budget's {name} is {re.escape(repr(limit))}"):
        glm.Budget(**{name: limit})
