"""The thread that waits for a coroutine on another thread's loop: no dead weight meanwhile.

Tools run in it, progress is drawn in it and notices are written in it, so that they land in the
cell that called. Everything comes to it through one queue, in order: items, errands, and last the
coroutine's end. An interrupt, whenever it comes, cancels the coroutine and lets it clean up.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import queue
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from glmkit.environment.forks import Birthplace
from glmkit.errors import GlmError, TooMuch, told_to, warn
from glmkit.session.blocking.progress_bar import SHORTEST, ProgressBar, StatusLine, interactive
from glmkit.session.event_queue import BEHIND
from glmkit.session.host import host, write_line
from glmkit.texts import text

_CLEAN_UP = 2.5  # seconds an interrupted coroutine gets to leave its session clean
_GLANCE = 0.1  # seconds between looks for an interrupt, which Windows needs
_QUIET = 1.0  # seconds before it is said what is waited for: behind a second of sound without a bar


@dataclass(frozen=True, slots=True)
class Given:
    """An item on its way to the thread that iterates."""

    item: Any


@dataclass(frozen=True, slots=True)
class Ended:
    """The coroutine is over: with a value, or with an error."""

    value: Any = None
    error: BaseException | None = None


class CarriedCall:
    """One coroutine on ``loop``: ``carry`` it, take its ``items``, ``end``; then ``result``.

    ``process``: the one whose thread runs the loop. In a fork of it nothing comes any more.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, process: Birthplace) -> None:
        self._loop, self._process = loop, process
        self._queue: queue.SimpleQueue[Callable[[], None] | Given | Ended] = queue.SimpleQueue()
        self._coroutine: Coroutine[Any, Any, Any] | None = None
        self._task: asyncio.Task[None] | None = None
        self._ended: Ended | None = None
        self._bar: ProgressBar | None = None
        self._status: StatusLine | None = None
        self._awaited: tuple[float, str] | None = None  # from when on it is said, and what

    # -- in the thread that waits ------------------------------------------------------------

    def carry(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Start ``coroutine`` on the loop, with this thread as its host."""
        self._coroutine = coroutine
        context = copy_context()
        context.run(host.set, self)
        context.run(told_to.set, self._warn)
        self._loop.call_soon_threadsafe(self._start, context=context)

    def items(self) -> Iterator[Any]:
        """Yield what is given, and run errands in between, until the coroutine ends."""
        while self._ended is None:
            self._process.check()
            self._say_what_is_awaited()
            with suppress(queue.Empty):
                found = self._queue.get(timeout=_GLANCE)
                if isinstance(found, Given):
                    self._awaited = None  # something comes
                    yield found.item
                elif isinstance(found, Ended):
                    self._ended = found
                else:
                    found()

    def end(self) -> None:
        """Cancel what still runs, let it clean up, run the errands left, take the bar away."""
        if not self._process.here:
            return
        if self._ended is None and self._coroutine is not None:
            self._loop.call_soon_threadsafe(self._stop)
            for errand in list(self._left()):  # not before the end: a tool may be among them
                errand()
        for drawn in (self._bar, self._status):
            if drawn is not None:
                drawn.close()
        if self._ended is not None:  # its tasks know this host: no circle stays
            self._coroutine = self._task = None

    def _left(self) -> Iterator[Callable[[], None]]:
        until = time.monotonic() + _CLEAN_UP
        while self._ended is None and time.monotonic() < until:
            with suppress(queue.Empty):
                found = self._queue.get(timeout=_GLANCE)
                if isinstance(found, Ended):
                    self._ended = found
                elif not isinstance(found, Given):
                    yield found

    def result(self) -> Any:
        """What the coroutine returned, or what it raised; handed over, and not kept."""
        assert self._ended is not None
        ended, self._ended = self._ended, Ended()
        error = ended.error
        if error is None:
            return ended.value
        if not isinstance(error, GlmError):
            raise error
        # the frames of the loop and the socket say nothing to whoever wrote the cell
        raise error.with_traceback(None) from error.__cause__

    # -- on the loop -------------------------------------------------------------------------

    def _start(self) -> None:
        self._task = self._loop.create_task(self._carried())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _carried(self) -> None:
        assert self._coroutine is not None
        try:
            self._queue.put(Ended(await self._coroutine))
        except Exception as error:  # noqa: BLE001 - it belongs to the thread that waits
            self._queue.put(Ended(error=error))
        except BaseException as error:
            self._queue.put(Ended(error=error))
            raise

    def give(self, item: object) -> None:
        """Hand an item over to whoever iterates; TooMuch if nobody takes them."""
        if self._queue.qsize() >= BEHIND:
            raise TooMuch(text("session.overflow", limit=BEHIND))
        self._queue.put(Given(item))

    # -- what the core asks of its host ----------------------------------------------------

    async def run(self, function: Callable[[], Any]) -> Any:
        """Run ``function`` in the waiting thread and give its result to the loop."""
        outcome: concurrent.futures.Future[Any] = concurrent.futures.Future()

        def errand() -> None:
            if not outcome.set_running_or_notify_cancel():
                return
            try:
                outcome.set_result(function())
            except Exception as error:  # noqa: BLE001 - it belongs to whoever awaits it
                outcome.set_exception(error)

        self._queue.put(errand)
        return await asyncio.wrap_future(outcome)

    def awaits(self, words: str) -> None:
        """What is waited for: shown after a second, until the coroutine's end."""
        if interactive():
            self._awaited = time.monotonic() + _QUIET, words

    def _say_what_is_awaited(self) -> None:
        awaited = self._awaited
        if awaited is not None and time.monotonic() >= awaited[0]:
            self._awaited = None
            if self._status is None:  # one that tells of a place says more
                self._show_status(awaited[1])

    def notice(self, words: str) -> None:
        """Show a line where the waiting thread prints."""
        self._queue.put(lambda: write_line(words))

    def status(self, words: str) -> None:
        """Show a line that changes where the waiting thread prints; else each line by itself."""
        if interactive():
            self._queue.put(lambda: self._show_status(words))
        elif words:
            self.notice(words)

    def _show_status(self, words: str) -> None:
        if self._status is None:
            self._status = StatusLine()
        self._status.show(words)

    def _warn(self, words: str) -> None:
        self._queue.put(lambda: warn(words))

    async def begin(self, total: float) -> None:
        """Make the bar now: importing and showing one would hold up the first chunks."""
        if total >= SHORTEST and interactive():
            await self.run(lambda: self._draw(total))

    def progress(self, done: float, total: float) -> None:
        """Move the bar, if there is one."""
        if (bar := self._bar) is not None:
            self._queue.put(lambda: bar.show(done))

    def _draw(self, total: float) -> None:
        self._bar = ProgressBar(total)
