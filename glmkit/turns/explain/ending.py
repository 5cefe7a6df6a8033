"""Findings about why a turn ended badly; they come first. Rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED, ENDED_FOR
from glmkit.texts import text
from glmkit.turns.explain.reasons import Reason, cure_for, reason_said_by, reasons_in
from glmkit.turns.finding import Values
from glmkit.turns.labels import peer_name, status_name
from glmkit.turns.turn import Turn

_GIVING_UP = ("response.cancel", "input_audio_buffer.clear")
#: No statuses of an answer that ended badly by itself: it went well, or this side ended the turn.
_OTHERS = frozenset(
    {
        *("completed", "cancelled", "in_progress"),
        *ENDED_FOR,
    }
)


def timed_out(turn: Turn) -> Iterator[Values]:
    """A turn that this side gave up waiting for."""
    if turn.status == "timeout":
        yield {"came": _last_before_giving_up(turn), "at": _ended_at(turn)}


def connection_lost(turn: Turn) -> Iterator[Values]:
    """A turn in the middle of which the connection ended."""
    if turn.status == "disconnected":
        why = _why_given_up(turn)
        said = text("explain.connection_lost_because", why=why) if why else ""
        yield {"came": _last_that_came(turn.events), "why": said, "at": _ended_at(turn)}


def too_large(turn: Turn) -> Iterator[Values]:
    """A turn in which more came than this side takes."""
    if turn.status == "too_large":
        yield {"events": len(turn.events), "at": _ended_at(turn)}


def busy(turn: Turn) -> Iterator[Values]:
    """Sound that the other side was behind with, and did not judge in time."""
    if turn.status == "busy":
        yield {"peer": peer_name(turn.peer), "at": _ended_at(turn)}


def failed_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended badly, for a reason that no error of its says."""
    if turn.status in _OTHERS:
        return
    given_up = _why_given_up(turn)
    reasons = _reasons_in_done(turn) if given_up is None else []
    why = given_up or "; ".join(reason.words for reason in reasons)
    if why or not turn.errors:
        unsaid = text("explain.failed_answer_unsaid")
        todo = cure_for(reasons) or text("explain.failed_answer_again")
        said = {"status": status_name(turn.status), "why": why or unsaid, "todo": todo}
        yield {**said, "at": _ended_at(turn)}


def too_many_rounds(turn: Turn) -> Iterator[Values]:
    """Calls and outputs that came to no end."""
    if turn.status == "rounds":
        yield {"count": len(turn.tool_calls)}


# -- reading its events ---------------------------------------------------------------------


def _ended_at(turn: Turn) -> float | None:
    """When it was over: this side's mark, or the service's last word."""
    ends = (e.at for e in reversed(turn.events) if e.type in {ENDED, "response.done"} and e.at)
    return next(ends, turn.events[-1].at if turn.events else None)


def _why_given_up(turn: Turn) -> str | None:
    """Why this side ended the turn; None where it did not, or an ``error`` event says it."""
    mark = next((e for e in reversed(turn.events) if e.type == ENDED), None)
    if mark is None or (turn.errors and turn.status == "failed"):
        return None
    return their_words(mark.get("why")) or text("explain.failed_answer_given_up")


def _reasons_in_done(turn: Turn) -> list[Reason]:
    """Why its last answer ended as it did, less what an ``error`` event said."""
    done = next((e for e in reversed(turn.events) if e.type == "response.done"), None)
    if done is None or done.inner("response").get("status") != turn.status:
        return []
    said = [*map(reason_said_by, turn.errors)]
    return [reason for reason in reasons_in(done) if reason not in said]


def _last_before_giving_up(turn: Turn) -> str:
    """What came last before this side cancelled: what came after that is an answer to it."""
    ours = [
        n for n, e in enumerate(turn.events) if e.type in _GIVING_UP and e.direction == "client"
    ]
    return _last_that_came(turn.events[: ours[-1]] if ours else turn.events)


def _last_that_came(events: Sequence[Event]) -> str:
    last = next((e.type for e in reversed(events) if e.direction == "server"), None)
    return text("explain.came_nothing") if last is None else text("explain.came_last", last=last)


CHECKS: Final = (
    busy,
    timed_out,
    connection_lost,
    too_large,
    failed_answer,
    too_many_rounds,
)
