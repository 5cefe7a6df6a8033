"""``fallback="commit"``: what this side does where server VAD misses the end of speech.

Rules
- It commits. The service may then answer by itself; only where it doesn't within
  ``Waits.fallback``, and not against ``create_response=False``, an answer is asked for.
- Nothing is asked about sound that the service did not take: it would answer something else.
- The turn carries a mark, ``fallback``, whatever comes of it.
- That a commit frees server VAD at all was not tried on the live service.
"""

from __future__ import annotations

from typing import Final, Literal

from glmkit import events
from glmkit.errors import NeverEnded
from glmkit.media.clip import Clip
from glmkit.protocol.settings import one_of
from glmkit.session.exchange import Exchange
from glmkit.session.speech import Speech
from glmkit.texts import text
from glmkit.turns.explain.facts import QUIET
from glmkit.turns.open_turn import Open
from glmkit.turns.state import State, Step

Fallback = Literal["commit"]
COMMIT: Final[Fallback] = "commit"


def check_fallback(fallback: object) -> None:
    """Raise BadArgument for what is neither None nor one of the words."""
    if fallback is not None:
        one_of("fallback", fallback, (COMMIT,))


def due(exchange: Exchange) -> float:
    """Seconds after the last sound until server VAD has had its time to end the turn."""
    return exchange.settings.silence_seconds + exchange.waits.fallback


def may_be_speech(exchange: Exchange, speech: Speech) -> bool:
    """Whether what was sent is worth a commit: not where it is as quiet as an empty room."""
    sound = speech if isinstance(speech, Clip) else exchange.fold.said_so_far.input
    return sound is None or sound.peak >= QUIET


async def commit_instead(exchange: Exchange) -> Open | None:
    """Commit in server VAD's place and have it answered.

    The turn once its answer has begun, or None where nothing came of it.
    """
    waits = exchange.waits
    with exchange.line.request("response.created") as request:  # or the commit's error, if late
        turn = await _commit(exchange)
        await exchange.until(
            lambda: _taken(turn) or request.error is not None, within=waits.after_fallback
        )
        if not _taken(turn):
            return None
        exchange.committed()
        if not exchange.answers_itself:
            return turn
        answered = await exchange.until(lambda: _begun(turn), within=waits.fallback)
    if not answered:
        await exchange.ask()
        answered = await exchange.until(lambda: _begun(turn), within=waits.after_fallback)
    return turn if answered else None


async def _commit(exchange: Exchange) -> Open:
    await exchange.line.send(events.commit())
    turn = exchange.fold.opened[-1]
    exchange.note(turn, fallback=COMMIT)
    exchange.extend()
    return turn


def _taken(turn: Open) -> bool:
    """Whether the service has committed it."""
    return turn.state is not State.OPEN


def _begun(turn: Open) -> bool:
    """Whether an answer to it has begun, or is over."""
    return not turn.takes(Step.BEGUN)


def never_ended(exchange: Exchange) -> NeverEnded:
    """The exception where nothing came of the commit, and what to do."""
    seconds = exchange.waits.after_fallback
    return NeverEnded(text("session.never_ended", seconds=seconds), peer=exchange.line.peer)
