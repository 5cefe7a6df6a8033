"""``live``: an open microphone under server VAD, with as many turns as come.

Rules (those of ``exchange``, and)
- Sound is sent as it comes; after a stall what is due is caught up, at most 45 pieces a second.
- The service ends each turn and answers it; calls are answered while the sending goes on.
- Whoever speaks into an answer interrupts it: the service gets 0.3 s to cancel by itself, then
  one response.cancel. Not so where interrupt_response is off.
- When the sound ends, a turn that had begun is finished with silence, and its answer awaited.
- A turn that the service does not end is ended by whoever wants the answer now, ``fallback``'s way.
- What it costs is looked at after each piece, not only when it ends.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import NoReturn

from glmkit import events
from glmkit.errors import BadState
from glmkit.session.asyncio_session import Session
from glmkit.session.exchange import Exchange
from glmkit.session.fallback import commit_instead, never_ended
from glmkit.session.line import Line
from glmkit.session.pacing import LIVE_RATE, Pace
from glmkit.session.speech import Pieces, silence_after
from glmkit.texts import text
from glmkit.turns.fold import Fold
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State

_AS_IT_COMES = Pace(100, None, LIVE_RATE)


async def live(session: Session, pieces: Pieces, *, timeout: float = 60) -> None:
    """Send ``pieces`` (Clips, or bytes in the input format) until they end; turns go to ``turns``.

    ``timeout``: seconds without a piece, and for the last answer. Raises BadState unless the
    session has server VAD, Busy, Rejected, Disconnected, TooMuch and TurnTimeout.
    """
    if not session.settings.server_vad:
        raise BadState(text("widgets.needs_server_vad"))
    async with session.exchange(timeout) as exchange:
        running = [
            asyncio.create_task(work)
            for work in (
                _send(session, exchange, pieces),
                _answer_calls(exchange),
                _give_way(exchange),
            )
        ]
        try:
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in running:
                task.cancel()
            await asyncio.wait(running)


async def _send(session: Session, exchange: Exchange, pieces: Pieces) -> None:
    await exchange.upload(pieces, _AS_IT_COMES, progress=lambda _: session.check_budget(exchange))
    if exchange.fold.speaking:
        await exchange.upload(silence_after(exchange.settings), _AS_IT_COMES)
    await exchange.until(lambda: _is_quiet(exchange))
    exchange.mark_ended("unanswered")
    await exchange.clear()


def _is_quiet(exchange: Exchange) -> bool:
    """Whether nobody speaks and nothing is awaited."""
    turn = exchange.fold.current
    unasked = turn is not None and turn.state is State.COMMITTED and not exchange.answers_itself
    return not exchange.fold.speaking and (turn is None or unasked)


async def _answer_calls(exchange: Exchange) -> NoReturn:
    while True:
        turn = await exchange.until(lambda: exchange.fold.awaits_outputs)
        if turn is not None:
            await exchange.answer_calls(turn)


async def _give_way(exchange: Exchange) -> NoReturn:
    fold = exchange.fold
    given: set[str | None] = {None}
    while True:
        await exchange.until(lambda: fold.speaking and _answer_coming_in(fold) not in given)
        given.add(_answer_coming_in(fold))
        turn = fold.answering
        interrupts = exchange.settings.turn_detection.get("interrupt_response") is not False
        if turn is not None and interrupts:
            await give_way(exchange.line, turn, grace=exchange.waits.give_way)


def _answer_coming_in(fold: Fold) -> str | None:
    return fold.answering.response_id if fold.answering else None


async def give_way(line: Line, turn: Open, *, grace: float) -> None:
    """Let the service cancel the answer that comes in by itself; else cancel it, once."""
    with suppress(TimeoutError):
        await line.settle(lambda: not turn.answering, grace)
    if turn.answering:
        await line.send(events.response_cancel())


async def answer_now(session: Session) -> None:
    """End what somebody says in server VAD's place, and have it answered: they want it now.

    Does nothing while nobody speaks. Raises NeverEnded where no answer came, and the next words
    are heard again.
    """
    exchange = session.under_way
    if exchange is None or not (exchange.settings.server_vad and exchange.fold.speaking):
        return
    if not await commit_instead(exchange):
        exchange.end_turns("vad_never_ended", [turn for turn in exchange.opened if turn.fell_back])
        await exchange.clear()
        raise never_ended(exchange)
