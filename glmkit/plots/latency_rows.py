"""What ``latency`` draws: a row a turn, and which settings tell them apart."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

from glmkit.errors import BadArgument
from glmkit.plots.drawing.argument_checks import wrong
from glmkit.texts import text
from glmkit.turns.labels import reached
from glmkit.turns.latency import STAGES, Latency
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

Setting = tuple[tuple[str, Hashable], ...]  # ("chunk_ms", 40), ("vad", "server")
_ALWAYS: Final = ("model", "switches", "network")  # columns that make a setting wherever they vary


@dataclass(frozen=True, slots=True)
class TurnLatencies:
    """One turn's latencies: seconds by stage, the zero point they count from, whom they were
    measured against, and the setting that tells it from others, if any does."""

    seconds: dict[str, float]
    zero: str
    peer: str
    setting: Setting = ()

    @property
    def named(self) -> str:
        """The setting in words."""
        return ", ".join(f"{name} {_shown(value)}" for name, value in self.setting)


def rows_of(turns: Any, by: object) -> list[TurnLatencies]:
    """The rows that have a latency, those of one setting together. Raises BadArgument."""
    fields = [_fields(each, turns) for each in _records(turns)]
    if not fields:
        raise wrong(turns, "latencies")
    columns = _settings(turns, fields) if by is None else _chosen(by, fields)
    rows = [_row(each, columns, turns) for each in fields]
    found = [row for row in rows if row.seconds]
    if not found:
        raise wrong(turns, "latencies")
    order = _order(found)
    return sorted(found, key=lambda row: order[row.setting])


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
        return asdict(each.latency) | {name: getattr(each, name) for name in _ALWAYS}
    fields = asdict(each) if isinstance(each, Latency) else each
    if not isinstance(fields, Mapping):
        raise wrong(turns, "latencies")
    return fields


def _row(fields: Mapping[str, Any], columns: Sequence[str], turns: Any) -> TurnLatencies:
    found = {stage: fields.get(stage) for stage in STAGES}
    try:
        given = {name: float(s) for name, s in found.items() if s is not None}
    except (TypeError, ValueError):
        raise wrong(turns, "latencies") from None
    seconds = {name: s for name, s in given.items() if math.isfinite(s)}
    setting = tuple((name, _value(fields.get(name))) for name in columns)
    return TurnLatencies(
        seconds,
        str(fields.get("zero", "?")),
        reached(str(fields.get("peer", "?")), _network(fields)),
        setting,
    )


def _network(fields: Mapping[str, Any]) -> str:
    found = fields.get("network")
    return found if isinstance(found, str) else ""  # a file's empty cell is no number, but NaN


# -- settings --------------------------------------------------------------------------------


def _settings(turns: Any, fields: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns that a sweep names as its settings, and the model, where they vary."""
    columns = list(getattr(turns, "columns", ()))
    ahead = columns[: columns.index("repetition")] if "repetition" in columns else []
    swept = getattr(turns, "attrs", {}).get("settings") or ahead  # a file keeps no attrs
    known = dict.fromkeys((*swept, *_ALWAYS))
    return [name for name in known if len({_value(each.get(name)) for each in fields}) > 1]


def _chosen(by: object, fields: Sequence[Mapping[str, Any]]) -> list[str]:
    names = [by] if isinstance(by, str) else by
    known = list(dict.fromkeys(name for each in fields for name in each))
    if isinstance(names, Iterable):
        chosen = list(names)
        if all(name in known for name in chosen):
            return chosen
    raise BadArgument(text("plots.by", found=by, known=", ".join(map(str, known))))


def _value(found: Any) -> Hashable:
    """A setting's value, so that equal ones are one, and a missing one is like any other."""
    if isinstance(found, float) and math.isnan(found):
        return None
    return found if isinstance(found, Hashable) else repr(found)


def _shown(value: Hashable) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _order(rows: Sequence[TurnLatencies]) -> dict[Setting, int]:
    """Settings as numbers go, and as they came where they are no numbers."""
    settings = list(dict.fromkeys(row.setting for row in rows))
    with suppress(TypeError, ValueError):
        settings.sort(key=lambda setting: [float(str(value)) for _, value in setting])
    return {setting: number for number, setting in enumerate(settings)}
