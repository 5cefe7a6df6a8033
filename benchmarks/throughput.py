"""Upload and receive: the process's CPU time for ten minutes of sound, unpaced, in 100 ms messages.

One turn each. The upload's answer has one delta; the received answer's samples end in one piece
on every face.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable
from functools import partial
from time import process_time
from typing import Any

import numpy as np

import glmkit as glm
from benchmarks import constant, plain
from benchmarks.faces import KEY, Found, compared
from glmkit.protocol.event_kinds import AUDIO_DELTA

SECONDS = 600
PCM = bytes(SECONDS * 16_000 * 2)


def upload(url: str, format: str = "pcm16") -> Found:
    """CPU seconds to upload ``SECONDS`` of sound, as pieces: a clip may not be that long."""
    clip, wav = glm.Clip.from_pcm(PCM, 16_000), format == "wav"

    def spoken(session: Any) -> Any:
        return session.say(iter([clip]), speed=None)

    return compared(
        {
            "plain": partial(_plain, url, lambda socket: plain.say(socket, PCM)),
            "constant": partial(_plain, url, lambda socket: constant.say(socket, PCM, wav=wav)),
            "aio": partial(_aio, url, spoken, input_format=format),
            "blocking": partial(_blocking, url, spoken, input_format=format),
        }
    )


def receive(url: str) -> Found:
    """CPU seconds to receive ``SECONDS`` of sound."""
    url = f"{url}?deltas={SECONDS * 10}"

    async def asked(session: Any) -> object:
        return (await session.ask("?")).audio

    return compared(
        {
            "plain": partial(_plain, url, lambda socket: plain.ask(socket, "?")),
            "aio": partial(_aio, url, asked),
            "blocking": partial(_blocking, url, lambda session: session.ask("?").audio),
        }
    )


def iterate(url: str) -> Found:
    """CPU seconds to take ``SECONDS`` of sound from a loop over all events, as samples."""
    url = f"{url}?deltas={SECONDS * 10}"

    async def plainly(socket: Any) -> int:
        await plain.request(socket, "?")
        return sum([len(piece) async for piece in plain.pieces(socket)])

    async def iterated(session: Any) -> int:
        found, events = 0, aiter(session)
        await session.send(glm.events.user_message("?"))
        await session.send(glm.events.response_create())
        async for event in events:
            if event.type == AUDIO_DELTA:
                found += len(np.frombuffer(event.payload, "<i2"))
            elif event.type == "response.done":
                break
        return found

    return compared(
        {"plain": partial(_plain, url, plainly), "aio": partial(_aio, url, iterated)},
    )


def _plain(url: str, act: Callable[[Any], Awaitable[object]]) -> float:
    async def run() -> float:
        async with await plain.connect(url, KEY) as socket:
            return await _cost(act(socket))

    return asyncio.run(run())


def _aio(url: str, act: Callable[[Any], Awaitable[object]], **options: Any) -> float:
    async def run() -> float:
        async with glm.aio.connect(url, api_key=KEY, **options) as session:
            return await _cost(act(session))

    return asyncio.run(run())


async def _cost(turn: Awaitable[object]) -> float:
    gc.collect()  # what the others left behind is not this one's
    begun = process_time()
    kept = await turn
    cost = process_time() - begun
    del kept
    return cost


def _blocking(url: str, act: Callable[[Any], object], **options: Any) -> float:
    with glm.connect(url, api_key=KEY, **options) as session:
        gc.collect()
        begun = process_time()
        kept = act(session)
        cost = process_time() - begun
        del kept
        return cost
