"""A service that keeps what it is sent, and breaks the connection where a test says."""

from __future__ import annotations

import itertools
import json
import time
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as websocket_server

from glmkit import aio
from tests.odd_server import KEY, QUICK, answered, tell

NAMED = "Nice to meet you."
OWN = "Be kind."


class Service:
    """A service that keeps what it was configured with, and breaks where a test says."""

    def __init__(self) -> None:
        self.sessions: list[dict[str, Any]] = []  # of the first update of each connection
        self.updates: list[dict[str, Any]] = []
        self.sounds: list[bytearray] = []  # what was appended on each connection
        self.break_at: Callable[[str], bool] = lambda kind: False
        self.refuse = ""  # an error's code instead of an echo
        self.mute = False  # no answer at all
        self.url = ""

    async def handle(self, socket: ServerConnection) -> None:
        self.sounds.append(bytearray())
        first = True
        await tell(socket, "session.created")
        async for message in socket:
            event = json.loads(message)
            kind = event["type"]
            if self.break_at(kind):
                socket.transport.abort()
                return
            self.sounds[-1] += b64decode(event.get("audio", ""))
            if kind == "session.update":
                self.updates.append(event["session"])
                self.sessions += [event["session"]] if first else []
                first = False
                await self.configured(socket, event)
            elif kind == "response.create":
                await answered(socket, f"r{time.monotonic_ns()}", NAMED)

    async def configured(self, socket: ServerConnection, event: dict[str, Any]) -> None:
        if self.mute:
            return
        if self.refuse:
            await tell(socket, "error", error={"code": self.refuse, "message": "no"})
        else:
            await tell(socket, "session.updated", session=event["session"])

    def break_once(self, kind: str, *, after: int = 0) -> None:
        """At the next event of a kind, or after so many of them."""
        count = itertools.count()

        def at(found: str) -> bool:
            if found != kind or next(count) < after:
                return False
            self.break_at = lambda kind: False
            return True

        self.break_at = at


@asynccontextmanager
async def serving() -> AsyncIterator[Service]:
    service = Service()
    async with websocket_server(service.handle, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        service.url = f"ws://127.0.0.1:{port}"
        yield service


def connecting(service: Service, **options: Any) -> aio.Connecting:
    options = {"waits": QUICK, "instructions": OWN, "timeout": 5, **options}
    return aio.connect(service.url, api_key=KEY, **options)
