"""Answers that begin when they are due: made meanwhile, and held back until then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from glmkit.emulator.session.conversation import Item, Prompt
    from glmkit.emulator.session.state import SessionState
    from glmkit.emulator.session.steady_waits import SteadyTurn

T = TypeVar("T")


def steady_turn_of(
    session: SessionState, prompt: Prompt, *, asked_at: float | None, greeting: str | None
) -> SteadyTurn | None:
    """When the answer to ``prompt`` is due; None where it comes when it is ready.

    What was spoken brings its own moment, the first time it is answered. All else counts from when
    the client asked, ``asked_at``, and so does what it asked for later than that moment.
    """
    question = None if prompt.outputs else prompt.question
    given = None if question is None or question.answered.is_set() else question.steady
    if given is not None and (asked_at is None or asked_at < given.due):
        return given
    said = [*map(_said, prompt.items), greeting or ""]
    zero = session.heard_at if asked_at is None else asked_at
    return session.steady_turn(zero, *(each.encode("utf-8", "replace") for each in said))


def _said(item: Item) -> str:
    """What an item says; of sound, whose words may not be known yet, what was drawn by it."""
    return str(item.steady.cuts) if item.steady is not None else item.words or ""


@asynccontextmanager
async def made_ahead(parts: AsyncGenerator[T]) -> AsyncIterator[AsyncGenerator[T]]:
    """The same parts, made from now on whoever takes them when; entered when the first is there."""
    made: asyncio.Queue[T | None] = asyncio.Queue()
    making = asyncio.create_task(_make(parts, made), name="making")
    try:
        yield _taken(await made.get(), made, making)
    finally:
        making.cancel()
        await asyncio.wait([making])
        _ = making.cancelled() or making.exception()  # who took none of it need not know


async def _make(parts: AsyncGenerator[T], made: asyncio.Queue[T | None]) -> None:
    try:
        async with aclosing(parts):
            async for part in parts:
                made.put_nowait(part)
    finally:
        made.put_nowait(None)


async def _taken(
    part: T | None, made: asyncio.Queue[T | None], making: asyncio.Task[None]
) -> AsyncGenerator[T]:
    while part is not None:
        yield part
        part = await made.get()
    await making  # raises what went wrong
