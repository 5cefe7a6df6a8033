"""``Home``: the event loop, and so the process, on which a line was opened: it serves no other.

Tasks and sockets belong to a loop: from another one they would wait for ever, or fail in asyncio's
words. And a forked process has copies of them all, with which it would speak for its parent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from glmkit.environment.forks import Birthplace
from glmkit.errors import BadState
from glmkit.texts import text

_ELSEWHERE = 5.0  # seconds that another loop has to end something


class Home:
    """The running loop, in this process. ``let_go``: as for ``Birthplace``."""

    def __init__(self, let_go: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._process = Birthplace("session.forked", let_go)

    @property
    def here(self) -> bool:
        """Whether this is its process."""
        return self._process.here

    def check_process(self) -> None:
        """Raise BadState in a fork of its process."""
        self._process.check()

    def check(self) -> None:
        """Raise BadState in a fork of its process, and on another event loop."""
        self.check_process()
        if _running_loop() not in (None, self._loop):
            raise BadState(text("session.other_loop"))

    async def end(
        self, politely: Callable[[], Coroutine[Any, Any, None]], at_once: Callable[[], None]
    ) -> None:
        """End something, wherever this is called: on its own loop while that runs, else at once.

        A fork has nothing to end.
        """
        if not self.here:
            return
        if _running_loop() is self._loop:
            await politely()
        elif self._loop.is_running():  # in another thread
            ending = asyncio.run_coroutine_threadsafe(politely(), self._loop)
            await asyncio.wait([asyncio.wrap_future(ending)], timeout=_ELSEWHERE)
        else:
            at_once()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
