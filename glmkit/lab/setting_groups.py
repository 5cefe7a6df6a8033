"""The rows of a table that have the same settings, whatever kind of value a setting is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

from glmkit.turns.setting_names import setting_name

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def groups_of(table: DataFrame, names: Sequence[Any]) -> list[tuple[dict[Any, Any], DataFrame]]:
    """(values by name, rows) of each group: numbers as they go, others by what they are called.

    Without names all rows are one group; of no rows there is none.
    """
    if not len(table):
        return []
    if not names:
        return [({}, table)]
    keys = [told_apart(table[name]) for name in names]
    found = [
        ({name: rows[name].iloc[0] for name in names}, rows)
        for _, rows in table.groupby(keys, sort=False)
    ]
    return sorted(found, key=lambda group: [_place(value) for value in group[0].values()])


def measured_groups(
    table: DataFrame,
    of: str,
    by: Sequence[Any],
    whom: Sequence[str],
    measure: Callable[[Series[Any]], Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """A row for each group and peer: what ``measure`` finds in ``of``, and how many runs failed.

    A group in which nothing worked is a row, too.
    """
    rows: list[dict[str, Any]] = []
    for named, group in groups_of(table, by):
        worked = groups_of(group[group[of].notna() & (group["error"] == "")], whom)
        about = {**named, "of": of, "failed": int((group["error"] != "").sum())}
        rows += [{**about, **reached, **measure(part[of])} for reached, part in worked]
        rows += [] if worked else [{**about, "n": 0}]
    return rows


def told_apart(column: Series[Any]) -> Series[Any]:
    """What tells its values from each other; missing ones are one."""
    return column.map(value_name)


def value_name(value: Any) -> str:
    """What a cell is told apart by: 20 is 20.0, since columns make one of the other."""
    if is_missing(value):
        return "null"
    return setting_name(int(value) if isinstance(value, float) and value.is_integer() else value)


def is_missing(value: Any) -> bool:
    """Whether a cell is empty, as pandas has it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _place(value: Any) -> tuple[int, float, str]:
    if isinstance(value, Real) and not is_missing(value):
        return (0, float(value), "")
    if is_missing(value):
        return (2, 0.0, "")
    return (1, 0.0, value if isinstance(value, str) else setting_name(value))
