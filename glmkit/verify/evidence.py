"""``Evidence``: what came in a scene, and how a check asks about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from glmkit.protocol.event import Event


class Differs(Exception):
    """What was seen is not what the statement says."""


class Untestable(Exception):
    """The evidence says nothing about the statement."""


@dataclass(slots=True)
class Evidence:
    """What came in a scene, oldest first; ``parts`` are where its steps begin."""

    came: list[Event] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    closed: int | None = None

    def part(self, name: str) -> Evidence:
        """One step's events. Raises Untestable if the scene did not get that far."""
        if name not in self.parts:
            raise Untestable(f"closed {self.closed}" if self.closed is not None else name)
        ends = [*self.parts.values(), len(self.came)]
        at = list(self.parts).index(name)
        closed = self.closed if at == len(self.parts) - 1 else None
        return Evidence(self.came[ends[at] : ends[at + 1]], {}, self.facts, closed)

    def of(self, type: str) -> list[Event]:
        """The events of one type."""
        return [event for event in self.came if event.type == type]

    def starting(self, start: str) -> list[Event]:
        """The events whose type begins so."""
        return [event for event in self.came if event.type.startswith(start)]

    def first(self, type: str) -> Event:
        """The first event of a type. Raises Differs where none came."""
        found = self.of(type)
        return found[0] if found else self.differ(f"no {type}")

    def types(self) -> list[str]:
        """The types in order."""
        return [event.type for event in self.came]

    def error(self) -> dict[str, Any]:
        """The first error. Raises Differs where none came."""
        return self.first("error").inner("error")

    def done(self) -> dict[str, Any]:
        """The first finished response. Raises Differs where none came."""
        return self.first("response.done").inner("response")

    def differ(self, seen: str) -> Any:
        """Raises Differs with what was seen, and how the connection ended if it did."""
        errors = "".join(f"; error {e.inner('error').get('code')}" for e in self.of("error")[:1])
        ending = "" if self.closed is None else f"; closed {self.closed}"
        raise Differs(f"{seen}{errors}{ending}")

    def need(self, condition: object, seen: str) -> str:
        """``seen`` if the condition holds. Raises Differs otherwise."""
        return seen if condition else str(self.differ(seen))
