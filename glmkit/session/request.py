"""``Request``: what was asked of the service, with its answer and its error while it is waited for.

Errors name no request (documented: their ``event_id`` is the server's own). The service handles
events in order, so an error belongs to the oldest request that waits for it.
"""

from __future__ import annotations

from collections.abc import Callable

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import is_harmless


class Request:
    """One thing that was asked for; made by ``Line.request``.

    ``answers``: the event types that answer it. ``refuses``: whether an error can be about it.
    """

    __slots__ = ("answer", "answers", "error", "refuses")

    def __init__(
        self, *answers: str, refuses: Callable[[Event], bool] = lambda error: True
    ) -> None:
        self.answers, self.refuses = answers, refuses
        self.answer: Event | None = None
        self.error: Event | None = None

    def takes(self, event: Event) -> bool:
        """Keep an event that settles this request; whether it did."""
        if self.settled:
            return False
        if event.type in self.answers:
            self.answer = event
        elif event.type == "error" and not is_harmless(event) and self.refuses(event):
            self.error = event
        return self.settled

    @property
    def settled(self) -> bool:
        """Whether its answer or its error is here."""
        return self.answer is not None or self.error is not None
