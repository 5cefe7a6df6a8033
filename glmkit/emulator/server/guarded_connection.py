"""One TCP connection: those that never ask, and those that never read.

Rules
- Somebody who is connected and has not finished asking costs a place among the pending. When
  those are full, whoever waits longest is sent away with 408: an honest newcomer is let in.
- A client that reads nothing while something waits for it is dropped after ``patience`` seconds.
  The keepalive cannot find it: its pings wait behind what the client does not read.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.protocol import State

from glmkit.texts import text


class PendingHandshakes:
    """The connections of one server that have not finished asking, the oldest first."""

    def __init__(self, *, most: int, patience: float) -> None:
        self.patience = patience
        """Seconds that something may wait for a client to read it."""
        self._most = most
        self._pending: OrderedDict[GuardedConnection, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pending)

    def enter(self, connection: GuardedConnection) -> None:
        """One more; the oldest is sent away where there is no room."""
        self._pending[connection] = None
        if len(self._pending) > self._most:
            self._pending.popitem(last=False)[0].dismiss()

    def leave(self, connection: GuardedConnection) -> None:
        """One less, let in or away; leaving twice is fine."""
        self._pending.pop(connection, None)


class GuardedConnection(ServerConnection):
    """A connection that is dropped where it never asks, or never reads."""

    def __init__(self, handshakes: PendingHandshakes, /, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._handshakes = handshakes
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is connected and has said nothing."""
        super().connection_made(transport)
        self._handshakes.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        self._handshakes.leave(self)
        self._read()
        super().connection_lost(exc)

    async def handshake(self, *args: Any, **settings: Any) -> None:
        """The whole of asking and being let in, or not."""
        try:
            await super().handshake(*args, **settings)
        finally:
            self._handshakes.leave(self)

    async def send(self, *args: Any, **settings: Any) -> None:
        """One message. Raises ConnectionClosed, also where asyncio stumbles over the end.

        A transport that closes with its last bytes cannot be aborted any more: AttributeError.
        """
        try:
            await super().send(*args, **settings)
        except AttributeError:
            if self.state is not State.CLOSED:
                raise
            raise self.protocol.close_exc from None

    async def close(self, *args: Any, **settings: Any) -> None:
        """The end, also where asyncio stumbles over it as in ``send``."""
        try:
            await super().close(*args, **settings)
        except AttributeError:
            if self.state is not State.CLOSED:
                raise

    def dismiss(self) -> None:
        """Sent away before anything was asked."""
        body = json.dumps({"error": {"code": "1302", "message": text("emulator.too_slow")}})
        status = HTTPStatus.REQUEST_TIMEOUT
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write((head + body).encode("ascii"))
        self.transport.close()

    def pause_writing(self) -> None:
        """What was sent is not read: the buffer is full."""
        super().pause_writing()
        self._unread = self.loop.call_later(self._handshakes.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """It was read after all."""
        super().resume_writing()
        self._read()

    def _read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
