"""Somebody cuts in: an answer that is stopped some seconds after it began.

The one place where a rehearsal interrupts; what the next line says follows when this is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from glmkit.protocol.event_kinds import response_id_of
from glmkit.session.asyncio_session import Session
from glmkit.turns.turn import Turn


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
