"""What a line raises, in words: a refusal, an answer that does not come, the end of the connection.

Each error carries the peer and what had arrived of the turn at hand. Where nothing was configured
yet, whoever connects has no session, and is told what to do about that instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.errors import Disconnected, NoAnswer, Rejected, TurnTooLarge
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import error_of, meaning
from glmkit.protocol.serving.own_events import is_own
from glmkit.session.address import Address
from glmkit.session.allowance import Allowance
from glmkit.session.request import Request
from glmkit.texts import text
from glmkit.turns.turn import Turn

#: Codes after which nothing more will come: credential, account, model, route, a day's or a plan's
#: quota (documented and observed).
FATAL: Final = frozenset(
    {
        *("401", "1000", "1001", "1002", "1003", "1004", "1005"),
        *("1110", "1111", "1112", "1113", "1121", "1211", "1212", "1220", "1221", "1222", "1234"),
        *("1304", *(str(code) for code in range(1308, 1322) if code != 1312)),
        *("model_not_found", "downstream_reconnect_exceeded"),
    }
)


def code_of(event: Event) -> str | None:
    """An error event's code as a string (observed: a word, a four-digit string or a number)."""
    code = error_of(event).get("code")
    return None if code is None else str(code)


def rejected(event: Event, *, peer: str, turn: Turn) -> Rejected:
    """The exception for an error event, with what had arrived."""
    code = code_of(event)
    shown = None if code is None else their_words(code, 80)
    message = their_words(error_of(event).get("message")) or "–"
    words = text("session.rejected", code=shown or "–", meaning=meaning(code), message=message)
    words = message if is_own(code) else words
    return Rejected(words, peer=peer, event=event, code=shown, turn=turn)


def unanswered(request: Request, within: float, *, peer: str) -> NoAnswer:
    """The exception for a request that got no answer, and what to do."""
    awaited = request.answers[0]
    words = text("session.no_answer", type=awaited, seconds=within)
    return NoAnswer(words, peer=peer, awaited=awaited)


def flooded(allowance: Allowance, *, configured: bool, peer: str, turn: Turn) -> TurnTooLarge:
    """The exception for more than is allowed."""
    name = "session.flooded" if configured else "session.flooded_opening"
    return TurnTooLarge(text(name, found=str(allowance)), peer=peer, turn=turn)


def disconnected(
    ending: tuple[int, str],
    server_ended: str | None,
    *,
    address: Address,
    configured: bool,
    then: Callable[[], str],
    turn: Turn,
) -> Disconnected:
    """The exception for a line that the other side or the network ended.

    ``ending``: its code and reason; ``server_ended``: why the server did, where that is known;
    ``then``: what comes after it, in words.
    """
    code, reason = ending
    kept = text("session.kept_turn" if turn.events else "session.kept_trace")
    if server_ended is not None and configured:
        words = _server_ended(address, server_ended, kept, then)
    elif server_ended is not None:
        words = server_ended_opening(address, server_ended)
    elif configured:
        words = text("session.disconnected", code=code, reason=reason, kept=kept, then=then())
    else:
        words = text("session.disconnected_opening", code=code, reason=reason)
    return Disconnected(words, peer=address.peer, code=str(code), turn=turn)


def _server_ended(address: Address, why: str, kept: str, then: Callable[[], str]) -> str:
    after = then() if address.find_again is not None else text("session.then_started")
    after = after[0].upper() + after[1:]
    return text("session.server_ended", why=why, kept=kept, then=after)


def server_ended_opening(address: Address, why: str) -> str:
    """That the server at an address ended, why, and what to do: where there is no session yet."""
    found = address.find_again is not None
    then = text("session.then_again" if found else "session.then_started")
    return text("session.server_ended_opening", why=why, then=then)
