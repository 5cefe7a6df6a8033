"""``Line``: an open wire with one reader; what crosses it goes into the trace and the fold.

Rules
- One task reads, always, also while something is sent: a client that doesn't read dies.
- The reader never waits for anybody: each iterator has a bounded queue of its own, and one that
  overflows ends with an error in that iterator. It steps aside for an iterator that was waiting,
  so that the rest of a burst does not keep the first event from it, but once a millisecond at most.
- Whoever asks for something holds a ``Request`` while they wait: it owns the answer, and the error
  that refuses it. ``until`` waits for a condition, and raises that error or what ended the line.
- After some errors nothing more will come: those are everybody's.
- Whoever sends more than an ``Allowance`` is cut off: what came is kept, and memory has an end.
- It is used in its ``Home``, and nowhere else; when that loop ends, so does the line.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from websockets.exceptions import ConnectionClosed

from glmkit.errors import Closed, GlmError, Rejected
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import AUDIO_DELTA, ROUND_TRIP
from glmkit.protocol.serving.own_events import ENDING, notice_in
from glmkit.protocol.settings import Settings
from glmkit.session.address import Address
from glmkit.session.allowance import Allowance
from glmkit.session.budget import Budget
from glmkit.session.event_queue import EventQueue
from glmkit.session.home import Home
from glmkit.session.line_errors import FATAL, code_of, disconnected, flooded, rejected, unanswered
from glmkit.session.place_wait import PlaceWait
from glmkit.session.request import Request
from glmkit.session.wire import Wire
from glmkit.texts import text
from glmkit.turns.fold import Fold
from glmkit.turns.trace import Trace

T = TypeVar("T")
_STEP_ASIDE = 0.001  # seconds between two looks whether somebody waits
_STEP_OF_A_WAIT = 1.0  # seconds, at least, for which a place is waited for at once
_DEFAULTS = Settings()  # until the first configuration


class Line:
    """One connection's life: send, wait, iterate, close."""

    def __init__(self, wire: Wire, *, trace: Trace, fold: Fold, address: Address) -> None:
        self._wire, self.trace, self.fold = wire, trace, fold
        self.address, self.peer = address, address.peer
        self.home = Home(wire.put_aside)
        self.settings = _DEFAULTS
        self.closed = False  # by us
        self.why_closed = ""  # if not because somebody asked
        self._server_ended: str | None = None  # why, where that is known
        self.told = False  # whoever used it knows that it has ended
        self.then: Callable[[], str] = str  # what comes after it, in words
        self.active_at = time.perf_counter()
        self.place = PlaceWait()
        self._allowance = Allowance()
        self._flooded = False  # more came than it allows
        self._fatal: Event | None = None  # an error after which nothing more will come
        self._requests: list[Request] = []  # that wait, oldest first
        self._exchange = Request()  # what an error is about that none of those takes
        self._sent_at = 0  # the last client_timestamp, ms
        self._wakers: list[asyncio.Future[None]] = []
        self._iterators: list[EventQueue] = []
        self._ping: asyncio.Task[None] | None = None  # held, or it could be collected
        self._reader = asyncio.create_task(self._live(), name="glmkit reader")

    # -- sending ---------------------------------------------------------------------------

    async def send(self, event: Event) -> None:
        """Send one event, stamped with the time (epoch ms, never decreasing)."""
        self._check_open()
        self._sent_at = max(self._sent_at, int(time.time() * 1000))
        event = stamped(
            event,
            time.perf_counter(),
            self.settings.input_format if event.payload else None,
            client_timestamp=self._sent_at,
        )
        message, self.active_at = event.to_json(), event.at
        self._allowance.renew(at=event.at)
        self._take(event)  # before the bytes leave, so that no answer can precede its question
        with contextlib.suppress(ConnectionClosed):  # whose words may say the key back
            await self._wire.send(message)
            return
        await self.ended(within=1)
        self._check_open()

    def mark(self, event: Event) -> None:
        """Put a local mark into the trace; nothing is sent."""
        self._take(stamped(event, time.perf_counter(), None))
        self._wake()

    def measure(self) -> None:
        """Have the round trip measured, as soon as the loop has a moment."""
        self._ping = asyncio.create_task(self._wire.ping(), name="glmkit ping")

    # -- reading ---------------------------------------------------------------------------

    async def _live(self) -> None:
        """Read until the end, and leave nobody waiting and nothing open behind."""
        try:
            await self._read()
        except ConnectionClosed:  # ``until`` and ``send`` say so to whoever waits
            with contextlib.suppress(RuntimeError):  # this process ends, too: it has no threads
                self._server_ended = None if self.closed else await self.address.why_ended()
        except asyncio.CancelledError:  # the loop ends
            await self._wire.close()
            raise
        finally:
            self._wake()
            for queue in self._iterators:
                queue.end()

    async def _read(self) -> None:
        receive, clock, parse = self._wire.receive, time.perf_counter, Event.from_json
        take, allowed = self._take, self._allowance.take
        aside = 0.0
        while True:
            message = await receive(decode=False)
            event = parse(
                message,
                direction="server",
                at=clock(),
                format=self.settings.output_format,
            )
            awaited = take(event)
            if not allowed(len(message), sound=event.payload is not None):
                return self._end_flood()
            if event.type != AUDIO_DELTA:
                self._noticed(event)
            if awaited and event.at - aside >= _STEP_ASIDE:
                aside = event.at
                await asyncio.sleep(0)

    def _end_flood(self) -> None:
        """More has come than is allowed."""
        self._flooded = True
        self._wire.abort()

    def _take(self, event: Event) -> bool:
        """Keep an event; whether somebody was waiting for it."""
        self.trace.add(event)
        self.fold.feed(event)
        awaited = False
        for queue in self._iterators:
            awaited = queue.put(event) or awaited
        return awaited

    def _noticed(self, event: Event) -> None:
        if said := notice_in(event):
            self.place.take(said)
        if event.type == "error" and code_of(event) in FATAL | ENDING:
            self._fatal = event
        for request in (*self._requests, self._exchange):
            if request.takes(event):
                break
        if (measured := self._wire.round_trip) != self.fold.round_trip:
            mark = Event(ROUND_TRIP, {"seconds": measured}, direction="local")
            self._take(stamped(mark, time.perf_counter(), None))
        self._wake()

    # -- waiting ---------------------------------------------------------------------------

    @contextlib.contextmanager
    def request(self, *answers: str) -> Iterator[Request]:
        """Something that is asked for now, and answered by an event of one of these types."""
        request = Request(*answers)
        self._requests.append(request)
        try:
            yield request
        finally:
            self._requests = [each for each in self._requests if each is not request]

    def allow(self, budget: Budget) -> None:
        """Let as much come as a budget says, from now on."""
        self._allowance.begin(budget, at=time.perf_counter())

    def begin_exchange(self, budget: Budget) -> Request:
        """What the exchange that begins now asks for: all errors that no other request takes.

        Not those that come in mid-answer: they end that answer, and it says so itself.
        """
        self.allow(budget)
        self._exchange = Request(refuses=lambda error: self.fold.answering is None)
        return self._exchange

    async def answer(self, request: Request, *, within: float) -> Event:
        """The event that answers a request. Raises Rejected; NoAnswer after ``within`` seconds."""
        event = await self.until(lambda: request.answer, request, within=within)
        if event is None:
            raise unanswered(request, within, peer=self.peer)
        return event

    async def until(
        self, ready: Callable[[], T], request: Request | None = None, *, within: float | None = None
    ) -> T | None:
        """Wait until ``ready()`` is true and give its value; None after ``within`` seconds.

        While a class says that one waits for a place, it goes on. Raises Disconnected when the
        line ends, Rejected when an error refuses the ``request``.
        """
        found = await self._until(ready, request, within)
        while found is None and self.place.goes_on:
            found = await self._until(ready, request, max(within or 0.0, _STEP_OF_A_WAIT))
        return found

    async def _until(
        self, ready: Callable[[], T], request: Request | None, within: float | None
    ) -> T | None:
        try:
            async with asyncio.timeout(within) as limit:
                while True:
                    self.check(request)
                    if value := ready():
                        return value
                    self._check_open()
                    await self._change()
        except TimeoutError:
            if limit.expired():
                return None
            raise

    async def settle(self, ready: Callable[[], object], seconds: float) -> bool:
        """Wait for ``ready()`` at most ``seconds``, whatever errors come meanwhile; its truth."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not ready() and not self._reader.done():
                    await self._change()
        return bool(ready())

    def check(self, request: Request | None = None) -> None:
        """Raise Rejected if an error refused the request, or everything."""
        error = (request and request.error) or self._fatal
        if error is not None:
            raise self._rejected(error)

    async def _change(self) -> None:
        waker = asyncio.get_running_loop().create_future()
        self._wakers.append(waker)
        await waker

    def _wake(self) -> None:
        wakers, self._wakers = self._wakers, []
        for waker in wakers:
            if not waker.done():
                waker.set_result(None)

    # -- the end ---------------------------------------------------------------------------

    @property
    def open(self) -> bool:
        """Whether something can still be sent and received."""
        return not self.closed and self.home.here and not self._reader.done()

    @property
    def lost(self) -> bool:
        """Whether the other side or the network ended it, for a reason that may be gone."""
        read = self._reader.done() and not self._reader.cancelled() and self.home.here
        if self.closed or self._flooded or self._fatal is not None or not read:
            return False
        return self._reader.exception() is None

    async def ended(self, *, within: float) -> None:
        """Wait for the line's end, at most ``within`` seconds."""
        await asyncio.wait([self._reader], timeout=within)

    def check_home(self) -> None:
        """Raise BadState where it is open somewhere else: on another loop, in another process."""
        if not self.closed:
            self.home.check()

    def _check_open(self) -> None:
        self.check_home()
        if self.closed:
            raise Closed(self.why_closed or text("session.closed"))
        if self._reader.done():
            if self._fatal is not None and code_of(self._fatal) in ENDING:
                raise self._rejected(self._fatal)
            if not self._reader.cancelled() and (bug := self._reader.exception()):
                raise bug
            raise self._broken()

    def _broken(self) -> GlmError:
        """The exception for a line that somebody else ended, with what had arrived."""
        configured, turn = self.configured, self.fold.partial()
        if self._flooded:
            return flooded(self._allowance, configured=configured, peer=self.peer, turn=turn)
        self.told = True
        return disconnected(
            self._wire.ending,
            self._server_ended,
            address=self.address,
            configured=configured,
            then=self.then,
            turn=turn,
        )

    @property
    def configured(self) -> bool:
        """Whether a configuration was echoed here: before, whoever connects has no session yet."""
        return self.settings is not _DEFAULTS

    @property
    def ending(self) -> str | None:
        """How the other side ended the line, in a few words; None where it did not."""
        if self.closed or not self._reader.done():
            return None
        code, reason = self._wire.ending
        return text("session.ending", code=code, reason=reason)

    def _rejected(self, event: Event) -> Rejected:
        return rejected(event, peer=self.peer, turn=self.fold.partial())

    async def close(self) -> None:
        """Close the wire and end every iterator, wherever this is called; twice is once."""
        self.closed = True
        await self.home.end(self._close, self._wire.cut_off)

    async def _close(self) -> None:
        await self._wire.close()
        await self.ended(within=2)
        self._reader.cancel()
        self._exchange = Request()  # the last one's conditions hold this line: no circle stays
        self._wake()

    # -- iterating -------------------------------------------------------------------------

    def every_event(self) -> EventQueue:
        """A queue of every event from now on; at its end it raises what ended the line, if that
        was the other side, or nobody's wish."""
        return self._queue(check=self._check_ended_by_us)

    def queue(self, only: str = "") -> EventQueue:
        """A queue of every event from now on, or only of one type, that ends with the line;
        ``close()`` it, or use it in ``with``."""
        return self._queue(only)

    def _check_ended_by_us(self) -> None:
        if not self.closed or self.why_closed:
            self._check_open()

    def _queue(self, only: str = "", check: Callable[[], None] = lambda: None) -> EventQueue:
        self.check_home()
        queue = EventQueue(self._leave, only, check)
        queue.ended = not self.open
        self._iterators = [*self._iterators, queue]
        return queue

    def _leave(self, queue: EventQueue) -> None:
        self._iterators = [each for each in self._iterators if each is not queue]
