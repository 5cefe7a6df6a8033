"""A session with a real WebSocket server that does what a test says, protocol or not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as websocket_server

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key
from glmkit.session.asyncio_session import Session

KEY = Key.random()
QUICK = glm.Waits(no_speech=0.5, transcript=0.1, clean_up=0.2, fallback=0.1, after_fallback=0.3)

Answer = Callable[[ServerConnection, dict[str, Any]], Awaitable[None]]


@asynccontextmanager
async def talking(answers: dict[str, Answer], **options: Any) -> AsyncIterator[Session]:
    """A session with a server that does something of its own at an event of the client's."""

    async def handle(socket: ServerConnection) -> None:
        await tell(socket, "session.created")
        async for message in socket:
            event = json.loads(message)
            if event["type"] == "session.update":
                await tell(socket, "session.updated", session=event["session"])
            elif (answer := answers.get(event["type"])) is not None:
                await answer(socket, event)

    async with websocket_server(handle, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with aio.connect(url, api_key=KEY, timeout=5, waits=QUICK, **options) as session:
            yield session


async def tell(socket: ServerConnection, type: str, **fields: Any) -> None:
    await socket.send(json.dumps({"type": type, **fields}))


async def answered(
    socket: ServerConnection, id: str, words: str, status: str = "completed"
) -> None:
    await tell(socket, "response.created", response={"id": id})
    await tell(socket, "response.audio_transcript.delta", response_id=id, delta=words)
    await tell(socket, "response.done", response={"id": id, "status": status})
