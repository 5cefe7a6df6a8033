"""What a sweep costs: foretold from its first run, counted row by row, stopped at a budget."""

from __future__ import annotations

from typing import Any, Final

from glmkit.lab.rows import Row
from glmkit.session.budget import Budget, Spent
from glmkit.texts import text

_LIMITS: Final = ("yuan", "turns", "seconds")


class Spending:
    """Counts what the runs of a sweep took; ``reached`` says when it is enough.

    Only the live service charges: the emulator's runs are counted, and stop nothing by their ¥.
    """

    def __init__(self, budget: Budget | None) -> None:
        self.budget, self.spent = budget, Spent()
        self._told = False

    def add(self, row: Row) -> None:
        """Count a row."""
        self.spent.turns += 1
        self.spent.sent += row.get("input_seconds") or 0.0
        self.spent.received += row.get("audio_seconds") or 0.0
        if row.get("peer") == "live":
            self.spent.charged = True
            self.spent.yuan += row.get("yuan") or 0.0

    @property
    def reached(self) -> str:
        """The limit that was reached, in words; "" while there is room."""
        for name, limit in self._limits().items():
            if (used := getattr(self.spent, name)) >= limit:
                return text("lab.budget_reached", name=name, used=used, limit=limit)
        return ""

    def limits(self, runs: int) -> str:
        """Before the first of ``runs``: where they stop; "" where there is no budget."""
        found = self._in_words()
        return text("lab.budget", runs=runs, limits=found) if found else ""

    def foretold(self, row: Row, runs: int, at_once: int) -> str:
        """What ``runs`` more will take if they are like this one, said once.

        "" for one that failed, and where nothing is charged or limited.
        """
        live = row.get("peer") == "live"
        if self._told or runs < 1 or row.get("error") or not (live or self.budget is not None):
            return ""
        self._told = True
        yuan: Any = (row.get("yuan") or 0.0) if live else 0.0
        minutes = row.get("took", 0.0) * runs / at_once / 60
        stops = self._in_words() or text("lab.no_budget")
        return text("lab.foretold", runs=runs, yuan=yuan * runs, minutes=minutes, limits=stops)

    def _limits(self) -> dict[str, float]:
        found = {} if self.budget is None else {n: getattr(self.budget, n) for n in _LIMITS}
        return {name: limit for name, limit in found.items() if limit is not None}

    def _in_words(self) -> str:
        each = [text(f"lab.limit_{name}", limit=limit) for name, limit in self._limits().items()]
        return text("lab.limit_or").join(each)
