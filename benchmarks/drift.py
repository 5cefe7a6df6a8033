"""Pacing: how far a 30 s upload in 20 ms chunks is from real time, measured where it arrives.

Three uploads run side by side: the client's two faces, and a hand-written one that sleeps 20 ms
after each chunk. ``drift`` is by how much the last chunk came later after the first than its
place in the sound says; ``worst`` is the furthest any chunk was from its place, which also counts
every moment in which the machine was busy with something else.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import glmkit as glm
from benchmarks import plain
from benchmarks.faces import KEY

SECONDS, CHUNK_MS = 30, 20
COARSE = 0.002  # seconds


@dataclass(frozen=True, slots=True)
class Drift:
    """Seconds the last chunk was late, and the most any was early or late."""

    drift: float
    worst: float


def measure(url: str) -> dict[str, Drift]:
    """The drift of each way to pace; takes as long as the sound."""
    clip = glm.Clip.silence(SECONDS)
    return asyncio.run(_side_by_side(url, clip))


async def _side_by_side(url: str, clip: glm.Clip) -> dict[str, Drift]:
    sleeping, aio, blocking = await asyncio.gather(
        _sleeping(url, clip.to_pcm()), _aio(url, clip), asyncio.to_thread(_blocking, url, clip)
    )
    return {"sleep": drift(sleeping), "aio": drift(aio), "blocking": drift(blocking)}


def drift(arrivals: list[float]) -> Drift:
    """What the stub's clock says about an upload."""
    late = [at - arrivals[0] - n * CHUNK_MS / 1000 for n, at in enumerate(arrivals)]
    return Drift(late[-1], max(map(abs, late)))


def clock_step() -> float:
    """The smallest step the event loop's clock makes, in seconds: what it can pace with."""
    steps = []
    for _ in range(5):
        begun = now = time.monotonic()
        while now == begun:
            now = time.monotonic()
        steps.append(now - begun)
    return max(min(steps), time.get_clock_info("monotonic").resolution)


async def _sleeping(url: str, pcm: bytes) -> list[float]:
    async with await plain.connect(url, KEY) as socket:
        await plain.say_sleeping(socket, pcm, CHUNK_MS)
        return await plain.arrivals(socket)


async def _aio(url: str, clip: glm.Clip) -> list[float]:
    async with glm.aio.connect(url, api_key=KEY) as session:
        await session.say(clip, chunk_ms=CHUNK_MS)
        events = aiter(session)
        await session.send("stub.arrivals")
        async for event in events:
            if event.get("arrivals"):
                return _arrivals(event)
    raise ConnectionError


def _blocking(url: str, clip: glm.Clip) -> list[float]:
    with glm.connect(url, api_key=KEY) as session:
        session.say(clip, chunk_ms=CHUNK_MS)
        events = iter(session)
        session.send("stub.arrivals")
        for event in events:
            if event.get("arrivals"):
                return _arrivals(event)
    raise ConnectionError


def _arrivals(event: Any) -> list[float]:
    return [float(at) for at in event.get("arrivals")]
