"""Rows as a Parquet file, and back.

Rules
- A column has the same type in every file, whatever is missing from it: the lab's own by their
  names, others by what is in them (truth values, whole numbers, numbers, words).
- What has no such type is written as JSON, and the column says so.
- ``pandas.read_parquet`` finds the settings in the table's ``attrs``, as pandas writes them itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.whole_files import moved_into_place
from glmkit.errors import BadFile
from glmkit.lab.rows import NAME, PLACE, Row
from glmkit.texts import text
from glmkit.turns.latency import STAGES

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBERS: Final = (*STAGES, "since_spoken", "round_trip", "took", "waited", PLACE, "yuan")
_KNOWN: Final = {
    **dict.fromkeys((*_NUMBERS, "input_seconds", "audio_seconds"), float),
    **dict.fromkeys(("segments", "tries", "repetition"), int),
    **dict.fromkeys(("zero", "peer", "switches", "network", "model", "status"), str),
    **dict.fromkeys(("user_transcript", "transcript", "findings", "date", "error", NAME), str),
}
_KIND: Final = b"glmkit"  # the key under which a column says that it is JSON
_ATTRS: Final = b"PANDAS_ATTRS"
_LARGEST: Final = 2**63


def write_table(
    path: Path, rows: Sequence[Row], names: Sequence[str], settings: Sequence[str]
) -> None:
    """Write ``rows`` with the columns ``names`` and whatever others they have. Raises OSError."""
    import pyarrow as pa
    from pyarrow import parquet

    every = dict.fromkeys([*names, *(name for row in rows for name in row)])
    columns = [_column(name, [row.get(name) for row in rows]) for name in every]
    about = {_ATTRS: json.dumps({"settings": list(settings)}).encode()}
    fields = pa.schema([field for field, _ in columns], metadata=about)
    table = pa.Table.from_arrays([array for _, array in columns], schema=fields)
    with moved_into_place(path) as beside:
        parquet.write_table(table, beside)


def read_table(path: Path) -> list[Row]:
    """The rows of such a file, without what is missing in them. Raises BadFile."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise BadFile(text("lab.bad_table", path=path)) from error
    if not {NAME, "error"} <= set(table.column_names):
        raise BadFile(text("lab.bad_table", path=path))
    packed = {field.name for field in table.schema if (field.metadata or {}).get(_KIND) == b"json"}
    return [
        {name: json.loads(value) if name in packed else value
         for name, value in row.items() if value is not None}
        for row in table.to_pylist()
    ]  # fmt: skip


def _column(name: str, values: list[Any]) -> tuple[pa.Field, pa.Array]:
    import pyarrow as pa

    there = [value for value in values if value is not None]
    kind = _KNOWN.get(name)
    if kind is None or not all(_fits(value, kind) for value in there):
        kind = next((each for each in (bool, int, float, str) if _all_fit(there, each)), None)
    if kind is None:
        packed = [None if value is None else _json(value) for value in values]
        return pa.field(name, pa.string(), metadata={_KIND: b"json"}), pa.array(packed, pa.string())
    type = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}[kind]
    made = [None if value is None else _as(value, kind) for value in values]
    return pa.field(name, type), pa.array(made, type)


def _all_fit(there: list[Any], kind: type) -> bool:
    """Whether all of them are of a kind; of nothing at all nobody knows, and words will do."""
    return all(_fits(value, kind) for value in there) if there else kind is str


def _fits(value: Any, kind: type) -> bool:
    if isinstance(value, bool):  # which Python counts among the whole numbers
        return kind is bool
    if isinstance(value, int):
        return kind in (int, float) and abs(value) < _LARGEST
    return kind in (float, str) and isinstance(value, kind)


def _as(value: Any, kind: type) -> Any:
    if kind is str:  # half a surrogate pair is no UTF-8: as JSON spells it
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return kind(value)


def _json(value: Any) -> str:
    return json.dumps(value, default=repr)
