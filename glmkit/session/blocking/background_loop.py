"""The loop thread: one event loop in one daemon thread, which serves the whole process.

It carries coroutines for threads that block; what those do meanwhile is in ``carried_call``.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import aclosing
from typing import Any, Protocol, TypeVar

from glmkit.environment.forks import Birthplace
from glmkit.errors import BadState
from glmkit.process_values import ProcessValue
from glmkit.session.blocking.carried_call import CarriedCall
from glmkit.texts import text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Items(Protocol[T_co]):
    """What the core iterates with: an asynchronous generator, or a line's event queue."""

    def __aiter__(self) -> AsyncIterator[T_co]: ...

    async def aclose(self) -> None:
        """Iterate no more."""


class LoopThread:
    """One event loop in one daemon thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._process = Birthplace("session.forked")
        self._thread = threading.Thread(target=self._run, name="glmkit loop", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def carry(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` on the loop and wait for its result, in this thread.

        An interrupt cancels it and gives it two seconds to clean up.
        """
        waiting = CarriedCall(self.loop, self._process)
        try:
            self._begin(waiting, coroutine)
            for _ in waiting.items():
                pass
        finally:
            waiting.end()
        result: T = waiting.result()
        return result

    def iterate(self, items: Items[T]) -> Iterator[T]:
        """Iterate over ``items`` on the loop and yield them in this thread, as soon as they come.

        They are handed over one by one, without a round trip for each.
        """
        waiting = CarriedCall(self.loop, self._process)
        try:
            self._begin(waiting, _given(items, waiting))
            yield from waiting.items()
        finally:
            waiting.end()
        waiting.result()

    def _begin(self, waiting: CarriedCall, coroutine: Coroutine[Any, Any, Any]) -> None:
        if threading.current_thread() is self._thread:
            coroutine.close()
            raise BadState(text("session.same_loop"))
        waiting.carry(coroutine)


async def _given(items: Items[Any], waiting: CarriedCall) -> None:
    async with aclosing(items):
        async for item in items:
            waiting.give(item)


_thread: ProcessValue[LoopThread] = ProcessValue(LoopThread, until="fork")


def loop_thread() -> LoopThread:
    """The process's one loop thread, started at first use."""
    return _thread.value
