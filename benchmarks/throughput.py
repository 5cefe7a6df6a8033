"""Upload and receive: the process's CPU time for ten minutes of sound, unpaced, in 100 ms messages.

One turn each. The upload's answer has one delta; the received answer's samples end in one piece
on every face. What was sent and received is compared by its hash, outside of what is measured.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import random
from collections.abc import Awaitable, Callable
from functools import partial
from time import process_time
from typing import Any

import numpy as np

import glmkit as glm
from benchmarks import constant, plain
from benchmarks.faces import KEY, Found, compared
from benchmarks.stub import SECOND
from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.session.blocking.background_loop import loop_thread

SECONDS = 600
PCM = random.Random(1).randbytes(SECONDS * 16_000 * 2)
SENT = hashlib.sha256(PCM).hexdigest()
SHORT = hashlib.sha256(bytes(SECOND // 10)).hexdigest()  # one delta
RECEIVED = hashlib.sha256(bytes(SECONDS * 24_000 * 2)).hexdigest()


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

    async def plainly(socket: Any) -> list[Any]:
        await plain.request(socket, "?")
        return [piece async for piece in plain.pieces(socket)]

    async def iterated(session: Any) -> list[Any]:
        found, events = [], aiter(session)
        await session.send(glm.events.user_message("?"))
        await session.send(glm.events.response_create())
        async for event in events:
            if event.type == AUDIO_DELTA:
                found.append(np.frombuffer(event.payload, "<i2"))
            elif event.type == "response.done":
                break
        return found

    return compared({"plain": partial(_plain, url, plainly), "aio": partial(_aio, url, iterated)})


def _plain(url: str, act: Callable[[Any], Awaitable[object]]) -> float:
    async def run() -> float:
        async with await plain.connect(url, KEY) as socket:
            cost = await _cost(act(socket))
            _check_sent(await plain.heard(socket))
            return cost

    return asyncio.run(run())


def _aio(url: str, act: Callable[[Any], Awaitable[object]], **options: Any) -> float:
    async def run() -> float:
        async with glm.aio.connect(url, api_key=KEY, **options) as session:
            cost = await _cost(act(session))
            _check_sent(await _heard(session))
            return cost

    return asyncio.run(run())


async def _cost(turn: Awaitable[object]) -> float:
    gc.collect()  # what the others left behind is not this one's
    begun = process_time()
    kept = await turn
    cost = process_time() - begun
    _check_received(kept)
    return cost


def _blocking(url: str, act: Callable[[Any], object], **options: Any) -> float:
    with glm.connect(url, api_key=KEY, **options) as session:
        gc.collect()
        begun = process_time()
        kept = act(session)
        cost = process_time() - begun
        _check_received(kept)
        _check_sent(loop_thread().carry(_heard(session.core)))
        return cost


async def _heard(session: Any) -> str:
    with session.line.queue("stub.heard") as queue:
        await session.send("stub.heard")
        await anext(queue)  # what was sent
        return str((await anext(queue)).get("sha256"))


def _check_sent(found: str) -> None:
    assert found in (SENT, hashlib.sha256().hexdigest()), "not all samples have arrived"


def _check_received(found: Any) -> None:
    if isinstance(found, glm.Turn):  # of an upload
        found = found.audio
    pieces = found if isinstance(found, list) else [found]
    samples = b"".join(
        each.to_pcm(24_000) if isinstance(each, glm.Clip) else bytes(each) for each in pieces
    )
    assert hashlib.sha256(samples).hexdigest() in (RECEIVED, SHORT), "not all samples came"
