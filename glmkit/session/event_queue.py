"""``EventQueue``: what one iterator has yet to see of what crosses a line; bounded."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from glmkit.errors import TooMuch
from glmkit.protocol.event import Event
from glmkit.texts import text

BEHIND = 10_000  # events an iterator may fall behind


class EventQueue:
    """One iterator's own queue of events, of any type or ``only`` of one.

    ``check``: asked once the line has ended and all was seen; it raises where an iterator should
    not just stop.
    """

    def __init__(
        self,
        leave: Callable[[EventQueue], None],
        only: str = "",
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._leave, self._only, self._check = leave, only, check
        self._events: deque[Event] = deque()
        self._waker: asyncio.Future[None] | None = None
        self.ended = self.overflowed = False

    def put(self, event: Event) -> bool:
        """Add an event; past the limit the iterator is ended, never the reader.

        Whether somebody was waiting for it.
        """
        if self.ended or (self._only and event.type != self._only):
            return False
        if len(self._events) >= BEHIND:
            self.overflowed = True
            self.end()
            return False
        self._events.append(event)
        return self._wake()

    def end(self) -> None:
        """No more events will come."""
        self.ended = True
        self._wake()

    def _wake(self) -> bool:
        waiting = self._waker is not None and not self._waker.done()
        if waiting and self._waker is not None:
            self._waker.set_result(None)
        return waiting

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        while not self._events:
            if self.overflowed:
                raise TooMuch(text("session.overflow", limit=BEHIND))
            if self.ended:
                self._check()
                raise StopAsyncIteration
            self._waker = asyncio.get_running_loop().create_future()
            await self._waker
        return self._events.popleft()

    def __enter__(self) -> EventQueue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening."""
        self._check = lambda: None
        self.end()
        self._leave(self)

    async def aclose(self) -> None:
        """``close``, for whoever closes asynchronous iterators."""
        self.close()
