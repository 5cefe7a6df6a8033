"""``Page``: a loopback page with the same widget, in the person's own browser.

For front ends that give no microphone, and for talking without Jupyter.

Rules
- It listens on 127.0.0.1 only, on a port of its own. Whoever asks must name this machine as
  host (so that no foreign name can be made to lead here), and know the token. A request that can
  be read in two ways is a bad one, and no log shows the token.
- A WebSocket is taken from the page's own origin only. One page at a time: the newest.
- It closes after use: when the widget does, ten seconds after its page went (a reload comes
  back sooner), or when nobody opened it for a quarter of an hour.
"""

from __future__ import annotations

import asyncio
import html
import json
import secrets
import socket
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers, MultipleValuesError
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from glmkit.auth.masking import Secret, masked_logger, remember
from glmkit.environment.forks import Birthplace, put_aside
from glmkit.widgets import assets
from glmkit.widgets.switchboard import LARGEST, pack, unpack

UNOPENED, RELOAD = 900.0, 10.0  # seconds
_HOSTS = ("127.0.0.1", "localhost")
_POLICY = (
    "default-src 'none'; script-src 'self' blob: data:; worker-src blob: data:; "
    "style-src 'unsafe-inline'; connect-src 'self' ws:; "
    "media-src blob: data:; img-src blob: data:; "  # data: what is in a card
    "frame-ancestors 'none'; base-uri 'none'"
)
_PAGE = """<!doctype html>
<html lang="{tag}" data-glm-look="{look}"><head><meta charset="utf-8"><title>glmkit</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body {{ margin: 2rem auto; max-width: 760px; padding: 0 1rem; }}
@media (min-width: 1500px) {{ body {{ max-width: 1140px; }} main {{ zoom: 1.5; }} }}
@media (prefers-color-scheme: dark) {{ body {{ background: #0b1120; }} }}
[data-glm-look~="dark"] body {{ background: #0b1120; }}
[data-glm-look~="light"] body {{ background: #fff; }}
[data-glm-look~="projector"] :is(body, main) {{ max-width: none; margin: 0 auto; zoom: 1; }}
{style}</style></head>
<body><main></main><script type="application/json" id="options">{options}</script>
<script type="module" src="page.js?token={token}"></script></body></html>
"""

Heard = Callable[["Page", object, list[bytes]], None]


class Page:
    """A page of its own for one widget; ``await open()`` gives its address."""

    def __init__(
        self, options: dict[str, Any], heard: Heard, gone: Callable[[], None] = lambda: None
    ) -> None:
        self._options, self._heard, self._gone = options, heard, gone
        self._token = Secret(secrets.token_urlsafe(24))
        remember(self._token)
        self._server: Server | None = None
        self._socket: ServerConnection | None = None
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self._timer: asyncio.TimerHandle | None = None
        self._process = Birthplace("widgets.forked", self._put_aside)
        self.port = 0

    async def open(self) -> str:
        """Listen; the address to open. On the loop that is to serve it."""
        if self._server is None:
            self._loop = asyncio.get_running_loop()
            listening = socket.create_server(("127.0.0.1", 0))
            self.port = listening.getsockname()[1]
            self._server = await serve(
                self._serve,
                sock=listening,
                process_request=self._request,
                max_size=LARGEST,
                compression=None,
                logger=masked_logger("glmkit.widgets.wire"),
            )
            self._close_in(UNOPENED)
        return self.url

    @property
    def url(self) -> str:
        """The address, token included: it is the key to this microphone's page."""
        return f"http://127.0.0.1:{self.port}/?token={self._token.reveal()}"

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Send a message to the page, if one is open; from any thread."""
        if self._server is not None:
            frame = pack({"type": type, **fields}, buffer)
            self._loop.call_soon_threadsafe(self._outgoing.put_nowait, frame)

    async def close(self) -> None:
        """Stop listening; twice is once."""
        server, self._server = self._server, None
        if self._timer is not None:
            self._timer.cancel()
        if server is not None:
            server.close()
            await server.wait_closed()
            self._gone()

    def _put_aside(self) -> None:
        """In a forked child: its copies of the sockets would keep the port and the page open."""
        if self._server is not None:
            sockets = [each.transport.get_extra_info("socket") for each in self._server.connections]
            for each in (*self._server.sockets, *sockets):
                put_aside(each.fileno())

    def _close_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._close_soon)

    def _close_soon(self) -> None:
        self._closing = asyncio.ensure_future(self.close())

    # -- HTTP ------------------------------------------------------------------------------

    def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        try:
            return self._answered(request)
        except (ValueError, MultipleValuesError):  # half an IPv6 address, two Hosts, and so on
            return _refused(HTTPStatus.BAD_REQUEST)

    def _answered(self, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        host = request.headers.get("Host", "")
        if host.rpartition(":")[0] not in _HOSTS:
            return _refused(HTTPStatus.MISDIRECTED_REQUEST)
        token = parse_qs(parts.query).get("token", [""])[0]
        if Secret(token) != self._token:
            return _refused(HTTPStatus.FORBIDDEN)
        if parts.path == "/ws":
            same = request.headers.get("Origin") == f"http://{host}"
            return None if same else _refused(HTTPStatus.FORBIDDEN)
        return self._file(parts.path)

    def _file(self, path: str) -> Response:
        if path == "/":
            return _answer("text/html", self._html())
        if path == "/page.js":
            return _answer("text/javascript", assets.module("page.js"))
        return _refused(HTTPStatus.NOT_FOUND)

    def _html(self) -> str:
        options = json.dumps(self._options, ensure_ascii=False).replace("<", "\\u003c")
        return _PAGE.format(
            tag=assets.tag(),
            look=html.escape(self._options.get("look", "")),
            style=assets.style(),
            options=options,
            token=html.escape(self._token.reveal()),
        )

    # -- the WebSocket ---------------------------------------------------------------------

    async def _serve(self, connection: ServerConnection) -> None:
        before, self._socket = self._socket, connection
        if before is not None:
            await before.close()
        if self._timer is not None:
            self._timer.cancel()
        self._outgoing = asyncio.Queue()
        sending = asyncio.create_task(self._send(connection, self._outgoing))
        try:
            async for frame in connection:
                self._receive(frame)
        except ConnectionClosed:
            pass  # the page went away
        finally:
            sending.cancel()
            if self._socket is connection:
                self._socket = None
                self._heard(self, {"type": "gone"}, [])
                self._close_in(RELOAD)

    def _receive(self, frame: bytes | str) -> None:
        try:
            message, buffer = unpack(frame)
        except ValueError:
            return  # not from our page
        self._heard(self, message, [buffer] if buffer else [])

    @staticmethod
    async def _send(connection: ServerConnection, frames: asyncio.Queue[bytes]) -> None:
        try:
            while True:
                await connection.send(await frames.get())
        except ConnectionClosed:
            pass  # _serve notices

    def __repr__(self) -> str:
        return f"<Page on port {self.port}>"


def _answer(kind: str, body: str) -> Response:
    data = body.encode()
    headers = Headers(
        {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(data)),
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Connection": "close",
        }
    )
    return Response(200, "OK", headers, data)


def _refused(status: HTTPStatus) -> Response:
    data = f"{status.phrase}\n".encode()
    headers = Headers({"Content-Type": "text/plain", "Content-Length": str(len(data))})
    headers["Connection"] = "close"
    return Response(status.value, status.phrase, headers, data)
