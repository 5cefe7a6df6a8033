"""Which columns of a table of runs are the settings of the sweep that made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

_NAME: Final = "run"  # which run a row is of: in files, before its settings
_BEHIND: Final = "repetition"


def settings_of(table: Any, of: object = None, *, columns: Iterable[Any] = ()) -> list[Any]:
    """What a sweep says it set; of a table read from a file, what stands before ``repetition``.

    ``of``: the column that is measured, which is none; ``columns``: of rows that are no table.
    """
    told = getattr(table, "attrs", {}).get("settings")
    if told is not None:
        return list(told)
    names = [name for name in getattr(table, "columns", columns) if name not in (_NAME, of)]
    return names[: names.index(_BEHIND)] if _BEHIND in names else []
