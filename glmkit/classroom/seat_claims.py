"""Pupils who take their seats themselves, by number and name, once each.

Rules
- Seats can be taken only while the teacher lets them be, and each once. Somebody who comes second
  gets nothing, and the teacher sees it: a classmate's name is no secret.
- Who has taken a seat is in a file beside the keys, so a restart gives none away twice.
- A seat that is freed gets another key, and can be taken once more, by whoever comes then.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import Secret
from glmkit.classroom.roster import as_typed
from glmkit.classroom.seat_keys import write_private
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.texts import text

if TYPE_CHECKING:
    from pathlib import Path

    from glmkit.classroom.core import Classroom
    from glmkit.classroom.seat import Seat

FILE: Final = "taken_seats.json"
_TWICE: Final = "class_seat_taken"


class SeatClaims:
    """Who has taken which seat of one class. Raises BadFile where the file cannot be read."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._path = classroom.ledger.path.parent / FILE
        self._taken = _read(self._path)
        self._refused: Counter[str] = Counter()
        self._writing = asyncio.Lock()
        self.open = False
        """Whether seats may be taken now."""

    def seat_of(self, number: object, name: object) -> Seat | None:
        """The seat of a pupil who says number and name as the roster does, in whatever width.

        The number's first zeros may be left out where no other seat is meant then.
        """
        if not (isinstance(number, str) and isinstance(name, str)):
            return None
        number, name = as_typed(number), as_typed(name)
        seats = [s for s in self._classroom.seats.values() if as_typed(s.pupil.name) == name]
        named = {as_typed(each.pupil.number): each for each in seats}
        if number in named:
            return named[number]
        alike = [each for said, each in named.items() if _short(said) == _short(number)]
        return alike[0] if len(alike) == 1 else None

    async def take(self, seat: Seat) -> bool:
        """Take it; False where somebody did before. Raises BadFile."""
        if seat.id in self._taken:
            self._refused[seat.id] += 1
            seat.troubles[_TWICE] += 1
            return False
        self._taken.add(seat.id)
        try:
            await self._keep()
        except BadFile:
            self._taken.discard(seat.id)
            raise
        return True

    async def free(self, seat: str) -> None:
        """Let it be taken once more, with another key than before. Raises BadFile."""
        await self._classroom.renew_key(seat)
        self._taken.discard(seat)
        self._refused.pop(seat, None)
        await self._keep()

    def shown(self) -> dict[str, Any]:
        """What a page says of it; ``refused``: where somebody came second."""
        seats = self._classroom.seats
        refused = [
            {"id": id, "name": seats[id].name, "count": count}
            for id, count in self._refused.most_common()
        ]
        taken = sum(id in seats for id in self._taken)
        return {"open": self.open, "taken": taken, "refused": refused}

    async def _keep(self) -> None:
        async with self._writing:  # so that what is written last is the latest
            written = json.dumps({"format": 1, "taken": sorted(self._taken)}) + "\n"
            await asyncio.to_thread(write_private, self._path, Secret(written))


def _short(number: str) -> str:
    """Without the zeros it begins with."""
    return number.lstrip("0") or number[-1:]


def _read(path: Path) -> set[str]:
    try:
        return {str(each) for each in json.loads(path.read_bytes())["taken"]}
    except FileNotFoundError:
        return set()
    except OSError as error:
        why = why_refused(error)
    except (ValueError, KeyError, TypeError, RecursionError):
        why = text("classroom.seats_form")
    raise BadFile(text("teacher_page.claims_unread", path=path, why=why))
