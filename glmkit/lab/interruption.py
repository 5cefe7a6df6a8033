"""Somebody cuts in: an answer that the next line breaks into, or that is stopped.

Rules
- A spoken line is spoken into a spoken answer, as ``say(interrupt_after=…, with_=…)`` has it: under
  server VAD it is the service's business to stop. Both lines are over, then.
- Where nothing is to be said at that very moment (a written line follows, a picture or a pause is
  before it, or a third line breaks into it in turn), ``say`` stops the answer alone.
- A written line's answer, and one in writing, is cancelled, so long after it began.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from glmkit.errors import GlmError, ServiceError
from glmkit.media.clip import Clip
from glmkit.protocol.event_kinds import APPEND, response_id_of
from glmkit.session.asyncio_session import Session
from glmkit.turns.turn import Turn


@dataclass(frozen=True, slots=True)
class BargeIn:
    """What came of a line, and of the one that was said into its answer: a turn or an error each.

    ``into`` is None where nothing was said into it, or nobody heard it.
    """

    line: Turn | GlmError
    into: Turn | GlmError | None = None


class _SpokenLate:
    """A clip that knows when it began to be said."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self.begun: float | None = None

    async def __aiter__(self) -> AsyncIterator[Clip]:
        self.begun = perf_counter()
        yield self._clip

    def is_in(self, turn: Turn) -> bool:
        """Whether a turn has nothing from before it."""
        appends = [event.at for event in turn.events if event.type == APPEND]
        return self.begun is not None and bool(appends) and min(appends) >= self.begun


async def barge_in(
    session: Session, clip: Clip, after: float, into: Clip, **options: Any
) -> BargeIn:
    """Say ``clip``, and ``into`` as soon as ``after`` seconds of its answer were heard.

    ``options`` are those of ``say``. Raises what it raises of what is the caller's to fix.
    """
    late, before = _SpokenLate(into), len(session.turns)
    try:
        turn = await session.say(clip, interrupt_after=after, with_=late, **options)
    except ServiceError as error:
        first = [each for each in session.turns[before:] if not late.is_in(each)]
        if late.begun is None or not first or first[-1] is error.turn:
            return BargeIn(error)
        return BargeIn(first[-1], error)
    if not late.is_in(turn):
        return BargeIn(turn)
    first = [each for each in session.turns[before:] if not late.is_in(each)]
    return BargeIn(first[-1], turn) if first else BargeIn(turn)


async def broken_off(session: Session, saying: Coroutine[Any, Any, Turn], after: float) -> Turn:
    """The turn of ``saying``, its answer cancelled ``after`` seconds from the first of it.

    An answer that is over before is left as it is. Raises what ``saying`` and ``cancel`` raise.
    """
    turn = asyncio.ensure_future(saying)
    try:
        with session.line.queue() as queue:
            turn.add_done_callback(lambda _: queue.end())
            async for event in queue:
                if response_id_of(event) and event.type.endswith(".delta"):
                    break
        await asyncio.wait([turn], timeout=after)
        if not turn.done():
            await session.cancel()
        return await turn
    finally:
        turn.cancel()
        await asyncio.wait([turn], timeout=session.waits.clean_up + 0.5)
