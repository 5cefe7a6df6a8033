"""A port at which sessions come in: it listens, lets in, and hands each to whoever serves it.

Rules
- What is below a desk's ``root`` is plain HTTP, on the same port, and goes to the desk.
- Nobody who never asks, never reads or never finishes keeps others out (``guarded_connection``).
- The handshake's answer says whom sessions are passed on to (``stated_peer``).
"""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol, Self, cast

from websockets.asyncio.server import Server, ServerConnection
from websockets.asyncio.server import serve as listen
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from glmkit.auth.masking import masked_logger
from glmkit.environment.loopback import own_address
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile
from glmkit.protocol.serving.guarded_connection import (
    Arrivals,
    GuardedConnection,
    PendingHandshakes,
)
from glmkit.protocol.serving.whole_request import WholeRequest
from glmkit.relay.entrance import PATH, Entrance, guest_of
from glmkit.relay.passing import IN_HAND, PATIENCE
from glmkit.texts import text

MOST_MESSAGE: Final = 16 * 2**20  # bytes, as the emulator takes and the kit sends
_PENDING: Final = 256  # connections that have not asked yet
_OPEN_SECONDS: Final = 10.0
_CLOSE_SECONDS: Final = 2.0
_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - asked for, not bound here


@dataclass(frozen=True, slots=True)
class ListenAt:
    """Where to listen; with a certificate, over TLS."""

    host: str = "127.0.0.1"
    port: int = 0
    certfile: Path | None = None
    keyfile: Path | None = None

    @property
    def tls(self) -> ssl.SSLContext | None:
        """What TLS needs, None without a certificate. Raises BadArgument, BadFile."""
        if self.certfile is None:
            if self.keyfile is not None:
                raise BadArgument(text("relay.keyfile_alone"))
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self.certfile, self.keyfile, password=_no_password)
        except (OSError, ValueError) as error:  # an SSLError is an OSError
            why = getattr(error, "reason", None) or why_refused(error)
            raise BadFile(text("relay.certificate", path=self.certfile, why=why)) from None
        return context


def _no_password() -> str:
    """A key with a password would be asked for on a terminal, for ever."""
    raise ValueError(text("relay.key_has_password"))


class Desk(Protocol):
    """Answers plain HTTP on the same port."""

    root: str

    async def answer(self, asked: WholeRequest, *, address: str) -> Response:
        """The answer to a request from ``address`` for what is below ``root``."""


class ListeningPort:
    """``serve(socket, guest)`` runs one session; ``headers(guest)`` go into the handshake."""

    def __init__(
        self,
        entrance: Entrance,
        serve: Callable[[ServerConnection, str], Awaitable[None]],
        *,
        headers: Callable[[str], Mapping[str, str]],
        desk: Desk | None = None,
    ) -> None:
        self._entrance, self._serve, self._headers = entrance, serve, headers
        self._desk = desk
        self._server: Server | None = None
        self._at = ListenAt()
        self._port = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def url(self) -> str:
        """Its address, by which other machines find it where it listens to all of them."""
        scheme = "ws" if self._at.certfile is None else "wss"
        return f"{scheme}://{self._shown_host}:{self._port}{PATH}"

    def page(self, path: str) -> str:
        """The address of a page on the same port."""
        scheme = "http" if self._at.certfile is None else "https"
        return f"{scheme}://{self._shown_host}:{self._port}{path}"

    @property
    def _shown_host(self) -> str:
        host = self._at.host
        if host in _EVERYWHERE:
            host = own_address() or "127.0.0.1"
        return f"[{host}]" if ":" in host else host

    async def start(self, at: ListenAt) -> Self:
        """Listen. Raises BadArgument where the address cannot be had, BadFile as ``tls`` does."""
        self._at, tls = at, at.tls
        root = self._desk.root if self._desk is not None else "/_nothing"
        guarded = partial(
            GuardedConnection,
            PendingHandshakes(most=_PENDING, patience=PATIENCE),
            Arrivals(),
            root,
        )
        try:
            self._server = await listen(
                self._run, at.host, at.port, ssl=tls, **self._options(guarded)
            )
        except (OSError, ValueError, OverflowError) as error:
            why = why_refused(error)
            where = {"host": at.host, "port": at.port}
            raise BadArgument(text("launch.cannot_serve", **where, reason=why)) from error
        self._port = next(iter(self._server.sockets)).getsockname()[1]
        return self

    def _options(self, guarded: Any) -> dict[str, Any]:
        return {
            "process_request": self._admit,
            "process_response": self._introduce,
            "compression": None,
            "max_size": MOST_MESSAGE,
            "max_queue": IN_HAND,
            "open_timeout": _OPEN_SECONDS,
            "close_timeout": _CLOSE_SECONDS,
            "logger": masked_logger("glmkit.relay.wire"),
            "server_header": None,
            "create_connection": cast("type[ServerConnection]", guarded),
        }

    async def close(self) -> None:
        """End every session (close 1001) and listen no more; closing twice is fine."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        address = address_of(connection)
        asked = cast("GuardedConnection", connection).whole.request
        if asked is not None and self._desk is not None:
            return await self._desk.answer(asked, address=address)
        return await self._entrance.refuse(request, address=address)

    async def _introduce(
        self, connection: ServerConnection, request: Request, response: Response
    ) -> None:
        if response.status_code == 101:
            for name, value in self._headers(guest_of(request)).items():
                response.headers[name] = value

    async def _run(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        with suppress(ConnectionClosed):  # the ordinary end
            await self._serve(socket, guest_of(socket.request))


def address_of(connection: ServerConnection) -> str:
    """The address a connection comes from."""
    return str((connection.remote_address or ("",))[0])
