"""Every message of the protocol: ``glm.events()`` shows them all.

A builder for every client event, and checks against the table; the module called shows the table
itself as a reference to read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from glmkit.protocol.table import SPECS, Field, Spec
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.cards.references import Reference

__all__ = [
    "append",
    "append_video_frame",
    "clear",
    "commit",
    "item_create",
    "item_delete",
    "item_retrieve",
    "kind_of",
    "pre_commit",
    "problems",
    "response_cancel",
    "response_create",
    "session_update",
    "spec_of",
    "tool_output",
    "user_message",
]

# -- one builder a client event ------------------------------------------------------------


def session_update(session: Mapping[str, Any]) -> Event:
    """Replaces the whole configuration (documented: what is left out is reset).

    ``session``: as ``Settings().session()`` gives one. Raises BadArgument.
    """
    return Event("session.update", {"session": _object("session", session)})


def append(audio: bytes, *, format: str | None = None) -> Event:
    """Adds sound: raw samples, or a whole WAV.

    Raw samples (16-bit little-endian mono) under pcm formats, one complete WAV under wav formats.
    ``format``: which of these ``audio`` is in, such as ``"pcm16"``; a session knows by itself.
    Raises BadArgument for what is no bytes.
    """
    return Event.carrying("input_audio_buffer.append", audio, format)


def append_video_frame(jpeg: bytes) -> Event:
    """Adds one JPEG picture; video_passive only.

    ``jpeg``: a whole file's bytes, not base64. Raises BadArgument for what is no bytes.
    """
    return Event.carrying("input_audio_buffer.append_video_frame", jpeg, "jpeg")


def commit() -> Event:
    """Ends the user's turn under client VAD."""
    return Event("input_audio_buffer.commit")


def pre_commit() -> Event:
    """Lets the model start early on a partial sentence (observed)."""
    return Event("input_audio_buffer.pre_commit")


def clear() -> Event:
    """Drops the sound that is not committed yet."""
    return Event("input_audio_buffer.clear")


def user_message(words: str) -> Event:
    """Adds a text message of the user's.

    The service refuses an empty one, so that one raises BadArgument.
    """
    if not isinstance(words, str):
        raise BadArgument(text("protocol.not_words", found=type(words).__name__))
    if not words.strip():
        raise BadArgument(text("protocol.empty_text"))
    content = [{"type": "input_text", "text": words}]
    return item_create({"type": "message", "role": "user", "content": content})


def tool_output(output: str, *, call_id: str | None = None) -> Event:
    """Adds a function's output (documented: never an empty one)."""
    item = {"type": "function_call_output", "output": output or "null"}
    return item_create(item if call_id is None else {**item, "call_id": call_id})


def item_create(item: Mapping[str, Any]) -> Event:
    """Adds an item to the conversation; ``object`` is filled in. Raises BadArgument."""
    item = {"object": "realtime.item", **_object("item", item)}
    return Event("conversation.item.create", {"item": item})


def item_delete(item_id: str) -> Event:
    """Takes an item out of the conversation."""
    return Event("conversation.item.delete", {"item_id": item_id})


def item_retrieve(item_id: str) -> Event:
    """Asks for an item of the conversation."""
    return Event("conversation.item.retrieve", {"item_id": item_id})


def response_create() -> Event:
    """Asks for an answer."""
    return Event("response.create")


def response_cancel() -> Event:
    """Stops the running answer."""
    return Event("response.cancel")


def _object(name: str, given: object) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise BadArgument(text("protocol.not_a_dict", name=name, found=type(given).__name__))
    return dict(given)


# -- checking against the table ------------------------------------------------------------

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "base64": (str,),
    "json": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def problems(data: Mapping[str, Any], fields: tuple[Field, ...]) -> Iterator[tuple[Field, str]]:
    """Each field of ``data`` that the table does not allow.

    With ``missing``, or the kind that was found.
    """
    for field in fields:
        if field.name not in data:
            if field.required:
                yield field, "missing"
        elif not any(_is_kind(data[field.name], kind) for kind in field.kinds):
            yield field, kind_of(data[field.name])


def _is_kind(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])


def kind_of(value: object) -> str:
    """JSON's name for the kind of ``value``."""
    for kind in ("boolean", "integer", "number", "string", "object", "array", "null"):
        if _is_kind(value, kind):
            return kind
    return type(value).__name__


def spec_of(event: Event) -> Spec | None:
    """The table's row for this event, or None for an unknown type."""
    return SPECS.get(event.type)


if TYPE_CHECKING:  # to checkers a ModuleType has any name
    _Module = object
else:
    _Module = ModuleType


class _EventsModule(_Module):
    """``glm.events()`` beside ``glm.events.commit()``."""

    if TYPE_CHECKING:  # what the module holds, for checkers of ``glm.NAME``
        append = staticmethod(append)
        append_video_frame = staticmethod(append_video_frame)
        clear = staticmethod(clear)
        commit = staticmethod(commit)
        item_create = staticmethod(item_create)
        item_delete = staticmethod(item_delete)
        item_retrieve = staticmethod(item_retrieve)
        kind_of = staticmethod(kind_of)
        pre_commit = staticmethod(pre_commit)
        problems = staticmethod(problems)
        response_cancel = staticmethod(response_cancel)
        response_create = staticmethod(response_create)
        session_update = staticmethod(session_update)
        spec_of = staticmethod(spec_of)
        tool_output = staticmethod(tool_output)
        user_message = staticmethod(user_message)

    def __call__(self, part: str = "") -> Reference:
        """The protocol's table as a reference; ``part``: of the types that contain it."""
        from glmkit.cards.references import Reference

        return Reference(part)


sys.modules[__name__].__class__ = _EventsModule  # type: ignore[assignment]
