"""What a person gave to send, as an Event: one, the protocol's own object, or a type and fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from glmkit.texts import text


def as_event(given: Event | Mapping[str, Any] | str, fields: Mapping[str, Any]) -> Event:
    """An Event as it is, a dict with a type, or a type and its fields. Raises BadArgument."""
    if isinstance(given, Event):
        return given
    if isinstance(given, Mapping):
        return Event(str(given.get("type", "")), given, direction="client")
    if not isinstance(given, str):
        raise BadArgument(text("protocol.send_what", found=type(given).__name__))
    if given.lstrip().startswith("{"):
        raise BadArgument(text("protocol.send_json"))
    return Event(given, fields, direction="client")
