"""Who waits for a coroutine: where its tools run, its progress is drawn and its notices are read.

The core never knows whether it is awaited in a cell or carried by the loop thread. It asks the
``host`` of the moment: by default a worker thread for tools and no drawing; the blocking face
puts in the thread that waits, so that a tool's plots land in its cell.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol


class Host(Protocol):
    """Runs a function for the core, and is told what a person may want to see."""

    async def run(self, function: Callable[[], Any]) -> Any:
        """Run ``function`` off the loop and give its result."""

    async def begin(self, total: float) -> None:
        """Make ready to draw an upload of ``total`` seconds, before its first chunk is due."""

    def progress(self, done: float, total: float) -> None:
        """Draw that ``done`` of ``total`` seconds are sent; must not block."""

    def awaits(self, words: str) -> None:
        """What is waited for from now on: to be shown where it takes long; must not block."""

    def notice(self, words: str) -> None:
        """Show one line."""

    def status(self, words: str) -> None:
        """Show a line in place of the one before; empty: take it away. Must not block."""


class WorkerThread:
    """The host of plain asyncio: tools run in a worker thread, nothing is drawn."""

    async def run(self, function: Callable[[], Any]) -> Any:
        """Run ``function`` in a worker thread."""
        return await asyncio.to_thread(function)

    async def begin(self, total: float) -> None:
        """Draw nothing."""

    def progress(self, done: float, total: float) -> None:
        """Draw nothing."""

    def awaits(self, words: str) -> None:
        """Draw nothing."""

    def notice(self, words: str) -> None:
        """Show one line on stdout."""
        write_line(words)

    def status(self, words: str) -> None:
        """Show each line by itself."""
        if words:
            self.notice(words)


def write_line(words: str) -> None:
    """Write a line to stdout, whatever its encoding can hold; nowhere if there is none."""
    if sys.stdout is None:  # closed by whoever started this, or a program without a console
        return
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


_NOBODY = WorkerThread()
host: ContextVar[Host] = ContextVar("host", default=_NOBODY)
