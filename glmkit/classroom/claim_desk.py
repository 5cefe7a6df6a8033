"""What pupils ask by plain HTTP: to take their seats, which gives them the line to paste.

::

    GET  /_class/seat     the page for it
    GET  /_class/claim    {"open": true}: whether seats are given out
    POST /_class/claim    {"number": "07", "name": "…"}: the line, once

Rules
- Who has taken a seat is let in to its page, too, on which one speaks without a notebook.
- Who names nobody of the roster too often waits, as wrong keys do.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from websockets.http11 import Response

from glmkit.auth.masking import Secret
from glmkit.errors import BadFile
from glmkit.protocol.serving.http_answers import FORBIDDEN, json_answer, refusal

if TYPE_CHECKING:
    from glmkit.classroom.desk_request import DeskRequest
    from glmkit.classroom.pupil_desk import PupilDesk
    from glmkit.classroom.seat_claims import SeatClaims
    from glmkit.relay.entrance import Entrance


class ClaimDesk:
    """``line_of`` gives the line of a seat's id."""

    def __init__(
        self,
        claims: SeatClaims,
        entrance: Entrance,
        line_of: Callable[[str], Secret],
        pupils: PupilDesk,
    ) -> None:
        self._claims, self._entrance, self._line_of = claims, entrance, line_of
        self._pupils = pupils

    def whether_open(self) -> Response:
        """Whether seats may be taken now; a pupil's page asks again and again."""
        return json_answer({"open": self._claims.open})

    async def take(self, here: DeskRequest) -> Response:
        """The line of the pupil's seat, or why there is none."""
        if not self._claims.open:
            words = here.say("teacher_page.claims_closed")
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, words)
        seat = self._claims.seat_of(here.body.get("number"), here.body.get("name"))
        if seat is None:
            words = here.say("teacher_page.claim_of_nobody")
            found = refusal(HTTPStatus.NOT_FOUND, "404", words)
            return await self._entrance.slowed(here.address, found, here.request)
        try:
            taken = await self._claims.take(seat)
        except BadFile as error:
            return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "500", str(error))
        if not taken:
            return refusal(HTTPStatus.CONFLICT, "409", here.say("teacher_page.claimed_before"))
        found = json_answer({"name": seat.name, "line": self._line_of(seat.id).reveal()})
        return self._pupils.let_in(here, seat, found)
