"""What a person does with a session in a drawn sequence, each with a short deadline."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import glmkit as glm
from glmkit.session.asyncio_session import Session
from tests.hostile.drawn_events import CLIENT, event, junk, one, random_of

SHORT = 0.15  # seconds: the deadline of a turn here
CLIP = glm.Clip.tone(440, 0.2)
Action = tuple[str, Any]


def actions_of(seed: int) -> list[Action]:
    """What the client does in the sequence of a seed."""
    random = random_of("client", seed)
    return [_action(random) for _ in range(random.randrange(1, 5))]


def _action(random: Random) -> Action:
    sent = event(random, CLIENT)
    settings = ({"voice": "xiaochen"}, {"vad": "server"}, {"tools": ()}, {"model": "glm-realtime"})
    wrong = random.choice((None, 3, b"", "no such file.wav", junk(random)))
    return one(
        random,
        *((3, ("say", None)), (3, ("ask", "hello")), (1, ("respond", None)), (1, ("stream", None))),
        *((1, ("update", random.choice(settings))), (1, ("clear", None)), (1, ("cancel", None))),
        *((2, ("send", sent)), (1, ("iterate", random.randrange(1, 9))), (1, ("both", None))),
        *((2, ("interrupt", random.random() / 20)), (1, ("reset", None)), (1, ("wrong", wrong))),
    )


async def act(session: Session, name: str, what: Any) -> None:
    """Do it; whatever the session raises comes out."""
    await _ACTIONS[name](session, what)


async def weather(city: str) -> str:
    """The weather in a city.

    Args:
        city: its name
    """
    return f"sunny in {city}"


async def _say(session: Session, _: Any) -> None:
    await session.say(CLIP, speed=None, timeout=SHORT)


async def _stream(session: Session, _: Any) -> None:
    async with contextlib.aclosing(session.stream(CLIP, speed=None, timeout=SHORT)) as sound:
        async for _ in sound:
            pass


async def _both(session: Session, _: Any) -> None:
    """Two turns at once: one of them is told so."""
    both = (session.ask("one", timeout=SHORT), session.say(CLIP, speed=None, timeout=SHORT))
    for outcome in await asyncio.gather(*both, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


async def _iterate(session: Session, count: int) -> None:
    """Look at some events, or at what comes within the deadline."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SHORT):
            async with contextlib.aclosing(aiter(session)) as events:
                async for _ in events:
                    count -= 1
                    if not count:
                        return


async def _interrupt(session: Session, after: float) -> None:
    """Say something and give it up in the middle, as an interrupted cell does."""
    saying = asyncio.create_task(session.say(CLIP, speed=None, timeout=SHORT))
    await asyncio.sleep(after)
    saying.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await saying


_ACTIONS: dict[str, Callable[[Session, Any], Awaitable[Any]]] = {
    "say": _say,
    "ask": lambda session, words: session.ask(words, timeout=SHORT),
    "respond": lambda session, _: session.respond(timeout=SHORT),
    "stream": _stream,
    "update": lambda session, settings: session.update(**settings),
    "clear": lambda session, _: session.clear(),
    "cancel": lambda session, _: session.cancel(),
    "send": lambda session, event: session.send(event),
    "iterate": _iterate,
    "both": _both,
    "interrupt": _interrupt,
    "reset": lambda session, _: session.reset(),
    "wrong": lambda session, speech: session.say(speech, timeout=SHORT),
}
