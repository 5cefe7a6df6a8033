"""Faults in the middle of an answer, counted in pieces of sound (of text, where none is spoken)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from glmkit.emulator.faults import Name
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.session.state import SessionState

_BROKEN = b'{"type":"response.audio.delta","delta":"AAAA'
_UNKNOWN = "response.emulator.unheard_of"


async def apply_faults(session: SessionState, response_id: str, pieces: int) -> None:
    """What goes wrong after the answer's ``pieces``-th piece, if anything is to."""
    if not session.faults:
        return
    if _strikes(session, "malformed", pieces):
        await session.sender.send_message(_BROKEN, "malformed")
    if _strikes(session, "unknown_event", pieces):
        await session.sender.send(_UNKNOWN, response_id=response_id)
    if _strikes(session, "close_1011", pieces):
        await session.sender.settle()
        await session.socket.close(1011, text("emulator.backend_timeout"))
    if _strikes(session, "cut", pieces):
        session.socket.transport.abort()
    if _strikes(session, "stall", pieces):
        await asyncio.Event().wait()  # until the answer is cancelled or the session ends


def _strikes(session: SessionState, name: Name, pieces: int) -> bool:
    fault = session.faults.get(name)
    if fault is None or fault.after != pieces:
        return False
    session.log.note("fault", name=name)
    return session.faults.strike(name) is not None
