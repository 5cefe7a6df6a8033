"""What the teacher's page shows of a class: its snapshot, with troubles named for the reader.

Rules
- Each view has a mark. Whoever has seen it waits for another one, at most ``HELD`` seconds, which
  is less than a listener gives a request.
- Who speaks changes without a word to anybody, so the class is looked at every ``_LOOK`` seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from glmkit.texts import Language, text_in
from glmkit.turns.labels import name_behind

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.seat_claims import SeatClaims

HELD: Final = 6.0  # seconds
_LOOK: Final = 1.0  # seconds
_OF_THE_MOMENT: Final = ("now", "version")  # no news by themselves
_NO_CODE: Final = ("", "None")  # how a class counts an error that came without one


class ClassView:
    """The view of one class."""

    def __init__(self, classroom: Classroom, claims: SeatClaims) -> None:
        self._classroom, self._claims = classroom, claims

    def shown(self, lang: Language) -> dict[str, Any]:
        """The snapshot with ``mark``, ``claims``, and ``troubles`` as a list, the most first."""
        found = self._classroom.snapshot()
        found["troubles"] = [
            {
                "code": "" if code in _NO_CODE else code,
                "count": count,
                "words": name_of_trouble(code, lang),
            }
            for code, count in found["troubles"].items()
        ]
        found["claims"] = self._claims.shown()
        found["behind"] = name_behind(found["peer"], say=partial(text_in, lang))
        found["mark"] = _mark(found)
        return found

    async def other_than(self, mark: str, lang: Language) -> dict[str, Any]:
        """The view once its mark is another one, or after ``HELD`` seconds."""
        changed = asyncio.Event()
        leave = self._classroom.subscribe(changed.set)
        now = asyncio.get_running_loop().time
        until = now() + HELD
        try:
            while (found := self.shown(lang))["mark"] == mark and now() < until:
                changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), _LOOK)
        finally:
            leave()
        return found


def name_of_trouble(code: str, lang: Language) -> str:
    """What an error's code means: a class's own, a relay's, or the service's (documented)."""
    if code in _NO_CODE:
        return text_in(lang, "codes.none")
    for key in (f"teacher_page.code_{code}", f"codes.{code}"):
        with suppress(KeyError):
            return text_in(lang, key)
    return text_in(lang, "codes.unknown")


def _mark(found: dict[str, Any]) -> str:
    lasting = {name: value for name, value in found.items() if name not in _OF_THE_MOMENT}
    return hashlib.sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()[:16]
