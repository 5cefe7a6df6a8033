"""Plays the server's side of a recorded session.

Rules
- Client events other than appends match by type, in order; appends by the seconds of sound since
  the last such event. What is unexpected gets an ``error`` that says what was expected, and the
  replay waits where it was; with ``strict`` the connection is closed.
- Server events come at their recorded delay after the last point that matched, divided by
  ``speed``; whatever the recording has before a point comes no later than that point.
- Ids and everything else in the events are the recording's. Sound that was not kept is silence.
- A recording of several connections (``session.reset()``) plays one of them a connection; where
  a class says for whom it opens one, each of its pupils begins at the first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from websockets.exceptions import ConnectionClosed

from glmkit.errors import BadFile, GlmError
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import OPENED
from glmkit.protocol.table import PAYLOADS
from glmkit.recordings.bundle import load
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.session.state import SessionState

APPEND: Final = "input_audio_buffer.append"
CODE: Final = "replay_mismatch"
_GUESTS: Final = 1_000  # that are remembered
_MORE = 0.5  # seconds of sound beyond the recording's that are let pass
_ALMOST = 0.02  # seconds: chunks of another size end a little earlier or later


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event of the server's: how long after its point it came, and the message."""

    delay: float
    type: str
    message: bytes


@dataclass(slots=True)
class Point:
    """Something the client did: its type, the seconds of sound before it, what came of it."""

    type: str
    at: float
    seconds: float
    answers: list[RecordedEvent] = field(default_factory=list)

    @property
    def is_append(self) -> bool:
        """Whether it is a piece of sound, or a picture that travels with it."""
        return self.type.startswith(APPEND)


class ReplayScript:
    """A recording as connections of points; ``next()`` gives the one to play now."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.parts: list[list[Point]] = []
        self._seconds = 0.0
        for event in events:
            self._read(event)
        self._next: OrderedDict[str, int] = OrderedDict()  # by guest

    @classmethod
    def load(cls, path: str) -> ReplayScript:
        """Read a recording. Raises BadFile, also where no server said anything."""
        script = cls(load(path))
        if not any(point.answers for part in script.parts for point in part):
            raise BadFile(text("recordings.nothing", path=path))
        return script

    def next(self, guest: str = "") -> list[Point]:
        """The points of a guest's next connection; after the last, the first again."""
        number = self._next.pop(guest, 0)
        self._next[guest] = number + 1
        if len(self._next) > _GUESTS:
            self._next.popitem(last=False)
        return self.parts[number % len(self.parts)]

    def _read(self, event: Event) -> None:
        if event.type == OPENED or not self.parts:
            self.parts.append([Point("", event.at, 0.0)])
            self._seconds = 0.0
        points = self.parts[-1]
        if event.direction == "server":
            delay = max(event.at - points[-1].at, 0.0)
            points[-1].answers.append(RecordedEvent(delay, event.type, _message(event)))
        elif event.direction == "client":
            self._seconds += seconds_of(event)
            points.append(Point(event.type, event.at, self._seconds))
            if not points[-1].is_append:
                self._seconds = 0.0


def seconds_of(event: Event) -> float:
    """How long the sound of an append is; 0 for any other event."""
    if event.type != APPEND:
        return 0.0
    try:
        clip = event.clip
    except GlmError:
        clip = None
    return clip.seconds if clip is not None else event.sound_seconds or 0.0


def _message(event: Event) -> bytes:
    name = PAYLOADS.get(event.type)
    if event.size and event.payload is None and name is not None:
        import pybase64

        silence = pybase64.b64encode(bytes(event.size)).decode("ascii")
        event = Event(event.type, {**event.data, name: silence})
    return event.to_json()


class Replay:
    """One connection to a recording."""

    def __init__(
        self, session: SessionState, points: Sequence[Point], *, speed: float, strict: bool
    ) -> None:
        self._session, self._points = session, points
        self._speed, self._strict = speed, strict
        self._at = 0  # the next point
        self._heard = 0.0  # seconds of sound since the last point that is no append
        self._complained = False
        self._format: str | None = None
        self._pending: deque[tuple[float, RecordedEvent]] = deque()
        self._changed = asyncio.Event()

    async def run(self) -> None:
        """Play until the connection ends."""
        player = asyncio.create_task(self._play(), name="replay")
        try:
            self._reach(self._at + 1)
            async for message in self._session.messages():
                await self._receive(message)
        except ConnectionClosed:
            pass  # the ordinary end
        finally:
            player.cancel()
            await asyncio.wait([player])

    # -- what the client does --------------------------------------------------------------

    async def _receive(self, message: bytes) -> None:
        event = Event.from_json(message, direction="client", format=self._format)
        self._session.log.came(event.type, len(message))
        if event.type.startswith(APPEND):
            await self._listen(event)
            return
        if event.type == "session.update":
            found = event.inner("session").get("input_audio_format")
            self._format = found if isinstance(found, str) else None
        index = self._next_act()
        if index is None or self._points[index].type != event.type:
            await self._complain(self._expected(index), event.type)
            return
        self._reach(index + 1)
        self._heard, self._complained = 0.0, False

    async def _listen(self, event: Event) -> None:
        self._heard += seconds_of(event)
        reached = self._at
        while reached < len(self._points) and self._points[reached].is_append:
            if self._points[reached].seconds > self._heard + _ALMOST:
                break
            reached += 1
        self._reach(reached)
        recorded = self._recorded()
        if self._heard > recorded + _MORE and not self._complained:
            self._complained = True
            expected = self._expected(self._next_act())
            await self._refuse(text("recordings.too_much", recorded=recorded, expected=expected))

    def _next_act(self) -> int | None:
        """Where the next client event is that is no append."""
        later = range(self._at, len(self._points))
        return next((index for index in later if not self._points[index].is_append), None)

    def _recorded(self) -> float:
        """The seconds of sound the recording has before the next event that is no append."""
        index = self._next_act()
        stretch = self._points[: len(self._points) if index is None else index + 1]
        last = stretch[-1]
        return last.seconds if index is not None or last.is_append else 0.0

    def _expected(self, index: int | None) -> str:
        return text("recordings.end") if index is None else self._points[index].type

    async def _complain(self, expected: str, found: str) -> None:
        if self._next_act() is None:
            await self._refuse(text("recordings.over", found=found[:80]))
        else:
            await self._refuse(text("recordings.unexpected", expected=expected, found=found[:80]))

    async def _refuse(self, words: str) -> None:
        error = {"type": "invalid_request_error", "code": CODE, "message": words}
        await self._session.sender.send("error", error=error)
        if self._strict:
            await self._session.sender.settle()
            await self._session.socket.close(1008, CODE)

    # -- what the server did ---------------------------------------------------------------

    def _reach(self, index: int) -> None:
        """All points up to ``index`` are reached now."""
        if index == self._at:
            return
        now = asyncio.get_running_loop().time()
        self._pending = deque((min(due, now), answer) for due, answer in self._pending)
        for number in range(self._at, index):
            last = number == index - 1
            for answer in self._points[number].answers:
                delay = answer.delay / self._speed if self._speed and last else 0.0
                self._pending.append((now + delay, answer))
        self._at = index
        self._changed.set()

    async def _play(self) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionClosed):  # the reader sees it too, and ends the session
            while True:
                left = self._pending[0][0] - loop.time() if self._pending else None
                if left is not None and left <= 0:
                    _, answer = self._pending.popleft()
                    self._session.log.went(answer.type, {})
                    await self._session.sender.send_message(answer.message, answer.type)
                    continue
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(left):
                        await self._changed.wait()
