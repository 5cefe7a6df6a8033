"""Running something slow in worker threads, from the event loop.

The loop's own thread must never wait long for them: what computes for tenths of a second runs at a
low priority.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


ELSEWHERE = 64
"""Threads of those that mostly wait for another machine; each is started when it is needed."""
_NICENESS = 5


def patient(threads: int, name: str) -> ThreadPoolExecutor:
    """Worker threads for what computes long: of low priority, as are those they start."""
    return ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=_step_back)


def _step_back() -> None:
    if sys.platform == "linux":  # elsewhere a priority is the whole process's
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


async def run(
    threads: ThreadPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """``function(*args, **kwargs)`` in one of ``threads``."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(threads, partial(function, *args, **kwargs))
