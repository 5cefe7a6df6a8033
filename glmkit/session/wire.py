"""Opens the WebSocket, and closes it whatever the other side does.

Facts behind the options: a proxy variable breaks loopback, so loopback gets no proxy; elsewhere
http and socks proxies are taken from the environment. permessage-deflate costs 3.8 times the
receive CPU: off. websockets logs headers at DEBUG: its logger here is masked.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.protocol import State

from glmkit.auth.masking import masked_logger, their_words
from glmkit.auth.tokens import TokenSource
from glmkit.environment.forks import put_aside
from glmkit.environment.loopback import leads_here
from glmkit.protocol.serving.stated_peer import StatedPeer, stated_in
from glmkit.session.address import Address
from glmkit.session.connect_failure import UNOPENED, explained
from glmkit.session.opening import Opening
from glmkit.texts import language, text

_CLOSE_CODES = frozenset({1000, 1001, 1003, 1006, 1008, 1009, 1011, 1012, 1013})
_CLOSE = 2.0  # seconds
_QUIET = 45.0  # seconds without a sign of life; a heartbeat comes every 30 (documented)
LARGEST_MESSAGE = 16 * 2**20  # bytes; the service publishes no limit


async def open_wire(address: Address, tokens: TokenSource | None, *, timeout: float) -> Wire:
    """Connect to ``address`` within ``timeout`` seconds, or raise what went wrong in words."""
    return Wire(await open_socket_to(address, tokens, timeout=timeout))


async def open_socket_to(
    address: Address, tokens: TokenSource | None, *, timeout: float, **options: Any
) -> ClientConnection:
    """The WebSocket itself, for whoever passes messages on as they are. Raises as ``open_wire``.

    ``options`` are those of ``websockets.connect``.
    """
    opening = Opening(
        address.url,
        additional_headers={**address.header(tokens), **_readers_language(address)},
        **await _way(address),
        compression=None,
        max_size=LARGEST_MESSAGE,
        open_timeout=timeout,
        close_timeout=_CLOSE,
        logger=masked_logger("glmkit.wire"),
        **{"ping_timeout": _QUIET, **options},
    )
    try:
        return await opening
    except UNOPENED as error:
        found = address.link.trouble if address.link is not None else None
        found = found if isinstance(found, UNOPENED) else error
        failure = explained(found, opening.route, address.peer, timeout)
    raise failure


def _readers_language(address: Address) -> dict[str, str]:
    """In which language a class's server may speak; the service itself is told nothing new."""
    return {} if address.live else {"Accept-Language": language()}


async def _way(address: Address) -> dict[str, Any]:
    """Which way the bytes take: over a line of one's own, or straight, by a proxy if one is set."""
    if address.link is not None:
        host, port = await address.link.near_end(address.url)
        return {"host": host, "port": port, "proxy": None}
    return {"proxy": None if leads_here(address.url) else True}


class Wire:
    """An open connection: messages out, messages in, and what the WebSocket itself knows."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.receive = connection.recv
        self._pinged: Awaitable[float] | None = None

    async def send(self, message: bytes) -> None:
        """Send one JSON message as a text frame. Raises ConnectionClosed."""
        with _as_closed(self._connection):
            await self._connection.send(message, text=True)

    async def ping(self) -> None:
        """Ask for a pong; its round trip shows in ``round_trip`` once it is here."""
        with suppress(ConnectionClosed), _as_closed(self._connection):
            self._pinged = await self._connection.ping()

    @property
    def round_trip(self) -> float | None:
        """The last ping's round trip in seconds, or None before the first pong."""
        return self._connection.latency or None

    @property
    def server_date(self) -> str | None:
        """The Date header of the handshake's answer: the server's clock, if it said."""
        response = self._connection.response
        dates = response.headers.get_all("Date") if response is not None else []
        return dates[0] if dates else None

    @property
    def stated(self) -> StatedPeer:
        """Whom a relay or a class says it passes on to, and whose seat it is."""
        response = self._connection.response
        return stated_in(None if response is None else response.headers)

    def abort(self) -> None:
        """Cut the connection off, at once."""
        self._connection.transport.abort()

    async def close(self) -> None:
        """Close politely; whoever takes nothing any more is cut off after two seconds."""
        try:
            async with asyncio.timeout(_CLOSE):
                with suppress(ConnectionClosed), _as_closed(self._connection):
                    await self._connection.close()  # has a deadline only once its goodbye is out
        except TimeoutError:
            self.abort()

    def cut_off(self) -> None:
        """End the connection where the event loop that could close it runs no more."""
        with suppress(OSError, RuntimeError):  # it has ended, or its loop is closed
            self._socket.shutdown(socket.SHUT_RDWR)
            self._connection.transport.abort()

    def put_aside(self) -> None:
        """In a forked child: let its copy of the socket lead nowhere."""
        put_aside(self._socket.fileno())

    @property
    def _socket(self) -> Any:
        return self._connection.transport.get_extra_info("socket")

    @property
    def ending(self) -> tuple[int, str]:
        """The close code and reason, as far as there are any."""
        code, sent = self._connection.close_code, self._connection.protocol.close_sent
        refused = sent is not None and sent.code == CloseCode.MESSAGE_TOO_BIG  # by us
        number = int(sent.code) if sent is not None and refused else code or 1006
        return number, their_words(self._connection.close_reason) or _without_reason(number)


@contextmanager
def _as_closed(connection: ClientConnection) -> Iterator[None]:
    """The end of a connection as ConnectionClosed, also where asyncio stumbles over it.

    A transport that closes with its last bytes cannot be aborted any more: AttributeError.
    """
    try:
        yield
    except AttributeError:
        if connection.state is not State.CLOSED:
            raise
        raise connection.protocol.close_exc from None


def _without_reason(number: int) -> str:
    """What a close code alone says."""
    known = number if number in _CLOSE_CODES else "other"
    return text(f"session.ended_{known}")
