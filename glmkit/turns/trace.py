"""``Trace``: everything that crossed the wire, both ways, with times.

One epoch/perf pair is kept: an event's ``at`` is ``perf_counter`` seconds, which never jumps;
``when`` turns it into a date. Sound is held once, as the bytes that came (see ``Event``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from glmkit.protocol.table import Direction
from glmkit.texts import text
from glmkit.turns.event_table import tabulate_events
from glmkit.turns.fold import fold_turns
from glmkit.turns.labels import reached
from glmkit.turns.open_turn import Keep
from glmkit.turns.turn_sequence import Turns

if TYPE_CHECKING:
    import pandas as pd

    from glmkit.cards.player.listen import Listening
    from glmkit.recordings.diff import Difference

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """One moment on both clocks: ``epoch`` (seconds since 1970) and ``perf`` (perf_counter)."""

    epoch: float
    perf: float

    def date(self, at: float) -> datetime:
        """The date of a ``perf_counter`` moment, in UTC."""
        return _EPOCH + timedelta(seconds=self.epoch + at - self.perf)  # Windows' ends at 1970


class Trace(Sequence[Event]):
    """Everything that was sent and received in a session, with times.

    The events in order; whom they were exchanged with is ``peer``. ``keep``: ``"all"``;
    ``"events"`` drops the sound and keeps its size; ``"nothing"``.
    """

    def __init__(self, clock: Clock, *, peer: str, model: str, keep: Keep = "all") -> None:
        self.clock, self.peer, self.model, self.keep = clock, peer, model, keep
        self.events: list[Event] = []
        self.about: dict[str, Any] = {}  # what a file says of itself: who, address, versions
        self.taps: tuple[Callable[[Event], None], ...] = ()  # who else gets each event, whole

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, damaged: bool = False) -> Trace:
        """Read a recording, an unfinished ``.part`` or an ``.Input`` file of the Go samples.

        ``damaged``: give what can be read of a bad file, with a warning. Raises BadFile, whose
        ``trace`` is what could be read.
        """
        from glmkit.recordings.bundle import load

        return load(path, damaged=damaged)

    @staticmethod
    def recover(path: str | os.PathLike[str]) -> Path:
        """Make a whole file of an unfinished ``x.glm.part``. Raises BadFile."""
        from glmkit.recordings.bundle import recover

        return recover(path)

    def save(self, path: str | os.PathLike[str], *, who: str = "") -> Path:
        """Write everything into one file, without keys or tokens. Raises BadFile.

        ``who``: whose recording it is, for tables of many.
        """
        from glmkit.recordings.bundle import save

        return save(self, path, who=who)

    def export(self, path: str | os.PathLike[str]) -> Path:
        """Write it for another program, as the suffix says; gives the file's path.

        ``.csv`` a row a turn; ``.md`` the conversation; ``.wav`` both voices (left you).
        Beside that, with its seconds: ``.txt`` labels for Audacity, ``.TextGrid`` tiers for
        Praat, ``.vtt`` subtitles. ``.json``: everything, for ui.perfetto.dev and
        chrome://tracing, in µs from the trace's clock. Each names the peer.
        Raises BadArgument, BadAudio, BadFile.
        """
        from glmkit.recordings.export import write_export

        return write_export(self, path)

    def listen(self) -> Listening:
        """The session to be seen and heard in a cell: both voices and all events, and a playhead
        that moves with the sound. Lossless up to half an hour of speech; ``page`` is to hand on."""
        from glmkit.cards.player.listen import Listening

        return Listening(self)

    def page(self, path: str | os.PathLike[str], *, title: str | None = None) -> Path:
        """Write one ``.html`` page with sound and playhead, which needs nothing else; its path.

        The sound is MP3 at 16 kHz: up to 0.6 MB a minute in which both speak. Raises BadArgument,
        BadFile.
        """
        from glmkit.cards.player.page import write_page

        return write_page(self, path, title=title)

    def diff(self, other: Trace) -> Difference:
        """What differs from another trace: events, words, latency, sound; a table, a figure."""
        from glmkit.recordings.diff import difference_of

        return difference_of(self, other)

    def add(self, event: Event) -> None:
        """Keep an event, as ``keep`` says."""
        for tap in self.taps:
            tap(event)
        if self.keep == "all":
            self.events.append(event)
        elif self.keep == "events":
            self.events.append(event.without_payload())

    @property
    def reached(self) -> str:
        """The peer, and the network that was set on the way there: what figures name."""
        return reached(self.peer, str(self.about.get("network") or ""))

    def turns(self) -> Turns:
        """The turns, folded again from the events: the same as the live session's.

        Equal to a list of them; a cell shows the conversation.
        """
        set_by = {name: str(self.about.get(name) or "") for name in ("switches", "network")}
        return fold_turns(self.events, peer=self.peer, model=self.model, **set_by)

    def select(self, type: str = "", *, direction: Direction | None = None) -> list[Event]:
        """The events whose type begins with ``type``, of one direction if asked."""
        if not isinstance(type, str):
            raise BadArgument(text("cards.table_type", found=type))
        return [
            event
            for event in self.events
            if event.type.startswith(type) and direction in (None, event.direction)
        ]

    def table(
        self, type: str = "", *, direction: Direction | None = None, turn: int | None = None
    ) -> pd.DataFrame:
        """The events as a DataFrame: time, direction, type, size, gap, turn."""
        return tabulate_events(self, type, direction=direction, turn=turn)

    def seconds(self, event: Event) -> float:
        """Seconds from the trace's beginning to the event."""
        return event.at - self.clock.perf

    def when(self, event: Event) -> datetime:
        """The event's date, in UTC."""
        return self.clock.date(event.at)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        return self.events[index]

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.traces import trace_card

        return trace_card(self)

    def __repr__(self) -> str:
        return f"<Trace {len(self.events)} events, peer={self.reached}, model={self.model}>"
