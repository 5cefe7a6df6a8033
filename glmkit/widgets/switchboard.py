"""``Switchboard``: the way to one widget in a page, whether a comm carries it or a WebSocket.

Rules
- Messages are (dict with a ``type``, bytes). What comes in may come on any thread, and the
  thread may change in mid-recording; it is handed to the loop at once and nothing else.
- What is too large for one message comes in parts before it, and is put together here.
- What our page would not send is passed over here: its fields have the kinds of ``_Fields``, and
  its parts are at most ``LARGEST`` bytes.
- ``tell`` may be called from any thread.
- A widget may have two faces: the one in the notebook, and a page of its own.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Protocol, TypeGuard

import msgspec

from glmkit.texts import whole_characters

Message = dict[str, Any]
LARGEST: Final = 64 << 20  # bytes of an uploaded file
_Count = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class _Fields(msgspec.Struct):
    """The fields that a page's messages have, and of which kind they are."""

    type: str
    rate: Annotated[int, msgspec.Meta(ge=3_000, le=768_000)] | None = None
    seq: _Count | None = None
    number: _Count | None = None
    chunks: _Count | None = None
    gaps: _Count | None = None
    samples: _Count | None = None
    dropped: _Count | None = None
    underruns: _Count | None = None
    checksum: _Count | None = None
    ms: float | None = None
    response: str | None = None
    name: str | None = None
    words: str | None = None
    host: str | None = None
    code: str | None = None


class Channel(Protocol):
    """One face: it can be told something."""

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Send a message with the bytes that go with it; from any thread."""


OnMessage = Callable[[Channel, Message, bytes], None]


class Switchboard:
    """All the faces of one widget; what any of them says goes to ``take`` on ``loop``."""

    def __init__(self, loop: asyncio.AbstractEventLoop, take: OnMessage) -> None:
        self._loop, self._take = loop, take
        self._faces: list[Channel] = []
        self._parts: dict[Channel, list[bytes]] = {}  # of a message that is still coming

    def add(self, face: Channel) -> None:
        """Let another face take part."""
        self._faces = [*self._faces, face]

    def remove(self, face: Channel) -> None:
        """Forget a face."""
        self._faces = [each for each in self._faces if each is not face]
        self._parts.pop(face, None)

    def heard(self, face: Channel, message: object, buffers: Sequence[Any] = ()) -> None:
        """Hand over what a face said; called on any thread."""
        if _is_ours(message) and not self._loop.is_closed():
            payload = bytes(buffers[0]) if buffers else b""
            self._loop.call_soon_threadsafe(self._whole, face, message, payload)

    def _whole(self, face: Channel, message: Message, payload: bytes) -> None:
        """Take a message with all its parts; on the loop."""
        parts = [*self._parts.pop(face, []), payload]
        if sum(map(len, parts)) > LARGEST:
            return
        if message["type"] == "part":
            self._parts[face] = parts
        else:
            self._take(face, message, b"".join(parts))

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Tell every face."""
        self.tell_others(None, type, buffer, **fields)

    def tell_others(
        self, but: Channel | None, type: str, buffer: bytes = b"", /, **fields: Any
    ) -> None:
        """Tell every face but one."""
        for face in self._faces:
            if face is not but:
                face.tell(type, buffer, **fields)


def json_of(message: Message) -> str:
    """A message as JSON that can be sent: a half of a character in it becomes �."""
    return whole_characters(json.dumps(message, ensure_ascii=False))


def pack(message: Message, buffer: bytes = b"") -> bytes:
    """A message as one binary frame: length of the JSON (uint32, little-endian), JSON, bytes."""
    words = json_of(message).encode()
    return struct.pack("<I", len(words)) + words + buffer


def unpack(frame: bytes | str) -> tuple[Message, bytes]:
    """The message in a frame. Raises ValueError for what is none."""
    if isinstance(frame, str) or len(frame) < 4:
        raise ValueError(len(frame))
    end = 4 + int(struct.unpack_from("<I", frame)[0])
    try:
        message = json.loads(frame[4:end])
    except RecursionError:
        raise ValueError(frame[4:40]) from None
    if not isinstance(message, dict):
        raise ValueError(type(message).__name__)
    return message, frame[end:]


def _is_ours(message: object) -> TypeGuard[Message]:
    """Whether our page would send that."""
    try:
        msgspec.convert(message, _Fields)
    except msgspec.ValidationError:
        return False
    return isinstance(message, dict)
