"""``Places``: who of a class may have a session open at the service, and who is next.

An account may have so many requests in flight (documented: 5 at its lowest level); whether an open
and silent WebSocket counts is not said. So an open one holds a place here, whatever it does.

Rules
- A place is a seat's: of two sessions of one seat the later takes over what the earlier had.
- Who was served least comes first (seconds for which a seat held a place, in the whole class);
  among equals, who came first.
- Whoever waits is told, whenever it changes, how many are before it and about how long that takes:
  by how long places were held so far, and nothing where none was given back yet.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean
from typing import Final

_REMEMBERED: Final = 20  # places that were given back


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """How many are ``before``, and about how many ``seconds`` that takes; None: nobody knows."""

    before: int
    seconds: float | None


Told = Callable[[QueuePlace], None]


class Waiting:
    """One seat in the queue."""

    def __init__(self, seat: str, served: float, number: int, told: Told) -> None:
        self.seat, self.told = seat, told
        self.rank = served, number
        self.since = time.monotonic()
        self.granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.place: QueuePlace | None = None


class Places:
    """So many of them; ``await take(…)``, then ``give_back``."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[str, float] = {}  # seat → since when
        self._queue: list[Waiting] = []
        self._spans: deque[float] = deque(maxlen=_REMEMBERED)
        self._count = 0

    @property
    def taken(self) -> int:
        """How many are held."""
        return len(self._held)

    @property
    def somebody_waits(self) -> bool:
        """Whether there are more seats than places now."""
        return bool(self._queue)

    def holds(self, seat: str) -> bool:
        """Whether a seat has one."""
        return seat in self._held

    async def take(self, seat: str, *, served: float, told: Told, within: float) -> float:
        """Wait for a place; the seconds that took. Raises TimeoutError after ``within`` seconds.

        ``served``: seconds for which the seat had one before. ``told`` is told where it stands.
        """
        if seat in self._held:
            return 0.0
        self._count += 1
        waiting = Waiting(seat, served, self._count, told)
        self._queue.append(waiting)
        self._grant()
        try:
            async with asyncio.timeout(within):
                await waiting.granted
        except BaseException:
            if waiting.granted.done() and not waiting.granted.cancelled():
                self.give_back(seat)  # it came in the same moment
            raise
        finally:
            if waiting in self._queue:
                self._queue.remove(waiting)
                self._tell()
        return time.monotonic() - waiting.since

    def give_back(self, seat: str) -> float:
        """Let the next one in; for how many seconds it was held. Giving back twice is fine."""
        since = self._held.pop(seat, None)
        if since is None:
            return 0.0
        held = time.monotonic() - since
        self._spans.append(held)
        self._grant()
        return held

    def _grant(self) -> None:
        while self._queue and len(self._held) < self.most:
            first = min(self._queue, key=lambda each: each.rank)
            self._queue.remove(first)
            if not first.granted.done():
                self._held[first.seat] = time.monotonic()
                first.granted.set_result(None)
        self._tell()

    def _tell(self) -> None:
        for before, waiting in enumerate(sorted(self._queue, key=lambda each: each.rank)):
            place = QueuePlace(before, self._seconds(before))
            if place != waiting.place:
                waiting.place = place
                waiting.told(place)

    def _seconds(self, before: int) -> float | None:
        if not self._spans or not self.most:
            return None
        return round((before + 1) * mean(self._spans) / self.most)
