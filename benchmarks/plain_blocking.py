"""The hand-written loop of whoever writes no asyncio: websockets' blocking client, json, base64.

The peer of the blocking face where the clock on the wall counts: a blocking call wakes another
thread and is woken by it, whoever writes it. That client, too, reads in a thread of its own.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_websocket

from benchmarks.plain import SESSION, Samples, samples

DEADLINE = 30  # seconds


def connect(url: str, key: str) -> ClientConnection:
    """Connect, and configure the session."""
    socket = open_websocket(
        url,
        additional_headers={"Authorization": f"Bearer {key}"},
        proxy=None,
        compression=None,
        max_size=None,
        legacy=True,
    )
    _awaited(socket, "session.created")
    _send(socket, "session.update", session=SESSION)
    _awaited(socket, "session.updated")
    return socket


def stream(socket: ClientConnection, pcm: bytes) -> Iterator[tuple[Samples, int]]:
    """Say something; the answer's samples (float32 in ±1) as they come, and when each was sent."""
    audio = base64.b64encode(pcm).decode("ascii")
    _send(socket, "input_audio_buffer.append", audio=audio)
    _send(socket, "input_audio_buffer.commit")
    _send(socket, "response.create")
    while True:
        event = json.loads(socket.recv(timeout=DEADLINE))
        if event["type"] == "response.audio.delta":
            yield samples(base64.b64decode(event["delta"])), event["client_timestamp"]
        elif event["type"] == "response.done":
            return


def _send(socket: ClientConnection, type: str, **fields: Any) -> None:
    event = {"type": type, "client_timestamp": int(time.time() * 1000), **fields}
    socket.send(json.dumps(event))


def _awaited(socket: ClientConnection, type: str) -> None:
    while json.loads(socket.recv(timeout=DEADLINE))["type"] != type:
        pass
