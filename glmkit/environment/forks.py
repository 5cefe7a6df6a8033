"""Whether this process opened a thing itself or is the fork of a process that did."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from contextlib import suppress

from glmkit.errors import BadState
from glmkit.process_values import ProcessValue
from glmkit.texts import text


class Birthplace:
    """The process in which something was opened: a fork of it has a copy, and leaves that alone.

    ``words``: the sentence that says so. ``let_go``: what the fork does at once with its copies of
    descriptors, so that nothing it does, nor its end, reaches what the parent has open.
    """

    def __init__(self, words: str, let_go: Callable[[], None] = lambda: None) -> None:
        self.here = True
        self._words, self._let_go = words, let_go
        with _opened.lock:
            _opened.value.add(self)

    def check(self) -> None:
        """Raise BadState in any other process."""
        if not self.here:
            raise BadState(text(self._words))

    def leave(self) -> None:
        """In a forked child: its copies of what was opened elsewhere lead nowhere."""
        with suppress(OSError, ValueError):  # it was closed already: a socket, a file
            self._let_go()


def _leave_all(opened: weakref.WeakSet[Birthplace]) -> None:
    every = list(opened)
    for each in every:  # all of them, before anything can go wrong
        each.here = False
    for each in every:
        each.leave()


_opened: ProcessValue[weakref.WeakSet[Birthplace]] = ProcessValue(
    weakref.WeakSet, until="fork", disown=_leave_all
)


def put_aside(descriptor: int) -> None:
    """Let this process's copy of a descriptor lead nowhere: the parent's stays open."""
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        os.dup2(nothing, descriptor, inheritable=False)
    finally:
        os.close(nothing)
