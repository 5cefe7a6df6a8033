"""A WebSocket while it is opened: where redirects led, and what answered, as far as it came.

Rules
- websockets follows redirects to other ws and wss addresses, no less secure ones. Another host or
  port is sent neither key nor token, from there on.
- An HTTP answer is one as soon as its status is here, however large, cut off or ill-made the rest.
"""

from __future__ import annotations

import io
from contextlib import suppress
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Final, NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.datastructures import Headers
from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.http11 import Response

from glmkit.auth.masking import MaskedAddress
from glmkit.protocol.patient_keepalive import PatientKeepalive
from glmkit.texts import text

_KEPT: Final = 65_536  # bytes of an answer that are looked at where the whole is refused


class Route(NamedTuple):
    """The address that was asked for, the one that redirects led to, and what that was sent."""

    asked: str
    reached: str
    keyless: bool = False

    @property
    def shown(self) -> str:
        """The address that was reached, as people may see it."""
        return MaskedAddress(self.reached).shown

    @property
    def told(self) -> str:
        """What is to be said of redirects before anything else; nothing without any."""
        if self.asked == self.reached:
            return ""
        without = text("session.redirected_keyless") if self.keyless else ""
        shown = MaskedAddress(self.asked).shown
        return text("session.redirected", url=shown, to=self.shown, without=without)


class Opening(connect):
    """``websockets.connect``, with every answer that has a status as InvalidStatus."""

    def __init__(self, url: str, **options: Any) -> None:
        super().__init__(url, create_connection=_Answered, **options)
        self._asked = url

    @property
    def route(self) -> Route:
        """Where it was led so far."""
        sent = Headers(self.additional_headers or {})
        return Route(self._asked, self.uri, "Authorization" not in sent)


class _Answered(PatientKeepalive, ClientConnection):
    """Keeps the beginning of the answer until the WebSocket is open."""

    _beginning: bytes | None = b""

    def data_received(self, data: bytes) -> None:
        if self._beginning is not None:
            self._beginning = (self._beginning + data)[:_KEPT]
        super().data_received(data)

    async def handshake(self, *headers: Any, **options: Any) -> None:
        try:
            await super().handshake(*headers, **options)
        except InvalidMessage as error:
            answer = answer_in(self._beginning or b"")
            if answer is None:
                raise
            raise InvalidStatus(answer) from error
        finally:
            self._beginning = None


def answer_in(beginning: bytes) -> Response | None:
    """The HTTP answer that begins so, as far as it can be read; None without a status."""
    answer = HTTPResponse(_Read(beginning))  # type: ignore[arg-type]
    body = b""
    try:
        answer.begin()
        body = answer.read(_KEPT)
    except IncompleteRead as error:
        body = error.partial
    except (HTTPException, ValueError, OSError):
        pass
    status: Any = answer.status  # a placeholder that is no number before it is read
    if not isinstance(status, int) or not 200 <= status < 600:
        return None
    headers = Headers()
    with suppress(AttributeError):  # they could not be read
        headers.update(answer.headers.items())
    return Response(status, answer.reason or "", headers, body)


class _Read:
    """What HTTPResponse asks of a socket, of bytes that are here."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, mode: str) -> io.BytesIO:
        """A file of the bytes."""
        return io.BytesIO(self._data)
