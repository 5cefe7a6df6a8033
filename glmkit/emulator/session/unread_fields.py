"""What a client's event gives that nothing reads: named, so that nobody takes it for obeyed.

Rules
- A field that we do not know, or that has no effect, is no error (documented samples carry such).
  It is named by its path, and with it what asks for the same here, where OpenAI's has such.
- Null and what is empty ask for nothing, and are not named; nor is what says what is so anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from glmkit.emulator.session.configuration import BETA, Greeting, TurnDetection
from glmkit.protocol.table import SESSION

Reads = Mapping[str, Any]  # field → None where it is read whole, else what is read of it
NOTHING: Final[Reads] = MappingProxyType({})
_MOST: Final = 30  # fields named of one event, which may have a million
_LEVELS: Final = 6  # of objects that are looked into

_ANY: Final = dict.fromkeys(("type", "event_id", "client_timestamp"))
_BETA: Final = {**dict.fromkeys(BETA), "greeting_config": dict.fromkeys(Greeting.__slots__)}
_SESSION: Final[Reads] = {
    **dict.fromkeys(field.name for field in SESSION),
    **dict.fromkeys(("max_output_tokens", "tool_choice")),  # the Python SDK's name; refused
    "turn_detection": dict.fromkeys(TurnDetection.__slots__),
    "tools": dict.fromkeys(("type", "name", "description", "parameters")),
    "input_audio_noise_reduction": {"type": None},
    "input_audio_transcription": NOTHING,  # transcripts come anyway
    "beta_fields": _BETA,
    "greeting_config": _BETA["greeting_config"],
}
_ITEM: Final[Reads] = {
    **dict.fromkeys(("id", "object", "type", "status", "role", "output", "call_id")),
    "content": dict.fromkeys(("type", "text")),
}
_READ: Final[Mapping[str, Reads]] = {
    "session.update": {**_ANY, "session": _SESSION},
    "input_audio_buffer.append": {**_ANY, "audio": None},
    "input_audio_buffer.append_video_frame": {**_ANY, "video_frame": None},
    "conversation.item.create": {**_ANY, "item": _ITEM},
    "conversation.item.delete": {**_ANY, "item_id": None},
    "conversation.item.retrieve": {**_ANY, "item_id": None},
}
_NESTED: Final = ("session", "item")
#: A mode that is not nested, and OpenAI's newer session → the field that asks for the same here.
_INSTEAD: Final = {
    **{f"session.{name}": f"session.beta_fields.{name}" for name in BETA},
    "session.output_modalities": "session.modalities",
    "session.audio.input.format": "session.input_audio_format",
    "session.audio.input.noise_reduction": "session.input_audio_noise_reduction",
    "session.audio.input.turn_detection": "session.turn_detection",
    "session.audio.output.format": "session.output_audio_format",
    "session.audio.output.voice": "session.voice",
}
_ANYWAY: Final = {"session.type": "realtime", "session.object": "realtime.session"}


def ignored(event: Mapping[str, Any], *, writing: bool = True) -> dict[str, str]:
    """The fields of a client's event that nothing reads → what stands for each here, or "".

    ``writing``: whether written messages have an effect.
    """
    read = _READ.get(event["type"], _ANY)
    if event.keys() <= read.keys() and event.keys().isdisjoint(_NESTED):
        return {}  # an append, nearly always
    found = islice(_unread(event, read), _MOST)
    named = {path: _INSTEAD.get(path, "") for path in found}
    if not writing and event["type"] == "conversation.item.create" and event["item"].get("content"):
        named["item.content"] = ""
    return named


def _unread(given: Mapping[str, Any], read: Reads, inside: str = "") -> Iterator[str]:
    for name, value in given.items():
        path = f"{inside}{name}"
        if name not in read:
            yield from _named(path, value)
        elif read[name] is not None:
            for place, part in _parts(path, value):
                yield from _unread(part, read[name], f"{place}.")


def _parts(path: str, value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects in a field: itself, or those of its array."""
    if isinstance(value, Mapping):
        yield path, value
    elif isinstance(value, list):
        yield from (
            (f"{path}[{n}]", part) for n, part in enumerate(value) if isinstance(part, dict)
        )


def _named(path: str, value: object) -> Iterator[str]:
    """A field that nothing reads, by those inside it."""
    if value is None or value in ("", [], {}) or _ANYWAY.get(path) == value:
        return
    if isinstance(value, Mapping) and path not in _INSTEAD and path.count(".") < _LEVELS:
        for name, inner in value.items():
            yield from _named(f"{path}.{name}", inner)
    else:
        yield path
