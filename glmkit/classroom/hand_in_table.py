"""``HandInTable``: pupils × lessons, each cell the last hand-in of a lesson.

::

    {"lessons": ["00", …], "pupils": [{"id", "number", "name", "cells": {"03": {…}}}], "mark": …}

Rules
- A lesson that is none of the course's has a column as soon as somebody handed it in.
- Each file's manifest is read once, in a thread; what was withdrawn is forgotten.
- The class may see a hand-in where its owner allowed it, and did not say no since, with a later
  hand-in of the same lesson.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from glmkit.classroom.hand_in_summary import SCORES, HandInSummary, summary_of
from glmkit.classroom.held_view import View, marked, other_than
from glmkit.relay.peer_in_words import who_answers
from glmkit.texts import Language, text_in

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.hand_ins import HandIns, KeptHandIn

COURSE: Final = tuple(f"{number:02d}" for number in range(14))  # the notebooks' numbers
_OTHERS: Final = 6  # lessons that are not the course's


class HandInTable:
    """The hand-ins of one class, as a table."""

    def __init__(self, classroom: Classroom, hand_ins: HandIns) -> None:
        self._classroom, self._hand_ins = classroom, hand_ins
        self._summaries: dict[KeptHandIn, HandInSummary] = {}

    async def other_than(self, mark: str, lang: Language) -> View:
        """The table once its mark is another one, or when it was held long enough."""
        return await other_than(mark, lambda: self.shown(lang), self._hand_ins.subscribe)

    async def shown(self, lang: Language) -> View:
        """The table as JSON can hold it, with its mark."""
        await self.learn()
        seats = self._classroom.seats.values()
        rows = {seat: self._cells(seat.id) for seat in seats}
        return marked(
            {
                "behind": who_answers(self._classroom.upstream.peer, say=partial(text_in, lang)),
                "lessons": lessons_of({lesson for cells in rows.values() for lesson in cells}),
                "pupils": [
                    {
                        "id": seat.id,
                        "number": seat.pupil.number,
                        "name": seat.pupil.name,
                        "cells": cells,
                    }
                    for seat, cells in rows.items()
                ],
            }
        )

    async def learn(self) -> None:
        """Read what has come, forget what is gone."""
        while new := [kept for kept in self._all() if kept not in self._summaries]:
            self._summaries |= await asyncio.to_thread(_summaries_of, new)
        self._summaries = {kept: self._summaries[kept] for kept in self._all()}

    def _all(self) -> list[KeptHandIn]:
        return [kept for id in self._classroom.seats for kept in self._hand_ins.of(id)]

    def summary(self, kept: KeptHandIn) -> HandInSummary:
        """What was learned of one; nothing is allowed of what is not known."""
        return self._summaries.get(kept, HandInSummary(broken=True))

    def may_show(self, kept: KeptHandIn) -> bool:
        """Whether the class may see it."""
        same = self._hand_ins.of(kept.seat, kept.lesson)
        return kept in same and all(self.summary(each).show for each in (kept, same[-1]))

    def rows(self) -> Iterator[tuple[str, KeptHandIn, HandInSummary, int]]:
        """(seat's id, its last hand-in of a lesson, what it says, how many there are)."""
        for id in self._classroom.seats:
            for lesson, of_it in self._by_lesson(id).items():
                yield id, of_it[-1], self.summary(of_it[-1]), len(self._hand_ins.of(id, lesson))

    def _cells(self, id: str) -> dict[str, dict[str, Any]]:
        return {lesson: self._cell(of_it) for lesson, of_it in self._by_lesson(id).items()}

    def _by_lesson(self, id: str) -> dict[str, list[KeptHandIn]]:
        found: dict[str, list[KeptHandIn]] = {}
        for kept in self._hand_ins.of(id):
            found.setdefault(kept.lesson, []).append(kept)
        return dict(sorted(found.items()))

    def _cell(self, of_it: list[KeptHandIn]) -> dict[str, Any]:
        last = self.summary(of_it[-1])
        return {
            "names": [kept.name for kept in of_it],
            "shows": [kept.name for kept in of_it if self.may_show(kept)],
            "at": of_it[-1].at,
            "broken": last.broken,
            **{name: last.scores[name] for name in SCORES},
        }


def _summaries_of(files: list[KeptHandIn]) -> dict[KeptHandIn, HandInSummary]:
    return {kept: summary_of(kept.path) for kept in files}


def lessons_of(handed_in: set[str]) -> list[str]:
    """The columns: the course's lessons, and the first few others."""
    return [*COURSE, *sorted(handed_in - {*COURSE})[:_OTHERS]]
