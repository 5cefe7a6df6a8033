"""Who is let in: decided on the HTTP request, before there is a WebSocket.

Rules
- How a key or a token comes, and what is wrong with one, ``given_credential`` knows.
- Refusals are HTTP 401 with ``{"error": {"code", "message"}}``: 1001 nothing came, 1002 it does
  not verify, 1003 it expired (documented). 403 for a page or a host name that is not allowed,
  404 for another path, 503 when the server is full.
- A browser sends ``Origin``: absent or listed, or any web page could use the emulator. ``Host``
  must name this machine, or a page could reach it through a name of its own (DNS rebinding).
- Of one key no more than ``sessions_per_key`` are let in: 429 with 1302. That the service limits
  what is in flight is documented (1302); whether it says so here or in a session, nobody knows.
- ``?model=`` is no reason to refuse here: the service upgrades first and then says 1234.
"""

from __future__ import annotations

import hashlib
import ipaddress
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers, MultipleValuesError
from websockets.http11 import Request, Response

from glmkit.auth.credentials import Key
from glmkit.auth.tokens import RefusedToken
from glmkit.emulator.options import PATH
from glmkit.environment.loopback import is_loopback
from glmkit.protocol.serving.given_credential import given_in, key_id_of, let_in, path_of
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, answer, refusal
from glmkit.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glmkit.emulator.faults import Faults
    from glmkit.emulator.options import Options


class Admission:
    """Decides about requests; knows the keys, and of no session."""

    def __init__(self, options: Options, faults: Faults) -> None:
        keys = [Key.parse(each) for each in options.all_keys]
        self._keys = {key.id: key for key in keys}
        self._options, self._faults = options, faults
        self._hosts = _names(options)

    def let_in(self, key: Key) -> None:
        """One key more is let in."""
        self._keys[key.id] = key

    def shut_out(self, key_id: str) -> None:
        """A key is let in no more; sessions that it opened go on."""
        self._keys.pop(key_id, None)

    def refuse(self, request: Request, *, open: Mapping[str, int]) -> Response | None:
        """The HTTP answer that turns ``request`` away, or None if it may become a WebSocket.

        ``open``: how many sessions each account has.
        """
        if path_of(request) != PATH:
            return refusal(HTTPStatus.NOT_FOUND, "404", text("protocol.serve_path", path=PATH))
        try:
            return self._refuse_page(request.headers) or self._refuse_peer(request, open)
        except MultipleValuesError:
            return _repeated()

    def refuse_control(self, request: Request, *, peer: str) -> Response | None:
        """The same for the control channel, from the address ``peer``: no fault strikes here."""
        if not is_loopback(peer):
            words = text("emulator.control_remote", peer=peer)
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, words)
        try:
            return self._refuse_page(request.headers) or self._refuse_key(request)
        except MultipleValuesError:
            return _repeated()

    def _refuse_page(self, headers: Headers) -> Response | None:
        origin, host = headers.get("Origin"), headers.get("Host", "")
        if origin is not None and origin not in self._options.allow_origins:
            words = text("emulator.origin", origin=origin[:80])
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, words)
        if not self._names_us(_host_name(host)):
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, text("emulator.host", host=host[:80]))
        return None

    def _refuse_peer(self, request: Request, open: Mapping[str, int]) -> Response | None:
        if fault := self._faults.strike("unauthorized"):
            code = str(fault.value)
            words = text("emulator.on_purpose", name="unauthorized")
            return refusal(HTTPStatus.UNAUTHORIZED, code, words)
        if fault := self._faults.strike("busy"):
            words = text("emulator.on_purpose", name="busy")
            return refusal(HTTPStatus.TOO_MANY_REQUESTS, str(fault.value), words)
        if fault := self._faults.strike("gateway"):
            return _gateway_page(int(fault.value or 502))
        return self._refuse_key(request) or self._refuse_one_more(request, open)

    def _refuse_key(self, request: Request) -> Response | None:
        options = self._options
        switches = {"lenient_ms": options.lenient_ms, "any_key": options.any_key}
        try:
            let_in(given_in(request), self._keys.get, **switches)
        except RefusedToken as refused:
            return refusal(HTTPStatus.UNAUTHORIZED, refused.code, str(refused))
        return None

    def _refuse_one_more(self, request: Request, open: Mapping[str, int]) -> Response | None:
        every, each = self._options.connections, self._options.sessions_per_key
        if sum(open.values()) >= every:
            status, words = HTTPStatus.SERVICE_UNAVAILABLE, text("emulator.full", limit=every)
        elif each and open.get(account_of(request), 0) >= each:
            status, words = HTTPStatus.TOO_MANY_REQUESTS, text("emulator.key_full", limit=each)
        else:
            return None
        refused = refusal(status, "1302", words)
        refused.headers["Retry-After"] = "5"
        return refused

    def _names_us(self, name: str) -> bool:
        if is_loopback(name) or name in self._hosts:
            return True
        # a number cannot be rebound: it is safe wherever others may reach us at all
        return self._options.reachable and _is_address(name)


def account_of(request: Request) -> str:
    """What is the same for all whom one key let in, and is no key: a digest of the key's id."""
    try:
        return account(key_id_of(given_in(request)))
    except (ValueError, MultipleValuesError):  # it was no key and no token
        return ""


def account(key_id: str) -> str:
    """The same of a key's id, the part before its dot; "" where there is none."""
    return hashlib.sha256(key_id.encode("utf-8")).hexdigest()[:16] if key_id else ""


def wanted_model(request: Request) -> str | None:
    """The ``?model=`` of the address, if there is one."""
    values = parse_qs(urlsplit(request.path).query, keep_blank_values=True).get("model")
    return values[0] if values else None


def _repeated() -> Response:
    return refusal(HTTPStatus.BAD_REQUEST, FAILED, text("protocol.serve_repeated_header"))


def _gateway_page(number: int) -> Response:
    """What a gateway says that stands before the service, on purpose."""
    phrase = HTTPStatus(number).phrase if number in set(HTTPStatus) else "Gateway"
    page = f"<html><body><h1>{number} {phrase}</h1></body></html>"
    return answer(number, phrase, page, "text/html")


def _names(options: Options) -> frozenset[str]:
    names = {options.host, *options.allow_hosts}
    if options.reachable:
        names |= {socket.gethostname(), f"{socket.gethostname()}.local"}
    return frozenset(name.lower().rstrip(".").strip("[]") for name in names)


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
