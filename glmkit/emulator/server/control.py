"""The control channel over HTTP: what was logged, what goes wrong on purpose, and anew.

For tests in whatever language; Python has ``Emulator``. On the emulator's own port:

- ``GET /_emulator/log`` (``?since=`` an epoch time in seconds, as ``now`` in the answer is one)
- ``GET``, ``POST``, ``DELETE /_emulator/faults``; the body is what ``--fault`` takes, one a line,
  or the JSON object that GET gives; ``DELETE …?name=cut`` ends one
- ``POST /_emulator/reset``: the faults it began with, an empty log

Rules
- A key is needed, as for a WebSocket, and the request must come from this very machine: pupils of
  a class set no faults for each other. No fault strikes here, or it could not be ended.
- Answers are JSON; what went wrong is ``{"error": {"code", "message"}}``.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import parse_qs, unquote_plus, urlsplit

from websockets.http11 import Request, Response

from glmkit.auth.masking import their_words
from glmkit.emulator.faults import Faults
from glmkit.errors import BadArgument
from glmkit.protocol.serving.http_answers import FAILED, json_answer, refusal
from glmkit.protocol.serving.whole_request import LARGEST
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.server.admission import Admission
    from glmkit.protocol.serving.whole_request import WholeRequest

ROOT: Final = "/_emulator"
Query = Mapping[str, str]


class Controlled(Protocol):
    """What is controlled: a running server."""

    faults: Faults

    def log(self, *, since: float) -> list[dict[str, Any]]: ...
    def ignored(self) -> list[dict[str, str]]: ...
    def problems(self) -> list[str]: ...
    def reset(self) -> None: ...


class Control:
    """Answers requests for what is below ``/_emulator``."""

    def __init__(self, running: Controlled, admission: Admission) -> None:
        self._running, self._admission = running, admission

    def answer(self, asked: WholeRequest, *, peer: str) -> Response:
        """The answer to a request from the address ``peer``."""
        if asked.status is not HTTPStatus.OK:
            return _unreadable(asked.status)
        request = Request(asked.target, asked.headers)
        return self._admission.refuse_control(request, peer=peer) or self._obey(asked)

    def _obey(self, asked: WholeRequest) -> Response:
        parts = urlsplit(asked.target)
        name = parts.path.removeprefix(ROOT).strip("/")
        methods = _OBEY.get(name)
        if methods is None:
            known = ", ".join(f"{ROOT}/{each}" for each in _OBEY)
            return refusal(HTTPStatus.NOT_FOUND, "404", text("protocol.serve_path", path=known))
        if asked.method not in methods:
            return _not_allowed(asked.method, methods)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            return json_answer(methods[asked.method](self, query, asked.body))
        except BadArgument as error:
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, str(error))

    def _log(self, query: Query, body: bytes) -> object:
        running, now = self._running, time.time()
        return {
            "now": now,
            "sessions": running.log(since=_seconds(query.get("since", "0"))),
            "ignored": running.ignored(),
            "problems": running.problems(),
        }

    def _faults(self, query: Query, body: bytes) -> object:
        return self._running.faults.active()

    def _set_faults(self, query: Query, body: bytes) -> object:
        self._running.faults.add(_faults_in(body))
        return self._running.faults.active()

    def _clear_faults(self, query: Query, body: bytes) -> object:
        self._running.faults.clear(query.get("name"))
        return self._running.faults.active()

    def _reset(self, query: Query, body: bytes) -> object:
        self._running.reset()
        return self._running.faults.active()


Obey = Callable[[Control, Query, bytes], object]
_OBEY: Final[Mapping[str, Mapping[str, Obey]]] = {
    "log": {"GET": Control._log},
    "faults": {
        "GET": Control._faults,
        "POST": Control._set_faults,
        "DELETE": Control._clear_faults,
    },
    "reset": {"POST": Control._reset},
}


def _faults_in(body: bytes) -> Faults:
    """The faults of a body: an object as GET gives it, or words as ``--fault`` takes them."""
    try:
        words = body.decode("utf-8")
        if words.lstrip().startswith("{"):
            return Faults.from_json(json.loads(words))
    except (ValueError, RecursionError):
        found = their_words(body.decode("utf-8", "replace"), 60)
        raise BadArgument(text("emulator.control_body", found=found)) from None
    given = [unquote_plus(each).strip() for each in re.split(r"[\r\n&]", words)]  # as forms have it
    if not any(given):
        raise BadArgument(text("emulator.control_body", found=""))
    return Faults.parse(each for each in given if each)


def _seconds(given: str) -> float:
    try:
        return float(given)
    except ValueError:
        raise BadArgument(text("emulator.control_since", found=their_words(given, 60))) from None


def _unreadable(status: HTTPStatus) -> Response:
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return refusal(status, FAILED, text("emulator.control_too_long", most=LARGEST))
    return refusal(status, FAILED, text("emulator.control_unreadable"))


def _not_allowed(method: str, methods: Mapping[str, Any]) -> Response:
    allowed = ", ".join(methods)
    words = text("emulator.control_method", found=their_words(method, 20), expected=allowed)
    refused = refusal(HTTPStatus.METHOD_NOT_ALLOWED, "405", words)
    refused.headers["Allow"] = allowed
    return refused
