"""The keys that are pressed in a terminal, one by one, and lines where stdin is none.

A terminal is given back as it was, also where an error, Ctrl+C or a SIGTERM ends the program.
"""

from __future__ import annotations

import os
import queue
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

END: Final = "\x04"  # Ctrl+D, or the end of stdin
_GLANCE: Final = 0.02  # seconds between looks at a console that cannot be waited for

NextKey = Callable[[float], str]


@contextmanager
def keys_of_terminal() -> Iterator[NextKey]:
    """A function that waits so many seconds for a key, and gives it or ``""``.

    Where stdin is no terminal, each line is one press of Enter, and its end is ``END``.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        yield _lines()
    elif sys.platform == "win32":
        yield _console_key
    else:
        with _single_keys(sys.stdin.fileno()) as descriptor:
            yield lambda seconds: _terminal_key(descriptor, seconds)


def _lines() -> NextKey:
    """Lines as they come: a pipe cannot be waited for on every system, so a thread reads it."""
    pressed: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for _ in sys.stdin or ():
            pressed.put("\n")
        pressed.put(END)

    threading.Thread(target=read, name="glmkit lines", daemon=True).start()

    def next_key(seconds: float) -> str:
        try:
            return pressed.get(timeout=seconds)
        except queue.Empty:
            return ""

    return next_key


# -- POSIX -----------------------------------------------------------------------------------


@contextmanager
def _single_keys(descriptor: int) -> Iterator[int]:
    """Let keys through at once and unseen; Ctrl+C stays what it is."""
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    with _ended_like_ctrl_c():
        try:
            tty.setcbreak(descriptor)
            yield descriptor
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """SIGTERM and SIGHUP interrupt, as Ctrl+C does, rather than end the process on the spot."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(each, signal.default_int_handler) for each in names]
    try:
        yield
    finally:
        for each, handler in zip(names, before, strict=True):
            signal.signal(each, handler)


def _terminal_key(descriptor: int, seconds: float) -> str:
    ready, _, _ = select.select([descriptor], [], [], seconds)
    if not ready:
        return ""
    read = os.read(descriptor, 64).decode("utf-8", "replace")
    return read[:1] or END  # of an arrow's three letters the first: it means nothing here


# -- Windows ---------------------------------------------------------------------------------


def _console_key(seconds: float) -> str:
    import msvcrt

    console: Any = msvcrt  # mypy knows its names on Windows only
    until = time.monotonic() + seconds
    while not console.kbhit():
        left = until - time.monotonic()
        if left <= 0:
            return ""
        time.sleep(min(_GLANCE, left))
    key = str(console.getwch())
    if key == "\x03":
        raise KeyboardInterrupt
    if key in ("\x00", "\xe0"):  # an arrow or a function key, in two
        console.getwch()
        return ""
    return key
