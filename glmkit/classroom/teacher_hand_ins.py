"""What a teacher's page asks about hand-ins; each for a visit that gave the password.

::

    GET /_class/handed?after=           the table once it is otherwise, see ``HandInTable``
    GET /_class/opened?seat=&name=      one of them: exercises, findings, turns
    GET /_class/projected?…&turn=2      a turn for the player, where the class may see it
    GET /_class/hand-ins.csv

Rules
- ``opened`` and ``projected`` answer ``{"reading": true}`` while it takes longer: ask again. Its
  ``words`` are for who has asked long enough.
- What was withdrawn is 410, whatever was read of it before.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from websockets.http11 import Response

from glmkit.classroom.hand_in_csv import hand_ins_csv
from glmkit.classroom.hand_in_readings import HandInReadings
from glmkit.classroom.hand_in_table import HandInTable
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, answer, json_answer, refusal

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.desk_request import DeskRequest
    from glmkit.classroom.hand_ins import HandIns, KeptHandIn
    from glmkit.classroom.teacher_visits import Visit

_GONE: Final = "410"
_TURN: Final = re.compile(r"[1-9][0-9]{0,3}")
Answering = Callable[["DeskRequest", "Visit"], Awaitable[Response]]


class TeacherHandIns:
    """Answers about the hand-ins of one class."""

    def __init__(self, classroom: Classroom, hand_ins: HandIns) -> None:
        self._classroom, self._hand_ins = classroom, hand_ins
        self._table = HandInTable(classroom, hand_ins)
        self._readings = HandInReadings(hand_ins)
        self.answers: dict[tuple[str, str], Answering] = {
            ("GET", "handed"): self._handed,
            ("GET", "opened"): self._opened,
            ("GET", "projected"): self._projected,
            ("GET", "hand-ins.csv"): self._csv,
        }

    async def close(self) -> None:
        """End what is being opened."""
        await self._readings.close()

    async def _handed(self, here: DeskRequest, visit: Visit) -> Response:
        return json_answer(await self._table.other_than(here.query("after"), here.lang))

    async def _opened(self, here: DeskRequest, visit: Visit) -> Response:
        kept = self._asked(here)
        if kept is None:
            return _gone(here)
        found = await self._readings.of(kept, here.lang)
        await self._table.learn()
        about = self._table.summary(kept)
        may = {"voice": about.voice, "show": self._table.may_show(kept)}
        about_it = {"number": kept.number, "at": kept.at, "bytes": kept.bytes, **may}
        return self._answer(here, kept, found and {**about_it, **found})

    async def _projected(self, here: DeskRequest, visit: Visit) -> Response:
        kept, turn = self._asked(here), here.query("turn")
        if kept is None:
            return _gone(here)
        if not _TURN.fullmatch(turn):
            words = here.say("hand_in_page.turn", found=turn[:20])
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, words)
        await self._table.learn()
        if not self._table.may_show(kept):
            return _not_for_the_class(here)
        found = await self._readings.of(kept, here.lang, turn=int(turn))
        await self._table.learn()  # meanwhile the pupil may have said no
        if found and self._asked(here) is kept and not self._table.may_show(kept):
            return _not_for_the_class(here)
        return self._answer(here, kept, found)

    async def _csv(self, here: DeskRequest, visit: Visit) -> Response:
        await self._table.learn()
        written = hand_ins_csv(self._classroom, self._table, here.lang)
        found = answer(HTTPStatus.OK.value, HTTPStatus.OK.phrase, written, "text/csv")
        name = f"hand-ins-{datetime.now().astimezone():%Y-%m-%d-%H%M}.csv"
        found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return found

    def _asked(self, here: DeskRequest) -> KeptHandIn | None:
        seat = here.query("seat")
        if seat not in self._classroom.seats:
            return None
        return self._hand_ins.named(seat, here.query("name"))

    def _answer(
        self, here: DeskRequest, kept: KeptHandIn, found: dict[str, Any] | None
    ) -> Response:
        if self._asked(here) is not kept:
            return _gone(here)
        if found is None:
            return json_answer({"reading": True, "words": here.say("hand_in_page.busy")})
        if "failed" in found:
            return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, FAILED, found["failed"])
        return json_answer(found)


def _gone(here: DeskRequest) -> Response:
    return refusal(HTTPStatus.GONE, _GONE, here.say("hand_in_page.gone"))


def _not_for_the_class(here: DeskRequest) -> Response:
    return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, here.say("hand_in_page.not_for_class"))
