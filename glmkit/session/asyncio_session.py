"""``Session``: an open conversation with the service or the emulator, and its verbs.

The verbs stand here, with what they cost and what is kept. How a connection is opened and
configured is ``connection``'s business, what may cross it in an exchange ``exchange``'s, and how
a clip becomes a turn ``one_turn``'s.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from glmkit import events
from glmkit.auth.masking import MaskedAddress, mask
from glmkit.errors import BadState, warn
from glmkit.media.clip import Clip
from glmkit.media.stream_decoders import decoder
from glmkit.process_values import ProcessValue
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA, VIDEO_FRAME
from glmkit.protocol.given_event import as_event
from glmkit.protocol.settings import Changes, Settings
from glmkit.protocol.tools.tool import as_tool
from glmkit.recordings.recording import Recording
from glmkit.session import one_turn
from glmkit.session.address import Address
from glmkit.session.argument_checks import check_choice, check_seconds
from glmkit.session.budget import Budget, Spent
from glmkit.session.connection import Connection
from glmkit.session.event_queue import EventQueue
from glmkit.session.exchange import Exchange, cancel_answer
from glmkit.session.faces import live_talk
from glmkit.session.fallback import Fallback, check_fallback
from glmkit.session.hand_in_verbs import WITHIN, HandedIn, hand_in_lesson, withdraw_lesson
from glmkit.session.heard_answer import heard_as_it_comes
from glmkit.session.interruption import interruption_of, say_and_interrupt
from glmkit.session.line import Line
from glmkit.session.one_turn import Progress
from glmkit.session.pacing import Pace
from glmkit.session.pictures import Pictures
from glmkit.session.reconnection import Reconnection
from glmkit.session.speech import as_speech
from glmkit.session.waits import Waits
from glmkit.texts import text
from glmkit.turns.explain.answer import empty_answer
from glmkit.turns.fold import Fold
from glmkit.turns.open_turn import Keep
from glmkit.turns.trace import Clock, Trace
from glmkit.turns.turn import Turn
from glmkit.turns.turn_sequence import Turns

if TYPE_CHECKING:
    from glmkit.media.pictures import Picture
    from glmkit.session.faces import Talk, TalkOptions
    from glmkit.session.speech import Sayable

F = TypeVar("F", bound=Callable[..., Any])
_UNLIMITED = Budget(yuan=None, idle=None)  # where nothing is charged
_spent_live = ProcessValue(lambda: Spent(charged=True))  # by all sessions of this process


class SayOptions(TypedDict, total=False):
    """How ``say`` sends; see there."""

    chunk_ms: float
    speed: float | None
    timeout: float
    unsafe_rate: bool
    progress: Progress | None
    fallback: Fallback | None
    play: bool
    interrupt_after: float | None
    with_: Sayable | None


class Session:
    """An open conversation; made by ``connect``.

    ``settings`` is what was asked of the service, ``config`` what it said it does.
    ``turns`` and ``trace`` outlive the connection. ``cost`` is an estimate, see ``budget``.
    """

    def __init__(
        self,
        address: Address,
        settings: Settings,
        *,
        keep: Keep = "all",
        budget: Budget | None = None,
        timeout: float = 15,
        waits: Waits | None = None,
        reconnect: int = 0,
        remember: bool = False,
    ) -> None:
        self.waits = waits or Waits()
        clock = Clock(time.time(), time.perf_counter())
        self.trace = Trace(clock, peer=address.peer, model=settings.model, keep=keep)
        self.trace.about["address"] = MaskedAddress(address.url).shown
        self.budget = budget or (Budget() if address.live else _UNLIMITED)
        self.cost = _spent_live.value if address.live else Spent()
        set_by = {"switches": address.switches, "network": address.network}
        self.trace.about.update(set_by)
        self.fold = Fold(peer=address.peer, model=settings.model, keep=keep, **set_by)
        self._connection = Connection(
            address,
            settings,
            Reconnection(reconnect, remember=remember),
            trace=self.trace,
            fold=self.fold,
            timeout=timeout,
        )
        self._told_of_fallback = False
        self._recording: Recording | None = None

    # -- opening and closing -----------------------------------------------------------------

    async def open(self) -> None:
        """Connect, wait for session.created, send the whole configuration, wait for its echo.

        Raises ConnectFailed, Refused, Rejected.
        """
        await self._connection.open(self.budget)
        if self.address.reaches_live:
            self.cost.charged = True  # also by a class, to whoever holds it

    async def close(self) -> None:
        """Close the connection, and finish the recording if there is one; twice is once."""
        await self._connection.close()
        recording, self._recording = self._recording, None
        if recording is not None:
            await asyncio.to_thread(recording.close)

    async def reset(self, *, remember: bool = False) -> None:
        """Begin again on a new connection, with the whole configuration; turns and trace stay.

        The service forgets the conversation, and a line says so. ``remember``: it is told, in its
        instructions, what was said and heard before (observed to be recalled, not tried by this
        project live): at most 6,000 characters, 2,000 of Chinese, without the oldest turns.
        No sound is sent again. Raises BadArgument, Busy, ConnectFailed, Refused, Rejected.
        """
        check_choice("remember", remember)
        await self._connection.reset(self.budget, remember=remember)

    async def mend(self) -> None:
        """Open a new connection in place of a broken one, where ``reconnect`` asks for that."""
        await self._connection.mend(self.budget, within=self.waits.reconnect)

    @property
    def line(self) -> Line:
        """The line, open or closed."""
        return self._connection.line

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more, not even on a new connection by ``reconnect``."""
        return self._connection.closed

    @property
    def reconnects(self) -> int:
        """How often a new connection is tried where one has broken."""
        return self._connection.reconnection.attempts

    @property
    def settings(self) -> Settings:
        """What was asked of the service."""
        return self._connection.settings

    @property
    def pictures(self) -> Pictures:
        """What was shown and goes with whatever is said next."""
        return self._connection.pictures

    @property
    def config(self) -> dict[str, Any]:
        """What the service said it does."""
        return self._connection.config

    @property
    def address(self) -> Address:
        """Where it is connected, and by which key or token."""
        return self._connection.address

    @property
    def peer(self) -> str:
        """Whom this session talks to: live, emulator, replay, or an address."""
        return self.address.peer

    @property
    def waited_for_place(self) -> float:
        """Seconds for which it has waited for a place of a class, since it was opened last."""
        return self.line.place.waited

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return self.settings.model

    @property
    def turns(self) -> Turns:
        """The turns that are over, oldest first; a view that grows."""
        return self.fold.turns

    # -- keeping -----------------------------------------------------------------------------

    async def save(self, path: str | os.PathLike[str], *, who: str = "") -> Path:
        """Write everything so far into one file, without keys or tokens. Raises BadFile.

        It can be read (``glm.Trace.load``), replayed (``glm.connect(to=path)``) and handed in;
        ``who``: whose it is.
        """
        return await asyncio.to_thread(self.trace.save, path, who=who)

    async def record(self, path: str | os.PathLike[str], *, who: str = "") -> Recording:
        """Write everything into a file as it happens, what was before included.

        The file is whole once the session or the recording is closed; if this process is killed
        before, ``path.part`` holds all but the last second. Raises BadFile, BadState.
        """
        self._connection.check_process()
        if self._recording is not None and self._recording.going_on:
            raise BadState(text("recordings.already", path=self._recording.path))
        self._recording = Recording(self.trace, path, who=who)
        return self._recording

    async def hand_in(
        self,
        lesson: str,
        *,
        voice: bool | None = None,
        show: bool | None = None,
        timeout: float = WITHIN,
    ) -> HandedIn:
        """Hand this session in to the class, with what ``glm.check`` said of a lesson's exercises.

        ``lesson``: such as ``"03"``. ``voice``: whether your voice and pictures go along; ``show``:
        whether the teacher may show a turn of it to the class. Both hold for this seat in this
        process; not said, it is no, and a line asks once. ``timeout``: seconds. It is on the
        teacher's disk when this returns; what broke goes on at the next call. At most 10 MB.

        Raises BadState outside a class, BadArgument, ConnectFailed, Refused.
        """
        consent = {"voice": voice, "show": show}
        return await hand_in_lesson(self.trace, self.address, lesson, consent, timeout=timeout)

    async def withdraw(self, lesson: str, *, timeout: float = WITHIN) -> int:
        """Have the class delete all that this seat handed in for a lesson; how many there were.

        Raises as ``hand_in``.
        """
        return await withdraw_lesson(self.address, lesson, timeout=timeout)

    # -- configuring -------------------------------------------------------------------------

    async def update(self, /, **config: Unpack[Changes]) -> dict[str, Any]:
        """Change some settings and send all of them; the configuration the service echoed.

        Raises BadArgument for what the service would reject, Rejected if it does, and NoAnswer.
        """
        settings = self.settings.changed(**config)
        await self.mend()
        await self._connection.configure(settings)
        return self.config

    def tool(self, function: F) -> F:
        """Offer a function to the model from the next turn on; usable as a decorator.

        Raises BadTool for a function the service would not accept.
        """
        self._connection.offer(as_tool(function))
        return function

    async def show(self, picture: Picture) -> None:
        """Let a picture (path, bytes, PIL image or array) go with whatever is said next.

        That may be ``say``, ``stream``, ``ask``, ``respond`` or live talk; where sound is going up,
        it goes at once. Switches to video_passive if needed, which tools exclude (documented).
        Whether the service looks at a picture that comes without sound was not tried.
        Raises BadPicture.
        """
        from glmkit.media.pictures import jpeg_frame

        frame = await asyncio.to_thread(jpeg_frame, picture)
        if self.settings.mode != "video_passive":
            await self.update(mode="video_passive")
        self.pictures.show(frame)

    async def show_next(self, picture: Picture) -> None:
        """As ``show``, but the mode is switched only when the picture goes: until then it can be
        taken back without a trace."""
        from glmkit.media.pictures import jpeg_frame

        await self._connection.show_next(await asyncio.to_thread(jpeg_frame, picture))

    def take_back(self, frame: bytes) -> None:
        """Let a picture (one of ``pictures.waiting``) go nowhere after all."""
        self._connection.take_back(frame)

    # -- turns -------------------------------------------------------------------------------

    async def say(
        self,
        audio: Sayable,
        *,
        chunk_ms: float = 100,
        speed: float | None = 1.0,
        timeout: float = 60,
        unsafe_rate: bool = False,
        progress: Progress | None = None,
        fallback: Fallback | None = None,
        play: bool = False,
        interrupt_after: float | None = None,
        with_: Sayable | None = None,
    ) -> Turn:
        """Say something; the turn, when its answer is complete.

        ``audio``: a Clip, a path, a file's bytes, or an (async) iterator of Clips or of bytes in
        the input format. ``chunk_ms``: 10 to 1000. ``speed``: 1.0 is real time, None unpaced.
        ``timeout``: seconds, from the last chunk. ``unsafe_rate``: send the live service more than
        45 messages a second, too (chunks are made larger else: 50 are allowed, documented).
        ``progress(done, total)``: seconds of sound.
        ``play``: the answer is heard as it arrives, and the call returns when it has been.

        ``fallback="commit"``: where server VAD heard you begin and misses the end (observed), or
        heard nothing in what is no silence, commit and ask in its place; ``turn.fallback`` says
        so. The wait before is the silence that ends a turn and ``waits.fallback`` (1 s), or that
        for NoSpeech. Whether it helps was not tried on the live service. Under client VAD it
        means nothing: there this side commits anyway.

        ``interrupt_after``: seconds after the first audible sample of the answer, played as it
        comes, at which it is interrupted: by ``with_``, which is said into it at the same
        ``speed``, or, without, by cancelling it. Under client VAD this side cancels when ``with_``
        begins; under server VAD the service has to stop by itself (documented). The result is the
        turn that answers ``with_``; the one before it in ``turns`` is the interrupted one
        (``heard``, ``unheard``, ``cut_in``). Where the answer was over before, or ``with_`` was no
        speech to the service, a warning says so, and the result is the turn itself.

        Raises BadAudio, Busy, BadState (video mode and nothing shown), Rejected, Disconnected,
        TurnTooLarge, TurnTimeout, NoSpeech, and NeverEnded where a fallback got no answer within
        ``waits.after_fallback`` (5 s); what had arrived is in the error's ``turn``.
        """
        check_fallback(fallback)
        speech, progress = as_speech(audio), one_turn.progress_bar(progress)
        interruption = interruption_of(interrupt_after, with_)
        pace = Pace(chunk_ms, speed)
        for each in (speech, *(interruption.said if interruption else ())):
            pace = one_turn.pace_for(
                self.address, self.settings, each, pace, unsafe_rate=unsafe_rate
            )
        async with self._heard(play) as hush, self.exchange(timeout) as exchange:
            if interruption is None:
                turn = await one_turn.say_once(
                    exchange, speech, pace, progress=progress, fallback=fallback
                )
            else:
                turn = await say_and_interrupt(
                    exchange,
                    speech,
                    pace,
                    interruption,
                    hush=hush,
                    progress=progress,
                    fallback=fallback,
                )
        if turn.fallback and not self._told_of_fallback:
            self._told_of_fallback = True
            warn(text("session.fell_back"))
        return turn

    async def ask(self, words: str, *, timeout: float = 60, play: bool = False) -> Turn:
        """Ask in writing (documented, but observed to be ignored: an empty answer warns).

        ``words``: what to ask. ``timeout``: seconds. ``play`` as for ``say``.
        """
        message = one_turn.written(words)
        async with self._heard(play), self.exchange(timeout) as exchange:
            turn = await one_turn.request(exchange, message)
        if any(True for _ in empty_answer(turn)):
            warn(text("session.empty_reply"))
        return turn

    async def respond(self, *, timeout: float = 60, play: bool = False) -> Turn:
        """Ask for an answer to what is there: after create_response=False, or to go on.

        ``timeout``: seconds. ``play`` as for ``say``.
        """
        async with self._heard(play), self.exchange(timeout) as exchange:
            return await one_turn.request(exchange)

    def _heard(self, play: bool) -> AbstractAsyncContextManager[Callable[[], None]]:
        return heard_as_it_comes(self.line, self.settings.output_format, play=play)

    async def stream(
        self, audio: Sayable, **options: Unpack[SayOptions]
    ) -> AsyncGenerator[Clip, None]:
        """Say something and yield the answer's sound as it arrives; options as for ``say``.

        The turn is in ``turns`` when the iteration ends.
        """
        await self.mend()
        sound = decoder(self.settings.output_format)
        with self.line.queue(AUDIO_DELTA) as queue:
            turn = asyncio.create_task(self.say(audio, **options))
            turn.add_done_callback(lambda _: queue.end())
            try:
                async for event in queue:
                    if event.payload:
                        yield sound.feed(event.payload)
                await turn
            finally:
                turn.cancel()
                await asyncio.wait([turn], timeout=self.waits.clean_up + 0.5)

    async def cancel(self) -> bool:
        """Stop the answer that runs or was asked for; whether there was one.

        Raises NoAnswer where its end has not come within ``waits.clean_up`` (2 s).
        """
        return await cancel_answer(
            self.line, asked=bool(self.fold.awaiting), within=self.waits.clean_up
        )

    async def clear(self) -> None:
        """Drop what was sent but not committed, and wait for the service to say so.

        Raises Rejected and NoAnswer.
        """
        await self.mend()
        await self._connection.request(events.clear(), "input_audio_buffer.cleared")

    async def send(self, event: Event | Mapping[str, Any] | str, /, **fields: Any) -> None:
        """Send any event as it is: an Event, a dict with a type, or a type and its fields.

        Raises BadArgument for what is none of these, BadState in a tool for what would answer its
        call a second time.
        """
        event = as_event(event, fields)
        self._connection.check_no_tool(event)
        await self.mend()
        await self.line.send(event)
        self.pictures.seen |= event.type == VIDEO_FRAME

    def talk(self, **options: Unpack[TalkOptions]) -> Talk:
        """A live conversation to display in a notebook; options as for ``Talk``."""
        return live_talk(self, options)

    def __aiter__(self) -> EventQueue:
        """Every event from now on, both ways, from a bounded queue of this iterator's own.

        It ends when this side closes the session. Raises Disconnected and TurnTooLarge after the
        last event where the connection ended otherwise, Closed after the budget's ``idle``
        seconds, and TooMuch for an iterator that fell too far behind.
        """
        return self.line.every_event()

    # -- one exchange, and what it costs -----------------------------------------------------

    @asynccontextmanager
    async def exchange(self, timeout: float = 60) -> AsyncIterator[Exchange]:
        """The rules of one exchange, for whoever sends by hand; in the end it is on the bill.

        ``timeout``: seconds, from the last chunk. Raises Busy while another one is going on, and
        TooMuch where the budget is used up.
        """
        check_seconds("timeout", timeout)
        self.budget.check(self.cost)
        async with self._connection.begin_exchange(
            timeout=timeout, waits=self.waits, budget=self.budget
        ) as exchange:
            try:
                yield exchange
            finally:  # an interrupted turn costs, too
                exchange.add_to(self.cost)

    @property
    def under_way(self) -> Exchange | None:
        """The exchange that goes on, or None."""
        return self._connection.under_way

    def check_process(self) -> None:
        """Raise BadState in a fork of the process that opened this."""
        self._connection.check_process()

    def check_budget(self, exchange: Exchange) -> None:
        """Raise TooMuch when an exchange that still goes on has used the budget up."""
        exchange.add_to(so_far := replace(self.cost))
        self.budget.check(replace(so_far, turns=self.cost.turns))

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.sessions import session_card

        return session_card(self)

    def __repr__(self) -> str:
        state = "closed" if self.closed else "open"
        model, turns = mask(self.model), len(self.turns)
        return f"<Session {state}, peer={self.trace.reached}, model={model}, turns={turns}>"
