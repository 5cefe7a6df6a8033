"""Whatever goes wrong, in whatever call: it is explained, and the true cause comes first."""

from __future__ import annotations

import asyncio
import re
import warnings
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from glmkit import aio
from glmkit.emulator.faults import TABLE
from glmkit.emulator.server.running import RunningServer
from glmkit.errors import GlmWarning, ServiceError
from glmkit.explain import explain
from glmkit.session.asyncio_session import Session
from glmkit.turns.turn import Turn
from tests.bare import KEY, running
from tests.listed import check_each

WAITS = glm.Waits(no_speech=0.3, late_segment=0.05, transcript=0.1, clean_up=0.3)
CLIP = glm.sample("joke_en")
PICTURE = np.full((64, 64, 3), 200, np.uint8)
LONGEST = ContextVar("LONGEST", default=10.0)  # seconds of a turn
SHORT = {"stall": 0.4, "late_hearing": 1.0}  # for nothing more will come
Call = Callable[[Session], Awaitable[Any]]


def get_weather(city: str) -> str:
    """The weather. 天气

    Args:
        city: the city 城市
    """
    return f"{city}: rain"


async def say(session: Session) -> Any:
    return await session.say(CLIP, speed=None, timeout=LONGEST.get())


async def ask(session: Session) -> Any:
    return await session.ask("你好", timeout=LONGEST.get())


async def call_a_tool(session: Session) -> Any:
    return await session.ask("北京的天气怎么样？", timeout=LONGEST.get())


async def show_and_say(session: Session) -> Any:
    await session.show(PICTURE)
    return await say(session)


async def update(session: Session) -> Any:
    return await session.update(voice="xiaochen")


async def stream(session: Session) -> Any:
    async for _ in session.stream(CLIP, speed=None, timeout=LONGEST.get()):
        pass
    return session.turns[-1]


async def reset(session: Session) -> Any:
    return await session.reset()


#: Name → how the session is configured, and what is called.
CALLS: dict[str, tuple[dict[str, Any], Call]] = {
    "say": ({}, say),
    "say under server VAD": ({"vad": "server"}, say),
    "ask": ({}, ask),
    "a tool call": ({"tools": [get_weather]}, call_a_tool),
    "show and say": ({}, show_and_say),
    "update": ({}, update),
    "stream": ({}, stream),
    "reset": ({}, reset),
}
#: Fault → how it is set, and what the first thing that is said about it must say.
CAUSES: dict[str, tuple[dict[str, Any], str]] = {
    "unauthorized": ({"value": "401"}, "401.*key or token"),
    "busy": ({}, "429.*more requests at once"),
    "gateway": ({}, "502.*a proxy or gateway answered"),
    "bad_model": ({}, "1234.*model"),
    "arrears": ({}, "1113.*balance"),
    "reconnect_exceeded": ({}, "downstream_reconnect_exceeded.*lost its model"),
    "late_hearing": ({"value": 3}, "is busy|ended at its deadline"),
    "rate_limit": ({"value": 2}, "rate_limit_error.*too many messages"),
    "empty_reply": ({}, "complete and empty"),
    "failed_reply": ({}, "error 500.*failed inside"),
    "close_1011": ({}, "1011"),
    "cut": ({}, "cut off without a word"),
    "stall": ({}, "ended at its deadline"),
}
NEVER = re.compile(r"speak louder|closer to the microphone|No explanation|no error said why")


def test_a_fault_that_ends_a_call_is_listed() -> None:
    """All others change what comes, or when."""
    mild = {"no_heartbeat", "malformed", "unknown_event", "split_samples", "latency", "jitter"}
    mild |= {"slow_link", "duplicate", "reorder", "vad_deaf"}
    assert CAUSES.keys() | mild == TABLE.keys()


MILD = {"empty_reply", "failed_reply"}  # they raise nothing: the turn says so


async def opened(server: RunningServer, config: dict[str, Any], without: str) -> Session:
    """A session; ``without`` a fault, which is set again when it is open."""
    fault = server.faults.get(without)
    server.faults.clear(without or None) if fault else None
    session = await aio.connect(server.url, api_key=KEY, waits=WAITS, timeout=2, **config)
    if fault:
        server.faults.set(without, value=fault.value)
    return session


@pytest.mark.slow
@pytest.mark.parametrize("fault", CAUSES)
async def test_every_fault_in_every_call_is_explained_with_its_cause_first(fault: str) -> None:
    """What raised, its turn and its session; set before the session was opened, and after."""
    settings, cause = CAUSES[fault]
    outcomes: list[tuple[Any, ...]] = []
    LONGEST.set(SHORT.get(fault, 10.0))
    if fault == "empty_reply":  # what it warns of there is so
        warnings.simplefilter("ignore", GlmWarning)
    async with running() as server:

        async def outcome(call: str, *, late: bool) -> None:
            config, act = CALLS[call]
            session = None
            try:
                async with asyncio.timeout(20):
                    session = await opened(server, config, fault if late else "")
                    found = await act(session)
            except ServiceError as error:
                outcomes.append((call, late, error, session))
            else:
                outcomes.append((call, late, found, session))
            finally:
                server.faults.set(fault, **settings)
                if session is not None:
                    await session.close()

        server.faults.set(fault, **settings)
        for call in CALLS:
            await outcome(call, late=False)
            await outcome(call, late=True)

    def check(call: str, late: bool, found: Any, session: Session | None) -> None:
        bad_turn = isinstance(found, Turn) and not (found.status == "completed" and found.audio)
        if not (bad_turn or isinstance(found, ServiceError)):
            return
        for subject in filter(None, (found, getattr(found, "turn", None), session)):
            first = [f"{each.fact} → {each.cure}" for each in explain(subject)][:1]
            assert re.search(cause, str(first)), (subject, first)
            assert not NEVER.search(repr(explain(subject))), explain(subject)

    check_each(check, outcomes)
    assert any(isinstance(found, ServiceError) for _, _, found, _ in outcomes) or fault in MILD
