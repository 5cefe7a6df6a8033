"""``Event``: one message of the protocol, either way.

Rules
- What goes in comes out: ``Event.from_json(e.to_json()) == e``. Unknown types and fields are
  kept and shown. A message that is no JSON object becomes an event of type ``unreadable``.
- Bytes are kept once. An event that carries base64 keeps the decoded bytes in ``payload`` and
  rebuilds ``data`` when asked. Of a server's, line breaks, missing padding and the URL alphabet
  are taken, too, and written anew in the usual way; what does not decode stays as it came, and so
  does a piece of base64 that was cut where no byte ends: half of its letters would be noise.
- ``at`` is ``time.perf_counter()`` seconds, given by whoever sent or received; equality
  ignores it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
import pybase64

from glmkit.auth.masking import mask
from glmkit.errors import BadArgument
from glmkit.media.formats import INPUT_FORMATS, OUTPUT_FORMATS
from glmkit.media.wav import HEADER_BYTES
from glmkit.protocol.table import PAYLOADS, SPECS, Direction
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode
_b64decode, _b64encode = pybase64.b64decode, pybase64.b64encode

UNREADABLE = "unreadable"
_LOOKED_AT = 5_000  # letters of a field that its repr is cut from: a token has some hundred
_USUAL = str.maketrans("-_", "+/")  # the URL alphabet's two letters


class Event:
    """One message, sent or received, with its time.

    ``type``, ``data`` (the JSON object), ``direction``, ``at`` (``perf_counter`` seconds).
    ``format`` is the audio format its payload is in, where the session knows it.

    >>> Event("response.create")
    Event('response.create')
    """

    __slots__ = ("_fields", "at", "direction", "format", "payload", "size", "type")

    _fields: dict[str, Any]
    type: str
    direction: Direction
    at: float
    format: str | None
    payload: bytes | None
    size: int

    def __init__(
        self,
        type: str,
        data: Mapping[str, Any] | None = None,
        *,
        direction: Direction | None = None,
        at: float = 0.0,
        format: str | None = None,
    ) -> None:
        if not (isinstance(type, str) and (data is None or isinstance(data, Mapping))):
            raise BadArgument(text("protocol.what", type=_kind(type), data=_kind(data)))
        fields = {"type": type, **(data or {})}
        direction = direction or direction_of(type)
        payload = _take_payload(type, fields, direction)
        self._set(type, fields, payload, direction, at, format)

    def _set(
        self,
        type: str,
        fields: dict[str, Any],
        payload: bytes | None,
        direction: Direction,
        at: float,
        format: str | None,
        size: int = 0,
    ) -> None:
        put = object.__setattr__
        put(self, "type", type)
        put(self, "_fields", fields)
        put(self, "payload", payload)
        put(self, "size", size if payload is None else len(payload))
        put(self, "direction", direction)
        put(self, "at", at)
        put(self, "format", format)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(text("protocol.frozen", name=name))

    def __setstate__(self, state: tuple[None, dict[str, Any]]) -> None:
        for name, value in state[1].items():  # of a copy, or of one that was pickled
            object.__setattr__(self, name, value)

    @classmethod
    def from_json(
        cls,
        message: bytes | str,
        *,
        direction: Direction | None = None,
        at: float = 0.0,
        format: str | None = None,
    ) -> Event:
        """The event in a message as it crossed the wire; never raises."""
        try:
            fields = _decode(message)
            type = fields["type"]
            if type.__class__ is not str:
                raise TypeError
            direction = direction or direction_of(type)
            payload = _take_payload(type, fields, direction)
        except (msgspec.MsgspecError, UnicodeError, TypeError, KeyError, RecursionError):
            return cls._tolerant(message, direction=direction, at=at, format=format)
        event = cls.__new__(cls)
        event._set(type, fields, payload, direction, at, format)
        return event

    @classmethod
    def _tolerant(
        cls,
        message: bytes | str,
        *,
        direction: Direction | None,
        at: float,
        format: str | None,
    ) -> Event:
        raw = message.encode("utf-8", "replace") if isinstance(message, str) else message
        words = raw.decode("utf-8", "replace")
        try:
            fields = json.loads(words)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict) or not isinstance(fields.get("type"), str):
            fields = {"type": UNREADABLE, "text": words}
        return cls(fields["type"], fields, direction=direction or "server", at=at, format=format)

    @classmethod
    def carrying(cls, type: str, payload: bytes, format: str | None = None) -> Event:
        """A client event of ``type`` around bytes that are not base64 yet. Raises BadArgument."""
        if not isinstance(payload, bytes | bytearray | memoryview):
            raise BadArgument(text("protocol.not_bytes", found=_kind(payload)))
        event = cls.__new__(cls)
        event._set(type, {"type": type}, bytes(payload), "client", 0.0, format)
        return event

    @property
    def data(self) -> dict[str, Any]:
        """The JSON object as it came, ``type`` included; a new dict each time."""
        if self.payload is None:
            return dict(self._fields)
        return {**self._fields, PAYLOADS[self.type]: _b64encode(self.payload).decode("ascii")}

    @property
    def clip(self) -> Clip | None:
        """The sound this event carries, or None. Mono float32, at its format's rate."""
        if self.payload is None or self.type.endswith("video_frame"):
            return None
        from glmkit.media.stream_decoders import decode_payload

        yours = self.direction == "client"
        clip = decode_payload(self.payload, format=self.format, rate=16_000 if yours else 24_000)
        return clip.spoken_by("you" if yours else "answer")

    def get(self, name: str, default: Any = None) -> Any:
        """The field ``name`` without rebuilding base64: ``event.get("response_id")``."""
        return self._fields.get(name, default)

    def to_json(self) -> bytes:
        """The message as it crosses the wire: UTF-8 JSON. Raises BadArgument where it is none."""
        head = as_json(self._fields)
        if self.payload is None:
            return head
        name = PAYLOADS[self.type].encode("ascii")
        return b'%b,"%b":"%b"}' % (head[:-1], name, _b64encode(self.payload))

    @property
    def head_size(self) -> int:
        """Bytes of the message as JSON but for its payload."""
        return len(as_json(self._fields))

    @property
    def undecodable(self) -> bool:
        """Whether there is something where base64 belongs that could not be decoded."""
        return self.get(PAYLOADS.get(self.type, "")) is not None

    def without_payload(self) -> Event:
        """The same event without its bytes; ``size`` still says how many there were."""
        return self if self.payload is None else self.of_size(self.size)

    def of_size(self, size: int) -> Event:
        """The same event with ``size`` bytes that are not kept."""
        other = Event.__new__(Event)
        other._set(self.type, self._fields, None, self.direction, self.at, self.format, size)
        return other

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return (self._fields, self.payload, self.direction) == (
            other._fields,
            other.payload,
            other.direction,
        )

    __hash__ = None  # type: ignore[assignment]

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.events import event_card

        return event_card(self)

    def __repr__(self) -> str:
        shown = [f"{_short(k)}: {_short(v)}" for k, v in self._fields.items() if k != "type"]
        if self.size:
            shown.append(f"{PAYLOADS[self.type]!r}: {self.describe_payload()}")
        body = f", {{{', '.join(shown)}}}" if shown else ""
        return f"Event({_short(self.type)}{body})"

    def inner(self, name: str) -> dict[str, Any]:
        """The field ``name`` if it is an object, else an empty dict: servers vary."""
        value = self._fields.get(name)
        return value if isinstance(value, dict) else {}

    def describe_payload(self) -> str:
        """``<3.2 kB audio, 0.10 s>``: the base64 in a few words, or an empty string."""
        if not self.size:
            return ""
        if self.type.endswith("video_frame"):
            return f"<{self.size / 1000:.1f} kB picture>"
        seconds = self.sound_seconds
        shown = "" if seconds is None else f", {seconds:.2f} s"
        return f"<{self.size / 1000:.1f} kB audio{shown}>"

    @property
    def sound_seconds(self) -> float | None:
        """How long the sound it carries lasts, by its size and format; None if they do not say."""
        if not self.size or self.format == "mp3" or self.type.endswith("video_frame"):
            return None
        if self.direction != "client":
            return self.size / 2 / OUTPUT_FORMATS["pcm"]
        format = self.format or "pcm"
        header = HEADER_BYTES if format.startswith("wav") else 0
        return max(self.size - header, 0) / 2 / INPUT_FORMATS.get(format, INPUT_FORMATS["pcm"])


def as_json(data: Any) -> bytes:
    """``data`` as UTF-8 JSON. Raises BadArgument for what JSON cannot hold."""
    try:
        return _encode(data)
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can spell and UTF-8 cannot
        return json.dumps(data).encode("ascii")
    except (TypeError, RecursionError) as error:
        raise BadArgument(text("protocol.not_json", reason=error)) from None


def _take_payload(type: str, fields: dict[str, Any], direction: Direction) -> bytes | None:
    """Move the base64 field out of ``fields`` and decode it; leave it there if it can't be."""
    name = PAYLOADS.get(type)
    if name is None:
        return None
    value = fields.get(name)
    if not isinstance(value, str):
        return None
    payload = _decoded(value)
    if payload is None and direction == "server":  # what is sent goes out as it was given
        payload = _decoded(_written_anew(value))
    if payload is not None:
        del fields[name]
    return payload


def _decoded(value: str) -> bytes | None:
    """The bytes; None where it is no base64 or would not come out as it went in."""
    try:
        payload = _b64decode(value, validate=True)
    except ValueError:
        return None
    return payload if _is_canonical(value, payload) else None


def _written_anew(value: str) -> str:
    """Base64 as others write it, in the usual way: its alphabet, no white space, padded."""
    bare = "".join(value.split()).rstrip("=").translate(_USUAL)
    return bare + "=" * (-len(bare) % 4)


def _is_canonical(value: str, payload: bytes) -> bool:
    """Whether it is padded and no bit is left over: those are of a stream cut amid its letters."""
    rest = len(payload) % 3
    tail = _b64encode(payload[-rest:]).decode("ascii") if rest else value[-4:]
    return len(value) % 4 == 0 and value.endswith(tail)


def _kind(value: object) -> str:
    return type(value).__name__


def _short(value: object) -> str:
    shown = mask(repr(value)[:_LOOKED_AT])
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def direction_of(type: str) -> Direction:
    """Which way an event of this type goes; unknown types are taken for the server's."""
    spec = SPECS.get(type)
    return spec.direction if spec else "server"


def stamped(event: Event, at: float, format: str | None, **fields: Any) -> Event:
    """The same event as it leaves at ``at``: with more fields, and the format of its payload."""
    other = Event.__new__(Event)
    fields = {**event._fields, **fields}
    other._set(event.type, fields, event.payload, event.direction, at, format)
    return other
