"""What was sent and became no turn: given up before the service took it, as a Turn all the same.

A mark says so: ``glmkit.turn_ended`` that names no turn. It is read off the trace, by which time
what was sent has been cleared, so a recording says as much as the live session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import ENDED
from glmkit.turns.fold import Fold
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn


def unopened_turns(trace: Trace) -> Iterator[Turn]:
    """Every such turn of a trace, oldest first."""
    if not any(map(_ends_none, trace)):
        return
    fold, sent, opened = Fold(peer=trace.peer, model=trace.model), list[Event](), 0
    for event in trace:
        if event.type == "input_audio_buffer.clear":
            sent += fold.uncommitted
        fold.feed(event)
        if len(fold.opened) > opened:
            sent, opened = [], len(fold.opened)
        if _ends_none(event):
            yield _turn(fold, [*sent, *fold.uncommitted], event)
            sent = []


def _turn(fold: Fold, sent: list[Event], mark: Event) -> Turn:
    errors = [error for error in fold.loose_errors if sent and error.at >= sent[0].at]
    return replace(fold.partial(), events=(*sent, *errors, mark))


def _ends_none(event: Event) -> bool:
    return event.type == ENDED and event.get("turn") is None
