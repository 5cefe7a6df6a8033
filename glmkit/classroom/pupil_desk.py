"""Plain HTTP on the class's own port, for a pupil without a notebook: the page of a seat.

::

    GET  /_class/talk                       the page
    POST /_class/talk/enter                 {"line": "…"}: lets this browser in, as a claim does
    GET  /_class/talk/live?tab=…&after=7    what is new behind 7, and how the seat stands
    POST /_class/talk/do?tab=…              what the pupil does, see ``page_acts``
    POST /_class/talk/sound?tab=…           a piece of what the microphone hears, 16 kHz, 16 bit
    POST /_class/talk/file?tab=…&at=&bytes= a piece of a recording; all of it is said
    GET  /_class/talk/turn?number=3         a turn's timeline, see ``TurnTimelines``
    POST /_class/talk/leave                 this browser is let in no more

Rules
- The teacher's desk has looked at host and origin before. What lets in is a cookie
  (``pupil_pass``); what does something brings the page's word besides.
- News is held for a view's time, since what is no session takes no WebSocket. One tab a seat has
  it: the newest. The one before is told so.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret, their_words
from glmkit.auth.seat_line import SeatLine
from glmkit.auth.tokens import RefusedToken, check_key
from glmkit.classroom import page_files
from glmkit.classroom.held_view import HELD
from glmkit.classroom.page_acts import (
    MOST_BYTES,
    MOST_LETTERS,
    MOST_SECONDS,
    PageAct,
    read_act,
    samples_shown,
)
from glmkit.classroom.pupil_pass import PAGE, page_word, pass_cookie, seat_let_in
from glmkit.errors import BadArgument, BadKey
from glmkit.lessons.exercise import exercises
from glmkit.protocol.serving.http_answers import FAILED, FORBIDDEN, json_answer, refusal
from glmkit.relay.peer_in_words import who_answers
from glmkit.texts import read_in, text_in

if TYPE_CHECKING:
    from websockets.http11 import Response

    from glmkit.classroom.core import Classroom
    from glmkit.classroom.desk_request import DeskRequest
    from glmkit.classroom.held_conversations import HeldConversations
    from glmkit.classroom.page_conversation import PageConversation
    from glmkit.classroom.seat import Seat
    from glmkit.relay.entrance import Entrance

WORD: Final = "X-Glmkit-Token"
_NOBODY: Final = "1001"
_TAB: Final = re.compile(r"[a-z0-9]{8,32}")
_LOOK: Final = 1.0  # seconds between two looks at how the seat stands
_MOST_DIGITS: Final = 9


class PupilDesk:
    """Answers for the pages of one class's pupils."""

    def __init__(self, classroom: Classroom, held: HeldConversations, entrance: Entrance) -> None:
        self._classroom, self._held, self._entrance = classroom, held, entrance
        self._files: dict[str, bytearray] = {}  # of a seat, while it comes
        self.secure = False
        """Whether it is served over TLS."""
        self._answers = {
            ("GET", "live"): self._live,
            ("GET", "turn"): self._turn,
            ("POST", "do"): self._do,
            ("POST", "sound"): self._sound,
            ("POST", "file"): self._file,
            ("POST", "leave"): self._leave,
        }

    def answers(self, name: str) -> bool:
        """Whether a path below the desk's root is for here."""
        return name == PAGE or name.startswith(f"{PAGE}/")

    async def answer(self, here: DeskRequest) -> Response:
        """The answer to a request whose host and origin are right."""
        what, method = here.name.removeprefix(PAGE).strip("/"), here.asked.method
        if (method, what) == ("GET", ""):
            return page_files.page(here.lang, entry="pupil.js", topic="pupil_page")
        if (method, what) == ("POST", "enter"):
            return await self._enter(here)
        if (method, what) not in self._answers:
            found, known = their_words(f"{method} {what}", 40), "GET live, turn; POST do, …"
            words = here.say("pupil_page.no_act", found=found, known=known)
            return refusal(HTTPStatus.NOT_FOUND, "404", words)
        id = seat_let_in(here, self._classroom.key_of)
        if id is None:
            return refusal(HTTPStatus.UNAUTHORIZED, _NOBODY, here.say("pupil_page.nobody"))
        seat = self._classroom.seats[id]
        if method == "POST" and Secret(here.headers.get(WORD, "")) != page_word(seat.key):
            return refusal(HTTPStatus.FORBIDDEN, FORBIDDEN, here.say("pupil_page.word"))
        with read_in(here.lang):
            return await self._answered(here, seat, (method, what))

    async def _answered(self, here: DeskRequest, seat: Seat, asked: tuple[str, str]) -> Response:
        conversation, tab = self._held.of(seat.id), here.query("tab")
        arrives = asked == ("GET", "live") and not here.query("after")
        if (arrives or not conversation.tab) and _TAB.fullmatch(tab):
            conversation.tab = tab
            conversation.mailbox.ring()
        if tab != conversation.tab:
            return refusal(HTTPStatus.CONFLICT, "409", here.say("pupil_page.other_tab"))
        conversation.seen(here.lang)
        try:
            return await self._answers[asked](here, seat, conversation)
        except BadArgument as error:
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, str(error))

    # -- who is let in -----------------------------------------------------------------------------

    async def _enter(self, here: DeskRequest) -> Response:
        """By the line of a slip, whose address may be another of this machine's, or by its key."""
        try:
            key = _key_given(here.body.get("line") or "")
            seat = self._classroom.seats[check_key(key, self._classroom.key_of)]
        except (BadKey, RefusedToken):
            words = here.say("pupil_page.no_line")
            found = refusal(HTTPStatus.UNAUTHORIZED, _NOBODY, words)
            return await self._entrance.slowed(here.address, found, here.request)
        return self.let_in(here, seat, json_answer({"name": seat.name}))

    def let_in(self, here: DeskRequest, seat: Seat, found: Response) -> Response:
        """The same answer, by which a browser is let in to the page of a seat."""
        found.headers["Set-Cookie"] = pass_cookie(here, seat.key, secure=self.secure)
        return found

    async def _leave(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        talk.stop()
        found = json_answer({})
        found.headers["Set-Cookie"] = pass_cookie(here, None, secure=self.secure)
        return found

    # -- what the page is told --------------------------------------------------------------------

    async def _live(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        arrives, after = not here.query("after"), _number(here, "after", default=0)
        if arrives:
            newest, lines = talk.mailbox.newest, talk.mailbox.lines
            told = self._settled(here, seat) | {"lines": lines}
        else:
            await self._news(talk, seat, after, here.query("seat"))
            newest, messages = talk.mailbox.after(after)
            told = {"messages": messages}
        if talk.tab != here.query("tab"):
            return refusal(HTTPStatus.CONFLICT, "409", here.say("pupil_page.other_tab"))
        stands = self._stands(seat, talk)
        return json_answer(told | {"run": talk.run, "newest": newest, "seat": stands})

    async def _news(self, talk: PageConversation, seat: Seat, after: int, known: str) -> None:
        """Until there is some: told by the conversation, or of how the seat stands."""
        clock = asyncio.get_running_loop().time
        until = clock() + HELD
        leave = self._classroom.subscribe(talk.mailbox.ring)
        try:
            while talk.mailbox.newest <= after and clock() < until:
                if self._stands(seat, talk)["mark"] != known:
                    return
                await talk.mailbox.wait(after, _LOOK)
        finally:
            leave()

    def _settled(self, here: DeskRequest, seat: Seat) -> dict[str, Any]:
        """What a page is told once."""
        behind = who_answers(self._classroom.upstream.peer, say=partial(text_in, here.lang))
        return {
            "token": page_word(seat.key).reveal(),
            "name": seat.name,
            "behind": behind,
            "samples": samples_shown(here.lang),
            "lessons": sorted({name.partition("-")[0] for name in exercises()}),
            "most": {"seconds": MOST_SECONDS, "bytes": MOST_BYTES, "letters": MOST_LETTERS},
        }

    def _stands(self, seat: Seat, talk: PageConversation) -> dict[str, Any]:
        """How the seat stands, with a mark of it."""
        shown = seat.shown(has_place=self._classroom.places.holds(seat.id))
        names = "connected", "before", "wait_seconds", "stopped", "turns", "minutes", "limits"
        denial = self._classroom.denial(seat)
        found = {name: shown[name] for name in names} | {
            "minutes": round(shown["minutes"], 1),
            "doing": talk.doing,
            "tab": talk.tab,
            "denied": "" if denial is None else denial.code,
        }
        return found | {"mark": format(hash(repr(found)) & 0xFFFFFFFF, "x")}

    async def _turn(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        number, session = _number(here, "number"), talk.session.core
        found = None
        if session is not None:
            found = await talk.timelines.of(session, number, here.lang)
        if found is None:
            return refusal(HTTPStatus.NOT_FOUND, "404", here.say("pupil_page.no_turn"))
        return json_answer(found)

    # -- what the pupil does ----------------------------------------------------------------------

    async def _do(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        talk.do(read_act(here.body, here.lang))
        return json_answer({})

    async def _sound(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        talk.do(PageAct("chunk", here.lang, {}, here.asked.body))
        return json_answer({})

    async def _file(self, here: DeskRequest, seat: Seat, talk: PageConversation) -> Response:
        """A piece of a recording; where it is whole, it is said."""
        at, size = _number(here, "at"), _number(here, "bytes")
        if not 0 < size <= MOST_BYTES:
            values = {"found": f"{size / 2**20:.1f}", "most": MOST_BYTES // 2**20}
            raise BadArgument(here.say("pupil_page.large", **values))
        kept = self._files.setdefault(seat.id, bytearray())
        if at == 0:
            kept.clear()
        if at != len(kept) or at + len(here.asked.body) > size:
            raise BadArgument(here.say("pupil_page.piece"))
        kept += here.asked.body
        if len(kept) == size:
            decoded = here.query("decoded") == "true"
            talk.do(PageAct("file", here.lang, {"decoded": decoded}, bytes(kept)))
            del self._files[seat.id]
        return json_answer({})


def _key_given(words: object) -> Key:
    """The key that somebody typed, in groups or not, or that is in a line. Raises BadKey."""
    given = Secret.of(words)
    if isinstance(words, str) and "@" not in words:
        return Key.parse(Secret("".join(given.reveal().split())))
    return SeatLine.parse(given).place().key


def _number(here: DeskRequest, name: str, *, default: int | None = None) -> int:
    """A number of the address. Raises BadArgument."""
    found = here.query(name)
    if not found and default is not None:
        return default
    if not (found.isascii() and found.isdigit() and len(found) <= _MOST_DIGITS):
        found = their_words(found, 40)
        raise BadArgument(here.say("pupil_page.number", name=name, found=found))
    return int(found)
