"""Runs: what a trace's card shows as one row. Pure.

Sound and words come in many small pieces, both ways at once. Between two events of any other
kind, all pieces of one type are one row with a count, whatever the order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from glmkit.protocol.event import Event


@dataclass(slots=True)
class EventRun:
    """Events of one type and one turn that stand in one row; ``places`` are theirs in the trace."""

    first: Event
    turn: int | None
    places: list[int] = field(default_factory=list)
    last: Event | None = None
    bytes: int = 0
    payload: int = 0
    seconds: float = 0.0  # of sound

    @property
    def count(self) -> int:
        """How many events it holds."""
        return len(self.places)


def runs_of(
    events: Iterable[Event], turns: Iterable[int | None], sizes: Iterable[int]
) -> Iterator[EventRun]:
    """The rows, in the order in which each began."""
    pieces: dict[tuple[str, str, int | None], EventRun] = {}
    for place, (event, turn, size) in enumerate(zip(events, turns, sizes, strict=True)):
        if not _is_piece(event):
            yield from pieces.values()
            pieces = {}
            yield _with(EventRun(event, turn), place, event, size)
            continue
        key = event.direction, event.type, turn
        pieces[key] = _with(pieces.get(key) or EventRun(event, turn), place, event, size)
    yield from pieces.values()


def _is_piece(event: Event) -> bool:
    return event.type.endswith(".delta") or event.type.startswith("input_audio_buffer.append")


def _with(run: EventRun, place: int, event: Event, size: int) -> EventRun:
    run.places.append(place)
    run.last = event
    run.bytes += size
    run.payload += event.size
    run.seconds += event.sound_seconds or 0.0
    return run
