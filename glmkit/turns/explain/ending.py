"""Findings about why a turn ended badly; they come first. Rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, meaning
from glmkit.texts import text
from glmkit.turns.finding import Values
from glmkit.turns.labels import peer_name, status_name
from glmkit.turns.turn import Turn

_GIVING_UP = ("response.cancel", "input_audio_buffer.clear")
_REASONS = ("max_output_tokens", "content_filter")  # documented
#: No statuses of an answer that ended badly by itself: it went well, or this side ended the turn.
_OTHERS = frozenset(
    {
        *("completed", "cancelled", "in_progress", "timeout", "disconnected", "no_speech"),
        *("busy", "rounds", "unanswered", "interrupted", "too_large"),
    }
)


def timed_out(turn: Turn) -> Iterator[Values]:
    """A turn that this side gave up waiting for."""
    if turn.status == "timeout":
        yield {"last": _last_before_giving_up(turn)}


def connection_lost(turn: Turn) -> Iterator[Values]:
    """A turn in the middle of which the connection ended."""
    if turn.status == "disconnected":
        why = _why_given_up(turn)
        said = text("explain.connection_lost_because", why=why) if why else ""
        yield {"last": _last_that_came(turn.events), "why": said}


def too_large(turn: Turn) -> Iterator[Values]:
    """A turn in which more came than this side takes."""
    if turn.status == "too_large":
        yield {"events": len(turn.events)}


def busy(turn: Turn) -> Iterator[Values]:
    """Sound that the other side was behind with, and did not judge in time."""
    if turn.status == "busy":
        yield {"peer": peer_name(turn.peer)}


def failed_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended badly, for a reason that no error of its says."""
    if turn.status in _OTHERS:
        return
    given_up = _why_given_up(turn)
    reason, cure = _reason_in_done(turn) if given_up is None else (given_up, "")
    if reason or not turn.errors:
        unsaid = text("explain.failed_answer_unsaid")
        todo = cure or text("explain.failed_answer_again")
        yield {"status": status_name(turn.status), "why": reason or unsaid, "todo": todo}


def too_many_rounds(turn: Turn) -> Iterator[Values]:
    """Calls and outputs that came to no end."""
    if turn.status == "rounds":
        yield {"count": len(turn.tool_calls)}


# -- reading its events ---------------------------------------------------------------------


def _why_given_up(turn: Turn) -> str | None:
    """Why this side ended the turn; None where it did not, or an ``error`` event says it."""
    mark = next((e for e in reversed(turn.events) if e.type == ENDED), None)
    if mark is None or (turn.errors and turn.status == "failed"):
        return None
    return their_words(mark.get("why")) or text("explain.failed_answer_given_up")


def _reason_in_done(turn: Turn) -> tuple[str, str]:
    """Why its last answer ended as it did, as ``response.done`` says it, and what to do.

    Documented: ``status_details``, with a reason or an error. What an ``error`` event said is left
    out.
    """
    done = next((e for e in reversed(turn.events) if e.type == "response.done"), None)
    if done is None or done.inner("response").get("status") != turn.status:
        return "", ""
    details = done.inner("response").get("status_details")
    found = details if isinstance(details, dict) else {"reason": details}
    error = found.get("error")
    inner = error if isinstance(error, dict) else {"message": error}
    code, message = inner.get("code"), inner.get("message")
    said = [each.inner("error") for each in turn.errors]
    if any((e.get("code"), e.get("message")) == (code, message) for e in said):
        return "", ""
    reason = found.get("reason") or code
    words = ", ".join(filter(None, (their_words(reason, 200), their_words(message))))
    known = isinstance(reason, str) and reason in _REASONS
    cure = text(f"explain.failed_answer_{reason}") if known else meaning(reason) if reason else ""
    return words, cure


def _last_before_giving_up(turn: Turn) -> str:
    """What came last before this side cancelled: what came after that is an answer to it."""
    ours = [
        n for n, e in enumerate(turn.events) if e.type in _GIVING_UP and e.direction == "client"
    ]
    return _last_that_came(turn.events[: ours[-1]] if ours else turn.events)


def _last_that_came(events: Sequence[Event]) -> str:
    return next((e.type for e in reversed(events) if e.direction == "server"), "–")


CHECKS: Final = (
    busy,
    timed_out,
    connection_lost,
    too_large,
    failed_answer,
    too_many_rounds,
)
