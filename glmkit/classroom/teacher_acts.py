"""What a teacher decides on the page: a JSON object each, answered by the sentence that says so.

::

    {"do": "stop", "seat": "seat-07"}         allow
    {"do": "limit", "seat": "seat-07", "yuan": 2, "minutes": null, "turns": 20}
    {"do": "stop_all"}                        allow_all
    {"do": "open_claims"}                     close_claims
    {"do": "free", "seat": "seat-07"}         may be taken once more
    {"do": "message", "words": "…"}

Rules
- A session may take long to end: after ``_PATIENCE`` seconds the sentence comes all the same, and
  the end goes on without it. So it does where the teacher's browser is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.classroom.core import LONGEST_MESSAGE
from glmkit.classroom.limits import MOST, Limits
from glmkit.errors import BadArgument
from glmkit.numeric import number
from glmkit.texts import whole_characters

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.seat_claims import SeatClaims

Say = Callable[..., str]
_PATIENCE: Final = 6.0  # seconds
_LIMITS: Final = tuple(each.name for each in fields(Limits))


class TeacherActs:
    """Does what is asked with one class."""

    def __init__(self, classroom: Classroom, claims: SeatClaims) -> None:
        self._classroom, self._claims = classroom, claims
        self._under_way: set[asyncio.Task[Any]] = set()
        self._kinds = {
            "stop": self._stop,
            "allow": self._allow,
            "limit": self._limit,
            "stop_all": self._stop_all,
            "allow_all": self._allow_all,
            "message": self._message,
            "open_claims": self._open_claims,
            "close_claims": self._close_claims,
            "free": self._free,
        }

    async def do(self, asked: Mapping[str, Any], say: Say) -> str:
        """Do it; the sentence that says so. Raises BadArgument, BadFile (the ledger)."""
        kind = asked.get("do")
        if not isinstance(kind, str) or kind not in self._kinds:
            found, known = their_words(kind, 40), ", ".join(self._kinds)
            raise BadArgument(say("teacher_page.no_act", found=found, known=known))
        return await self._kinds[kind](asked, say)

    async def _stop(self, asked: Mapping[str, Any], say: Say) -> str:
        id, name = self._seat(asked, say)
        await self._carried(self._classroom.stop(id))
        return say("teacher_page.did_stop", name=name)

    async def _allow(self, asked: Mapping[str, Any], say: Say) -> str:
        id, name = self._seat(asked, say)
        await self._carried(self._classroom.allow(id))
        return say("teacher_page.did_allow", name=name)

    async def _limit(self, asked: Mapping[str, Any], say: Say) -> str:
        id, name = self._seat(asked, say)
        given = {each: _limit(asked[each], each, say) for each in _LIMITS if each in asked}
        await self._carried(self._classroom.limit(id, **given))
        return say("teacher_page.did_limit", name=name)

    async def _stop_all(self, asked: Mapping[str, Any], say: Say) -> str:
        await self._carried(self._classroom.stop_all())
        return say("teacher_page.did_stop_all")

    async def _allow_all(self, asked: Mapping[str, Any], say: Say) -> str:
        await self._carried(self._classroom.allow_all())
        return say("teacher_page.did_allow_all")

    async def _message(self, asked: Mapping[str, Any], say: Say) -> str:
        words = asked.get("words")
        if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_MESSAGE:
            raise BadArgument(say("classroom.message", most=LONGEST_MESSAGE))
        count = await self._carried(self._classroom.message(whole_characters(words)))
        return say("teacher_page.did_message", count=count)

    async def _open_claims(self, asked: Mapping[str, Any], say: Say) -> str:
        self._claims.open = True
        return say("teacher_page.did_open_claims")

    async def _close_claims(self, asked: Mapping[str, Any], say: Say) -> str:
        self._claims.open = False
        return say("teacher_page.did_close_claims")

    async def _free(self, asked: Mapping[str, Any], say: Say) -> str:
        id, name = self._seat(asked, say)
        await self._claims.free(id)
        return say("teacher_page.did_free", name=name)

    def _seat(self, asked: Mapping[str, Any], say: Say) -> tuple[str, str]:
        """The id and the name of the seat that is meant. Raises BadArgument."""
        id = asked.get("seat")
        if not isinstance(id, str) or id not in self._classroom.seats:
            raise BadArgument(say("classroom.no_seat", found=their_words(id, 40)))
        return id, self._classroom.seats[id].name

    async def _carried(self, doing: Coroutine[Any, Any, int | None]) -> int:
        """Carry it out to its end, whoever waits for that; what it gave, 0 before that."""
        task = asyncio.create_task(doing, name="teacher's act")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait({task}, timeout=_PATIENCE)
        return (task.result() or 0) if task.done() else 0


def _limit(found: object, name: str, say: Say) -> float | None:
    """A limit that can be one. Raises BadArgument."""
    if found is None:
        return None
    amount = number(found)
    whole = name != "turns" or amount == amount // 1
    if not (0 <= amount <= MOST and whole):
        shown = their_words(found, 40)
        raise BadArgument(say(f"teacher_page.limit_{name}", found=shown, most=f"{MOST:,}"))
    return int(amount) if name == "turns" else amount
