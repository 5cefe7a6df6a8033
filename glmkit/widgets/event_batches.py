"""``EventBatches``: what crossed the wire, for the page to count and draw; many in a message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA

BATCH: Final = 0.05  # seconds of events that go to the page in one message


class EventBatches:
    """Tells of events, each as (sent, type, seconds since the first, seconds of sound); on the
    loop."""

    def __init__(self, tell: Callable[[list[list[Any]]], None]) -> None:
        self._tell = tell
        self._batch: list[list[Any]] = []
        self._zero: float | None = None

    def add(self, event: Event) -> None:
        """Tell of an event soon; local marks have not crossed anything."""
        if event.direction == "local":
            return
        if self._zero is None:
            self._zero = event.at
        if not self._batch:
            asyncio.get_running_loop().call_later(BATCH, self._report)
        seconds = (event.sound_seconds or 0.0) if event.type == AUDIO_DELTA else 0.0
        up = event.direction == "client"
        self._batch.append([up, event.type, round(event.at - self._zero, 3), round(seconds, 3)])

    def _report(self) -> None:
        batch, self._batch = self._batch, []
        self._tell(batch)
