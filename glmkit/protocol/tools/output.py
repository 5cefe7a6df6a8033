"""What a tool gave, as the text the model gets: never empty, always JSON or a plain sentence."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Set
from datetime import date, time
from enum import Enum
from typing import Any

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument
from glmkit.texts import text

_LONGEST_REASON = 500  # characters of an exception's own words


def output_text(result: Any) -> str:
    """``result`` as a tool's output: text as it is, nothing as ``"null"``, the rest as JSON.

    An empty output is an error to the service (documented).
    """
    if isinstance(result, str) and not isinstance(result, Enum):
        return result if result.strip() else "null"
    try:
        return json.dumps(plain(result), ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError, RecursionError):  # it holds itself, or cannot be looked into
        return str(result) or "null"


def error_text(error: BaseException) -> str:
    """What the model is told of a tool that failed: one sentence, no traceback, no key."""
    if isinstance(error, BadArgument):
        return mask(str(error))
    if isinstance(error, TimeoutError) and not str(error):
        return text("protocol.tool_too_slow")
    reason = " ".join(mask(_words_of(error)).split())[:_LONGEST_REASON]
    kind = type(error).__name__
    return text("protocol.tool_failed", reason=f"{kind}: {reason}" if reason else kind)


def _words_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as broken:  # noqa: BLE001 - an exception's own words may fail as it did
        return type(broken).__name__


def plain(value: Any) -> Any:
    """``value`` in JSON's own types; numpy and pandas by their ``tolist`` and ``to_dict``."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date | time):
        return None if str(value) == "NaT" else value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | Set):
        return [plain(each) for each in value]
    return _foreign(value)


def _foreign(value: Any) -> Any:
    if callable(getattr(value, "to_dict", None)):
        records = hasattr(value, "columns")  # a table: a row each
        return plain(value.to_dict("records") if records else value.to_dict())
    if callable(getattr(value, "tolist", None)):
        return plain(value.tolist())
    return None if str(value) in {"NaT", "<NA>"} else str(value)
