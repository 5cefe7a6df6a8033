"""One pupil's session: it waits for a place, passes on what may pass, and counts.

Rules
- The client's WebSocket is open from the beginning; the one at the service while it has a place.
  What is said before that waits here, ``_MOST_KEPT`` bytes of it; then the sender waits.
- A turn that would pass a limit is refused here, by an ``error`` event; nothing of it is sent on.
  Under server VAD sound is held back, and the refusal comes when somebody begins to speak.
- A turn is in the ledger before the service is asked, what was heard before its end is passed on.
- A place may be lent to others while nobody speaks (``release_idle``), where somebody waits. Then
  the service forgets; it is configured anew with the next words, and the pupil is told. A seat that
  has used its limits up lends it always: no turn of its own can begin.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from glmkit.auth.masking import their_words
from glmkit.classroom.held_place import HeldPlace
from glmkit.classroom.limits import Denial
from glmkit.classroom.turn_gate import TurnGate
from glmkit.classroom.turn_meter import TurnMeter
from glmkit.errors import BadFile, GlmError
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND, error_of
from glmkit.protocol.serving.own_events import REFUSED
from glmkit.relay.client_words import LOST, UNREACHABLE, ClientWords
from glmkit.relay.kept_session import SoundFormats
from glmkit.relay.passing import Message, close_as, deliver, ending_of, pass_on

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.asyncio.server import ServerConnection

    from glmkit.classroom.seat import Seat
    from glmkit.classroom.shared_means import SharedMeans

BOOKS: Final = "class_ledger"
UPDATE: Final = "session.update"
POLICY: Final = 1008
_MOST_KEPT: Final = 4 * 2**20  # bytes of what waits for a place
_BEFORE_SPEECH: Final = 10  # appends that are kept of the silence before somebody speaks
_ACCOUNTED: Final = 10.0  # seconds of sound that are counted at once
_LOOK: Final = 0.5  # seconds between two looks for an idle seat
_SPENT: Final = 5.0  # seconds of silence after which a seat without a turn left lends its place
_HEARD_OUT: Final = 2.0  # seconds for what a pupil said last
_LAST: Final = 10.0  # seconds for what is still under way at the end
_RENEWING: Final = 15.0  # seconds for the service to take a configuration again
_LONGEST_CODE: Final = 40  # bytes of an error's code that are kept
_NEW: Final = {"session.created", "conversation.created", "session.updated"}


class PupilSession:
    """A client of a class; ``run`` it to its end."""

    def __init__(self, client: ServerConnection, seat: Seat, means: SharedMeans) -> None:
        self._client, self._seat, self._means = client, seat, means
        self._words = ClientWords(client)
        self._place = HeldPlace(seat, means, self._words)
        self.meter, self._formats = TurnMeter(), SoundFormats()
        self._gate = TurnGate(seat, means, self._words, self.meter)
        self._far: ClientConnection | None = None
        self._sending = asyncio.Lock()
        self._kept: deque[tuple[Message, bool]] = deque()
        self._before_speech: deque[Message] = deque(maxlen=_BEFORE_SPEECH)
        self._wanted, self._joined = asyncio.Event(), asyncio.Event()
        self._configuration: Message | None = None  # that the service was given last
        self._swallowed: set[str] = set()
        self._configured = asyncio.Event()
        self._turns = self._forgotten = 0  # that the service remembers, and does no more
        self._number: int | None = None
        self._over = asyncio.Event()

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now."""
        return self.meter.open

    @property
    def answering(self) -> bool:
        """Whether an answer is coming in."""
        return self.meter.answering > 0

    async def run(self) -> None:
        """From the pupil's arrival until both sides have ended."""
        try:
            self._number = await self._means.ledger.open_session(
                self._seat.id, self._means.upstream.peer
            )
            await self._live()
        except BadFile as error:
            await self._fail(BOOKS, "classroom.ledger_stops", why=error)
        finally:
            await self._leave()
            self._over.set()

    async def _live(self) -> None:
        hearing = asyncio.create_task(pass_on(self._client, self._from_pupil), name="pupil")
        serving = asyncio.create_task(self._at_service(), name="pupil's service")
        gone = asyncio.create_task(self._client.wait_closed(), name="pupil gone")
        try:
            await asyncio.wait({hearing, serving, gone}, return_when="FIRST_COMPLETED")
            if gone.done() and not hearing.done():
                await asyncio.wait({hearing}, timeout=_HEARD_OUT)  # what came before the end
            if self._client.state is State.OPEN and not serving.done():
                await asyncio.wait({serving}, timeout=_LAST)  # what the service said last
        finally:
            for task in (hearing, serving, gone):
                task.cancel()
            found = await asyncio.gather(hearing, serving, gone, return_exceptions=True)
        for each in found:
            if isinstance(each, Exception) and not isinstance(each, ConnectionClosed):
                raise each

    # -- the service's side --------------------------------------------------------------------

    async def _at_service(self) -> None:
        """Have a place, and again whenever it was lent and is wanted back."""
        while await self._place.take(self._number):
            try:
                with self._words.read_by_client():
                    far = await self._means.upstream.open(self._seat.id)
            except GlmError as error:
                await self._fail(UNREACHABLE, "relay.unreachable", why=error)
                return
            lent = False
            with suppress(ConnectionClosed):  # it ended before all that waited was sent
                lent = await self._joined_with(far)
            if not lent:
                await self._end_as(far)
                return
            await self._wanted.wait()

    async def _joined_with(self, far: ClientConnection) -> bool:
        """Pass on both ways until the service ends (False), or its place is lent (True)."""
        answers = asyncio.create_task(pass_on(far, self._from_service), name="service")
        lent = False
        try:
            if self._configuration is not None:
                await self._renew(far)
            await self._begin_sending(far)
            while not answers.done() and not lent:
                await asyncio.wait({answers}, timeout=_LOOK)
                lent = not answers.done() and self._may_lend and await self._lend(far)
        finally:
            self._far = None
            self._joined.clear()
            answers.cancel()
            try:
                await asyncio.wait({answers})
            finally:  # the pupil may go just now, which cancels this
                await close_as(far, *self._why_closed)
        if not answers.cancelled() and (error := answers.exception()) is not None:
            raise error
        return lent

    @property
    def _why_closed(self) -> tuple[int, str]:
        """With what to close at the service: as the pupil did, who may be there still."""
        there = self._client.state is State.OPEN
        return (1000, "") if there else ending_of(self._client)

    async def _renew(self, far: ClientConnection) -> None:
        """Configure a new connection as the one before was; the pupil is told what is lost."""
        assert self._configuration is not None
        self.meter.begin_anew()
        self._swallowed = set(_NEW)
        self._configured.clear()
        await deliver(far, self._configuration)
        with suppress(TimeoutError):
            async with asyncio.timeout(_RENEWING):
                await self._configured.wait()
        self._swallowed = set()
        await self._words.notify(forgotten=self._forgotten)

    async def _begin_sending(self, far: ClientConnection) -> None:
        async with self._sending:
            while self._kept:
                await self._deliver_up(far, *self._kept.popleft())
            self._far = far
            self._wanted.clear()
            self._joined.set()
        self._gate.active_at = time.monotonic()

    @property
    def _may_lend(self) -> bool:
        means, seat = self._means, self._seat
        spent = seat.limits.reached(seat.used) is not None
        after = _SPENT if spent else means.release_idle
        quiet = time.monotonic() - self._gate.active_at
        busy = self._gate.hears_speech or not self.meter.idle or not means.places.somebody_waits
        return after is not None and not busy and quiet >= after

    async def _lend(self, far: ClientConnection) -> bool:
        """Give the place to who waits, unless something is being sent; whether it was given."""
        if self._configuration is None or self._sending.locked():
            return False
        self._far = None
        self._joined.clear()
        self._gate.listens = True
        self._forgotten, self._turns = self._turns, 0
        await close_as(far, 1000)
        await self._place.give_back(self._number)
        await self._words.notify(place={"lent": True})
        return True

    async def _from_service(self, message: Message) -> None:
        event = self._formats.event_of(message, "server", at=0.0)
        if event.type in self._swallowed:
            self._swallowed.discard(event.type)
            if event.type == "session.updated":
                self._configured.set()
            return
        if event.type == "error":
            await self._note_trouble(their_words(str(error_of(event).get("code")), _LONGEST_CODE))
        turn = self.meter.server(event)
        self._turns += turn
        if event.type in ("response.done", "error") or turn or self._much:
            self._gate.active_at = time.monotonic()
            await self._account()
        await deliver(self._client, message)

    async def _end_as(self, far: ClientConnection) -> None:
        """End as the service did; where it was lost, say so first."""
        code, reason = ending_of(far)
        if code == 1006 or far.state is State.OPEN:
            await self._fail(LOST, "relay.lost", peer=self._means.upstream.peer)
        else:
            await close_as(self._client, code, reason)

    async def _fail(self, code: str, sentence: str, **values: object) -> None:
        self._seat.troubles[code] += 1
        await self._words.end(code, sentence, values)

    # -- the pupil's side ----------------------------------------------------------------------

    async def _from_pupil(self, message: Message) -> None:
        event = self._formats.event_of(message, "client", at=0.0)
        if not await self._gate.lets_pass(event):
            return
        turn = self.meter.client(event)
        self._turns += turn
        if turn or self._much:
            await self._account()
        await self._forward(message, event)

    async def _forward(self, message: Message, event: Event) -> None:
        async with self._sending:
            if (far := self._far) is not None and not self._kept:
                await self._deliver_up(far, message, event.type == UPDATE)
                return
            if self._is_silence(event):
                self._before_speech.append(message)
                return
            self._kept.extend((each, False) for each in self._before_speech)
            self._before_speech.clear()
            self._kept.append((message, event.type == UPDATE))
            self._wanted.set()
            full = sum(len(each) for each, _ in self._kept) > _MOST_KEPT
        if full:
            await self._joined.wait()

    def _is_silence(self, event: Event) -> bool:
        """Whether it is sound in which nobody speaks, of a session whose place was lent."""
        lent = self._configuration is not None and not self._wanted.is_set()
        sound = self.meter.server_vad and event.type == APPEND
        return lent and sound and not self._gate.hears_speech

    async def _deliver_up(self, far: ClientConnection, message: Message, update: bool) -> None:
        await deliver(far, message)
        if update:
            self._configuration = message

    # -- what it costs, and its end --------------------------------------------------------------

    @property
    def _much(self) -> bool:
        return self.meter.pending >= _ACCOUNTED

    async def _account(self) -> None:
        await self._means.add(self._seat, self.meter.take(), self._number)

    async def _note_trouble(self, code: str) -> None:
        self._seat.troubles[code] += 1
        self._means.changed()
        await self._means.ledger.trouble(self._seat.id, code)

    async def _leave(self) -> None:
        """Count what is left; the place is the seat's next session's, if there is one."""
        with suppress(BadFile):  # it was told that the ledger takes no more
            if self._seat.session is self:
                self._seat.session = None
                await self._place.give_back(self._number)
            await self._account()
            if self._number is not None:
                await self._means.ledger.close_session(self._number)
        self._means.changed()

    # -- from outside -----------------------------------------------------------------------------

    async def turn_away(self, denial: Denial) -> None:
        """Say why it cannot begin, or go on, and close."""
        reason = denial.code, denial.sentence, denial.values
        await self._words.end(*reason, close=POLICY, type=REFUSED)

    async def end(self, denial: Denial) -> None:
        """End the session at once, and say why; over when both sides have ended."""
        await self.turn_away(denial)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST):
                await self._over.wait()

    async def tell(self, words: str) -> None:
        """Say something to the pupil: a notice in the cell."""
        await self._words.notify(message=words)
