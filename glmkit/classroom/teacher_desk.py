"""Plain HTTP on the class's own port, for the teacher alone: the page, and what it asks for.

::

    GET  /_class/             the page, which asks for the password first
    POST /_class/login        {"password": "…"}: lets this browser in
    GET  /_class/live?after=  the class once it is otherwise than that mark, see ``ClassView``
    POST /_class/act          what the teacher decides, see ``TeacherActs``
    GET  /_class/class.csv    what each seat has used, for a spreadsheet
    GET  /_class/slips        a page of slips to print; POST gives every seat's line, and its code
    GET  /_class/hand-ins     what was handed in; what that page asks: ``teacher_hand_ins``
    POST /_class/logout
    GET  /_class/status       the class as JSON for scripts, see ``Classroom.snapshot``

and for pupils what is in ``claim_desk`` and ``pupil_desk``.

Rules
- The page lets in by a cookie that no script reads and no other site sends, and whatever decides
  something brings the visit's token besides (``TeacherVisits``). Scripts send HTTP's Basic
  password with each request, any name; that opens ``status`` alone.
- Who is wrong too often waits, as pupils do. A page of another origin is refused, and so is a host
  name that is not this machine's, which somebody may have made to lead here.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import socket
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from websockets.datastructures import Headers, MultipleValuesError
from websockets.http11 import Response

from glmkit.auth.masking import Secret
from glmkit.classroom import page_files
from glmkit.classroom.claim_desk import ClaimDesk
from glmkit.classroom.class_csv import csv_of
from glmkit.classroom.class_view import ClassView
from glmkit.classroom.desk_request import ROOT, DeskRequest
from glmkit.classroom.seat_claims import SeatClaims
from glmkit.classroom.slips import how_to_get_codes, slip
from glmkit.classroom.teacher_acts import TeacherActs
from glmkit.classroom.teacher_hand_ins import Answering, TeacherHandIns
from glmkit.classroom.teacher_visits import LASTS, TeacherVisits, Visit
from glmkit.errors import BadArgument, BadFile
from glmkit.numeric import is_number
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, answer, json_answer, refusal
from glmkit.relay.listener import ListenAt

if TYPE_CHECKING:
    from glmkit.auth.seat_line import SeatLine
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.hand_ins import HandIns
    from glmkit.classroom.pupil_desk import PupilDesk
    from glmkit.protocol.serving.whole_request import WholeRequest
    from glmkit.relay.entrance import Entrance

TOKEN: Final = "X-Glmkit-Token"  # noqa: S105 - a header's name
_NOBODY: Final = "1001"
_FAILED_HERE: Final = "500"
_SLIPS: Final = 20  # in one answer: a code takes a while on a busy machine
_PAGES: Final = {  # and their scripts
    "": "teacher.js",
    "hand-ins": "hand_in_page.js",
    "seat": "claim.js",
    "slips": "slips.js",
}
_TOPICS: Final = {"hand-ins": "hand_in_page"}  # whose words a page has, where not the teacher's
_POSTED: Final = ("login", "act", "logout", "claim")


class TeacherDesk:
    """Answers for one class to whoever knows ``password``."""

    root = ROOT

    def __init__(
        self,
        classroom: Classroom,
        password: Secret,
        entrance: Entrance,
        line_of: Callable[[str], SeatLine],
        hand_ins: HandIns,
        pupils: PupilDesk,
    ) -> None:
        self._classroom, self._password, self._entrance = classroom, password, entrance
        self._visits, self._at = TeacherVisits(), ListenAt()
        claims = SeatClaims(classroom)
        self._view, self._acts = ClassView(classroom, claims), TeacherActs(classroom, claims)
        self._claims, self._line_of = ClaimDesk(claims, entrance, line_of, pupils), line_of
        self._pupils = pupils
        self._hand_ins = TeacherHandIns(classroom, hand_ins)
        self._for_visits: dict[tuple[str, str], Answering] = {
            **self._hand_ins.answers,
            ("GET", "live"): self._live,
            ("GET", "class.csv"): self._csv,
            ("POST", "act"): self._act,
            ("POST", "logout"): self._logout,
            ("POST", "slips"): self._slips,
        }

    def listens(self, at: ListenAt) -> None:
        """Where it is found."""
        self._at = at
        self._pupils.secure = at.certfile is not None

    def is_at(self, page: str) -> None:
        """By which address other machines find it."""
        self._view.page = page

    async def close(self) -> None:
        """End what is under way."""
        await self._hand_ins.close()

    async def answer(self, asked: WholeRequest, *, address: str) -> Response:
        """The answer to a request for what is below ``ROOT``."""
        here = DeskRequest(asked, address)
        try:
            found = self._refuse(here) or await self._answer(here)
        except MultipleValuesError:
            words = here.say("protocol.serve_repeated_header")
            found = refusal(HTTPStatus.BAD_REQUEST, FAILED, words)
        return page_files.guarded(found)

    def _refuse(self, here: DeskRequest) -> Response | None:
        if here.asked.status is not HTTPStatus.OK:
            return refusal(here.asked.status, FAILED, here.say("classroom.http"))
        if not self._is_own_host(here.headers.get("Host", "")):
            words = here.say("teacher_page.host")
            return refusal(HTTPStatus.MISDIRECTED_REQUEST, FORBIDDEN, words)
        if not _same_origin(here.headers):
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, here.say("classroom.origin"))
        return None

    async def _answer(self, here: DeskRequest) -> Response:
        method, name = here.asked.method, here.name
        if self._pupils.answers(name):
            return await self._pupils.answer(here)
        visit = self._visits.find(here.cookie, now=time.monotonic())
        if (method, name) in self._for_visits:
            return await self._answer_visit(here, visit)
        if (method, name) == ("POST", "login"):
            return await self._login(here)
        if name == "claim" and method in ("GET", "POST"):
            return (
                await self._claims.take(here) if method == "POST" else self._claims.whether_open()
            )
        known = {name for _, name in self._for_visits} | {*_PAGES, "login", "claim", "status"}
        shown = page_files.file(name)
        if name not in known and shown is None:
            words = here.say("protocol.serve_path", path=f"{ROOT}/")
            return refusal(HTTPStatus.NOT_FOUND, "404", words)
        if method != "GET" or (name not in (*_PAGES, "status") and shown is None):
            return _wrong_method(here, "POST" if name in _POSTED else "GET")
        if name == "status":
            return await self._status(here)
        if shown is not None:
            return shown
        topic = _TOPICS.get(name, "teacher_page")
        return page_files.page(here.lang, entry=_PAGES[name], known=visit is not None, topic=topic)

    # -- who is let in -------------------------------------------------------------------------

    async def _login(self, here: DeskRequest) -> Response:
        if Secret.of(here.body.get("password")) != self._password:
            return await self._turn_away(here, "teacher_page.wrong_password")
        visit = self._visits.begin(now=time.monotonic())
        found = json_answer({})
        found.headers["Set-Cookie"] = self._cookie(here, visit.cookie, lasts=int(LASTS))
        return found

    async def _logout(self, here: DeskRequest, visit: Visit) -> Response:
        self._visits.end(visit)
        found = json_answer({})
        found.headers["Set-Cookie"] = self._cookie(here, Secret(""), lasts=0)
        return found

    def _cookie(self, here: DeskRequest, value: Secret, *, lasts: int) -> str:
        secure = "; Secure" if self._at.certfile is not None else ""
        kept = f"Path={ROOT}/; Max-Age={lasts}; HttpOnly; SameSite=Strict{secure}"
        return f"{here.cookie_name}={value.reveal()}; {kept}"

    async def _turn_away(self, here: DeskRequest, sentence: str) -> Response:
        found = refusal(HTTPStatus.UNAUTHORIZED, _NOBODY, here.say(sentence))
        return await self._entrance.slowed(here.address, found, here.request)

    async def _answer_visit(self, here: DeskRequest, visit: Visit | None) -> Response:
        if visit is None:
            return refusal(HTTPStatus.UNAUTHORIZED, _NOBODY, here.say("teacher_page.visit_over"))
        told = Secret(here.headers.get(TOKEN, ""))
        if here.asked.method == "POST" and told != visit.token:
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, here.say("teacher_page.token"))
        return await self._for_visits[here.asked.method, here.name](here, visit)

    def _is_own_host(self, host: str) -> bool:
        if self._at.certfile is not None:  # which stands for the name
            return True
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        own = socket.gethostname().lower()
        return name in ("localhost", own, self._at.host) or _is_below(own, name) or _is_ip(name)

    # -- what is answered ------------------------------------------------------------------------

    async def _live(self, here: DeskRequest, visit: Visit) -> Response:
        found = await self._view.other_than(here.query("after"), here.lang)
        return json_answer({**found, "token": visit.token.reveal()})

    async def _act(self, here: DeskRequest, visit: Visit) -> Response:
        try:
            return json_answer({"words": await self._acts.do(here.body, here.say)})
        except BadFile as error:  # a kind of BadArgument, but the ledger is no fault of the page's
            return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED_HERE, str(error))
        except BadArgument as error:
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, str(error))

    async def _slips(self, here: DeskRequest, visit: Visit) -> Response:
        """Some seats' lines, those ``after`` as many: secrets, for paper alone."""
        after = here.body.get("after", 0)
        first = int(after) if is_number(after) and after > 0 else 0
        seats = list(self._classroom.seats.items())
        of = [(self._line_of(id), seat.pupil) for id, seat in seats[first : first + _SLIPS]]
        slips = await asyncio.to_thread(lambda: [slip(*each, lang=here.lang) for each in of])
        more = first + len(slips) < len(seats) and bool(slips)
        return json_answer({"slips": slips, "more": more, "get_codes": how_to_get_codes()})

    async def _csv(self, here: DeskRequest, visit: Visit) -> Response:
        found = answer(200, "OK", csv_of(self._classroom, here.lang), "text/csv")
        name = f"class-{datetime.now().astimezone():%Y-%m-%d-%H%M}.csv"
        found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return found

    async def _status(self, here: DeskRequest) -> Response:
        if _password_in(here.headers) == self._password:
            return json_answer(self._classroom.snapshot())
        found = refusal(HTTPStatus.UNAUTHORIZED, _NOBODY, here.say("classroom.password"))
        found.headers["WWW-Authenticate"] = 'Basic realm="glmkit class", charset="UTF-8"'
        if "Authorization" not in here.headers:  # as browsers ask before they know
            return found
        return await self._entrance.slowed(here.address, found, here.request)


def _wrong_method(here: DeskRequest, expected: str) -> Response:
    found = here.asked.method[:20]
    words = here.say("classroom.method", found=found, expected=expected)
    return refusal(HTTPStatus.METHOD_NOT_ALLOWED, "405", words)


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("Host")
    except ValueError:
        return False


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_below(own: str, name: str) -> bool:
    """Whether a name is this machine's in the network's own domain."""
    return bool(own) and name.startswith(f"{own}.")


def _password_in(headers: Headers) -> Secret:
    scheme, _, coded = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return Secret("")
    try:
        pair = base64.b64decode(coded.strip(), validate=True).decode("utf-8")
    except ValueError:
        return Secret("")
    return Secret(pair.partition(":")[2])
