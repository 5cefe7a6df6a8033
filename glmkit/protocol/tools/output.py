"""What a tool gave, as the text the model gets: never empty, always JSON or a plain sentence.

The context of a conversation with tools is 8K tokens (documented), of which an output can have
about three bytes each.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument
from glmkit.protocol.tools.plain_values import plain
from glmkit.texts import text

LONG = 8_000  # bytes: a good part of the context
MOST = 20_000  # bytes: nearly all of it
_LONGEST_REASON = 500  # characters of an exception's own words


def output_text(result: Any) -> str:
    """``result`` as a tool's output: text as it is, nothing as ``"null"``, the rest as JSON.

    An empty output is an error to the service (documented).
    """
    if isinstance(result, str) and not isinstance(result, Enum):
        return result if result.strip() else "null"
    try:
        return json.dumps(plain(result), ensure_ascii=False, allow_nan=False)
    except RecursionError:  # it holds itself
        return str(result) or "null"


def within_context(output: str) -> str:
    """``output`` as far as a conversation can hold it; where it was cut, that is said."""
    data = output.encode("utf-8", "replace")
    if len(data) <= MOST:
        return output
    kept = data[:MOST].decode("utf-8", "ignore")
    return text("protocol.tool_cut", kept=kept, most=MOST // 1000)


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
