"""What an emulator's log got since a moment: events by type, and a wait for one with a deadline."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.launch import Emulator

Mark = Mapping[str, float]
_POLL: Final = 0.02
_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One row of the log: an event that came or went, or a note of what was decided."""

    at: float
    """Seconds since its session began."""
    way: str
    """``in`` from the client, ``out`` to it, ``note`` for what no event shows."""
    type: str
    detail: Mapping[str, Any]
    """What is known of it: appends in a row share one and have ``count`` and ``bytes``."""
    session: str

    @property
    def count(self) -> int:
        """How many events it stands for."""
        return int(self.detail.get("count", 1)) if self.way == "in" else 1


def mark(emulator: Emulator) -> Mark:
    """This moment: the last row of each session."""
    return {each["session"]: _last(each["events"]) for each in emulator.log()}


class WatchedLog:
    """The log of an emulator from a moment on; each look is a fresh one.

    ``came(type)``, ``went(type)``, ``notes(type)`` list events; ``wait_for(type)`` waits for one
    that a client sends.
    """

    def __init__(self, emulator: Emulator, since: Mark | None = None) -> None:
        self._emulator, self._since = emulator, since or {}

    def events(self) -> list[LoggedEvent]:
        """Everything, oldest first, one session after the other."""
        return [
            LoggedEvent(at, way, type, detail, each["session"])
            for each in self._emulator.log()
            for at, way, type, detail in each["events"]
            if _until(at, way, detail) > self._since.get(each["session"], -1.0)
        ]

    def came(self, type: str | None = None) -> list[LoggedEvent]:
        """What clients sent, of one type or of all."""
        return self._of("in", type)

    def went(self, type: str | None = None) -> list[LoggedEvent]:
        """What they were sent."""
        return self._of("out", type)

    def notes(self, type: str | None = None) -> list[LoggedEvent]:
        """What was decided and no event shows; ``ignored`` names fields that nothing read."""
        return self._of("note", type)

    def wait_for(self, type: str, *, times: int = 1, timeout: float = _SECONDS) -> LoggedEvent:
        """The last of ``times`` events of a type that clients send, waited for if need be.

        Raises AssertionError with what came instead after ``timeout`` seconds.
        """
        deadline = time.monotonic() + timeout
        while True:
            found = self.came(type)
            if sum(each.count for each in found) >= times:
                return found[-1]
            if time.monotonic() > deadline:
                raise AssertionError(self._missing(type, times, found, timeout))
            time.sleep(_POLL)

    def _missing(self, type: str, times: int, found: list[LoggedEvent], timeout: float) -> str:
        came = ", ".join(dict.fromkeys(each.type for each in self.came())) or "–"
        count = sum(each.count for each in found)
        return text(
            "launch.missing", type=type, times=times, seconds=f"{timeout:g}", count=count, came=came
        )

    def _of(self, way: str, type: str | None) -> list[LoggedEvent]:
        return [each for each in self.events() if each.way == way and type in (None, each.type)]

    def __str__(self) -> str:
        """A line an event: seconds, ``>`` from the client, ``<`` to it, type, what is known."""
        lines, session = [], None
        for each in self.events():
            if each.session != session:
                session = each.session
                lines.append(session)
            arrow = {"in": ">", "out": "<"}.get(each.way, "·")
            known = ", ".join(f"{name}={value}" for name, value in each.detail.items())
            lines.append(f"{each.at:9.3f} {arrow} {each.type}  {known}".rstrip())
        return "\n".join(lines)


def _last(rows: list[list[Any]]) -> float:
    return max((_until(at, way, detail) for at, way, _, detail in rows), default=-1.0)


def _until(at: float, way: str, detail: Mapping[str, Any]) -> float:
    """When the last event came of those that share a row."""
    return float(detail.get("until", at)) if way == "in" else float(at)
