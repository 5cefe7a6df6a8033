"""``PageMailbox``: what a pupil's page is told, numbered, until the page has taken it.

Rules
- The page asks again and again, each time with the number of the last thing it has: what it has
  is forgotten here, but for the lines of the conversation, which a page that comes later gets.
- A live talk begins anew after each end of its session, and numbers its lines from the start: so
  each has a prefix here (``begin_part``).
- At most ``_MOST_SOUND`` bytes of an answer wait for a page; the oldest give way.
- A page gets so much at once as a slow network carries in a second or two: what takes longer than
  a page waits would be asked for again, and again.
"""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from contextlib import suppress
from typing import Any, Final

from glmkit.texts import text

Told = dict[str, Any]
_SHOWN: Final = frozenset(("said", "turn", "note", "play", "end", "flush", "state", "decode"))
_KEPT: Final = frozenset(("said", "turn", "note"))
_MOST_LINES: Final = 400
_MOST_AT_ONCE: Final = 128 * 1024  # letters of sound: two seconds of an answer
_MOST_SOUND: Final = 16 * 2**20  # bytes: five minutes of an answer


class PageMailbox:
    """A face of a live talk, whose words wait for the page; made on the loop that serves it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[int, Told]] = deque()
        self._sound = 0  # bytes of what waits
        self._lines: dict[str, Told] = {}
        self._part = self._notes = 0
        self._news = asyncio.Event()
        self.newest = 0
        """The number of the last thing that was told."""

    def begin_part(self) -> None:
        """What a live talk tells from now on is another one's."""
        self._part += 1

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Tell the page; from any thread."""
        if type == "closed":
            self._loop.call_soon_threadsafe(self._close)
        elif type in _SHOWN:
            self._loop.call_soon_threadsafe(self._put, {"type": type, **fields}, buffer, self._part)

    def own_name(self, told: str) -> str:
        """The name that the live talk itself knows something by, of which the page has spoken."""
        part, _, name = told.partition(":")
        return name if part == str(self._part) else ""

    @property
    def lines(self) -> list[Told]:
        """The conversation so far, for a page that comes now."""
        return list(self._lines.values())

    def after(self, number: int) -> tuple[int, list[Told]]:
        """What was told after that number, so much as goes at once, with the number of its last.

        What came before is forgotten.
        """
        while self._waiting and self._waiting[0][0] <= number:
            self._drop()
        found, size = list[Told](), 0
        for last, told in self._waiting:
            size += len(told.get("sound", ""))
            if found and size > _MOST_AT_ONCE:
                break
            number = last
            found.append(told)
        return number, found

    async def wait(self, after: int, seconds: float) -> None:
        """Until there is more than ``after``, or so many seconds have passed, or ``ring``."""
        if self.newest > after:
            return
        self._news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)

    def ring(self) -> None:
        """Let whoever waits look again."""
        self._news.set()

    def _close(self) -> None:
        """Its session is over. Why, the class has said; a talk's own last word is for notebooks."""
        last = self._waiting[-1][1] if self._waiting else {}
        words = text("pupil_page.over")
        if last.get("type") == "note":
            last["words"] = self._lines[last["id"]]["words"] = words
        else:
            self._put({"type": "note", "words": words}, b"", self._part)
        self._put({"type": "state", "state": "closed"}, b"", self._part)

    def _put(self, told: Told, buffer: bytes, part: int) -> None:
        if "id" in told:
            told["id"] = f"{part}:{told['id']}"
        if told["type"] == "note":
            self._notes += 1
            told["id"] = f"note:{self._notes}"
        if told["type"] in _KEPT:
            self._keep(told)
        if buffer:
            told["sound"] = base64.b64encode(buffer).decode("ascii")
        self.newest += 1
        self._sound += len(buffer)
        self._waiting.append((self.newest, told))
        while self._sound > _MOST_SOUND:
            self._drop()
        self._news.set()

    def _keep(self, told: Told) -> None:
        name = f"turn {told['number']}" if told["type"] == "turn" else told["id"]
        self._lines[name] = dict(told)
        while len(self._lines) > _MOST_LINES:
            self._lines.pop(next(iter(self._lines)))

    def _drop(self) -> None:
        _, told = self._waiting.popleft()
        self._sound -= len(told.get("sound", "")) * 3 // 4
