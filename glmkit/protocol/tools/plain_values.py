"""Whatever a tool gave, in JSON's own types.

Rules
- What can be gone through becomes a list: generators, ranges, sets, dict views, arrays. No more
  items are taken than any context holds, for some have no end.
- numpy and pandas by their ``tolist`` and ``to_dict``, as long as they are small; a big array or
  table is described, with its first rows.
- What shows itself as sound, a picture or a page (a Clip, a figure, a turn) is described in the
  words it prints as: the model has no use for its samples or pixels.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, time
from enum import Enum
from itertools import islice
from typing import Any

MOST_ITEMS = 20_000  # of one list: as JSON more than any context holds
_BIG = 1_000  # numbers in an array, cells in a table
_FIRST = 5  # rows of a big table
_DISPLAYS = ("_repr_mimebundle_", "_repr_html_", "_repr_png_", "get_figure")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def plain(value: Any) -> Any:
    """``value`` in JSON's own types."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date | time):
        return None if str(value) == "NaT" else value.isoformat()
    if isinstance(value, Mapping):
        items = islice(value.items(), MOST_ITEMS)
        return {str(plain(name)): plain(each) for name, each in items}
    if isinstance(value, bytes | bytearray):
        return _text_of(value)
    if _is_record(value):
        names = [field.name for field in dataclasses.fields(value)]
        return {name: plain(getattr(value, name)) for name in names}
    return _foreign(value)


def _is_record(value: Any) -> bool:
    """Whether it is a dataclass that has no words of its own for what it is."""
    return (
        dataclasses.is_dataclass(value)
        and not isinstance(value, type)
        and value.__dataclass_params__.repr  # type: ignore[attr-defined]
    )


def _foreign(value: Any) -> Any:
    if _size(value) > _BIG:
        return _outline(value)
    rows = ("records",) if hasattr(value, "columns") else ()  # of a table
    for name, given in (("to_dict", rows), ("tolist", ())):
        with suppress(TypeError, ValueError):  # another library's, which means something else
            if callable(method := getattr(value, name, None)):
                return plain(method(*given))
    if any(hasattr(value, name) for name in _DISPLAYS):
        return _words(repr(value))
    if isinstance(value, Iterable) and not isinstance(value, type):
        return [plain(each) for each in islice(value, MOST_ITEMS)]
    return None if str(value) in {"NaT", "<NA>"} else _words(str(value))


def _size(value: Any) -> int:
    shape = getattr(value, "shape", ())
    known = isinstance(shape, tuple) and all(isinstance(each, int) for each in shape)
    return math.prod(shape) if known and shape else 0


def _outline(value: Any) -> dict[str, Any]:
    """What a big array or table is."""
    found: dict[str, Any] = {"type": type(value).__name__, "shape": list(value.shape)}
    if hasattr(value, "columns"):
        found["columns"] = [str(each) for each in value.columns]
    elif hasattr(value, "dtype"):
        found["dtype"] = str(value.dtype)
    if callable(getattr(value, "head", None)) and (first := value.head(_FIRST)) is not value:
        found["first"] = plain(first) if _size(first) <= _BIG else None
    return found


def _text_of(data: bytes | bytearray) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return f"<{len(data)} bytes>"


def _words(said: str) -> str:
    return _ADDRESS.sub("", said)  # where it is in memory tells nobody anything
