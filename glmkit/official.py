"""Reads the ``.Input`` files of the service's own Go samples: what a client sends, in order.

One JSON object a line; blank lines and lines that begin with ``//`` are passed over (observed).
The samples send a line every 135 ms (observed), so that is the distance of their times here.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from glmkit.bundle_lines import MOST_BYTES, MOST_EVENTS, MOST_LINE
from glmkit.errors import BadFile
from glmkit.event import UNREADABLE, Event
from glmkit.texts import text

STEP: Final = 0.135  # seconds


def read_input(file: BinaryIO, events: list[Event]) -> None:
    """Put every event of ``file`` into ``events``, those before a bad line included.

    Raises BadFile for a line that is no event.
    """
    number = total = 0
    format: str | None = None
    while line := file.readline(MOST_LINE + 1):
        number, total = number + 1, total + len(line)
        if len(line) > MOST_LINE or total > MOST_BYTES or number > MOST_EVENTS:
            raise BadFile(text("bundle.too_big", number=number))
        words = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not words or words.startswith(b"//"):
            continue
        event = Event.from_json(words, direction="client", at=len(events) * STEP, format=format)
        if event.type == UNREADABLE:
            raise BadFile(
                text("bundle.bad_line", number=number, why=words[:40].decode("utf-8", "replace"))
            )
        format = _format(event) or format
        events.append(event)


def looks_like_input(start: bytes) -> bool:
    """Whether a file that begins so may be one of these."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:2] == b"//" or start.lstrip()[:1] == b"{"


def _format(event: Event) -> str | None:
    found = event.inner("session").get("input_audio_format")
    return found if isinstance(found, str) else None
