"""Servers and clients beside a browser that is driven from the test's own thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from tests.browser.jupyter import SECONDS


class Held:
    """Servers and clients on a thread of their own, as long as the test lasts."""

    def __init__(self) -> None:
        self.loop, self._stack = asyncio.new_event_loop(), AsyncExitStack()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def enter(self, opened: AbstractAsyncContextManager[Any]) -> Any:
        return self.do(self._stack.enter_async_context(opened))

    def close(self) -> None:
        self.do(self._stack.aclose())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(SECONDS)
        self.loop.close()

    def do(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """What a coroutine gives, on that thread."""
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(SECONDS)
