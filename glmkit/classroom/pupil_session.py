"""One pupil's session: it waits for a place, passes on what may pass, and counts.

Rules
- The client's WebSocket is open from the beginning; the one at the service while it has a place.
  What is said before that waits here, ``_MOST_KEPT`` bytes of it; then the sender waits.
- A turn that would pass a limit is refused here, by an ``error`` event; nothing of it is sent on.
  Under server VAD sound is held back, and the refusal comes when somebody begins to speak.
- A turn is in the ledger before the service is asked, what was heard before its end is passed on.
- A place may be lent to others while nobody speaks (``release_idle``), where somebody waits. Then
  the service forgets; it is configured anew with the next words, and the pupil is told.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from glmkit.classroom.ear import PupilEar
from glmkit.classroom.limits import Denial, Used
from glmkit.classroom.turn_meter import CLEAR, COMMIT, CREATE, TurnMeter
from glmkit.errors import BadFile, GlmError
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND, error_of
from glmkit.protocol.serving.own_events import FAILED, error_message, notice_message
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.relay.kept_session import SoundFormats
from glmkit.relay.passing import Message, close_as, deliver, ending_of, pass_on
from glmkit.relay.relayed_session import BAD_GATEWAY, LOST, UNREACHABLE

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.asyncio.server import ServerConnection

    from glmkit.classroom.places import QueuePlace
    from glmkit.classroom.seat import Seat
    from glmkit.classroom.shared_means import SharedMeans

NO_PLACE, BOOKS = "class_no_place", "class_ledger"
POLICY: Final = 1008
TRY_LATER: Final = 1013
_MOST_KEPT: Final = 4 * 2**20  # bytes of what waits for a place
_BEFORE_SPEECH: Final = 10  # appends that are kept of the silence before somebody speaks
_ACCOUNTED: Final = 10.0  # seconds of sound that are counted at once
_TOLD_AGAIN: Final = 5.0  # seconds
_WORTH_SAYING: Final = 0.05  # seconds
_LOOK: Final = 0.5  # seconds between two looks for an idle seat
_HEARD_OUT: Final = 2.0  # seconds for what a pupil said last
_LAST: Final = 10.0  # seconds for what is still under way at the end
_RENEWING: Final = 15.0  # seconds for the service to take a configuration again
_NEW: Final = {"session.created", "conversation.created", "session.updated"}


class PupilSession:
    """A client of a class; ``run`` it to its end."""

    def __init__(self, client: ServerConnection, seat: Seat, means: SharedMeans) -> None:
        self._client, self._seat, self._means = client, seat, means
        self._languages = languages_of(client.request)
        self.meter, self._formats = TurnMeter(), SoundFormats()
        self._ear: PupilEar | None = None
        self._far: ClientConnection | None = None
        self._sending = asyncio.Lock()
        self._kept: deque[Message] = deque()
        self._before_speech: deque[Message] = deque(maxlen=_BEFORE_SPEECH)
        self._wanted, self._joined, self._ring = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._configuration: Message | None = None  # that the service was given last
        self._swallowed: set[str] = set()
        self._configured = asyncio.Event()
        self._denied = False  # what is said now was refused
        self._turns = self._forgotten = 0  # that the service remembers, and does no more
        self._active = time.monotonic()
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
            await self._refuse(BOOKS, "classroom.ledger_stops", why=error)
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
        while await self._take_place():
            try:
                far = await self._means.upstream.open()
            except GlmError as error:
                await self._refuse(UNREACHABLE, "relay.unreachable", why=error)
                return
            if not await self._joined_with(far):
                await self._end_as(far)
                return
            await self._wanted.wait()

    async def _take_place(self) -> bool:
        """Wait for a place, and say how that goes; whether there is one."""
        means, seat = self._means, self._seat
        telling = asyncio.create_task(self._tell_place(), name="place told")
        try:
            waited = await means.places.take(
                seat.id, served=seat.used.held, told=self._placed, within=means.patience
            )
        except TimeoutError:
            minutes = f"{means.patience / 60:g}"
            await self._refuse(NO_PLACE, "classroom.no_place", TRY_LATER, minutes=minutes)
            return False
        finally:
            telling.cancel()
            await asyncio.wait({telling})
            told, seat.waiting = seat.waiting is not None, None
        seat.last_wait = waited
        means.changed()
        if told or waited >= _WORTH_SAYING:
            await means.add(seat, Used(waited=waited), self._number)
            await self._notify(place={"waited": round(waited, 3)})
        return True

    def _placed(self, place: QueuePlace) -> None:
        self._seat.waiting = place
        self._ring.set()
        self._means.changed()

    async def _tell_place(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_TOLD_AGAIN):
                    await self._ring.wait()
            self._ring.clear()
            if (place := self._seat.waiting) is not None:
                said = {"before": place.before, "seconds": place.seconds}
                await self._notify(place=said)

    async def _joined_with(self, far: ClientConnection) -> bool:
        """Pass on both ways until the service ends (False), or its place is lent (True)."""
        answers = asyncio.create_task(pass_on(far, self._from_service), name="service")
        lent = False
        try:
            if self._configuration is not None:
                await self._renew(far)
            await self._begin_sending(far)
            look = _LOOK if self._means.release_idle is not None else None
            while not answers.done() and not lent:
                await asyncio.wait({answers}, timeout=look)
                lent = not answers.done() and self._may_lend and await self._lend(far)
        finally:
            self._far = None
            self._joined.clear()
            answers.cancel()
            await asyncio.wait({answers})
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
        await self._notify(forgotten=self._forgotten)

    async def _begin_sending(self, far: ClientConnection) -> None:
        async with self._sending:
            while self._kept:
                await self._deliver_up(far, self._kept.popleft())
            self._far = far
            self._wanted.clear()
            self._joined.set()
        self._active = time.monotonic()

    @property
    def _may_lend(self) -> bool:
        after, means = self._means.release_idle, self._means
        heard = self._ear is not None and self._ear.speaking
        quiet = time.monotonic() - self._active
        busy = heard or not self.meter.idle or not means.places.somebody_waits
        return after is not None and not busy and quiet >= after

    async def _lend(self, far: ClientConnection) -> bool:
        """Give the place to who waits, unless something is being sent; whether it was given."""
        if self._configuration is None or self._sending.locked():
            return False
        self._far = None
        self._joined.clear()
        self._forgotten, self._turns = self._turns, 0
        await close_as(far, 1000)
        await self._give_back()
        await self._notify(place={"lent": True})
        return True

    async def _from_service(self, message: Message) -> None:
        event = self._formats.event_of(message, "server", at=0.0)
        if event.type in self._swallowed:
            self._swallowed.discard(event.type)
            if event.type == "session.updated":
                self._configured.set()
            return
        if event.type == "error":
            await self._note_trouble(str(error_of(event).get("code")))
        turn = self.meter.server(event)
        self._turns += turn
        if event.type in ("response.done", "error") or turn or self._much:
            self._active = time.monotonic()
            await self._account()
        await deliver(self._client, message)

    async def _end_as(self, far: ClientConnection) -> None:
        """End as the service did; where it was lost, say so first."""
        code, reason = ending_of(far)
        if code == 1006 or far.state is State.OPEN:
            await self._refuse(LOST, "relay.lost", peer=self._means.upstream.peer)
        else:
            await close_as(self._client, code, reason)

    # -- the pupil's side ----------------------------------------------------------------------

    async def _from_pupil(self, message: Message) -> None:
        event = self._formats.event_of(message, "client", at=0.0)
        denial = self._means.denial(self._seat)
        begins = await self._hear(event, denial)
        if denial is not None and self.meter.begins(event):
            await self._deny(event, denial, begins)
            return
        if event.type in (COMMIT, CREATE, CLEAR):
            self._denied = False
        if not (self.meter.server_vad and event.type == APPEND):
            self._active = time.monotonic()
        turn = self.meter.client(event)
        self._turns += turn
        if turn or self._much:
            await self._account()
        await self._forward(message, event)

    async def _hear(self, event: Event, denial: Denial | None) -> bool:
        """Listen where the service is not asked; whether somebody begins to speak."""
        asked = denial is not None or self._means.release_idle is not None
        if not (asked and self.meter.server_vad and event.type == APPEND):
            return False
        self._ear = self._ear or PupilEar()
        begins = await self._ear.begins(event)
        if begins or self._ear.speaking:
            self._active = time.monotonic()
        return begins

    async def _deny(self, event: Event, denial: Denial, begins: bool) -> None:
        """Refuse what would begin: sound once, for it comes in many pieces."""
        if event.type == APPEND:
            told = self._denied if not self.meter.server_vad else not begins
            self._denied = True
            if told:
                return
        elif event.type in (COMMIT, CREATE):
            self._denied = False
        await self._note_trouble(denial.code)
        words = said_in(self._languages, denial.sentence, **denial.values)
        await deliver(self._client, error_message(denial.code, words))

    async def _forward(self, message: Message, event: Event) -> None:
        async with self._sending:
            if (far := self._far) is not None and not self._kept:
                await self._deliver_up(far, message)
                return
            if self._is_silence(event):
                self._before_speech.append(message)
                return
            self._kept.extend(self._before_speech)
            self._before_speech.clear()
            self._kept.append(message)
            self._wanted.set()
            full = sum(map(len, self._kept)) > _MOST_KEPT
        if full:
            await self._joined.wait()

    def _is_silence(self, event: Event) -> bool:
        """Whether it is sound in which nobody speaks, of a session whose place was lent."""
        lent = self._configuration is not None and not self._wanted.is_set()
        sound = self.meter.server_vad and event.type == APPEND
        return lent and sound and not (self._ear is not None and self._ear.speaking)

    async def _deliver_up(self, far: ClientConnection, message: Message) -> None:
        await deliver(far, message)
        if len(message) < 2**20 and _is_update(message):
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

    async def _give_back(self) -> None:
        held = self._means.places.give_back(self._seat.id)
        await self._means.add(self._seat, Used(held=held), self._number)

    async def _leave(self) -> None:
        """Count what is left; the place is the seat's next session's, if there is one."""
        with suppress(BadFile):  # it was told that the ledger takes no more
            if self._seat.session is self:
                self._seat.session = None
                await self._give_back()
            await self._account()
            if self._number is not None:
                await self._means.ledger.close_session(self._number)
        self._means.changed()

    # -- what is said to the pupil ---------------------------------------------------------------

    async def end_unopened(self, denial: Denial) -> None:
        """Say why it cannot begin, and close."""
        words = said_in(self._languages, denial.sentence, **denial.values)
        with suppress(ConnectionClosed):
            await deliver(self._client, error_message(denial.code, words), patience=2.0)
        await close_as(self._client, POLICY, denial.code)

    async def end(self, denial: Denial) -> None:
        """End the session at once, and say why; over when both sides have ended."""
        await self.end_unopened(denial)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST):
                await self._over.wait()

    async def tell(self, words: str) -> None:
        """Say something to the pupil: a notice in the cell."""
        await self._notify(message=words)

    async def _notify(self, **said: Any) -> None:
        with suppress(ConnectionClosed):
            await deliver(self._client, notice_message(**said))

    async def _refuse(
        self, code: str, sentence: str, close: int = BAD_GATEWAY, **values: object
    ) -> None:
        """Say what went wrong, as the service would, and close."""
        self._seat.troubles[code] += 1
        words = said_in(self._languages, sentence, **values)
        with suppress(ConnectionClosed):
            await deliver(self._client, error_message(code, words, type=FAILED))
        await close_as(self._client, close, code)


def _is_update(message: Message) -> bool:
    return Event.from_json(message).type == "session.update"
