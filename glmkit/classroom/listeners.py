"""``Listeners``: who wants to be told, on the loop, that something has changed."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[[], None]


class Listeners:
    """The listeners of one thing, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: list[Told] = []

    def subscribe(self, told: Told) -> Told:
        """Have ``told`` called after each change; call what is returned to end it."""
        self._listeners.append(told)

        def leave() -> None:
            if told in self._listeners:
                self._listeners.remove(told)

        return leave

    def tell(self) -> None:
        """It has changed."""
        for told in tuple(self._listeners):
            told()
