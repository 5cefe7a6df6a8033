"""Reads the ``.Input`` files of the service's own Go samples: what a client sends, in order.

One JSON object a line; blank lines and lines that begin with ``//`` are passed over (observed).
The samples send a line every 135 ms (observed), so that is the distance of their times here.
A bad line costs itself and no other, as in our own recordings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from glmkit.auth.masking import mask
from glmkit.errors import BadFile
from glmkit.protocol.event import UNREADABLE, Event
from glmkit.recordings.event_lines import lines_of
from glmkit.texts import text

STEP: Final = 0.135  # seconds
_BOM: Final = b"\xef\xbb\xbf"
_SHOWN: Final = 40  # characters of a bad line
_MOST_NAMED: Final = 20  # bad lines


def read_input(file: BinaryIO, events: list[Event]) -> None:
    """Put every event of ``file`` into ``events``, those behind a bad line included.

    Raises BadFile in the end with the numbers of the bad lines, and at once for more than a
    recording can hold.
    """
    number = 0
    format: str | None = None
    bad: list[int] = []
    begins = ""
    for number, line in lines_of(file):
        words = line.removeprefix(_BOM).strip()
        if not words or words.startswith(b"//"):
            continue
        event = Event.from_json(words, direction="client", at=len(events) * STEP, format=format)
        if event.type == UNREADABLE:
            begins = begins or _begins(words)
            bad.append(number)
            continue
        format = _format(event) or format
        events.append(event)
    if bad:
        which = _named(bad)
        raise BadFile(
            text("recordings.bad_input", count=len(bad), lines=number, which=which, begins=begins)
        )


def _begins(words: bytes) -> str:
    """The front of a bad line; masked before it is cut, for half a key is no key to the mask."""
    return mask(words[:1000].decode("utf-8", "replace"))[:_SHOWN]


def _named(numbers: Sequence[int]) -> str:
    more = "…" if len(numbers) > _MOST_NAMED else ""
    return ", ".join(map(str, numbers[:_MOST_NAMED])) + more


def looks_like_input(start: bytes) -> bool:
    """Whether a file that begins so may be one of these."""
    return start.removeprefix(_BOM).lstrip().startswith((b"//", b"{"))


def _format(event: Event) -> str | None:
    found = event.inner("session").get("input_audio_format")
    return found if isinstance(found, str) else None
