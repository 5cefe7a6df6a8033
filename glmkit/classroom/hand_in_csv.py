"""What each pupil has handed in, as CSV: a line a pupil and lesson, the last hand-in."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from glmkit.classroom.class_csv import csv_text
from glmkit.classroom.hand_in_summary import SCORES
from glmkit.texts import Language, text_in
from glmkit.turns.labels import name_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glmkit.classroom.core import Classroom
    from glmkit.classroom.hand_in_table import HandInTable

_COLUMNS: Final = (
    *("id", "number", "name", "lesson", "count", "at"),
    *SCORES,
    *("voice", "show", "broken", "peer"),
)


def hand_ins_csv(classroom: Classroom, table: HandInTable, lang: Language) -> str:
    """The table as CSV, headings in ``lang``; what it knows is what was learned."""
    heads = [text_in(lang, f"hand_in_page.csv_{name}") for name in _COLUMNS]
    return csv_text(heads, _rows(classroom, table, lang))


def _rows(classroom: Classroom, table: HandInTable, lang: Language) -> Iterator[list[object]]:
    peer = name_behind(classroom.upstream.peer, say=partial(text_in, lang))
    yes = text_in(lang, "hand_in_page.csv_yes")
    for id, kept, found, count in table.rows():
        pupil = classroom.seats[id].pupil
        at = datetime.fromtimestamp(kept.at).astimezone().isoformat(timespec="seconds")
        scores = ["" if found.broken else found.scores[name] for name in SCORES]
        flags = (found.voice, table.may_show(kept), found.broken)
        said = [yes if flag else "" for flag in flags]
        yield [id, pupil.number, pupil.name, kept.lesson, count, at, *scores, *said, peer]
