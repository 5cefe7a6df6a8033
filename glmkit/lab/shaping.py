"""When bytes arrive at the other end of one direction of a line: arithmetic, without a clock.

Rules
- A piece leaves when the one before it has left and no stall is on, and takes its bits by the
  bandwidth to leave.
- It arrives its delay later, and up to the jitter more. None overtakes another: what is late
  holds up what comes behind it, as TCP does.
- Stalls begin at random, ``stall_every`` seconds apart on average, from the first piece on.
"""

from __future__ import annotations

import random

from glmkit.lab.network_conditions import Direction


class Shaping:
    """One direction of one connection; ``seed`` decides its jitter and its stalls."""

    def __init__(self, direction: Direction, seed: str) -> None:
        self._direction, self._random = direction, random.Random(seed)
        self._free = self._last = 0.0
        self._stall_at: float | None = None

    def arrival(self, now: float, size: int) -> float:
        """When a piece of ``size`` bytes that is sent ``now`` (seconds) is there."""
        line = self._direction
        begin = self._unstalled(max(now, self._free))
        self._free = begin + (size * 8 / line.bandwidth if line.bandwidth else 0.0)
        at = self._free + line.delay + self._random.uniform(0.0, line.jitter)
        self._last = max(self._last, at)
        return self._last

    def _unstalled(self, moment: float) -> float:
        """``moment``, or the end of the stall that is on then."""
        every, lasts = self._direction.stall_every, self._direction.stall
        if every is None or not lasts:
            return moment
        if self._stall_at is None:
            self._stall_at = moment + self._random.expovariate(1 / every)
        while moment >= self._stall_at + lasts:
            self._stall_at += lasts + self._random.expovariate(1 / every)
        return self._stall_at + lasts if moment >= self._stall_at else moment
