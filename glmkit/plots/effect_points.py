"""What ``effect`` draws: a point a group, the median or the share of its rows, with an interval."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.plots.drawing.argument_checks import wrong
from glmkit.plots.drawing.titles import peer_name
from glmkit.plots.latency_rows import MeasuredRow, check_any_worked, has_failed, measured
from glmkit.plots.quantities import Quantity, quantity_of
from glmkit.plots.settings_compared import distinct, groups_of
from glmkit.texts import text
from glmkit.turns.labels import both_ends, without_network
from glmkit.turns.run_settings import settings_of
from glmkit.turns.statistics import Average, quantiles, share

_MOST_GROUPS: Final = 16
_NAME: Final = 40  # letters of a group's name


@dataclass(frozen=True, slots=True)
class EffectPoint:
    """One group: its name, and its middle in both directions."""

    name: str
    x: Average
    y: Average


@dataclass(frozen=True, slots=True)
class EffectPoints:
    """Lines of points, and what both directions hold.

    ``column``: the one that goes up. ``ticks``: the values of ``x`` where it is a setting, else ().
    ``peers``: whom it was measured against. ``failed``: runs. ``stated``: the networks and switches
    that rows name, by column.
    """

    column: str
    lines: dict[str, list[EffectPoint]]
    x: Quantity
    of: Quantity
    yes_no: bool
    ticks: tuple[float, ...]
    peers: tuple[str, ...]
    failed: int
    stated: Mapping[str, list[str]]

    @property
    def points(self) -> list[EffectPoint]:
        """All of them."""
        return [point for line in self.lines.values() for point in line]


def measured_points(
    table: Any, of: str, x: str, by: object, names: Mapping[str, str] | None, seed: int
) -> EffectPoints:
    """The points of a table, as ``effect`` takes its arguments. Raises BadArgument."""
    records = _records(table, of)
    if names is not None and not isinstance(names, Mapping):
        raise BadArgument(text("plots.names", found=type(names).__name__))
    yes_no = _is_yes_no(records, of)
    rows = _rows(records, (of, x), by)
    is_set = x in settings_of(table, columns=records[0])
    ticks = tuple(sorted({row.values[x] for row in rows})) if is_set else ()
    peers = list(dict.fromkeys(map(without_network, distinct(rows, "peer"))))
    groups: list[list[MeasuredRow]] = groups_of(rows)
    lines: dict[str, list[EffectPoint]] = {}
    if len(groups) > _MOST_GROUPS:
        raise BadArgument(text("plots.many_groups", found=len(groups), most=_MOST_GROUPS))
    for group in groups:
        name = _name(group[0], distinct(rows, "peer"))
        for part in _parts(group, x, ticks):
            across = _middle([row.values[x] for row in part], seed)
            up = _middle([row.values[of] for row in part], seed, yes_no=yes_no)
            lines.setdefault(name if is_set else "", []).append(EffectPoint(name, across, up))
    return EffectPoints(
        of,
        lines,
        _quantity(x, names or {}),
        _quantity(of, names or {}),
        yes_no,
        ticks,
        tuple(peers),
        sum(map(has_failed, records)),
        {name: _stated(records, name) for name in ("network", "switches")},
    )


def _records(table: Any, of: str) -> list[Mapping[str, Any]]:
    given = table
    if hasattr(table, "to_dict") and hasattr(table, "columns"):
        table = table.to_dict("records")
    if isinstance(table, str | bytes | Mapping) or not isinstance(table, Iterable):
        raise wrong(table, "latencies")
    found = list(table)
    if not found and hasattr(given, "columns"):
        check_any_worked(given, [], of)
    if not found or not all(isinstance(each, Mapping) for each in found):
        raise wrong(found, "latencies")
    return found


def _is_yes_no(records: Sequence[Mapping[str, Any]], of: str) -> bool:
    values = [each.get(of) for each in records if not has_failed(each)]
    return bool(values) and all(isinstance(value, bool) for value in values)


def _rows(
    records: Sequence[Mapping[str, Any]], columns: Sequence[str], by: object
) -> list[MeasuredRow]:
    """Those that have a number in each of ``columns``; yes and no are 1 and 0."""
    plain = [
        {n: float(v) if isinstance(v, bool) and n in columns else v for n, v in each.items()}
        for each in records
    ]
    for column in columns:
        measured(plain, by, (column,))  # what is no column of numbers is an error here
    found = measured(plain, by, columns).rows
    rows = [row for row in found if len(row.values) == len(set(columns))]
    if not rows:
        raise wrong(records, "latencies")
    return rows


def _name(row: MeasuredRow, peers: Sequence[str]) -> str:
    """A group's settings in words, and whom it was measured against where that tells it apart."""
    names = [_setting(column, value) for column, value in row.setting]
    if "network" in dict(row.setting):  # then it is named already
        peers = list(dict.fromkeys(map(without_network, peers)))
    if len(peers) > 1:
        names.append(peer_name(row.peer if row.peer in peers else without_network(row.peer)))
    return both_ends(" · ".join(filter(None, names)), _NAME)


def _setting(column: str, value: Hashable) -> str:
    if not is_number(value):
        return str(value)
    known = quantity_of(column)
    return known.value(value) if known.unit else f"{column} {value:g}"


def _parts(group: Sequence[MeasuredRow], x: str, ticks: Sequence[float]) -> list[list[MeasuredRow]]:
    """The rows at each value of a setting; all of them where ``x`` was measured."""
    if not ticks:
        return [list(group)]
    parts = ([row for row in group if row.values[x] == tick] for tick in ticks)
    return [part for part in parts if part]


def _middle(values: Sequence[float], seed: int, *, yes_no: bool = False) -> Average:
    if yes_no:
        return share([bool(value) for value in values])
    found = quantiles(values, seed=seed)
    return Average(found.count, found.median, found.low, found.high)


def _quantity(column: str, names: Mapping[str, str]) -> Quantity:
    known = quantity_of(column)
    return Quantity(str(names[column]), known.unit) if column in names else known


def _stated(records: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    found = (each.get(column) for each in records)
    return sorted({each for each in found if isinstance(each, str) and each})
