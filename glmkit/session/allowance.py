"""``Allowance``: how much may be received before something is sent anew. Pure.

A service that answers without end would fill the memory of whoever keeps what comes; no real
answer comes near the bounds that a ``Budget`` has by itself.
"""

from __future__ import annotations

from glmkit.session.budget import Budget

_GROWTH = 16  # bytes of values for a byte of JSON
_RENEWED = 60.0  # seconds: while sound is sent, as much again may come each minute


class Allowance:
    """What is left of a budget's ``events`` and ``megabytes`` for what is being answered."""

    __slots__ = ("_begun", "_budget", "_bytes", "_events")

    def __init__(self) -> None:
        self.begin(Budget(), at=0.0)

    def begin(self, budget: Budget, *, at: float) -> None:
        """Allow all of it again, from the moment ``at`` (seconds)."""
        self._budget, self._begun = budget, at
        self._events = float("inf") if budget.events is None else budget.events
        megabytes = float("inf") if budget.megabytes is None else budget.megabytes
        self._bytes = megabytes * 1e6

    def renew(self, *, at: float) -> None:
        """Something is sent: an open microphone may be answered for as long as it speaks."""
        if at - self._begun >= _RENEWED:
            self.begin(self._budget, at=at)

    def __str__(self) -> str:
        """What is allowed, as a person would write it."""
        return f"events={self._budget.events}, megabytes={self._budget.megabytes}"

    def take(self, size: int, *, sound: bool) -> bool:
        """Count a message of ``size`` bytes; whether it was still allowed.

        What is no ``sound`` takes many times its size, once it is read: ``[],`` is three bytes.
        """
        self._events -= 1
        self._bytes -= size if sound else size * _GROWTH
        return self._events >= 0 and self._bytes >= 0
