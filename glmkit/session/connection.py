"""``Connection``: a place at the service that can be opened, configured, closed and opened again.

Rules
- Opening is three steps, each with a deadline: the upgrade, session.created, and the whole
  configuration with its echo. A line that did not get so far is closed.
- An update carries the whole configuration (documented: what is left out goes back to its
  default). ``settings`` is what was asked for, ``config`` the echo; a difference is a warning.
- One exchange at a time. What was changed meanwhile, a new tool, is told before the next one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from glmkit import events
from glmkit.auth.credentials import Key, Token
from glmkit.auth.tokens import read_token
from glmkit.errors import BadToken, Busy, Closed, ConnectFailed
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import OPENED
from glmkit.protocol.settings import Settings, differences
from glmkit.protocol.tools.tool import Tool
from glmkit.session.address import Address, tokens_of
from glmkit.session.budget import Budget
from glmkit.session.exchange import Exchange, open_exchange
from glmkit.session.host import host
from glmkit.session.line import Line
from glmkit.session.request import Request
from glmkit.session.waits import Waits
from glmkit.session.wire import open_wire
from glmkit.texts import text
from glmkit.turns.fold import Fold
from glmkit.turns.trace import Trace


class Connection:
    """One address, the line to it while there is one, and how the service is configured."""

    def __init__(
        self, address: Address, settings: Settings, *, trace: Trace, fold: Fold, timeout: float
    ) -> None:
        self.address, self.settings, self.timeout = address, settings, timeout
        self.trace, self.fold = trace, fold
        self.config: dict[str, Any] = {}
        self.busy = False  # an exchange is going on
        key = address.credential
        self._tokens = tokens_of(key) if isinstance(key, Key) else None
        self._line: Line | None = None
        self._warned = False  # of server VAD with tools
        self._told = True  # the service knows ``settings``
        self._idler: asyncio.Task[None] | None = None

    # -- opening and closing -----------------------------------------------------------------

    async def open(self, *, idle: float | None = None) -> None:
        """Connect and configure; closed again after ``idle`` seconds in which nothing happens.

        Raises ConnectFailed, Refused, Rejected.
        """
        wire = await open_wire(self.address, self._tokens, timeout=self.timeout)
        self._line = line = Line(wire, trace=self.trace, fold=self.fold, peer=self.address.peer)
        line.mark(_opened(self.address, wire.server_date))
        try:
            with line.request("session.created") as created:
                await self._answer(created)
            await self.configure(self.settings)
            line.measure()
        except BaseException:
            await line.close()
            raise
        if idle is not None:
            self._idler = asyncio.create_task(self._close_when_idle(line, idle))

    async def _close_when_idle(self, line: Line, seconds: float) -> None:
        while line.open:
            quiet = time.perf_counter() - line.active_at
            if quiet >= seconds and not self.busy:
                line.why_closed = text("session.idle", seconds=seconds)
                await line.close()
            await asyncio.sleep(max(seconds - quiet, seconds / 10))

    async def close(self) -> None:
        """Close the line; twice is once."""
        if self._idler is not None:
            self._idler.cancel()
        if self._line is not None:
            await self._line.close()

    @property
    def line(self) -> Line:
        """The line, open or closed. Raises Closed before the first opening."""
        if self._line is None:
            raise Closed(text("session.closed"))
        return self._line

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._line is None or not self._line.open

    # -- configuring -------------------------------------------------------------------------

    def offer(self, tool: Tool) -> None:
        """Offer a tool from the next exchange on, instead of one of its name."""
        others = (each for each in self.settings.tools if each.name != tool.name)
        self.settings = self.settings.changed(tools=(*others, tool))
        self._told = False

    async def configure(self, settings: Settings) -> None:
        """Send the whole configuration, and wait for its echo. Raises ConnectFailed, Rejected."""
        asked, line = settings.session(), self.line
        if self.settings.mode != "audio" and settings.mode == "audio":
            host.get().warn(text("session.lost_history"))
        echo = await self.request(events.session_update(asked), "session.updated")
        self.settings = line.settings = settings
        self._told = True
        self.config = dict(echo.inner("session"))
        self.trace.model = settings.model
        self._warn_of_tools()
        _warn_of_differences(asked, self.config)

    def _warn_of_tools(self) -> None:
        """Once a session: with tools, server VAD was reported to miss the end of a turn."""
        both = self.settings.server_vad and self.settings.tools
        if both and not self._warned and self.address.peer != "replay":
            self._warned = True
            host.get().warn(text("session.vad_with_tools"))

    async def request(self, event: Event, answer: str) -> Event:
        """Send an event; the one that answers it. Raises ConnectFailed, Rejected."""
        with self.line.request(answer) as request:
            await self.line.send(event)
            return await self._answer(request)

    async def _answer(self, request: Request) -> Event:
        event = await self.line.answer(request, within=self.timeout)
        if event is None:
            words = text("session.not_arrived", type=request.answers[0], seconds=self.timeout)
            raise ConnectFailed(words, peer=self.address.peer)
        return event

    # -- one exchange at a time --------------------------------------------------------------

    @asynccontextmanager
    async def begin_exchange(
        self, *, timeout: float, waits: Waits, budget: Budget
    ) -> AsyncIterator[Exchange]:
        """The rules of one exchange on this line; see ``exchange``. Raises Busy."""
        self.check_free()
        self.busy = True
        try:
            if not self._told:
                await self.configure(self.settings)
            async with open_exchange(
                self.line, self.settings, timeout=timeout, waits=waits, budget=budget
            ) as exchange:
                yield exchange
        finally:
            self.busy = False
            self.line.active_at = time.perf_counter()

    def check_free(self) -> None:
        """Raise Busy while an exchange is going on."""
        if self.busy:
            raise Busy(text("session.busy"))


def _opened(address: Address, server_date: str | None) -> Event:
    """A local mark: both clocks, and how long a token given by hand still lasts."""
    left = None
    if isinstance(address.credential, Token):
        with suppress(BadToken):  # the service took it, so it is not for us to refuse
            left = read_token(address.credential).seconds_left
    facts = {"date": server_date, "epoch": time.time(), "token_seconds_left": left}
    return Event(OPENED, facts, direction="local")


def _warn_of_differences(asked: dict[str, Any], echoed: dict[str, Any]) -> None:
    found = [
        text("protocol.echo_one", path=path, asked=wanted, echoed=got)
        for path, wanted, got in differences(asked, echoed)
    ]
    if found:
        host.get().warn(text("protocol.echo", found="; ".join(found)))
