"""``live``: an open microphone under server VAD, with as many turns as come.

Rules
- Sound is sent as it comes; after a stall what is due is caught up, at most 45 pieces a second.
- The service ends each turn and answers it; calls are answered while the sending goes on.
- Whoever speaks into an answer interrupts it: the service gets 0.3 s to cancel by itself, then
  one response.cancel. Not so where interrupt_response is off.
- When the sound ends, a turn that had begun is finished with silence, and its answer awaited.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from functools import partial

from glmkit import events
from glmkit.audio import Clip
from glmkit.errors import BadState
from glmkit.exchange import ROUNDS, Exchange
from glmkit.fold import Fold
from glmkit.line import Line
from glmkit.making import Open
from glmkit.session import Session
from glmkit.texts import text
from glmkit.upload import LIVE_RATE, Pace, Pieces, chunked, upload

GRACE = 0.3  # seconds the service gets to cancel an interrupted answer by itself


async def live(session: Session, pieces: Pieces, *, timeout: float = 60) -> None:
    """Send ``pieces`` (Clips, or bytes in the input format) until they end; turns go to ``turns``.

    ``timeout``: seconds without a piece, and for the last answer. Raises BadState unless the
    session has server VAD, Busy, Rejected, Disconnected and TurnTimeout.
    """
    if not session.settings.server_vad:
        raise BadState(text("widgets.needs_server_vad"))
    async with session._exchange(timeout) as exchange:
        running = [
            asyncio.create_task(work)
            for work in (
                _send(session, exchange, pieces),
                _answer_calls(session, exchange),
                _give_way(session),
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
    line, format = session.line, session.settings.input_format

    async def send(chunk: bytes) -> None:
        line.check()
        exchange._uncommitted = True
        await line.send(events.append(chunk))
        exchange._extend()

    def sent(seconds: float) -> None:
        exchange._sent = seconds
        _within_budget(session, exchange)

    pace = Pace(100, None, LIVE_RATE)
    await upload(chunked(pieces, format, 100), send, pace, progress=sent)
    if session._fold.speaking:
        await upload(chunked(Clip.silence(exchange._trailing), format, 100), send, pace)
    await line.until(lambda: _quiet(session), within=exchange._timeout)
    exchange.mark("unanswered")
    await line.send(events.clear())
    exchange._uncommitted = False


def _quiet(session: Session) -> bool:
    """Whether nobody speaks and nothing is awaited."""
    turn = session._fold.current
    answering = session.settings.turn_detection.get("create_response") is not False
    return not session._fold.speaking and (turn is None or not (answering or turn.answers))


def _within_budget(session: Session, exchange: Exchange) -> None:
    """Raise TooMuch when what this conversation costs so far uses the budget up."""
    spent = replace(session.cost)
    video = session.settings.mode != "audio"
    spent.add(exchange.seconds, model=session.model, video=video)
    session.budget.check(spent)


async def _answer_calls(session: Session, exchange: Exchange) -> None:
    fold, line = session._fold, session.line
    rounds: dict[int, int] = {}
    while True:
        await line.until(lambda: _calling(fold, rounds))
        turn = _calling(fold, rounds)
        if turn is not None:
            rounds[id(turn)] = rounds.get(id(turn), 0) + 1
            await exchange._give_outputs(turn)


def _calling(fold: Fold, rounds: dict[int, int]) -> Open | None:
    """The newest turn that waits for the output of a call."""
    for turn in reversed(fold.opened[-3:]):
        waiting = turn.answers > 0 and not turn.running and turn.unanswered_calls > 0
        if waiting and not turn.over and rounds.get(id(turn), 0) < ROUNDS:
            return turn
    return None


async def _give_way(session: Session) -> None:
    fold, line = session._fold, session.line
    given: set[str] = set()
    while True:
        await line.until(partial(_broken_into, fold, given))
        running = fold.running
        if running is None:
            continue
        given |= running.running
        if session.settings.turn_detection.get("interrupt_response") is not False:
            await give_way(line, running)


def _broken_into(fold: Fold, given: set[str]) -> bool:
    """Whether somebody speaks into an answer that has not been given up yet."""
    return fold.speaking and fold.running is not None and not fold.running.running <= given


async def give_way(line: Line, running: Open, *, grace: float = GRACE) -> None:
    """Let the service cancel an answer by itself; else cancel it, once."""
    with suppress(TimeoutError):
        await line.settle(lambda: not running.running, grace)
    if running.running:
        await line.send(events.response_cancel())
