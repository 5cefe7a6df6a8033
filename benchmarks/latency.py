"""What a person waits for: an open and configured connection, and the first samples of an answer.

Wall-clock seconds. The faces take turns connection by connection and answer by answer, since
microseconds tell only beside each other. First audio counts from the moment the stub sends the
first delta to the moment its samples are in the hands of the loop that plays them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

import glmkit as glm
from benchmarks import plain, plain_blocking
from benchmarks.faces import KEY, Found, compared
from glmkit.protocol.event_kinds import AUDIO_DELTA

TIMES = 200
PCM = bytes(3200)  # 100 ms
ANSWER = "?deltas=3&pause_ms=5"  # the pause: nothing of the upload is still under way


def connect(url: str) -> Found:
    """Seconds to connect and configure."""

    async def plainly() -> float:
        begun = perf_counter()
        socket = await plain.connect(url, KEY)
        took = perf_counter() - begun
        await socket.close()
        return took

    async def aio() -> float:
        begun = perf_counter()
        session = await glm.aio.connect(url, api_key=KEY)
        took = perf_counter() - begun
        await session.close()
        return took

    with asyncio.Runner() as one, asyncio.Runner() as other:
        measures = {
            "plain": lambda: one.run(plainly()),
            "aio": lambda: other.run(aio()),
            "blocking": lambda: _opening(glm.connect, url, api_key=KEY),
            "plain blocking": lambda: _opening(plain_blocking.connect, url, key=KEY),
        }
        return compared(measures, TIMES)


def _opening(connect: Callable[..., Any], url: str, **key: str) -> float:
    begun = perf_counter()
    opened = connect(url, **key)
    took = perf_counter() - begun
    opened.close()
    return took


def first_audio(url: str) -> Found:
    """Seconds from the server's send to samples in user code."""
    url += ANSWER
    clip = glm.Clip.from_pcm(PCM, 16_000)
    with ExitStack() as stack:
        one, other = (stack.enter_context(asyncio.Runner()) for _ in range(2))
        socket = one.run(plain.connect(url, KEY))
        stack.callback(lambda: one.run(socket.close()))
        session = other.run(_opened(url))
        stack.callback(lambda: other.run(session.close()))
        blocking = stack.enter_context(glm.connect(url, api_key=KEY))
        blocking_socket = stack.enter_context(plain_blocking.connect(url, KEY))
        measures = {
            "plain": lambda: one.run(_plain_first(socket)),
            "aio": lambda: other.run(_aio_first(session, clip)),
            "blocking": lambda: _first(blocking, clip),
            "plain blocking": lambda: _plain_blocking_first(blocking_socket),
        }
        return compared(measures, TIMES)


async def _opened(url: str) -> Any:
    return await glm.aio.connect(url, api_key=KEY)


async def _plain_first(socket: Any) -> float:
    moments = [(perf_counter(), sent) async for _, sent in plain.stream(socket, PCM)]
    arrived, sent = moments[0]
    return arrived - sent / 1e6


def _plain_blocking_first(socket: Any) -> float:
    moments = [(perf_counter(), sent) for _, sent in plain_blocking.stream(socket, PCM)]
    arrived, sent = moments[0]
    return arrived - sent / 1e6


async def _aio_first(session: Any, clip: glm.Clip) -> float:
    moments = []
    async for piece in session.stream(clip, speed=None):
        assert len(piece.samples)
        moments.append(perf_counter())
    return moments[0] - _sent(session)


def _first(session: glm.Session, clip: glm.Clip) -> float:
    moments = []
    for piece in session.stream(clip, speed=None):
        assert len(piece.samples)
        moments.append(perf_counter())
    return moments[0] - _sent(session)


def _sent(session: Any) -> float:
    """When the stub sent the last turn's first delta."""
    events = session.turns[-1].events
    first = next(event for event in events if event.type == AUDIO_DELTA)
    return float(first.get("client_timestamp")) / 1e6
