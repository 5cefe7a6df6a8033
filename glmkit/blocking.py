"""The blocking face: the same session, carried by one background loop thread.

So cells may block, an interrupt cancels cleanly, keepalives go on while a cell computes, and
recorders work. There is no second implementation: ``carried`` hands each coroutine of the core
to the thread and waits for it. Tools, progress and notices come back to the thread that waits.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import functools
import queue
import sys
import threading
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from glmkit import aio
from glmkit.auth import Key, Token
from glmkit.calling import caller, write_line
from glmkit.errors import BadState, GlmError
from glmkit.events import Event
from glmkit.line import Inbox
from glmkit.masking import Secret
from glmkit.session import Session as Core
from glmkit.texts import text

P = ParamSpec("P")
T = TypeVar("T")
_CLEAN_UP = 2.5  # seconds an interrupted coroutine gets to leave its session clean
_SHORT_UPLOAD = 2.0  # seconds of sound below which no bar is drawn


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
        if threading.current_thread() is self._thread:
            coroutine.close()
            raise BadState(text("session.same_loop"))
        waiting = Waiting()
        token = caller.set(waiting)  # the coroutine's task copies this context
        try:
            future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        finally:
            caller.reset(token)
        future.add_done_callback(lambda _: waiting.wake())
        try:
            waiting.until(future)
        except BaseException:
            future.cancel()
            concurrent.futures.wait([future], timeout=_CLEAN_UP)
            raise
        finally:
            waiting.close()
        return _result(future)


def _result(future: concurrent.futures.Future[T]) -> T:
    try:
        return future.result()
    except GlmError as error:
        failure = error
    # the frames of the loop and the socket say nothing to whoever wrote the cell
    raise failure.with_traceback(None) from failure.__cause__


class Waiting:
    """The thread that waits: runs what the core asks of it, draws its progress."""

    def __init__(self) -> None:
        self._errands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._bar: Any = None

    def until(self, future: concurrent.futures.Future[Any]) -> None:
        """Run errands until ``future`` is done. Polls, so that Windows can interrupt it."""
        while not future.done():
            with suppress(queue.Empty):
                errand = self._errands.get(timeout=0.1)
                if errand is not None:
                    errand()

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

    def progress(self, done: float, total: float) -> None:
        """Draw a bar for uploads a person would wait for, where a person is."""
        if total >= _SHORT_UPLOAD and interactive():
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
                if errand is not None:
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
_open: weakref.WeakSet[Session] = weakref.WeakSet()


def loop_thread() -> LoopThread:
    """The process's one loop thread, started at first use."""
    global _thread
    with _lock:
        if _thread is None or not _thread.alive:
            _thread = LoopThread()
        return _thread


def carried(
    method: Callable[Concatenate[Core, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Session, P], T]:
    """The blocking form of a coroutine method of the core: same name, arguments and words."""

    @functools.wraps(method)
    def call(self: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return loop_thread().carry(method(self.core, *args, **kwargs))

    return call


class Session:
    """An open conversation whose calls block; made by ``glm.connect``.

    ``core`` is the asyncio session it carries; everything that needs no waiting is read off it.
    """

    def __init__(self, core: Core) -> None:
        self.core = core
        _open.add(self)

    say = carried(Core.say)
    ask = carried(Core.ask)
    respond = carried(Core.respond)
    show = carried(Core.show)
    update = carried(Core.update)
    cancel = carried(Core.cancel)
    clear = carried(Core.clear)
    send = carried(Core.send)
    reset = carried(Core.reset)
    close = carried(Core.close)

    @functools.wraps(Core.stream)
    def stream(self, audio: Any, **options: Any) -> Iterator[Any]:
        return _carried_iterator(lambda: self.core.stream(audio, **options))

    def __iter__(self) -> Iterator[Event]:
        return _carried_iterator(lambda: aiter(self.core))

    def __getattr__(self, name: str) -> Any:
        if name == "core":  # not there yet: never look for it in itself
            raise AttributeError(name)
        return getattr(self.core, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(n for n in dir(self.core) if n[0] != "_")})

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self.core)


def _carried_iterator(begin: Callable[[], AsyncIterator[T]]) -> Iterator[T]:
    """A blocking iterator over an asynchronous one, which begins now, on the loop thread."""

    async def start() -> AsyncIterator[T]:
        return begin()

    return _items(loop_thread().carry(start()))


def _items(items: AsyncIterator[T]) -> Iterator[T]:
    end = object()

    async def following() -> Any:
        return await anext(items, end)

    async def stop() -> None:
        if isinstance(items, AsyncGenerator):
            await items.aclose()
        elif isinstance(items, Inbox):
            items.close()

    try:
        while (item := loop_thread().carry(following())) is not end:
            yield item
    finally:
        loop_thread().carry(stop())


@functools.wraps(aio.connect)
def connect(
    to: str | None = None, *, api_key: Key | Token | Secret | str | None = None, **options: Any
) -> Session:
    api_key = None if api_key is None else Secret.of(api_key)  # masked before anything can raise
    connecting = aio.connect(to, api_key=api_key, **options)

    async def opened() -> Core:
        return await connecting

    return Session(loop_thread().carry(opened()))


@atexit.register
def close_all() -> None:
    """Close what is open when the process ends, so that the other side need not guess."""
    for session in list(_open):
        if not session.core.closed:
            with suppress(Exception):
                session.close()
