"""``Uncommitted``: what is in no turn yet: sound and pictures, speech marks, errors.

A commit takes it, a request takes the pictures alone (documented), a mark that ends a turn nobody
committed takes what was dropped before, too.
"""

from __future__ import annotations

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import VIDEO_FRAME
from glmkit.turns.open_turn import Keep


class Uncommitted:
    """Appends and speech marks in the order in which they came, as ``keep`` says."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self.events: list[Event] = []
        self.errors: list[Event] = []  # that came while no turn was open
        self.speaking = False  # between speech_started and the commit it leads to
        self._cleared: list[Event] = []  # what was dropped last

    def append(self, event: Event) -> None:
        """Keep sound or a picture that was sent."""
        self._cleared = []
        if self._keep == "all":
            self.events.append(event)
        elif self._keep == "events" or not self.events:
            self.events.append(event.without_payload())

    def heard(self, event: Event) -> None:
        """Keep what server VAD said of it."""
        self.events.append(event)
        self.speaking = True

    def clear(self) -> None:
        """Drop what was sent; the mark that ends its turn still finds it."""
        self._cleared = self.unfinished
        self.events, self.speaking = [], False

    def forget(self) -> None:
        """Drop all of it: its connection is gone."""
        self.events, self._cleared, self.speaking = [], [], False

    def take(self) -> list[Event]:
        """What a commit takes."""
        taken, self.events = self.events, []
        return taken

    def take_shown(self) -> list[Event]:
        """The pictures that no commit took: a request takes them, and leaves the sound."""
        sent = self.events
        self.events = [event for event in sent if event.type != VIDEO_FRAME]
        return [event for event in sent if event.type == VIDEO_FRAME]

    def take_unfinished(self) -> list[Event]:
        """What was sent and never committed, and the errors that came meanwhile."""
        sent, self.speaking = self.unfinished, False
        self.events, self._cleared = [], []
        errors = [error for error in self.errors if error.at >= sent[0].at]
        return in_order([*sent, *errors])

    @property
    def unfinished(self) -> list[Event]:
        """What was sent and not committed, also where it was cleared last."""
        return [*self._cleared, *self.events]


def in_order(events: list[Event]) -> list[Event]:
    """Events by their times."""
    return sorted(events, key=lambda event: event.at)
