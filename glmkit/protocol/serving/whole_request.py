"""Requests that are for no WebSocket: told from those by their path, and read with their bodies.

websockets takes a request with a body for a mistake, so these are read here, by h11. Which kind a
connection brings is decided by its first bytes, once; a WebSocket's are handed on as they came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import h11
from websockets.datastructures import Headers

LARGEST: Final = 65_536  # bytes of a body: all faults of an emulator are a hundredth of it
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_LONGEST_METHOD: Final = 7
_LARGEST_HEAD: Final = 16_384


@dataclass(frozen=True, slots=True)
class WholeRequest:
    """A whole request; or, where ``status`` is not 200, one that cannot be read to its end."""

    method: str
    target: str = field(repr=False)  # a key may be in either
    headers: Headers = field(repr=False)
    body: bytes = b""
    status: HTTPStatus = HTTPStatus.OK


class WholeRequestReader:
    """What one connection begins with, and all of it where it asks for a path below ``root``."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.ours: bool | None = None
        """Whether it asks for such a path; None until that is known."""
        self.request: WholeRequest | None = None
        self._begun, self._body = b"", bytearray()
        self._http: h11.Connection | None = None
        self._head: h11.Request | None = None

    @property
    def waited_for(self) -> bool:
        """Whether the client waits for a word before it sends the body."""
        if self._http is None or self.request is not None:
            return False
        return self._http.they_are_waiting_for_100_continue

    def take(self, data: bytes) -> bytes:
        """Reads what is for us; gives back what is not."""
        if self.ours is None:
            self._begun = data = self._begun + data
            self.ours = _is_below(self._root, data)
        if self.ours is False:
            return data
        if self.ours and self.request is None:
            self._read(data)
        return b""

    def _read(self, data: bytes) -> None:
        if self._http is None:
            self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LARGEST_HEAD)
        try:
            self._http.receive_data(data)
            while self.request is None and (event := self._http.next_event()) is not h11.NEED_DATA:
                self._add(event)
        except h11.RemoteProtocolError as error:
            self._end(HTTPStatus(error.error_status_hint))

    def _add(self, event: object) -> None:
        if isinstance(event, h11.Request):
            self._head = event
        elif isinstance(event, h11.Data):
            self._body += event.data
            if len(self._body) > LARGEST:
                self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._end(HTTPStatus.OK)

    def _end(self, status: HTTPStatus) -> None:
        method, target, headers = "", self._root, Headers()
        if head := self._head:
            method, target = head.method.decode("ascii"), head.target.decode("latin-1")
            for name, value in head.headers:
                headers[name.decode("ascii")] = value.decode("latin-1")
        self.request = WholeRequest(method, target, headers, bytes(self._body), status)
        self._body.clear()


def _is_below(path: str, begun: bytes) -> bool | None:
    """Whether a request that begins so asks for what is below ``path``; None: more is needed."""
    root = path.encode("ascii")
    method, space, target = begun.partition(b" ")
    if not space:
        return None if len(method) <= _LONGEST_METHOD else False
    if len(target) < len(root) and root.startswith(target):
        return None
    return target.startswith(root)
