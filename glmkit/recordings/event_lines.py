"""One event a line, as recordings keep it: JSON that says when, which way, and what.

::

    {"at": 12.5, "from": "client", "format": "pcm16", "event": {"type": …, "audio": …}}

Rules
- ``at`` is the trace's own ``perf_counter`` seconds, unrounded, so that every latency read off a
  file is the one that was measured.
- Every text is masked on its way out; base64 is no text, and masking it would spoil the sound.
- Reading is bounded: lines, events and bytes have limits, and whatever is past them is refused
  before anything of it is kept. A bad line costs itself and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

import msgspec
import pybase64

from glmkit.auth.masking import CUT, mask
from glmkit.errors import BadFile
from glmkit.protocol.event import Event, as_json
from glmkit.protocol.event_kinds import is_sound_mark
from glmkit.protocol.table import PAYLOADS, Direction
from glmkit.texts import text, whole_characters

MOST_LINE: Final = 24 * 2**20  # bytes: the largest message, and what is around it
MOST_BYTES: Final = 2**30
MOST_EVENTS: Final = 400_000  # five hours of sound in tenths of a second, both ways
_MOST_UNPACKED: Final = 2**26  # bytes, however small they were packed
_MOST_RATIO: Final = 400  # beyond that; a muted microphone is packed 300-fold, a bomb 1,000-fold
_PIECE: Final = 2**20
_MOST_SECONDS = 1e10  # since a computer was started
_SHORT = 8  # letters: no key or token is shorter
_DIRECTIONS = ("client", "server", "local")


class _Line(msgspec.Struct):
    at: float
    way: str = msgspec.field(name="from")
    event: msgspec.Raw
    format: str | None = None
    size: int = 0


_decode = msgspec.json.Decoder(_Line).decode
_encode = msgspec.json.Encoder().encode


def encode_line(event: Event) -> bytes:
    """The event as a line, its end included, without a key or a token in it."""
    head: dict[str, Any] = {"at": event.at, "from": event.direction}
    if event.format is not None:
        head["format"] = event.format
    if event.payload is None and event.size:
        head["size"] = event.size
    return b'%b,"event":%b}\n' % (_encode(head)[:-1], _message(event))


def _message(event: Event) -> bytes:
    name = PAYLOADS.get(event.type) if event.payload is not None else None
    data = event.data if name is None else event.without_payload().data
    body = as_json(masked(data))
    if name is None:
        return body
    sound = pybase64.b64encode(event.payload or b"")
    return b'%b,"%b":"%b"}' % (body[:-1], name.encode("ascii"), sound)


def masked(value: Any) -> Any:
    """The same JSON value without anything that looks like a key or a token."""
    if isinstance(value, str):
        return mask(value) if len(value) >= _SHORT else value
    if isinstance(value, dict):
        return {masked(name): _of_field(name, each) for name, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, list) else value


def _of_field(name: str, value: Any) -> Any:
    secret = isinstance(value, str) and name.lower() == "authorization"
    return CUT if secret else masked(value)


def decode_line(line: bytes) -> Event:
    """The event in a line. Raises ValueError for what is none."""
    try:
        found = _decode(line)
    except msgspec.DecodeError:
        found = _spelled_out(line)
    if found.way not in _DIRECTIONS:
        raise ValueError(found.way)
    if not abs(found.at) < _MOST_SECONDS:  # so written that NaN is refused, too
        raise ValueError(found.at)
    if found.size > MOST_LINE:
        raise ValueError(found.size)
    way = cast("Direction", found.way)
    event = Event.from_json(bytes(found.event), direction=way, at=found.at, format=found.format)
    if way == "local" and not is_sound_mark(event):
        raise ValueError(event.type)
    not_kept = found.size > 0 and event.payload is None and event.type in PAYLOADS
    return event.of_size(found.size) if not_kept else event


def _spelled_out(line: bytes) -> _Line:
    """What msgspec refuses and JSON allows: half a surrogate pair."""
    found = json.loads(line)
    try:
        message = msgspec.Raw(json.dumps(found["event"]).encode("ascii"))
        return msgspec.convert({**found, "event": message}, _Line)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise ValueError(_brief(error)) from None


def most_unpacked(packed: int) -> int:
    """How many bytes of lines a recording of ``packed`` bytes may hold."""
    return min(MOST_BYTES, max(_MOST_UNPACKED, packed * _MOST_RATIO))


def check_amount(file: BinaryIO, most: int = MOST_BYTES) -> None:
    """Raise BadFile for too many lines, or more than ``most`` bytes; keeps nothing of them."""
    lines = total = 0
    while piece := file.read(_PIECE):
        lines, total = lines + piece.count(b"\n"), total + len(piece)
        _check(lines, total, most)


def lines_of(file: BinaryIO, most: int = MOST_BYTES) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, from 1. Raises BadFile where a recording can hold no more."""
    number = total = 0
    while line := file.readline(MOST_LINE + 1):
        number, total = number + 1, total + len(line)
        _check(number, total, most)
        if len(line) > MOST_LINE:
            raise _too_big(text("recordings.long_line", number=number, most=MOST_LINE // 2**20))
        yield number, line


def _check(lines: int, total: int, most: int) -> None:
    if lines > MOST_EVENTS:
        raise _too_big(text("recordings.many_lines", most=MOST_EVENTS))
    if total > most:
        raise _too_big(text("recordings.many_bytes", most=most // 2**20))


def _too_big(found: str) -> BadFile:
    return BadFile(text("recordings.too_big", found=found))


def read_lines(
    file: BinaryIO, events: list[Event], *, growing: bool = False, most: int = MOST_BYTES
) -> None:
    """Put every event of ``file`` into ``events``, those behind a bad line included.

    ``growing``: the file may end in the middle of a line, which is left out. Raises BadFile in
    the end if there were bad lines, and at once for more than a recording can hold.
    """
    number = bad = 0
    facts: dict[str, Any] = {}  # of the first bad one
    for number, line in lines_of(file, most):
        if growing and not line.endswith(b"\n"):
            break
        try:
            events.append(decode_line(line))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            bad, facts = bad + 1, facts or {"first": number, "why": _brief(error)}
    if bad:
        raise BadFile(text("recordings.bad_lines", count=bad, lines=number, **facts))


def _brief(error: Exception) -> str:
    return mask(whole_characters(str(error)))[:120]
