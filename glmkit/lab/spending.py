"""What a sweep costs: foretold from its first run, counted row by row, stopped at a budget."""

from __future__ import annotations

from typing import Any

from glmkit.lab.rows import Row
from glmkit.session.budget import Budget, Spent
from glmkit.texts import text


class Spending:
    """Counts what the runs of a sweep took; ``reached`` says when it is enough.

    Only the live service charges: the emulator's runs are counted, and stop nothing by their ¥.
    """

    def __init__(self, budget: Budget | None) -> None:
        self.budget, self.spent = budget, Spent()

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
        for name in ("yuan", "turns", "seconds") if self.budget is not None else ():
            limit, used = getattr(self.budget, name), getattr(self.spent, name)
            if limit is not None and used >= limit:
                return text("lab.budget_reached", name=name, used=used, limit=limit)
        return ""

    def foretold(self, first: Row, runs: int, at_once: int) -> str:
        """What ``runs`` more like the first will take; "" where nothing is charged or limited."""
        live = first.get("peer") == "live"
        if not live and self.budget is None:
            return ""
        yuan: Any = (first.get("yuan") or 0.0) if live else 0.0
        limit = None if self.budget is None else self.budget.yuan
        return text(
            "lab.foretold",
            runs=runs,
            yuan=yuan * runs,
            minutes=first["took"] * runs / at_once / 60,
            limit="∞" if limit is None else f"{limit:g}",
        )
