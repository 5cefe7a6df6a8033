"""``Connection``: a place at the service that can be opened, configured, closed and opened again.

Rules
- Opening is three steps, each with a deadline: the upgrade, session.created, and the whole
  configuration with its echo. A line that did not get so far is closed.
- An update carries the whole configuration (documented: what is left out goes back to its
  default). ``settings`` is what was asked for, ``config`` the echo; a difference is a warning.
- Where the server was one of this process's own and has ended, whoever uses the line, or wants to
  open one, is told why; the next exchange, or a reset, finds the new one.
- What a new connection is told of the conversation before is ``memory``'s business, when one
  takes the place of a broken one ``reconnection``'s.
- One exchange at a time. What was changed meanwhile, a new tool, is told before the next one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any

from glmkit import events
from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import their_words
from glmkit.auth.tokens import TokenSource, read_token
from glmkit.errors import (
    BadState,
    BadToken,
    Busy,
    Closed,
    ConnectFailed,
    NoAnswer,
    ServiceError,
    warn,
)
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import OPENED, RAISED, is_tool_output
from glmkit.protocol.settings import Settings, differences
from glmkit.protocol.tools.tool import Tool
from glmkit.session.address import Address, tokens_of
from glmkit.session.budget import Budget
from glmkit.session.exchange import Exchange
from glmkit.session.exchange_end import ended_cleanly
from glmkit.session.host import host
from glmkit.session.line import Line
from glmkit.session.line_errors import server_ended_opening
from glmkit.session.memory import Memory
from glmkit.session.pictures import Pictures
from glmkit.session.reconnection import Reconnection
from glmkit.session.waits import Waits
from glmkit.session.wire import Wire, open_wire
from glmkit.texts import text
from glmkit.turns.fold import Fold
from glmkit.turns.trace import Trace


class Connection:
    """One address, the line to it while there is one, and how the service is configured."""

    def __init__(
        self,
        address: Address,
        settings: Settings,
        reconnection: Reconnection,
        *,
        trace: Trace,
        fold: Fold,
        timeout: float,
    ) -> None:
        self.address, self.settings, self.timeout = address, settings, timeout
        self.trace, self.fold = trace, fold
        self.reconnection, self._memory = reconnection, Memory(fold)
        self.config: dict[str, Any] = {}
        self.pictures = Pictures()
        self.busy = False  # an exchange is going on
        self._exchange: Exchange | None = None  # the newest one
        self._line: Line | None = None
        self._warned = False  # of server VAD with tools
        self._told = True  # the service knows ``settings``
        self._resetting = False  # between two connections
        self._for_pictures = False  # it is to be told of the video mode for those that wait
        self._closed = False  # by somebody, for good
        self._idler: asyncio.Task[None] | None = None

    # -- opening and closing -----------------------------------------------------------------

    async def open(self, budget: Budget) -> None:
        """Connect and configure; closed again after the budget's ``idle`` seconds without a word.

        Raises ConnectFailed, Refused, Rejected.
        """
        if self.address.movable:  # that may start a server, for which the loop does not wait
            self.address = await asyncio.to_thread(self.address.current)
        address = self.address
        key = address.credential
        tokens = tokens_of(key) if isinstance(key, Key) else None
        with self._noting_errors():
            wire = await self._wire_to(address, tokens)
        self.address = address = address.stated(wire.stated)
        self.trace.peer = address.peer
        if address.seat:
            self.trace.about["who"] = address.seat
        self.fold.context = replace(self.fold.context, peer=address.peer)
        known = None if self._line is None else self._memory.told(self.settings).turns
        self._line = line = Line(wire, trace=self.trace, fold=self.fold, address=address)
        line.then = partial(self.reconnection.then, address)
        line.allow(budget)
        self.pictures.begin_again()
        try:
            line.mark(_opened(address, wire.server_date, remembered=known))
            with line.place.shown_by(host.get()), line.request("session.created") as created:
                await line.answer(created, within=self.timeout)
            await self.configure(self.settings)
            line.measure()
        except BaseException as error:
            await line.close()
            if isinstance(error, NoAnswer):
                raise self._not_opened(error) from None
            raise
        if budget.idle is not None:
            self._idler = asyncio.create_task(self._close_when_idle(line, budget.idle))

    async def _wire_to(self, address: Address, tokens: TokenSource | None) -> Wire:
        try:
            return await open_wire(address, tokens, timeout=self.timeout)
        except ConnectFailed:
            if (why := await address.why_ended()) is None:
                raise
        raise ConnectFailed(server_ended_opening(address, why), peer=address.peer)

    def _not_opened(self, error: NoAnswer) -> ConnectFailed:
        words = text("session.not_arrived", type=error.awaited, seconds=self.timeout)
        return ConnectFailed(words, peer=self.address.peer)

    async def _close_when_idle(self, line: Line, seconds: float) -> None:
        while line.open:
            quiet = time.perf_counter() - line.active_at
            if quiet >= seconds and not self.busy:
                line.why_closed = text("session.idle", seconds=seconds)
                await line.close()
            await line.ended(within=max(seconds - quiet, seconds / 10))

    async def reset(self, budget: Budget, *, remember: bool) -> None:
        """Open a new line; what was said so far is told to it, or forgotten. Raises as ``open``."""
        self.check_free()
        self._resetting = True
        try:
            await self.close()
            self._closed = False
            known = self._memory.begin_again(self.settings, remember=remember)
            if not remember:
                self._memory.forget()
            await self.open(budget)
        finally:
            self._resetting = False
        if known:
            host.get().notice(text("session.new_connection", memory=known))

    async def mend(self, budget: Budget, *, within: float) -> None:
        """Open a new line in place of a broken one, where that was asked for.

        Raises as ``Reconnection.bring`` does.
        """
        while (line := self._line) is not None and self.broken:
            line.check_home()
            opened = partial(self._replace, line, budget)
            await self.reconnection.bring(line, opened, within)

    async def _replace(self, broken: Line, budget: Budget) -> None:
        known = self._memory.begin_again(self.settings, remember=self.reconnection.remember)
        try:
            await self.open(budget)
        except BaseException:  # an interrupt, too: the next who needs it tries again
            self._line, broken.closed = broken, self._closed
            raise
        words = text("session.reconnected", ended=broken.ending, memory=known)
        host.get().notice(words.rstrip())

    async def close(self) -> None:
        """Close the line, wherever it was opened; twice is once."""
        self._closed = True
        if self._line is not None:
            if self._line.home.here:
                self.reconnection.stop()
            await self._line.close()

    @property
    def line(self) -> Line:
        """The line, open or closed. Raises Closed before the first opening, BadState elsewhere."""
        if self._line is None:
            raise Closed(text("session.closed"))
        self._line.check_home()
        return self._line

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        between = self._resetting or self.broken
        return not between and (self._line is None or not self._line.open)

    @property
    def broken(self) -> bool:
        """Whether a new line will take the place of this one, once somebody needs it."""
        return self._line is not None and self.reconnection.follows(self._line, self.address)

    # -- configuring -------------------------------------------------------------------------

    def offer(self, tool: Tool) -> None:
        """Offer a tool from the next exchange on, instead of one of its name."""
        others = (each for each in self.settings.tools if each.name != tool.name)
        self.settings = self.settings.changed(tools=(*others, tool))
        self._told = False

    async def show_next(self, frame: bytes) -> None:
        """Let a picture go with what is said next, and switch to video mode with it; at once where
        sound is going up. Raises BadArgument where tools exclude pictures, and as ``configure``.
        """
        if self.settings.mode != "video_passive":
            settings = self.settings.changed(mode="video_passive")
            if self.busy:
                await self.configure(settings)
            else:
                self.settings, self._told, self._for_pictures = settings, False, True
        self.pictures.show(frame)

    def take_back(self, frame: bytes) -> None:
        """Let a picture that waits go nowhere; nor is there a video mode for none at all."""
        self.pictures.take_back(frame)
        if self._for_pictures and not self.pictures.there:
            self.settings, self._for_pictures = self.settings.changed(mode="audio"), False

    async def configure(self, settings: Settings) -> None:
        """Send the whole configuration, and wait for its echo. Raises NoAnswer, Rejected."""
        asked, line = self._memory.asked(settings), self.line
        leaves_video = self.settings.mode != "audio" and settings.mode == "audio"
        if leaves_video:
            warn(text("session.lost_history"))
        echo = await self.request(events.session_update(asked), "session.updated")
        self.settings = line.settings = settings
        self._told, self._for_pictures = True, False
        if leaves_video:
            self.pictures.clear()
        self.config = self._memory.own(echo, settings)
        self.trace.model = settings.model
        self._warn_of_tools()
        _warn_of_differences(asked, echo.inner("session"))

    def _warn_of_tools(self) -> None:
        """Once a session: with tools, server VAD was reported to miss the end of a turn."""
        both = self.settings.server_vad and self.settings.tools
        if both and not self._warned and self.address.peer != "replay":
            self._warned = True
            warn(text("session.vad_with_tools"))

    async def request(self, event: Event, answer: str) -> Event:
        """Send an event; the one that answers it. Raises NoAnswer, Rejected."""
        with self._noting_errors(), self.line.request(answer) as request:
            await self.line.send(event)
            return await self.line.answer(request, within=self.timeout)

    @contextmanager
    def _noting_errors(self) -> Iterator[None]:
        """Put into the trace what is raised between turns and no ``error`` event there says."""
        try:
            yield
        except ServiceError as error:
            if error.event is None:
                mark = Event(RAISED, {"words": str(error)}, direction="local")
                self.trace.add(stamped(mark, time.perf_counter(), None))
            raise

    # -- one exchange at a time --------------------------------------------------------------

    @asynccontextmanager
    async def begin_exchange(
        self, *, timeout: float, waits: Waits, budget: Budget
    ) -> AsyncIterator[Exchange]:
        """The rules of one exchange on this line; see ``exchange``. Raises Busy."""
        self.check_free()
        self.busy = True
        try:
            await self.mend(budget, within=waits.reconnect)
            if not self._told:
                await self.configure(self.settings)
            exchange = Exchange(
                self.line,
                self.settings,
                self.pictures,
                timeout=timeout,
                waits=waits,
                budget=budget,
            )
            self._exchange = exchange
            shown = self.line.place.shown_by(host.get(), exchange.extend)
            async with ended_cleanly(exchange):
                with shown:
                    await exchange.settle_earlier()
                    yield exchange
        finally:
            self.busy = False
            self.line.active_at = time.perf_counter()

    @property
    def under_way(self) -> Exchange | None:
        """The exchange that goes on, or None."""
        return self._exchange if self.busy else None

    def check_no_tool(self, event: Event) -> None:
        """Raise BadState for what this side does by itself once the tool that runs has returned."""
        name = self._exchange.running if self._exchange is not None else ""
        ours = event.type in {"response.create", "input_audio_buffer.commit"}
        if name and (ours or is_tool_output(event)):
            raise BadState(text("session.tool_running", name=name, type=event.type))

    def check_free(self) -> None:
        """Raise Busy while an exchange is going on, BadState where the line is open elsewhere."""
        if self._line is not None:
            self._line.check_home()
        if self.busy:
            raise Busy(text("session.busy"))

    def check_process(self) -> None:
        """Raise BadState in a fork of the process that opened the line."""
        if self._line is not None:
            self._line.home.check_process()


def _opened(address: Address, server_date: str | None, *, remembered: int | None) -> Event:
    """A local mark: both clocks, how long a token given by hand still lasts, and, of a connection
    that is not the first, how many of the turns before it knows."""
    left = None
    if isinstance(address.credential, Token):
        with suppress(BadToken):  # the service took it, so it is not for us to refuse
            left = read_token(address.credential).seconds_left
    facts: dict[str, Any] = {"date": server_date, "epoch": time.time(), "token_seconds_left": left}
    if remembered is not None:
        facts["remembered"] = remembered
    return Event(OPENED, facts, direction="local")


def _warn_of_differences(asked: dict[str, Any], echoed: dict[str, Any]) -> None:
    found = [
        text("protocol.echo_one", path=path, asked=wanted, echoed=their_words(repr(got)))
        for path, wanted, got in differences(asked, echoed)
    ]
    if found:
        warn(text("protocol.echo", found="; ".join(found)))
