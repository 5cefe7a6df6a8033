"""Plain HTTP on the class's own port, for pupils: hand in, go on after a break, withdraw.

::

    GET    /_class/hand-in/03?sha256=…&bytes=…            {"offset": 0, "done": null}
    PUT    /_class/hand-in/03?sha256=…&bytes=…&offset=0   a piece, at most ``LARGEST`` bytes
    DELETE /_class/hand-in/03                             {"withdrawn": 2}

Rules
- ``Authorization`` is what opens a session, too: the seat's key or a token of it.
- A piece at another offset than the state's is not taken, and the state is the answer.
- A seat that the teacher stopped hands in nothing; when a class is stopped or over, it may.
- What is asked otherwise is the teacher's: ``rest`` answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from websockets.http11 import Request, Response

from glmkit.auth.masking import their_words
from glmkit.classroom.hand_ins import HandInRefused as Refusal
from glmkit.classroom.hand_ins import HandIns, Upload
from glmkit.classroom.limits import STOPPED
from glmkit.errors import BadFile
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, json_answer, refusal
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.relay.entrance import guest_of
from glmkit.session.hand_in_bundle import LESSON
from glmkit.session.hand_in_upload import PATH

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.protocol.serving.whole_request import WholeRequest
    from glmkit.relay.entrance import Entrance
    from glmkit.relay.listener import Desk

FULL: Final = "class_hand_in"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ASKED: Final = ("GET", "PUT", "DELETE")
_MOST_DIGITS: Final = 12


class HandInDesk:
    """Takes the hand-ins of one class; ``rest`` answers all else below the same root."""

    def __init__(
        self, classroom: Classroom, hand_ins: HandIns, entrance: Entrance, rest: Desk
    ) -> None:
        self._classroom, self._hand_ins, self._entrance = classroom, hand_ins, entrance
        self._rest, self.root = rest, rest.root

    async def answer(self, asked: WholeRequest, *, address: str) -> Response:
        """The answer to a request for what is below ``root``."""
        lesson = self._lesson(asked.target)
        if lesson is None:
            return await self._rest.answer(asked, address=address)
        request = Request(asked.target, asked.headers)
        if asked.status is not HTTPStatus.OK:
            return refusal(asked.status, FAILED, said_in(languages_of(request), "classroom.http"))
        if refused := await self._entrance.turn_away(request, address=address):
            return refused
        try:
            found = await self._found(asked, request, lesson)
        except Refusal as why:
            words = said_in(languages_of(request), why.sentence, **why.values)
            found = refusal(why.status, _CODES.get(why.status, FAILED), words)
        except BadFile as error:
            found = refusal(HTTPStatus.SERVICE_UNAVAILABLE, FULL, str(error))
        found.headers["Cache-Control"] = "no-store"
        return found

    @staticmethod
    def _lesson(target: str) -> str | None:
        """The lesson that is asked for, as it was written; None for what is not for this desk."""
        try:
            path = urlsplit(target).path
        except ValueError:
            return None
        return unquote(path.removeprefix(PATH)) if path.startswith(PATH) else None

    async def _found(self, asked: WholeRequest, request: Request, lesson: str) -> Response:
        seat = self._classroom.seats[guest_of(request)]
        if seat.stopped:
            words = said_in(languages_of(request), "classroom.stopped_seat")
            return refusal(HTTPStatus.FORBIDDEN, STOPPED, words)
        if asked.method not in _ASKED:
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "method", found=asked.method[:20])
        if not LESSON.fullmatch(lesson):
            raise Refusal(HTTPStatus.BAD_REQUEST, "lesson", found=their_words(lesson, 40))
        if asked.method == "DELETE":
            return json_answer({"withdrawn": await self._hand_ins.withdraw(seat.id, lesson)})
        query = dict(parse_qsl(urlsplit(asked.target).query))
        upload = Upload(lesson, _sha256(query), _number(query, "bytes"))
        if asked.method == "GET":
            return json_answer(await self._hand_ins.look(seat.id, upload))
        offset = _number(query, "offset")
        return json_answer(await self._hand_ins.take(seat.id, upload, offset, asked.body))


_CODES: Final[dict[HTTPStatus, str]] = {
    HTTPStatus.FORBIDDEN: FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: FULL,
    HTTPStatus.INSUFFICIENT_STORAGE: FULL,
}


def _sha256(query: Mapping[str, Any]) -> str:
    found = query.get("sha256", "")
    if not _SHA256.fullmatch(found):
        raise Refusal(HTTPStatus.BAD_REQUEST, "query", name="sha256", found=their_words(found, 40))
    return str(found)


def _number(query: Mapping[str, Any], name: str) -> int:
    found = query.get(name, "")
    if not (found.isascii() and found.isdigit() and len(found) <= _MOST_DIGITS):
        raise Refusal(HTTPStatus.BAD_REQUEST, "query", name=name, found=their_words(found, 40))
    return int(found)
