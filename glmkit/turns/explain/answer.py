"""Findings about what came back. Each function is one; the rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import TRANSCRIPTION
from glmkit.protocol.settings import differences
from glmkit.turns.explain.facts import asks_for_audio
from glmkit.turns.finding import Values
from glmkit.turns.labels import peer_name
from glmkit.turns.turn import Turn

LATE_AUDIO = 5.0  # seconds: the service was seen to need 1.6 to 1.7
_GIVING_UP = ("response.cancel", "input_audio_buffer.clear")


def no_first_audio(turn: Turn) -> Iterator[Values]:
    """An answer that began, and whose sound came late or not at all."""
    latency = turn.latency
    if latency.created is None or not asks_for_audio(turn):
        return
    if latency.first_audio is None and (turn.tool_calls or turn.status == "completed"):
        return  # empty_answer says so
    waited = latency.first_audio if latency.first_audio is not None else _waited(turn)
    if waited > LATE_AUDIO:
        yield {"seconds": f"{waited:.1f}", "peer": peer_name(turn.peer)}


def empty_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended well and holds nothing."""
    nothing = not turn.transcript and turn.audio is None and not turn.tool_calls
    bytes_came = any(event.size for event in turn.events if event.direction == "server")
    if turn.status == "completed" and nothing and not bytes_came:
        yield {}


def interrupted(turn: Turn) -> Iterator[Values]:
    """An answer that was broken off while it could still be heard."""
    if turn.interrupted_at is not None and turn.pieces:
        total = sum(piece.seconds for piece in turn.pieces)
        unheard = max(total - turn.heard_seconds, 0.0)
        yield {"at": f"{turn.heard_seconds:.2f}", "unheard": f"{unheard:.2f}"}


def timed_out(turn: Turn) -> Iterator[Values]:
    """A turn that this side gave up waiting for."""
    if turn.status == "timeout":
        yield {"last": _last_before_giving_up(turn)}


def connection_lost(turn: Turn) -> Iterator[Values]:
    """A turn in the middle of which the connection ended."""
    if turn.status == "disconnected":
        yield {"last": _last_that_came(turn.events)}


def too_large(turn: Turn) -> Iterator[Values]:
    """A turn in which more came than this side takes."""
    if turn.status == "too_large":
        yield {"events": len(turn.events)}


def failed_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended badly, without an error that says why."""
    if turn.status in {"failed", "incomplete"} and not turn.errors:
        yield {"status": turn.status}


def too_many_rounds(turn: Turn) -> Iterator[Values]:
    """Calls and outputs that came to no end."""
    if turn.status == "rounds":
        yield {"count": len(turn.tool_calls)}


def not_recognised(turn: Turn) -> Iterator[Values]:
    """Speech of which the recogniser made nothing."""
    for event in turn.events:
        failed = event.type == TRANSCRIPTION.replace("completed", "failed")
        if failed or (event.type == TRANSCRIPTION and not event.get("transcript")):
            yield {}


def nobody_asked(turn: Turn) -> Iterator[Values]:
    """An answer nobody asked for, and no greeting either."""
    if not turn.asked and not turn.requested.get("greeting_config"):
        yield {}


def other_configuration(turn: Turn) -> Iterator[Values]:
    """A setting the service echoed otherwise than it was asked for."""
    for path, asked, echoed in differences(turn.requested, turn.config) if turn.config else ():
        yield {"path": path, "asked": asked, "echoed": echoed}


# -- reading its events ---------------------------------------------------------------------


def _last_before_giving_up(turn: Turn) -> str:
    """What came last before this side cancelled: what came after that is an answer to it."""
    ours = [
        n for n, e in enumerate(turn.events) if e.type in _GIVING_UP and e.direction == "client"
    ]
    return _last_that_came(turn.events[: ours[-1]] if ours else turn.events)


def _last_that_came(events: Sequence[Event]) -> str:
    return next((e.type for e in reversed(events) if e.direction == "server"), "–")


def _waited(turn: Turn) -> float:
    created = next(e.at for e in turn.events if e.type == "response.created")
    return turn.events[-1].at - created


CHECKS: Final = (
    no_first_audio,
    empty_answer,
    interrupted,
    timed_out,
    connection_lost,
    too_large,
    failed_answer,
    too_many_rounds,
    not_recognised,
    nobody_asked,
    other_configuration,
)
