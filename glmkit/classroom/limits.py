"""How much a seat, and the whole class, may use, and when. Pure.

Rules
- A turn is refused before it is sent where a limit is reached; one under way ends and is counted.
  So of n turns the n-th passes and the next one does not.
- From when until when is meant by the clock that people see: who sets it right moves it. All else
  that is counted, or waited for, no clock moves that is set.
- ¥ are an estimate by ``session/budget.price``; minutes are those of sound, both ways together.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Final

from glmkit.errors import BadArgument
from glmkit.numeric import number
from glmkit.texts import text

#: Codes of the errors that refuse a turn.
STOPPED: Final = "class_stopped"
CLOSED: Final = "class_closed"
MOST: Final = 1_000_000  # of anything: what is more is no limit, and no ledger holds it


@dataclass(frozen=True, slots=True)
class Used:
    """What was used; ``sent`` and ``received`` are seconds of sound, ``waited`` of a queue."""

    turns: int = 0
    sent: float = 0.0
    received: float = 0.0
    yuan: float = 0.0
    errors: int = 0
    waited: float = 0.0
    held: float = 0.0
    """Seconds for which it held a place."""

    @property
    def minutes(self) -> float:
        """Minutes of sound, both ways together."""
        return (self.sent + self.received) / 60

    def __add__(self, more: Used) -> Used:
        return Used(*(getattr(self, each.name) + getattr(more, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many ¥, minutes of sound, and turns; None is no limit. Raises BadArgument."""

    yuan: float | None = None
    minutes: float | None = None
    turns: int | None = None

    def __post_init__(self) -> None:
        for each in fields(self):
            limit = getattr(self, each.name)
            whole = each.name != "turns" or isinstance(limit, int)
            if limit is not None and not (0 <= number(limit) <= MOST and whole):
                raise BadArgument(text("classroom.limit", name=each.name, found=limit, most=MOST))

    def changed(self, **limits: float | None) -> Limits:
        """The same with some of them otherwise. Raises BadArgument."""
        if unknown := set(limits) - {each.name for each in fields(self)}:
            known = ", ".join(each.name for each in fields(self))
            found = ", ".join(sorted(unknown))
            raise BadArgument(text("classroom.limit_name", found=found, known=known))
        return replace(self, **limits)  # type: ignore[arg-type]

    def reached(self, used: Used) -> str | None:
        """The name of the first limit that was reached."""
        for each in fields(self):
            limit = getattr(self, each.name)
            if limit is not None and getattr(used, each.name) >= limit:
                return each.name
        return None


@dataclass(frozen=True, slots=True)
class OpenHours:
    """From when until when turns may begin, in seconds since 1970; None is no limit."""

    begins: float | None = None
    ends: float | None = None

    def __post_init__(self) -> None:
        if self.begins is not None and self.ends is not None and self.begins >= self.ends:
            words = text("classroom.window", begins=clock(self.begins), ends=clock(self.ends))
            raise BadArgument(words)

    def denial(self, now: float) -> Denial | None:
        """Why a turn may not begin now."""
        if self.begins is not None and now < self.begins:
            return Denial(CLOSED, "classroom.not_yet", _said(self.begins, now))
        if self.ends is not None and now >= self.ends:
            return Denial(CLOSED, "classroom.over", _said(self.ends, now))
        return None


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a turn is refused: a code, and the sentence that says so with what to do."""

    code: str
    sentence: str
    values: dict[str, object] = field(default_factory=dict)


def denial_of(
    *, seat: Limits, used: Used, whole: Limits, used_by_all: Used, stopped: str | None
) -> Denial | None:
    """Why a seat may begin no turn; ``stopped``: ``seat`` or ``class``, by the teacher."""
    if stopped is not None:
        return Denial(STOPPED, f"classroom.stopped_{stopped}")
    for whose, limits, amount in (("seat", seat, used), ("class", whole, used_by_all)):
        if (name := limits.reached(amount)) is not None:
            values: dict[str, object] = {"limit": f"{getattr(limits, name):g}"}
            return Denial(f"{_CODES[whose]}_{name}", f"classroom.used_{whose}_{name}", values)
    return None


def _said(moment: float, now: float) -> dict[str, object]:
    return {"time": clock(moment), "now": clock(now)}


def clock(moment: float) -> str:
    """The time of day of a moment, here."""
    return datetime.fromtimestamp(moment).strftime("%H:%M")


_CODES: Final = {"seat": "class_seat", "class": "class_all"}
