"""``RawClient``: one WebSocket and JSON, and nothing of the kit's sessions and events.

Scenes of ``verify`` stand on it, the emulator's tests and the benchmarks use it as it is.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket

from glmkit.auth.masking import HeaderValue, masked_logger
from glmkit.environment.loopback import leads_here

PATIENCE = 30.0  # seconds that opening, and each event, is waited for
_CLOSE = 2.0  # seconds
Message = dict[str, Any]


@asynccontextmanager
async def open_socket(
    url: str, headers: Mapping[str, str], *, patience: float = PATIENCE
) -> AsyncIterator[ClientConnection]:
    """A WebSocket with these headers, closed at the end. Raises what websockets raises."""
    socket = await open_websocket(HeaderValue(url), **socket_options(url, headers, patience))
    try:
        yield socket
    finally:
        await close_socket(socket)


def socket_options(url: str, headers: Mapping[str, str], patience: float) -> dict[str, Any]:
    """What websockets is told of the socket besides its address."""
    return {
        "additional_headers": headers,
        "proxy": None if leads_here(url) else True,
        "compression": None,
        "max_size": None,
        "open_timeout": patience,
        "close_timeout": _CLOSE,
        "ping_interval": None,
        "logger": masked_logger("glmkit.wire"),
    }


async def close_socket(socket: ClientConnection) -> None:
    """Politely; who reads nothing any more is cut off."""
    try:
        async with asyncio.timeout(_CLOSE):
            await socket.close()
    except TimeoutError:
        socket.transport.abort()


class RawClient:
    """Sends what it is told, right or wrong; ``came``: every event that it was asked for so far.

    Waiting raises TimeoutError after ``patience`` seconds, and ConnectionClosed at the end.
    """

    def __init__(self, socket: ClientConnection, *, patience: float = PATIENCE) -> None:
        self.socket, self.patience = socket, patience
        self.came: list[Message] = []

    async def put(self, message: str | bytes) -> None:
        """Send anything as a text frame."""
        await self.socket.send(message, text=True)

    async def send(self, type: str, **fields: Any) -> None:
        """Send one event."""
        await self.put(json.dumps({"type": type, **fields}))

    async def receive(self) -> bytes:
        """The next message as it is."""
        async with asyncio.timeout(self.patience):
            return await self.socket.recv(decode=False)

    async def any(self) -> Message:
        """The next event."""
        event: Message = json.loads(await self.receive())
        self.came.append(event)
        return event

    async def next(self, *types: str) -> Message:
        """The next event of one of ``types``; what came before it is in ``came``."""
        while (event := await self.any())["type"] not in types:
            pass
        return event

    async def update(self, **session: Any) -> Message:
        """A whole configuration, some of it otherwise; the configuration that was echoed."""
        await self.send("session.update", session=configuration(**session))
        updated: Message = (await self.next("session.updated"))["session"]
        return updated

    async def append(self, audio: bytes) -> None:
        """Sound, in whatever format was configured."""
        await self.send("input_audio_buffer.append", audio=b64encode(audio).decode("ascii"))


def configuration(**session: Any) -> Message:
    """What a session needs to be told, with some fields otherwise; ``...`` leaves one out."""
    whole = {
        "input_audio_format": "pcm16",
        "output_audio_format": "pcm",
        "turn_detection": {"type": "client_vad"},
        "beta_fields": {"chat_mode": "audio", "tts_source": "e2e", "auto_search": False},
        **session,
    }
    return {name: value for name, value in whole.items() if value is not ...}


def text_message(words: str) -> Message:
    """The item of a text message."""
    part = {"type": "input_text", "text": words}
    return {"type": "message", "role": "user", "content": [part]}
