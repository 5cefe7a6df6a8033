"""Plain HTTP on the class's own port, for the teacher alone: what a page shows.

::

    GET /_class/ and /_class/status     the class as JSON, see ``Classroom.snapshot``

Rules
- A password is needed (HTTP's Basic; any name); who is wrong too often waits, as pupils do.
- A browser sends the password by itself, so a page of another origin is refused.
"""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from websockets.datastructures import Headers, MultipleValuesError
from websockets.http11 import Request, Response

from glmkit.auth.masking import Secret
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, json_answer, refusal
from glmkit.protocol.serving.readers_language import languages_of, said_in

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.protocol.serving.whole_request import WholeRequest
    from glmkit.relay.entrance import Entrance

ROOT: Final = "/_class"


class TeacherDesk:
    """Answers for one class to whoever knows ``password``."""

    root = ROOT

    def __init__(self, classroom: Classroom, password: Secret, entrance: Entrance) -> None:
        self._classroom, self._password, self._entrance = classroom, password, entrance

    async def answer(self, asked: WholeRequest, *, address: str) -> Response:
        """The answer to a request for what is below ``ROOT``."""
        request = Request(asked.target, asked.headers)
        try:
            if refused := await self._refuse(request, asked, address):
                return refused
        except MultipleValuesError:
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, _say(request, "serve_repeated_header"))
        return self._answer(asked, request)

    async def _refuse(self, request: Request, asked: WholeRequest, address: str) -> Response | None:
        if asked.status is not HTTPStatus.OK:
            return refusal(asked.status, FAILED, said_in(languages_of(request), "classroom.http"))
        if not _same_origin(request.headers):
            words = said_in(languages_of(request), "classroom.origin")
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, words)
        if _password_in(request.headers) == self._password:
            return None
        words = said_in(languages_of(request), "classroom.password")
        answer = refusal(HTTPStatus.UNAUTHORIZED, "1001", words)
        answer.headers["WWW-Authenticate"] = 'Basic realm="glmkit class", charset="UTF-8"'
        asked_first = "Authorization" not in request.headers  # as browsers do before they ask
        if asked_first:
            return answer
        return await self._entrance.slowed(address, answer, request)

    def _answer(self, asked: WholeRequest, request: Request) -> Response:
        name = urlsplit(asked.target).path.removeprefix(ROOT).strip("/")
        if name not in ("", "status"):
            words = _say(request, "serve_path", path=f"{ROOT}/status")
            return refusal(HTTPStatus.NOT_FOUND, "404", words)
        if asked.method != "GET":
            words = said_in(languages_of(request), "classroom.method", found=asked.method[:20])
            return refusal(HTTPStatus.METHOD_NOT_ALLOWED, "405", words)
        answer = json_answer(self._classroom.snapshot())
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _say(request: Request, name: str, **values: object) -> str:
    return said_in(languages_of(request), f"protocol.{name}", **values)


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == headers.get("Host")


def _password_in(headers: Headers) -> Secret:
    scheme, _, coded = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return Secret("")
    try:
        pair = base64.b64decode(coded.strip(), validate=True).decode("utf-8")
    except ValueError:
        return Secret("")
    return Secret(pair.partition(":")[2])
