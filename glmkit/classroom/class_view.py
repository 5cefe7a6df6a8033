"""What the teacher's page shows of a class: its snapshot, with troubles named for the reader."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from glmkit.classroom.held_view import View, marked, other_than
from glmkit.relay.peer_in_words import who_answers
from glmkit.texts import Language, read_in, text, text_in

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.seat_claims import SeatClaims

_NO_CODE: Final = ("", "None")  # how a class counts an error that came without one


class ClassView:
    """The view of one class."""

    def __init__(self, classroom: Classroom, claims: SeatClaims) -> None:
        self._classroom, self._claims = classroom, claims
        self.page = ""
        """Where other machines find the teacher's page."""

    def shown(self, lang: Language) -> dict[str, Any]:
        """The snapshot with ``mark``, ``claims``, ``shut``, and ``troubles``, the most first."""
        found = self._classroom.snapshot()
        found["troubles"] = [
            {
                "code": "" if code in _NO_CODE else code,
                "count": count,
                "words": name_of_trouble(code, lang),
            }
            for code, count in found["troubles"].items()
        ]
        found["claims"] = {**self._claims.shown(), "page": self.page}
        found["shut"] = self._shut(lang)
        found["behind"] = who_answers(found["peer"], say=partial(text_in, lang))
        return marked(found)

    def _shut(self, lang: Language) -> str:
        """Why nobody may begin a turn, though the class is not stopped; "" where they may."""
        rules = self._classroom.rules
        denial = rules.opening.denial(time.time())
        if denial is not None:
            key = denial.sentence.removeprefix("classroom.")
            return text_in(lang, f"teacher_page.{key}", **denial.values)
        limit = rules.whole.reached(self._classroom.used)
        return "" if limit is None else text_in(lang, f"teacher_page.used_{limit}")

    async def other_than(self, mark: str, lang: Language) -> dict[str, Any]:
        """The view once its mark is another one, or when it was held long enough."""

        async def look() -> View:
            return self.shown(lang)

        return await other_than(mark, look, self._classroom.subscribe)


def name_of_trouble(code: str, lang: Language) -> str:
    """What an error's code means: a class's own, a relay's, or the service's (documented)."""
    if code in _NO_CODE:
        return text_in(lang, "codes.none")
    for key in (f"teacher_page.code_{code}", f"codes.{code}"):
        with suppress(KeyError), read_in(lang):
            return text(key)
    return text_in(lang, "codes.unknown")
