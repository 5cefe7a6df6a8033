"""From when until when a class is held: ``--from 08:00 --until 09:40``, as moments.

Rules
- Both are meant of today. A class that ends earlier than it begins goes past midnight: it began
  yesterday where it is not over yet, else it ends tomorrow.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from glmkit.errors import BadArgument
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.classroom.limits import OpenHours


def opening_hours(begins: str | None, ends: str | None, now: datetime) -> OpenHours:
    """The hours that were written, seen from ``now``. Raises BadArgument."""
    from glmkit.classroom.limits import OpenHours

    first, last = _on_the_day_of(now, begins), _on_the_day_of(now, ends)
    if first is not None and last is not None and last < first:
        if now < last:
            first -= timedelta(days=1)
        else:
            last += timedelta(days=1)
    return OpenHours(*(None if each is None else each.timestamp() for each in (first, last)))


def hours_told(opening: OpenHours, now: datetime) -> str | None:
    """What whoever starts the class should know of them; None where it is always open."""
    begins, ends = (
        None if each is None else _said(datetime.fromtimestamp(each).astimezone(), now)
        for each in (opening.begins, opening.ends)
    )
    if opening.ends is not None and opening.ends <= now.timestamp():
        return text("classroom.hours_past", ends=ends, now=f"{now:%H:%M}")
    which = {(True, True): "both", (True, False): "from", (False, True): "until"}
    kind = which.get((begins is not None, ends is not None))
    return None if kind is None else text(f"classroom.hours_{kind}", begins=begins, ends=ends)


def _on_the_day_of(now: datetime, words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        time = datetime.strptime(words.strip().replace("：", ":"), "%H:%M").time()
    except ValueError:
        raise BadArgument(text("classroom.time", found=words[:20])) from None
    return now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)


def _said(moment: datetime, now: datetime) -> str:
    """The time, with its day where that is another one."""
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d %H:%M}"
