"""The loop thread: carries coroutines for threads that block, and brings errands back to them.

One event loop in one daemon thread serves the whole process. A thread that waits is no dead
weight: tools run in it, progress is drawn in it and notices are written in it, so that they land
in the cell that called. An interrupt cancels what is carried and lets it clean up.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import queue
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from glmkit.calling import caller, write_line
from glmkit.errors import BadState, GlmError, TooMuch
from glmkit.line import BEHIND
from glmkit.texts import text
from glmkit.warning import warn

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_CLEAN_UP = 2.5  # seconds an interrupted coroutine gets to leave its session clean
_SHORT_UPLOAD = 2.0  # seconds of sound below which no bar is drawn


class Items(Protocol[T_co]):
    """What the core iterates with: an asynchronous generator, or a line's inbox."""

    def __aiter__(self) -> AsyncIterator[T_co]: ...

    async def aclose(self) -> None:
        """Iterate no more."""


@dataclass(frozen=True, slots=True)
class Given:
    """An item on its way to the thread that iterates."""

    item: Any


class LoopThread:
    """One event loop in one daemon thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="glmkit loop", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    @property
    def alive(self) -> bool:
        """Whether it can still carry something (not so in a forked child)."""
        return self._thread.is_alive()

    def carry(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` on the loop and wait for its result, in this thread.

        An interrupt cancels it and gives it two seconds to clean up.
        """
        waiting = Waiting()
        with self._begun(coroutine, waiting) as future:
            for _ in waiting.items(future):
                pass
        return _result(future)

    def iterate(self, items: Items[T]) -> Iterator[T]:
        """Iterate over ``items`` on the loop and yield them in this thread, as soon as they come.

        They are handed over one by one, without a round trip for each.
        """
        waiting = Waiting()

        async def pump() -> None:
            async with aclosing(items):
                async for item in items:
                    waiting.give(item)

        with self._begun(pump(), waiting) as future:
            yield from waiting.items(future)
        _result(future)

    @contextmanager
    def _begun(
        self, coroutine: Coroutine[Any, Any, T], waiting: Waiting
    ) -> Iterator[concurrent.futures.Future[T]]:
        """``coroutine`` on the loop for as long as this thread waits for it."""
        if threading.current_thread() is self._thread:
            coroutine.close()
            raise BadState(text("session.same_loop"))
        finished = threading.Event()
        token = caller.set(waiting)  # the coroutine's task copies this context
        try:
            future = asyncio.run_coroutine_threadsafe(_telling(coroutine, finished), self.loop)
        finally:
            caller.reset(token)
        future.add_done_callback(lambda _: waiting.wake())
        try:
            yield future
        finally:
            if not future.done():
                future.cancel()
                finished.wait(_CLEAN_UP)
            waiting.close()


async def _telling(coroutine: Coroutine[Any, Any, T], finished: threading.Event) -> T:
    """``coroutine``, and when it is over: a future that is cancelled says so before its time."""
    try:
        return await coroutine
    finally:
        finished.set()


def _result(future: concurrent.futures.Future[T]) -> T:
    try:
        return future.result()
    except GlmError as error:
        failure = error
    # the frames of the loop and the socket say nothing to whoever wrote the cell
    raise failure.with_traceback(None) from failure.__cause__


class Waiting:
    """The thread that waits: takes items, runs what the core asks of it, draws its progress."""

    def __init__(self) -> None:
        self._errands: queue.SimpleQueue[Callable[[], None] | Given | None] = queue.SimpleQueue()
        self._bar: Any = None

    def items(self, future: concurrent.futures.Future[Any]) -> Iterator[Any]:
        """Run errands and yield items until ``future`` is done and all of them are taken.

        Polls, so that Windows can interrupt it.
        """
        while not (future.done() and self._errands.empty()):
            try:
                errand = self._errands.get(timeout=0.1)
            except queue.Empty:
                continue
            if isinstance(errand, Given):
                yield errand.item
            elif errand is not None:
                errand()

    def give(self, item: object) -> None:
        """Hand an item over to whoever iterates; TooMuch if nobody takes them."""
        if self._errands.qsize() >= BEHIND:
            raise TooMuch(text("session.overflow", limit=BEHIND))
        self._errands.put(Given(item))

    def wake(self) -> None:
        """Look whether the future is done."""
        self._errands.put(None)

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

        self._errands.put(errand)
        return await asyncio.wrap_future(outcome)

    def notice(self, words: str) -> None:
        """Show a line where the waiting thread prints."""
        self._errands.put(lambda: write_line(words))

    def warn(self, words: str) -> None:
        """Warn in the waiting thread, whose stack leads to the line that called."""
        self._errands.put(lambda: warn(words))

    async def begin(self, total: float) -> None:
        """Make the bar now: importing and showing one would hold up the first chunks."""
        if total >= _SHORT_UPLOAD and interactive():
            await self.run(lambda: self._draw(0.0, total))

    def progress(self, done: float, total: float) -> None:
        """Move the bar, if there is one."""
        if self._bar is not None:
            self._errands.put(lambda: self._draw(done, total))

    def _draw(self, done: float, total: float) -> None:
        if self._bar is None:
            from tqdm.auto import tqdm

            self._bar = tqdm(
                total=round(total, 2),
                desc=text("session.uploading"),
                unit="s",
                leave=False,
                bar_format="{desc} {bar} {n:.1f}/{total:.1f} s",
            )
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Run what is left and take the bar away."""
        with suppress(queue.Empty):
            while True:
                errand = self._errands.get_nowait()
                if callable(errand):
                    errand()
        if self._bar is not None:
            self._bar.close()


_drawing: bool | None = None


def draw_progress(draw: bool | None) -> None:
    """Draw bars, or don't; None: where a person waits at a prompt."""
    global _drawing
    _drawing = draw


def interactive() -> bool:
    """Whether bars are drawn: at a prompt (notebook, IPython, Python's own), not in scripts."""
    return _drawing if _drawing is not None else hasattr(sys, "ps1") or "ipykernel" in sys.modules


_thread: LoopThread | None = None
_lock = threading.Lock()


def loop_thread() -> LoopThread:
    """The process's one loop thread, started at first use."""
    global _thread
    with _lock:
        if _thread is None or not _thread.alive:
            _thread = LoopThread()
        return _thread
