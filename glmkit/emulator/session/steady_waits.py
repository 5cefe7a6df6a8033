"""How long each answer of a steady emulator waits: the same wait, and a draw of its own.

Rules
- The zero point is that of ``turn.latency``: under client VAD the commit, under server VAD the end
  of speech (the append that held the last voiced sample), else the ``response.create``. It is
  taken when the message arrives here, so what lies between is no part of the wait.
- The first sound, or of an answer without sound its first words or its first call, leaves ``wait``
  seconds after it and ``jitter`` times a number drawn evenly from 0 to 1. Words leave 50 ms before
  their sound, the user's transcript another 50 ms before.
- What is drawn depends on the seed, on what was said, in which configuration, on the answer's
  number in its session, and on how often just that was said before. So sessions side by side
  don't disturb each other's draws, and a prompt that is repeated has a new one each time.
- The clock is the event loop's; on Windows before Python 3.13 it ticks at 16 ms.
- What can't leave when it is due leaves as soon as it can, and ``late`` says by how much.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from glmkit.protocol.event import as_json

AHEAD: Final = 0.05
"""Seconds that words leave before their sound, and a transcript before the words."""
ON_TIME: Final = 0.02
"""Seconds that are not called late: a busy loop's own."""
_MOST: Final = 100_000  # different things that were said, of which is known how often


class SteadyTurn:
    """When what belongs to one answer is due, by the loop's clock; each waits for its moment."""

    def __init__(self, zero: float, wait: float, cuts: int) -> None:
        self.zero, self.wait = zero, wait
        self.cuts = cuts
        """What the sizes of its pieces of sound are drawn from."""
        self.late = 0.0
        """By how many seconds the latest part of it was late; 0 for on time."""

    @property
    def due(self) -> float:
        """When the answer begins: its first sound, or what it has instead."""
        return self.zero + self.wait

    async def transcript(self) -> None:
        """Until the user's transcript is due."""
        await self._until(self.due - 2 * AHEAD)

    async def words(self) -> None:
        """Until the words of an answer that sounds are due."""
        await self._until(self.due - AHEAD)

    async def first(self) -> None:
        """Until the answer is due."""
        await self._until(self.due)

    async def _until(self, due: float) -> None:
        clock = asyncio.get_running_loop().time
        due = max(due, self.zero)
        await asyncio.sleep(max(0.0, due - clock()))
        if (late := clock() - due) > ON_TIME:
            self.late = max(self.late, late)


class SteadyWaits:
    """The waits of one emulator's answers, drawn from a seed."""

    def __init__(self, wait: float, jitter: float, seed: int) -> None:
        self._wait, self._jitter, self._seed = wait, jitter, seed
        self._often: OrderedDict[bytes, int] = OrderedDict()

    @property
    def session_id(self) -> str:
        """What stands for a session's id where an answer follows from it."""
        return f"steady {self._seed}"

    def forget(self) -> None:
        """Begin again: what is said next is said for the first time."""
        self._often.clear()

    def turn(
        self, zero: float, said: Iterable[bytes], configuration: Mapping[str, Any], number: int
    ) -> SteadyTurn:
        """The wait of the answer to ``said``, the ``number``-th of its session, from ``zero``."""
        digest = sha256(as_json([{**configuration, "id": ""}, number]))
        for piece in said:
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
        drawn = random.Random(f"{self._seed} {digest.hexdigest()} {self._counted(digest.digest())}")
        return SteadyTurn(
            zero, self._wait + drawn.uniform(0.0, self._jitter), drawn.getrandbits(32)
        )

    def _counted(self, said: bytes) -> int:
        """How often it was said before."""
        often = self._often.pop(said, 0)
        self._often[said] = often + 1
        if len(self._often) > _MOST:
            self._often.popitem(last=False)
        return often
