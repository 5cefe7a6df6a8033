"""What ``latency`` draws: a row a turn, and which settings tell them apart."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final, cast

from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.plots.drawing.argument_checks import wrong
from glmkit.texts import text
from glmkit.turns.failed_runs import none_worked
from glmkit.turns.labels import reached
from glmkit.turns.latency import STAGES, Latency
from glmkit.turns.run_settings import settings_of
from glmkit.turns.setting_names import plain_setting
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

Measured = Turn | Latency | Mapping[str, Any]  # one turn, or a row that says the same
Setting = tuple[tuple[str, Hashable], ...]  # ("chunk_ms", 40), ("vad", "server")
_ALWAYS: Final = ("model", "switches", "network")  # columns that make a setting wherever they vary
_OF_A_PEER: Final = ("switches",)  # what makes another peer of one, whatever is compared
_DERIVED: Final = ("since_spoken",)  # numbers of a turn's latency that are no fields


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One turn's numbers by column: seconds, most of them, from its zero point; whom they were
    measured against, and the setting that tells it from others, if any does."""

    values: dict[str, float]
    zero: str
    peer: str
    setting: Setting = ()

    @property
    def named(self) -> str:
        """The setting in words."""
        return ", ".join(f"{name} {self.value_named(name)}" for name, _ in self.setting)

    def value_named(self, name: str) -> str:
        """One value of the setting in words."""
        return _shown(dict(self.setting)[name])


@dataclass(frozen=True, slots=True)
class MeasuredRows:
    """The rows that have a number, those of one setting together, and how many runs failed."""

    rows: list[MeasuredRow]
    failed: int


def measured(turns: Any, by: object, columns: Sequence[str]) -> MeasuredRows:
    """The rows that have a number in one of ``columns``. Raises BadArgument."""
    fields = [_fields(each, turns) for each in _records(turns)]
    check_any_worked(turns, fields, columns[0])
    if not fields:
        raise wrong(turns, "latencies")
    if columns != STAGES:
        _check_column(columns[0], fields)
    worked = [each for each in fields if not has_failed(each)]
    settings = _settings(turns, worked) if by is None else _chosen(by, fields)
    rows = [_row(each, settings, columns, turns) for each in worked]
    found = [row for row in rows if row.values]
    if not found:
        raise wrong(turns, "latencies")
    order = _order(found)
    ordered = sorted(found, key=lambda row: order[row.setting])
    return MeasuredRows(ordered, len(fields) - len(worked))


def check_any_worked(turns: Any, fields: Sequence[Mapping[str, Any]], of: object) -> None:
    """Raises BadArgument for a table of runs none of which worked, and says why."""
    failed = all(map(has_failed, fields))
    if failed and (fields or "error" in getattr(turns, "columns", ())):
        raise none_worked(of, [each["error"] for each in fields])


def has_failed(fields: Mapping[str, Any]) -> bool:
    """Whether a run ended with an error; what a file left empty is none."""
    error = fields.get("error")
    return isinstance(error, str) and error != ""


def _check_column(of: object, fields: Sequence[Mapping[str, Any]]) -> None:
    """Raises BadArgument for what is no column of numbers, and names those that are."""
    names = dict.fromkeys(str(name) for each in fields for name in each)
    known = [name for name in names if _is_numeric(name, fields)]
    if of not in known:
        shown = ", ".join(dict.fromkeys([*STAGES, *known]))
        raise BadArgument(text("plots.stage", found=of, known=shown))


def _is_numeric(name: str, fields: Sequence[Mapping[str, Any]]) -> bool:
    there = [each[name] for each in fields if each.get(name) is not None]
    numbers = [each for each in there if is_number(each)]
    gaps = sum(isinstance(each, float) and math.isnan(each) for each in there)
    return bool(numbers) and len(numbers) + gaps == len(there)


def _records(turns: Any) -> Iterable[Any]:
    if isinstance(turns, Turn | Latency):
        return (turns,)
    if isinstance(turns, Trace):
        return turns.turns()
    if hasattr(turns, "to_dict") and hasattr(turns, "columns"):
        records: Iterable[Any] = turns.to_dict("records")
        return records
    if isinstance(turns, str | bytes | Mapping) or not isinstance(turns, Iterable):
        raise wrong(turns, "latencies")
    return turns


def _fields(each: Any, turns: Any) -> Mapping[str, Any]:
    if isinstance(each, Turn):
        return _of_latency(each.latency) | {name: getattr(each, name) for name in _ALWAYS}
    fields = _of_latency(each) if isinstance(each, Latency) else each
    if not isinstance(fields, Mapping):
        raise wrong(turns, "latencies")
    return fields


def _of_latency(latency: Latency) -> dict[str, Any]:
    return asdict(latency) | {name: getattr(latency, name) for name in _DERIVED}


def _row(
    fields: Mapping[str, Any], settings: Sequence[str], columns: Sequence[str], turns: Any
) -> MeasuredRow:
    found = {name: fields.get(name) for name in columns}
    try:
        given = {name: float(value) for name, value in found.items() if value is not None}
    except (TypeError, ValueError):
        raise wrong(turns, "latencies") from None
    return MeasuredRow(
        {name: value for name, value in given.items() if math.isfinite(value)},
        _stated(fields, "zero", "?"),
        reached(_stated(fields, "peer", "?"), _stated(fields, "network")),
        tuple((name, _value(fields.get(name))) for name in settings),
    )


def _stated(fields: Mapping[str, Any], name: str, unknown: str = "") -> str:
    """What a row says; a file's empty cell, and that of a task without a turn, is NaN."""
    found = fields.get(name)
    return found if isinstance(found, str) else unknown


# -- settings --------------------------------------------------------------------------------


def _settings(turns: Any, fields: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns that a sweep names as its settings, and the model, where they vary."""
    known = dict.fromkeys((*settings_of(turns), *_ALWAYS))
    return [name for name in known if _varies(name, fields)]


def _varies(name: str, fields: Sequence[Mapping[str, Any]]) -> bool:
    return len({_value(each.get(name)) for each in fields}) > 1


def _chosen(by: object, fields: Sequence[Mapping[str, Any]]) -> list[str]:
    names = [by] if isinstance(by, str) else by
    known = list(dict.fromkeys(name for each in fields for name in each))
    if isinstance(names, Iterable):
        chosen = list(names)
        if all(name in known for name in chosen):
            return [*chosen, *(n for n in _OF_A_PEER if n not in chosen and _varies(n, fields))]
    raise BadArgument(text("plots.by", found=by, known=", ".join(map(str, known))))


def _value(found: Any) -> Hashable:
    """A setting's value, so that equal ones are one, and a missing one is like any other."""
    if isinstance(found, float) and math.isnan(found):
        return None
    try:
        hash(found)
    except TypeError:  # of a pair that holds a list, too
        return str(plain_setting(found))
    return cast(Hashable, found)


def _shown(value: Hashable) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _order(rows: Sequence[MeasuredRow]) -> dict[Setting, int]:
    """Settings as numbers go, and as they came where they are no numbers."""
    settings = list(dict.fromkeys(row.setting for row in rows))
    with suppress(TypeError, ValueError):
        settings.sort(key=lambda setting: [float(str(value)) for _, value in setting])
    return {setting: number for number, setting in enumerate(settings)}
