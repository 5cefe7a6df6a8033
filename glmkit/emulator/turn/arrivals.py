"""When each second of a session's sound came."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from typing import Final

_MOST: Final = 20_000  # appends: a minute and more of the smallest that anybody sends
_NEARLY: Final = 1e-6  # seconds: a sum of many pieces is never exact


class Arrivals:
    """The appends of one stream: up to which second of it each leads, and when it came."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._ends: deque[float] = deque(maxlen=_MOST)
        self._came: deque[float] = deque(maxlen=_MOST)

    def add(self, seconds: float, came_at: float) -> None:
        """So many seconds more came at that time."""
        self._seconds += seconds
        self._ends.append(self._seconds)
        self._came.append(came_at)

    def of(self, second: float) -> float:
        """When the append came that leads up to this second; the nearest that is still known."""
        place = bisect_left(self._ends, second - _NEARLY)
        return self._came[min(place, len(self._came) - 1)]
