"""``Session``: an open conversation with the service or the emulator, and its verbs.

The rules of a turn are ``exchange``'s, those of the connection ``line``'s. Here: opening and
configuring (the whole configuration each time, as documented), one turn at a time, what a live
address may be sent, and what it costs.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from glmkit import events
from glmkit.audio import Clip
from glmkit.auth import Key, Token, read_token
from glmkit.budget import Budget, Spent
from glmkit.calling import caller
from glmkit.decoding import decoder
from glmkit.errors import BadAudio, BadState, BadToken, Busy, Closed, ConnectFailed
from glmkit.event import Event
from glmkit.exchange import CLEAN_UP, Exchange, Progress, exchange
from glmkit.fold import Fold
from glmkit.line import Inbox, Line
from glmkit.making import Keep, Turns
from glmkit.settings import Settings, differences
from glmkit.signs import AUDIO_DELTA, OPENED
from glmkit.texts import text
from glmkit.tools import as_tool
from glmkit.trace import Clock, Trace
from glmkit.turn import Turn
from glmkit.upload import LIVE_RATE, Pace, Speech, as_speech, check_seconds
from glmkit.upward import upward
from glmkit.wire import Address, open_wire, tokens_of

if TYPE_CHECKING:
    from glmkit.recording import Recording

F = TypeVar("F", bound=Callable[..., Any])
LONGEST_CLIENT_TURN = 30.0  # seconds under client VAD (documented)
_KERNEL_SPENT = Spent()  # what the live sessions of this process used together


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
        transcript_grace: float = 1.0,
    ) -> None:
        self.address, self.settings = address, settings
        self.timeout, self.transcript_grace = timeout, transcript_grace
        clock = Clock(time.time(), time.perf_counter())
        self.trace = Trace(clock, peer=address.peer, model=settings.model, keep=keep)
        self.budget = budget or (Budget() if address.live else Budget(yuan=None, idle=None))
        self.cost = _KERNEL_SPENT if address.live else Spent()
        self.config: dict[str, Any] = {}
        self._fold = Fold(peer=address.peer, model=settings.model, keep=keep)
        key = address.credential
        self._tokens = tokens_of(key) if isinstance(key, Key) else None
        self.trace.about["address"] = address.url
        self._line: Line | None = None
        self._recording: Recording | None = None
        self._busy = self._stale = False
        self._idler: asyncio.Task[None] | None = None
        self._frames: list[bytes] = []

    # -- opening and closing -----------------------------------------------------------------

    async def open(self) -> None:
        """Connect, wait for session.created, send the whole configuration, wait for its echo.

        Raises ConnectFailed, Refused, Rejected.
        """
        wire = await open_wire(self.address, self._tokens, timeout=self.timeout)
        self._line = Line(wire, trace=self.trace, fold=self._fold, peer=self.peer)
        self._line.mark(self._opened(wire.server_date))
        try:
            await self._awaited("session.created")
            await self._configure(self.settings)
            self._line.measure()
        except BaseException:
            await self._line.close()
            raise
        if self.budget.idle is not None:
            self._idler = asyncio.create_task(self._close_when_idle(self.budget.idle))

    async def _close_when_idle(self, seconds: float) -> None:
        """Close when nothing was sent and no turn ran for so many seconds: the budget's wish."""
        while not self.closed:
            quiet = time.perf_counter() - self.line.active_at
            if quiet >= seconds and not self._busy:
                self.line.why_closed = text("budget.idle", seconds=seconds)
                await self.line.close()
            await asyncio.sleep(max(seconds - quiet, seconds / 10))

    def _opened(self, server_date: str | None) -> Event:
        """A local mark: both clocks, and how long a token given by hand still lasts."""
        left = None
        if isinstance(self.address.credential, Token):
            with suppress(BadToken):  # the service took it, so it is not for us to refuse
                left = read_token(self.address.credential).seconds_left
        facts = {"date": server_date, "epoch": time.time(), "token_seconds_left": left}
        return Event(OPENED, facts, direction="local")

    async def close(self) -> None:
        """Close the connection, and finish the recording if there is one; twice is once."""
        await self._hang_up()
        if self._recording is not None:
            await asyncio.to_thread(self._recording.close)

    async def _hang_up(self) -> None:
        if self._idler is not None:
            self._idler.cancel()
        if self._line is not None:
            await self._line.close()

    async def reset(self) -> None:
        """Begin again on a new connection: the service's memory is gone, turns and trace stay."""
        self._check_free()
        await self._hang_up()
        self._frames.clear()
        await self.open()

    @property
    def line(self) -> Line:
        """The line, open or closed."""
        if self._line is None:
            raise Closed(text("session.closed"))
        return self._line

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._line is None or not self._line.open

    @property
    def peer(self) -> str:
        """Whom this session talks to: live, emulator, replay, or an address."""
        return self.address.peer

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return self.settings.model

    @property
    def turns(self) -> Turns:
        """The turns that are over, oldest first; a view that grows."""
        return self._fold.turns

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
        if self._recording is not None and self._recording.going_on:
            raise BadState(text("bundle.already", path=self._recording.path))
        self._recording = upward("record")(self.trace, path, who=who)
        return self._recording

    # -- configuring -------------------------------------------------------------------------

    async def update(self, /, **config: Any) -> dict[str, Any]:
        """Change some settings and send all of them; the configuration the service echoed.

        Raises BadArgument for what the service would reject, Rejected if it does.
        """
        settings = self.settings.changed(**config)
        if self.settings.mode != "audio" and settings.mode == "audio":
            caller.get().warn(text("session.lost_history"))
        await self._configure(settings)
        return self.config

    async def _configure(self, settings: Settings) -> None:
        asked, line = settings.session(), self.line
        line.forgive()
        line.latest.pop("session.updated", None)
        await line.send(events.session_update(asked))
        echo = await self._awaited("session.updated")
        self.settings = line.settings = settings
        self._stale = False
        self.config = dict(echo.get("session") or {})
        self._fold.model = self.trace.model = settings.model
        _warn_of_differences(asked, self.config)

    async def _awaited(self, type: str) -> Event:
        event = await self.line.until(lambda: self.line.latest.get(type), within=self.timeout)
        if event is None:
            words = text("session.not_arrived", type=type, seconds=self.timeout)
            raise ConnectFailed(words, peer=self.peer)
        return event

    def tool(self, function: F) -> F:
        """Offer a function to the model from the next turn on; usable as a decorator.

        Raises BadTool for a function the service would not accept.
        """
        tool = as_tool(function)
        others = [each for each in self.settings.tools if each.name != tool.name]
        self.settings = self.settings.changed(tools=(*others, tool))
        self._stale = True
        return function

    async def show(self, picture: Any) -> None:
        """Queue a picture (path, bytes, PIL image or array) for the next ``say``.

        Switches to video_passive if needed, which tools exclude (documented). Raises BadPicture.
        """
        from glmkit.video import jpeg_frame

        frame = await asyncio.to_thread(jpeg_frame, picture)
        if self.settings.mode != "video_passive":
            await self.update(mode="video_passive")
        self._frames.append(frame)

    # -- turns -------------------------------------------------------------------------------

    async def say(
        self,
        audio: Any,
        *,
        chunk_ms: float = 100,
        speed: float | None = 1.0,
        timeout: float = 60,
        unsafe_rate: bool = False,
        progress: Progress | None = None,
    ) -> Turn:
        """Say something; the turn, when its answer is complete.

        ``audio``: a Clip, a path, a file's bytes, or an (async) iterator of Clips or of bytes in
        the input format. ``chunk_ms``: 10 to 1000. ``speed``: 1.0 is real time, None unpaced.
        ``timeout``: seconds, from the last chunk. ``progress(done, total)``: seconds of sound.
        Raises BadAudio, Busy, Rejected, Disconnected, TurnTimeout and NoSpeech; what had arrived
        is in the error's ``turn``.
        """
        speech = as_speech(audio)
        pace = self._pace(speech, Pace(chunk_ms, speed), unsafe_rate)
        async with self._exchange(timeout) as turn:
            frames, self._frames = self._frames, []
            return await turn.say(speech, pace, frames=frames, progress=progress)

    async def ask(self, words: str, *, timeout: float = 60) -> Turn:
        """Ask in writing (documented, but observed to be ignored: an empty answer warns)."""
        message = events.user_message(words)
        async with self._exchange(timeout) as exchange:
            await self.line.send(message)
            turn = await exchange.request()
        if not (turn.transcript or turn.audio or turn.tool_calls):
            caller.get().warn(text("session.empty_reply"))
        return turn

    async def respond(self, *, timeout: float = 60) -> Turn:
        """Ask for an answer to what is there: after create_response=False, or to go on."""
        async with self._exchange(timeout) as exchange:
            return await exchange.request()

    async def stream(self, audio: Any, **options: Any) -> AsyncGenerator[Clip, None]:
        """Say something and yield the answer's sound as it arrives; options as for ``say``.

        The turn is in ``turns`` when the iteration ends.
        """
        sound = decoder(self.settings.output_format)
        with self.line.inbox(AUDIO_DELTA) as inbox:
            turn = asyncio.create_task(self.say(audio, **options))
            turn.add_done_callback(lambda _: inbox.end())
            try:
                async for event in inbox:
                    if event.payload:
                        yield sound.feed(event.payload)
                await turn
            finally:
                turn.cancel()
                await asyncio.wait([turn], timeout=CLEAN_UP + 0.5)

    async def cancel(self) -> bool:
        """Stop the running answer and wait for its end, 2 s at most; whether there was one."""
        running = self._fold.running
        if running is None:
            return False
        await self.line.send(events.response_cancel())
        await self.line.settle(lambda: not running.running, CLEAN_UP)
        return True

    async def clear(self) -> None:
        """Drop what was sent but not committed, and wait for the service to say so."""
        self.line.latest.pop("input_audio_buffer.cleared", None)
        await self.line.send(events.clear())
        await self._awaited("input_audio_buffer.cleared")

    async def send(self, event: Event | Mapping[str, Any] | str, /, **fields: Any) -> None:
        """Send any event as it is: an Event, a dict with a type, or a type and its fields."""
        if isinstance(event, str):
            event = Event(event, fields, direction="client")
        elif not isinstance(event, Event):
            event = Event(str(event.get("type", "")), event, direction="client")
        await self.line.send(event)

    def talk(self, **options: Any) -> Any:
        """A live conversation to display in a notebook; options as for ``Talk``."""
        return upward("talk")(self, **options)

    def __aiter__(self) -> Inbox:
        """Every event from now on, both ways, from a bounded queue of this iterator's own."""
        return self.line.inbox()

    # -- what a turn may do ------------------------------------------------------------------

    @asynccontextmanager
    async def _exchange(self, timeout: float) -> AsyncIterator[Exchange]:
        check_seconds("timeout", timeout)
        self._check_free()
        self.budget.check(self.cost)
        self._busy = True
        try:
            if self._stale:
                await self._configure(self.settings)
            async with exchange(
                self.line, self.settings, timeout=timeout, grace=self.transcript_grace
            ) as it:
                try:
                    yield it
                finally:  # an interrupted turn costs, too
                    self.spend(it.seconds)
        finally:
            self._busy = False
            self.line.active_at = time.perf_counter()

    def _check_free(self) -> None:
        if self._busy:
            raise Busy(text("session.busy"))

    def _pace(self, speech: Speech, pace: Pace, unsafe_rate: bool) -> Pace:
        seconds = speech.seconds if isinstance(speech, Clip) else 0.0
        limited = self.peer in {"live", "emulator"} and not self.settings.server_vad
        if limited and seconds > LONGEST_CLIENT_TURN:
            raise BadAudio(text("session.too_long", seconds=seconds))
        return pace.within(LIVE_RATE) if self.address.live and not unsafe_rate else pace

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return upward("session_card")(self)

    def spend(self, seconds: float) -> None:
        """Put a turn with so many seconds of sound, both ways, on the bill."""
        self.cost.add(seconds, model=self.model, video=self.settings.mode != "audio")

    def __repr__(self) -> str:
        state = "closed" if self.closed else "open"
        return f"<Session {state}, peer={self.peer}, model={self.model}, {len(self.turns)} turns>"


def _warn_of_differences(asked: dict[str, Any], echoed: dict[str, Any]) -> None:
    found = [
        text("settings.echo_one", path=path, asked=wanted, echoed=got)
        for path, wanted, got in differences(asked, echoed)
    ]
    if found:
        caller.get().warn(text("settings.echo", found="; ".join(found)))
