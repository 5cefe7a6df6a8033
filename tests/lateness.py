"""How late a busy machine lets things happen: measured on the same loop, while they do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

_STEP: Final = 0.01  # seconds between two looks at the clock


@dataclass
class Lateness:
    """``worst``: how many seconds after its moment a sleep of this loop ended, at most."""

    worst: float = 0.0


@asynccontextmanager
async def lateness() -> AsyncIterator[Lateness]:
    """What is measured as long as the block lasts."""
    found = Lateness()
    watching = asyncio.create_task(_watch(found))
    try:
        yield found
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def _watch(found: Lateness) -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + _STEP
        await asyncio.sleep(_STEP)
        found.worst = max(found.worst, clock() - due)
