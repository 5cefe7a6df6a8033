"""What to say of a table in which no run worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glmkit.errors import BadArgument
from glmkit.texts import text

_SHOWN = 200  # letters of an error


def none_worked(of: object, errors: Iterable[object]) -> BadArgument:
    """That nothing can be said of the column ``of``; ``errors``: of every run that was done."""
    found = [str(each) for each in errors]
    if not found:
        return BadArgument(text("lab.no_runs", of=of))
    return BadArgument(text("lab.none_worked", of=of, count=len(found), error=commonest(found)))


def commonest(errors: Iterable[object]) -> str:
    """The error that most runs ended with; "" without any."""
    counted = Counter(str(each) for each in errors if each).most_common(1)
    return counted[0][0][:_SHOWN] if counted else ""
