"""What lasts as long as this process: one object knows it all, and ``reset`` makes it begin again.

Each value is declared in the file it belongs to, with what it begins as and what it lasts until:
choices and counts a ``reset``; what runs here (threads, children, sockets) a fork, in whose child
it is still the parent's. What is true for one call only is in a ContextVar instead.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, Literal, TypeVar

T = TypeVar("T")
Until = Literal["reset", "fork", "exit"]


class ProcessValue(Generic[T]):
    """One value of this process, made by ``begin`` when first asked for.

    ``disown``: told the value in a forked child, before it is forgotten there.
    """

    def __init__(
        self,
        begin: Callable[[], T],
        *,
        until: Until = "reset",
        disown: Callable[[T], None] | None = None,
    ) -> None:
        self.until: Final = until
        self.lock = threading.RLock()
        self._begin, self._disown = begin, disown
        self._held: list[T] = []  # none or one: any value is a value
        process.values.append(self)

    @property
    def value(self) -> T:
        """What it is now."""
        with self.lock:
            if not self._held:
                self._held.append(self._begin())
            return self._held[0]

    @value.setter
    def value(self, value: T) -> None:
        self._held[:] = [value]

    def forget(self) -> None:
        """Begin again at the next look."""
        self._held.clear()

    def leave_to_parent(self) -> None:
        """In a forked child: nobody there holds the lock, and what ran does not run here."""
        self.lock = threading.RLock()
        if self.until == "fork" and self._held:
            if self._disown is not None:
                self._disown(self._held[0])
            process.left += self._held
            self.forget()


class _Process:
    """All values of this process."""

    def __init__(self) -> None:
        self.values: list[ProcessValue[Any]] = []
        self.left: list[Any] = []  # the parent's; kept, for to collect it would clean up after it

    def reset(self) -> None:
        """Forget what was chosen and counted; what runs goes on."""
        for each in self.values:
            if each.until == "reset":
                each.forget()

    def leave_to_parent(self) -> None:
        """In a forked child: what runs is the parent's."""
        for each in self.values:
            each.leave_to_parent()


process: Final = _Process()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=process.leave_to_parent)
