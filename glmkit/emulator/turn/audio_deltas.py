"""An answer's sound as it leaves the server: large irregular pieces at absolute deadlines.

Rules
- The first piece goes at once; each later one when ``pace`` times real time has come to its
  start, so a player never runs dry and nothing drifts. ``pace`` 0 sends as fast as it is made.
- Sizes vary like the service's (observed: 37 kB each in one published run). A piece ends between
  samples, unless ``split`` asks for odd bytes: clients may not rely on it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_SECONDS = 0.2
SHORTEST, LONGEST = 0.2, 0.9


@dataclass(frozen=True, slots=True)
class AudioDelta:
    """Bytes of one ``response.audio.delta`` and the seconds they sound."""

    data: bytes
    seconds: float


class Cutter:
    """Cuts a stream of sound into pieces; what is left over begins the next."""

    def __init__(self, seed: int, *, align: int) -> None:
        self._random = random.Random(seed)
        self._align = align
        self._size = FIRST_SECONDS
        self._rest, self._rest_seconds = b"", 0.0

    def feed(self, data: bytes, seconds: float) -> Iterator[AudioDelta]:
        """The pieces that ``data``, which sounds ``seconds``, completes."""
        data, seconds = self._rest + data, self._rest_seconds + seconds
        per_second = len(data) / seconds if seconds else 0.0
        at = 0
        while per_second and (size := self._bytes(per_second)) <= len(data) - at:
            yield AudioDelta(data[at : at + size], size / per_second)
            at += size
            self._size = self._random.uniform(SHORTEST, LONGEST)
        self._rest = data[at:]
        self._rest_seconds = len(self._rest) / per_second if per_second else 0.0

    def end(self) -> Iterator[AudioDelta]:
        """What is left over."""
        if self._rest:
            yield AudioDelta(self._rest, self._rest_seconds)
        self._rest, self._rest_seconds = b"", 0.0

    def _bytes(self, per_second: float) -> int:
        size = int(self._size * per_second)
        if self._align > 1:
            return max(self._align, size - size % self._align)
        return max(1, size | 1)  # an odd number of bytes splits a sample


class Pacer:
    """Waits until the next piece is due."""

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self._began: float | None = None
        self.seconds = 0.0
        """Of sound sent so far."""

    async def wait(self, seconds: float, *, not_before: float = 0.0) -> None:
        """Returns when a piece of ``seconds`` may leave; the first not before that loop time."""
        now = asyncio.get_running_loop().time()
        if self._began is None:
            self._began = max(now, not_before if self._pace else 0.0)
        due = self._began + (self.seconds / self._pace if self._pace else 0.0)
        self.seconds += seconds
        # a deadline in the past yields once, so that a burst lets others run
        await asyncio.sleep(max(0.0, due - now))
