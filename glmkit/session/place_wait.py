"""``PlaceWait``: what a class says while one waits for a place, as a person reads it.

A class says it with heartbeats that carry one field more (``protocol/serving/own_events``): how
many are before one, that the wait is over and how long it was, that the service has forgotten the
conversation, or a word of the teacher's. What it says is shown where the call waits that goes on;
what comes between calls is shown by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from glmkit.auth.masking import their_words
from glmkit.numeric import number
from glmkit.protocol.serving.own_events import FORGOTTEN, MESSAGE, PLACE
from glmkit.session.host import Host
from glmkit.texts import text

_SILENT: Final = 15.0  # seconds without a word, after which nobody waits for a place
_MOST: Final = 20  # lines that wait for a call to show them
_LONGEST: Final = 1_000  # bytes of a message


class PlaceWait:
    """Whether one waits for a place, and how long that took."""

    def __init__(self) -> None:
        self.waiting = False
        self.waited = 0.0
        """Seconds, all waits together."""
        self._host: Host | None = None  # of the call that goes on
        self._going_on: Callable[[], None] = lambda: None  # told whenever the wait goes on
        self._heard_at = float("-inf")
        self._before: int | None = None
        self._unshown: list[str] = []

    @property
    def goes_on(self) -> bool:
        """Whether one still waits, and heard so lately: a class says it every five seconds."""
        return self.waiting and time.monotonic() - self._heard_at < _SILENT

    def take(self, said: Mapping[str, Any]) -> None:
        """Note what a class says."""
        place = said.get(PLACE)
        if isinstance(place, Mapping):
            self._take_place(place)
        if FORGOTTEN in said:
            self._tell(text("session.place_forgotten", turns=_whole(said[FORGOTTEN])))
        if words := their_words(said.get(MESSAGE), _LONGEST):
            self._tell(text("session.class_says", words=words))

    @contextmanager
    def shown_by(self, host: Host, going_on: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Meanwhile show what is said where ``host`` waits, what came before first."""
        before = self._host, self._going_on
        self._host, self._going_on = host, going_on
        waiting, self._unshown = self._unshown, []
        for words in waiting:
            host.notice(words)
        try:
            yield
        finally:
            self._host, self._going_on = before
            host.status("")

    def _take_place(self, place: Mapping[str, Any]) -> None:
        if "waited" in place:
            self.waiting, self._before = False, None
            waited = number(place["waited"])
            self.waited += waited if 0 <= waited < 86_400 else 0.0
            self._going_on()
            self._show_status("")
        elif "before" in place:
            self.waiting, self._heard_at = True, time.monotonic()
            self._going_on()
            self._show_place(_whole(place["before"]), place.get("seconds"))

    def _show_place(self, before: int, seconds: object) -> None:
        if before == self._before:
            return
        self._before = before
        about = number(seconds)
        known = text("session.place_seconds", seconds=about) if about >= 0 else ""
        self._show_status(text("session.place_wait", before=before, about=known))

    def _show_status(self, words: str) -> None:
        if self._host is not None:
            self._host.status(words)

    def _tell(self, words: str) -> None:
        if self._host is not None:
            self._host.notice(words)
        else:
            self._unshown = [*self._unshown, words][-_MOST:]


def _whole(found: object) -> int:
    value = number(found)
    return int(value) if 0 <= value < 1e6 else 0
