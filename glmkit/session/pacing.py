"""Sends sound in chunks, each at an absolute deadline, as a microphone would.

Rules
- Chunk k leaves when its last sample would have been spoken: start + (k + 1) * chunk / speed.
  Deadlines are absolute, so that nothing adds up (``sleep`` a chunk drifts +1.2 s in 30 s).
- After a stall the chunks that are due leave at once, but where a ``rate`` is given never
  faster than that many a second.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterable, Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter

from glmkit.errors import BadArgument, warn
from glmkit.numeric import is_number
from glmkit.texts import text

LIVE_RATE = 45  # appends a second; the service's cap is 50 (documented)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast chunks may leave: their length, the speed (None: unpaced), the most a second.

    ``begun``: when its first sample was spoken, where that is not when sending begins.
    """

    chunk_ms: float = 100
    speed: float | None = 1.0
    rate: float | None = None
    begun: float | None = None

    def __post_init__(self) -> None:
        if not (is_number(self.chunk_ms) and 10 <= self.chunk_ms <= 1000):
            raise BadArgument(text("session.chunk_ms", found=self.chunk_ms))
        if self.speed is not None and not (is_number(self.speed) and self.speed > 0):
            raise BadArgument(text("session.speed", found=self.speed))

    def within(self, rate: float) -> Pace:
        """The same pace kept under ``rate`` chunks a second, with larger chunks if need be."""
        needed = math.ceil(1000 * (self.speed or 1) / rate)
        if self.chunk_ms >= needed:
            return Pace(self.chunk_ms, self.speed, rate)
        used = min(1000, needed)
        words = text("session.slower", asked=self.chunk_ms, used=used)
        warn(words)
        return Pace(used, self.speed, rate)


async def send_paced(
    chunks: AsyncIterable[tuple[bytes, float]],
    send: Callable[[bytes], Awaitable[None]],
    pace: Pace,
    *,
    progress: Callable[[float], None] = lambda sent: None,
    clock: Callable[[], float] = perf_counter,
) -> float:
    """Send (bytes, seconds) chunks at their deadlines; the seconds of sound sent."""
    start, sent, last = clock() if pace.begun is None else pace.begun, 0.0, -math.inf
    async for chunk, seconds in chunks:
        sent += seconds
        due = last + 1 / pace.rate if pace.rate else start
        if pace.speed is not None:
            due = max(due, start + sent / pace.speed)
        await until_due(due, clock)
        last = clock()
        await send(chunk)
        progress(sent)
    return sent


async def until_due(due: float, clock: Callable[[], float]) -> None:
    """Wait until ``clock`` says ``due``."""
    while (left := due - clock()) > 0:  # noqa: ASYNC110 - a clock is no event
        await asyncio.sleep(left)
