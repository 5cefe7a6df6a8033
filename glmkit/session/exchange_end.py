"""How an exchange ends: the session is left clean, and an error says what was waited for.

Rules
- Whatever goes wrong, the turns under way are marked with the reason, and the error carries what
  had arrived: the turn that holds its ``error`` event, else the last one.
- Where the connection is gone, nothing is sent any more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from glmkit.errors import (
    Disconnected,
    NeverEnded,
    NoSpeech,
    ServiceError,
    TurnTimeout,
    TurnTooLarge,
)
from glmkit.session.exchange import Exchange
from glmkit.texts import text
from glmkit.turns.explain.reasons import reason_said_by

_NOT_WORTH_SAYING = 0.5  # seconds of an upload beside a deadline
#: What a turn is marked with that ended in an error of this kind; a kind before its parent.
MARKED_FOR: Final[dict[type[ServiceError], str]] = {
    TurnTooLarge: "too_large",
    Disconnected: "disconnected",
    NoSpeech: "no_speech",
    NeverEnded: "vad_never_ended",
    TurnTimeout: "busy",
}


@asynccontextmanager
async def ended_cleanly(exchange: Exchange) -> AsyncIterator[None]:
    """Keep the deadline of ``exchange``; whatever goes wrong in it, the session is clean after."""
    try:
        async with exchange.deadline:
            yield
    except ServiceError as error:
        reason, why = _reason_of(error), exchange.line.ending or _said_by(error)
        if isinstance(error, Disconnected):
            exchange.end(reason, why=why)
        else:
            await exchange.clean_up(reason, why=why)
        error.turn = exchange.turn(error.event)
        raise
    except TimeoutError:
        words, peer = _timed_out_in_words(exchange), exchange.line.peer
        await exchange.clean_up("timeout")
        raise TurnTimeout(words, peer=peer, turn=exchange.turn()) from None
    except BaseException:
        await exchange.clean_up("interrupted")
        raise
    finally:
        exchange.end_upload()


def _reason_of(error: ServiceError) -> str:
    return next(
        (reason for kind, reason in MARKED_FOR.items() if isinstance(error, kind)), "failed"
    )


def _said_by(error: ServiceError) -> str | None:
    return None if error.event is None else reason_said_by(error.event).words


def _timed_out_in_words(exchange: Exchange) -> str:
    """That the deadline has passed, from when it counted, and what was waited for."""
    seconds, awaited = exchange.timeout, _awaited_in_words(exchange)
    if exchange.uploading < _NOT_WORTH_SAYING:
        return text("session.timeout", seconds=seconds, awaited=awaited)
    upload = exchange.uploading
    return text("session.timeout_of_upload", seconds=seconds, upload=upload, awaited=awaited)


def _awaited_in_words(exchange: Exchange) -> str:
    fold = exchange.fold
    if fold.speaking:
        sound = fold.said_so_far.input
        spoken = sound.voiced_spans() if sound is not None else ()
        name = "session.awaited_stop" if spoken else "session.awaited_stop_somewhere"
        return text(name, at=spoken[0][0] if spoken else 0.0)
    if exchange.broken_off:
        return text("session.awaited_tool", name=exchange.broken_off)
    name = "none" if fold.current is None else fold.current.state.name.lower()
    return text(f"session.awaited_{name}")
