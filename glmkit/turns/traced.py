"""``Traced``: whatever keeps a trace, as a session does that stands above it."""

from __future__ import annotations

from typing import Protocol

from glmkit.turns.trace import Trace


class Traced(Protocol):
    """What keeps a trace: a session, of either kind."""

    @property
    def trace(self) -> Trace:
        """Every event both ways so far, with its time."""
