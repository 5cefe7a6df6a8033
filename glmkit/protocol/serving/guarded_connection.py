"""One TCP connection: those that never ask, those that never read, those that never finish.

Rules
- Somebody who is connected and has not finished asking costs a place among the pending. When
  those are full, whoever waits longest is sent away with 408: an honest newcomer is let in.
- A client that reads nothing while something waits for it is dropped after ``patience`` seconds.
  The keepalive cannot find it: its pings wait behind what the client does not read.
- What came and is no whole message yet, or waits to be taken, counts together for all clients.
  Where that is too much, whoever fills most of it is dropped.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import DATA_OPCODES, Frame
from websockets.http11 import Request
from websockets.protocol import Event, State

from glmkit.protocol.patient_keepalive import PatientKeepalive
from glmkit.protocol.serving.whole_request import CONTINUE, WholeRequestReader
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


class Arrivals:
    """The bytes that came to one server and were not taken yet."""

    def __init__(self, most: int = 128_000_000) -> None:
        self._most, self.together = most, 0
        self._waiting: dict[GuardedConnection, int] = {}

    def came(self, connection: GuardedConnection, size: int) -> None:
        """More of a message; whoever has most is dropped where all have too much."""
        self._waiting[connection] = self._waiting.get(connection, 0) + size
        self.together += size
        if self.together > self._most:
            largest = max(self._waiting, key=lambda each: self._waiting[each])
            self.gone(largest)
            largest.transport.abort()

    def taken(self, connection: GuardedConnection, size: int) -> None:
        """A whole message was taken."""
        size = min(size, self._waiting.get(connection, 0))
        if size:
            self._waiting[connection] -= size
            self.together -= size

    def gone(self, connection: GuardedConnection) -> None:
        """Nothing of it is kept any more."""
        self.together -= self._waiting.pop(connection, 0)


class GuardedConnection(PatientKeepalive, ServerConnection):
    """A connection that is dropped where it never asks, never reads, or never finishes.

    ``root``: below that path whole HTTP requests are read, with their bodies (``asked``).
    """

    def __init__(
        self,
        handshakes: PendingHandshakes,
        arrivals: Arrivals,
        root: str,
        /,
        *args: Any,
        **settings: Any,
    ) -> None:
        super().__init__(*args, **settings)
        self._handshakes, self._arrivals = handshakes, arrivals
        self._unread: asyncio.TimerHandle | None = None
        self.whole = WholeRequestReader(root)
        """What is asked by plain HTTP, if it is that which is asked."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is connected and has said nothing."""
        super().connection_made(transport)
        self._handshakes.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        self._handshakes.leave(self)
        self._arrivals.gone(self)
        self._read()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes that came: for the WebSocket, or by plain HTTP."""
        whole = self.whole
        if whole.ours is not False:
            data = whole.take(data)
            if whole.waited_for:
                self.transport.write(CONTINUE)
            if self.request is None and (asked := whole.request):
                self.process_event(Request(asked.target, asked.headers))
        if data:
            super().data_received(data)

    def process_event(self, event: Event) -> None:
        """A frame that came."""
        super().process_event(event)
        if isinstance(event, Frame) and event.opcode in DATA_OPCODES:
            self._arrivals.came(self, len(event.data))

    async def recv(self, *args: Any, **settings: Any) -> Any:
        """The next whole message."""
        message = await super().recv(*args, **settings)
        self._arrivals.taken(self, _size(message))
        return message

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
        body = json.dumps({"error": {"code": "1302", "message": text("protocol.serve_too_slow")}})
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


def _size(message: str | bytes) -> int:
    """The bytes that a message came in."""
    plain = isinstance(message, bytes) or message.isascii()
    return len(message) if plain else len(str(message).encode("utf-8"))
