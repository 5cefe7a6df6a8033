"""``Trace``: everything that crossed the wire, both ways, with times.

One epoch/perf pair is kept: an event's ``at`` is ``perf_counter`` seconds, which never jumps;
``when`` turns it into a date. Sound is held once, as the bytes that came (see ``Event``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import overload

from glmkit.events import Event
from glmkit.fold import Keep, fold_turns
from glmkit.specs import Direction
from glmkit.turn import Turn


@dataclass(frozen=True, slots=True)
class Clock:
    """One moment on both clocks: ``epoch`` (seconds since 1970) and ``perf`` (perf_counter)."""

    epoch: float
    perf: float

    def date(self, at: float) -> datetime:
        """The date of a ``perf_counter`` moment, in UTC."""
        return datetime.fromtimestamp(self.epoch + at - self.perf, UTC)


class Trace(Sequence[Event]):
    """The events of a session in order; whom they were exchanged with is ``peer``.

    ``keep``: ``"all"``; ``"events"`` drops the sound and keeps its size; ``"nothing"``.
    """

    def __init__(self, clock: Clock, *, peer: str, model: str, keep: Keep = "all") -> None:
        self.clock, self.peer, self.model, self.keep = clock, peer, model, keep
        self.events: list[Event] = []

    def add(self, event: Event) -> None:
        """Keep an event, as ``keep`` says."""
        if self.keep == "all":
            self.events.append(event)
        elif self.keep == "events":
            self.events.append(event.without_payload())

    def turns(self) -> list[Turn]:
        """The turns, folded again from the events: the same as the live session's."""
        return fold_turns(self.events, peer=self.peer, model=self.model)

    def select(self, type: str = "", *, direction: Direction | None = None) -> list[Event]:
        """The events whose type begins with ``type``, of one direction if asked."""
        return [
            event
            for event in self.events
            if event.type.startswith(type) and direction in (None, event.direction)
        ]

    def seconds(self, event: Event) -> float:
        """Seconds from the trace's beginning to the event."""
        return event.at - self.clock.perf

    def when(self, event: Event) -> datetime:
        """The event's date, in UTC."""
        return self.clock.date(event.at)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        return self.events[index]

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __repr__(self) -> str:
        return f"<Trace {len(self.events)} events, peer={self.peer}, model={self.model}>"
