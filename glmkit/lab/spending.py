"""What a sweep costs: foretold from its first run, counted row by row, stopped at its bounds.

Rules
- One budget and one clock hold over the whole, however many calls that takes: what a file's runs
  took before is counted first.
- Minutes are of the clock, while a run was under way or waited; what ran side by side counts once.
- No run begins that would pass a limit if it takes what those before took on average, those
  beside it included. A limit is not passed by much, then, however many run at once.
- Only the live service charges, by a class or a relay, too: the emulator's runs are counted, and
  stop nothing by their ¥.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from glmkit.errors import BadArgument
from glmkit.lab.rows import Row
from glmkit.numeric import is_number, number
from glmkit.protocol.serving.stated_peer import ARROW
from glmkit.session.budget import Budget, Spent
from glmkit.texts import text

_LIMITS: Final = ("yuan", "turns", "seconds")
_LEAST: Final = 0.005  # of a limit: what is less is not worth a word


class Spending:
    """Counts what runs took, those ``before`` too; ``full`` says why no other may begin.

    ``minutes``: of the clock, from when it is made or ``begin`` is called; None: any number.
    Raises BadArgument.
    """

    def __init__(
        self, budget: Budget | None, minutes: float | None = None, before: Iterable[Row] = ()
    ) -> None:
        if minutes is not None and not (is_number(minutes) and minutes > 0):
            raise BadArgument(text("lab.minutes", found=minutes))
        self.budget, self.spent, self.minutes = budget, Spent(), minutes
        earlier = list(before)
        for row in earlier:
            self.add(row)
        self._before, self._minutes_before = copy.copy(self.spent), minutes_of(earlier)
        self._told = False
        self.begin()

    def begin(self) -> None:
        """Let the minutes count from now."""
        self._begun = time.perf_counter()

    def add(self, row: Row) -> None:
        """Count a row."""
        self.spent.turns += 1
        self.spent.sent += row.get("input_seconds") or 0.0
        self.spent.received += row.get("audio_seconds") or 0.0
        if _is_charged(row):
            self.spent.charged = True
            self.spent.yuan += row.get("yuan") or 0.0

    @property
    def until(self) -> float | None:
        """When the minutes are over, by ``time.perf_counter``; None without such a bound."""
        if self.minutes is None:
            return None
        return self._begun + 60 * (self.minutes - self._minutes_before)

    @property
    def reached(self) -> str:
        """The limit that was reached, in words; "" while there is room."""
        for name, limit in self._limits().items():
            if (used := self._used(name)) >= limit:
                return text(f"lab.reached_{name}", used=used, limit=limit)
        return ""

    def full(self, under_way: int = 0) -> str:
        """Why no run may begin beside so many ``under_way``, in words; "" while there is room."""
        if reached := self.reached:
            return reached
        for name, limit in self._limits().items():
            used = self._used(name)
            beside = (under_way + 1) * self._of_a_run(name)
            if used + beside > limit * (1 + 1e-9):
                return text(f"lab.near_{name}", used=used, limit=limit, under_way=under_way)
        return ""

    def limits(self, runs: int) -> str:
        """Before the first of ``runs``: where they stop, and what was spent before."""
        found = self._in_words()
        if not found:
            return ""
        before = [
            text(f"lab.before_{name}", used=used, limit=limit)
            for name, limit in self._limits().items()
            if (used := self._used_before(name)) >= _LEAST * limit
        ]
        stated = text("lab.budget", runs=runs, limits=found)
        spent = text("lab.before", each=text("lab.before_and").join(before)) if before else ""
        return f"{stated}{spent}"

    def foretold(self, row: Row, runs: int, at_once: int) -> str:
        """What ``runs`` more will take if they are like this one, said once.

        "" for one that failed, and where nothing is charged or limited.
        """
        live, limits = _is_charged(row), self._in_words()
        if self._told or runs < 1 or row.get("error") or not (live or limits or self.budget):
            return ""
        self._told = True
        yuan: Any = (row.get("yuan") or 0.0) if live else 0.0
        minutes = row.get("took", 0.0) * runs / at_once / 60
        stops = limits or text("lab.no_budget")
        return text("lab.foretold", runs=runs, yuan=yuan * runs, minutes=minutes, limits=stops)

    def _limits(self) -> dict[str, float]:
        found = {} if self.budget is None else {n: getattr(self.budget, n) for n in _LIMITS}
        found["minutes"] = self.minutes
        return {name: limit for name, limit in found.items() if limit is not None}

    def _used(self, name: str) -> float:
        if name != "minutes":
            return float(getattr(self.spent, name))
        return self._minutes_before + (time.perf_counter() - self._begun) / 60

    def _used_before(self, name: str) -> float:
        return self._minutes_before if name == "minutes" else getattr(self._before, name)

    def _of_a_run(self, name: str) -> float:
        """What one took on average; of minutes none, for a run that is under way may end."""
        if name == "minutes" or not self.spent.turns:
            return float(name == "turns")
        return float(getattr(self.spent, name)) / self.spent.turns

    def _in_words(self) -> str:
        each = [text(f"lab.limit_{name}", limit=limit) for name, limit in self._limits().items()]
        return text("lab.limit_or").join(each)


def _is_charged(row: Row) -> bool:
    return str(row.get("peer")).rpartition(ARROW)[2] == "live"


def minutes_of(rows: Iterable[Row]) -> float:
    """Minutes in which any of these runs was under way or waited, by date, ``took``, ``waited``."""
    minutes, last = 0.0, -math.inf
    for begun, ended in sorted(span for row in rows for span in _span(row)):
        minutes += max(0.0, ended - max(begun, last)) / 60
        last = max(last, ended)
    return minutes


def _span(row: Row) -> Iterator[tuple[float, float]]:
    """From when to when, in seconds; nothing of a run that never came to a worker."""
    try:
        begun = datetime.fromisoformat(row["date"]).timestamp()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return
    waited, took = (max(0.0, number(row.get(name) or 0.0)) for name in ("waited", "took"))
    if math.isfinite(waited + took):
        yield begun - waited, begun + took
