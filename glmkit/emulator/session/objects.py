"""The objects inside server events, built in one place: ids, items, parts, responses, usage.

An id is a word and 32 hex digits without a separator (documented samples).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Literal

from glmkit.protocol.event import as_json

Status = Literal["in_progress", "completed", "cancelled", "failed", "incomplete"]
Json = dict[str, Any]

_ids = Random()  # ids are names, not secrets: the system's source is slow


def new_id(word: Literal["event", "sess", "conv", "item", "resp", "call"]) -> str:
    """A new id: ``item5f…``, ``call_5f…`` for calls."""
    if word == "call":
        return f"call_{_ids.getrandbits(96):024x}"
    return f"{word}{_ids.getrandbits(128):032x}"


def now_ms() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


def json_text(value: object) -> str:
    """``value`` as the JSON string that arguments are."""
    return as_json(value).decode("utf-8")


def usage(*, text_in: int = 0, audio_in: int = 0, text_out: int = 0, audio_out: int = 0) -> Json:
    """The usage block; all zeros in the documented samples."""
    return {
        "total_tokens": text_in + audio_in + text_out + audio_out,
        "input_tokens": text_in + audio_in,
        "output_tokens": text_out + audio_out,
        "input_token_details": {"text_tokens": text_in, "audio_tokens": audio_in},
        "output_token_details": {"text_tokens": text_out, "audio_tokens": audio_out},
    }


def response(
    id: str,
    status: Status,
    *,
    tokens: Json,
    output: Sequence[Json] | None = None,
    details: Json | None = None,
) -> Json:
    """The response object of ``response.created`` and ``response.done``."""
    made: Json = {"id": id, "object": "realtime.response", "status": status, "usage": tokens}
    if output is not None:
        made["output"] = list(output)
    if details is not None:
        made["status_details"] = details
    return made


def message_item(id: str, role: str, content: Sequence[Json], *, status: str = "completed") -> Json:
    """A message as the service keeps it."""
    return {
        "id": id,
        "object": "realtime.item",
        "type": "message",
        "status": status,
        "role": role,
        "content": list(content),
    }


def audio_item(id: str) -> Json:
    """The item a committed buffer becomes; its transcript comes in an event of its own."""
    return message_item(id, "user", [{"type": "input_audio", "transcript": None}])


def call_item(id: str, name: str, arguments: str, call_id: str | None, *, status: str) -> Json:
    """A function call of the answer."""
    made: Json = {"id": id, "object": "realtime.item", "type": "function_call", "status": status}
    if call_id is not None:
        made["call_id"] = call_id
    return {**made, "name": name, "arguments": arguments}
