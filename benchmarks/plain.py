"""The hand-written loop that the client is measured against: websockets, json and base64.

It is what a careful person writes without a kit: it reads while it sends, sends complete
configurations and raw samples, and decodes the answer's sound. It has no turns, no trace, no
errors and no latencies; what those cost is what the ratios show.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket

Samples = NDArray[np.float32]
SESSION = {
    "model": "glm-realtime-flash",
    "modalities": ["text", "audio"],
    "voice": "tongtong",
    "input_audio_format": "pcm16",
    "output_audio_format": "pcm",
    "max_response_output_tokens": "inf",
    "turn_detection": {"type": "client_vad"},
    "beta_fields": {"chat_mode": "audio", "tts_source": "e2e"},
}


async def connect(url: str, key: str) -> ClientConnection:
    """Connect, and configure the session."""
    headers = {"Authorization": f"Bearer {key}"}
    socket = await open_websocket(
        url, additional_headers=headers, proxy=None, compression=None, max_size=None
    )
    await _awaited(socket, "session.created")
    await send(socket, "session.update", session=SESSION)
    await _awaited(socket, "session.updated")
    return socket


async def say(socket: ClientConnection, pcm: bytes, chunk_ms: int = 100) -> bytes:
    """Send 16 kHz samples unpaced, ask, and give the answer's samples."""
    answer = asyncio.create_task(receive(socket))
    size = 16 * chunk_ms * 2
    for start in range(0, len(pcm), size):
        await append(socket, pcm[start : start + size])
    await send(socket, "input_audio_buffer.commit")
    await send(socket, "response.create")
    return await answer


async def ask(socket: ClientConnection, words: str) -> bytes:
    """Ask in writing; the answer's samples."""
    await request(socket, words)
    return await receive(socket)


async def request(socket: ClientConnection, words: str) -> None:
    """Ask in writing."""
    content = [{"type": "input_text", "text": words}]
    item = {"type": "message", "role": "user", "content": content}
    await send(socket, "conversation.item.create", item=item)
    await send(socket, "response.create")


async def append(socket: ClientConnection, chunk: bytes) -> None:
    """Send one chunk of samples."""
    sound = base64.b64encode(chunk).decode("ascii")
    await send(socket, "input_audio_buffer.append", audio=sound)


async def receive(socket: ClientConnection) -> bytes:
    """Read to the end of an answer; its samples."""
    pieces = []
    async for message in socket:
        event = json.loads(message)
        if event["type"] == "response.audio.delta":
            pieces.append(base64.b64decode(event["delta"]))
        elif event["type"] == "response.done":
            break
    return b"".join(pieces)


async def pieces(socket: ClientConnection) -> AsyncIterator[NDArray[np.int16]]:
    """The samples of an answer as they come."""
    async for message in socket:
        event = json.loads(message)
        if event["type"] == "response.audio.delta":
            yield np.frombuffer(base64.b64decode(event["delta"]), "<i2")
        elif event["type"] == "response.done":
            return


async def stream(socket: ClientConnection, pcm: bytes) -> AsyncIterator[tuple[Samples, int]]:
    """Say something; the answer's samples (float32 in ±1) as they come, and when each was sent."""
    await append(socket, pcm)
    await send(socket, "input_audio_buffer.commit")
    await send(socket, "response.create")
    async for message in socket:
        event = json.loads(message)
        if event["type"] == "response.audio.delta":
            yield samples(base64.b64decode(event["delta"])), event["client_timestamp"]
        elif event["type"] == "response.done":
            return


def samples(sound: bytes) -> Samples:
    """16-bit samples as whatever plays or draws them wants them."""
    return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)


async def say_sleeping(socket: ClientConnection, pcm: bytes, chunk_ms: int) -> None:
    """Send samples with a sleep after each chunk: the usual pacing, which drifts."""
    size = 16 * chunk_ms * 2
    for start in range(0, len(pcm), size):
        await append(socket, pcm[start : start + size])
        await asyncio.sleep(chunk_ms / 1000)


async def arrivals(socket: ClientConnection) -> list[float]:
    """When the stub got each chunk since it was last asked."""
    await send(socket, "stub.arrivals")
    found: list[float] = (await _awaited(socket, "stub.arrivals"))["arrivals"]
    return found


async def heard(socket: ClientConnection) -> str:
    """The hash of the samples that the stub got since it was last asked."""
    await send(socket, "stub.heard")
    return str((await _awaited(socket, "stub.heard"))["sha256"])


async def send(socket: ClientConnection, type: str, **fields: Any) -> None:
    event = {"type": type, "client_timestamp": int(time.time() * 1000), **fields}
    await socket.send(json.dumps(event))


async def _awaited(socket: ClientConnection, type: str) -> dict[str, Any]:
    async for message in socket:
        event: dict[str, Any] = json.loads(message)
        if event["type"] == type:
            return event
    raise ConnectionError(type)
