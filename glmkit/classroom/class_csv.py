"""What each seat of a class has used, as CSV that every spreadsheet opens.

Rules
- UTF-8 with its mark, because Excel takes a file without one for the system's old characters.
- A name is text: one that a spreadsheet would take for a formula gets an apostrophe in front.
- Each line says behind which peer it was used, and when it was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from glmkit.recordings.exports.rows import unrunnable
from glmkit.texts import Language, text_in
from glmkit.turns.labels import name_behind

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom

_MARK: Final = "\ufeff"
_WHO: Final = ("id", "number", "name")
_AMOUNTS: Final = ("turns", "minutes", "yuan", "errors")
_LIMITED: Final = ("turns", "minutes", "yuan")
_COLUMNS: Final = (
    *_WHO,
    *_AMOUNTS,
    *(f"most_{name}" for name in _LIMITED),
    "stopped",
    "peer",
    "at",
)


def csv_of(classroom: Classroom, lang: Language) -> str:
    """The class as CSV, headings in ``lang``."""
    found = classroom.snapshot()
    peer = name_behind(found["peer"], say=partial(text_in, lang))
    at = datetime.fromtimestamp(found["now"]).astimezone().isoformat(timespec="seconds")
    heads = [text_in(lang, f"teacher_page.csv_{name}") for name in _COLUMNS]
    return csv_text(heads, ([*_cells(seat, lang), peer, at] for seat in found["seats"]))


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Headings and rows as such a file's text."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows(
        [unrunnable(each) if isinstance(each, str) else each for each in row] for row in rows
    )
    return _MARK + written.getvalue()


def _cells(seat: dict[str, Any], lang: Language) -> list[object]:
    words = [seat[name] for name in _WHO]
    stopped = text_in(lang, "teacher_page.csv_yes") if seat["stopped"] else ""
    amounts = [seat[name] for name in _AMOUNTS]
    return [*words, *amounts, *(seat["limits"][name] for name in _LIMITED), stopped]
