"""``timeline``: everything that happened, in lanes over one axis of seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.errors import BadArgument
from glmkit.event import Event
from glmkit.plots import letters, style
from glmkit.plots.drawing import Lanes
from glmkit.plots.findings import heard_finding, peer_name, peer_note, zero_name
from glmkit.plots.lanes import draw_lanes
from glmkit.plots.marks import shown
from glmkit.plots.placing import Placed, place
from glmkit.plots.timescale import Timescale, timescale
from glmkit.texts import text
from glmkit.trace import Trace
from glmkit.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 12.0, 6.6


@dataclass(frozen=True, slots=True)
class Subject:
    """What a timeline shows: turns, events, the moment of second 0, and whom it was with."""

    turns: tuple[Turn, ...]
    events: tuple[Event, ...]
    origin: float
    peer: str
    model: str


def timeline(
    what: Turn | Trace | Sequence[Turn], *, ax: Axes | None = None, theme: str = "light"
) -> Axes:
    """A turn, a trace or turns over seconds, in lanes: your sound, the events each way, the
    answer as it came and as it would be heard, function calls.

    Arrows lead from the commit to the first audible sample, with the seconds from the zero
    point. Runs of events become one mark with a count; idle time is left out. ``ax``: the axes
    to draw on; ``theme``: light or dark. Raises BadArgument.
    """
    subject = _subject(what)
    ax, colours = style.axes_for(ax, theme, _WIDTH, _HEIGHT)
    found = [place(turn, origin=subject.origin) for turn in subject.turns]
    scale = _scale(subject, found)
    draw_lanes(
        ax, Lanes(subject.turns, tuple(found), subject.events, subject.origin, scale), colours
    )
    style.entitle(ax, colours, _finding(subject), peer_note(subject.peer, subject.model))
    return ax


def _subject(what: Any) -> Subject:
    if isinstance(what, Turn):
        placed = place(what)
        return Subject((what,), _shown(what.events), placed.origin, what.peer, what.model)
    if isinstance(what, Trace):
        turns = tuple(what.turns())
        starts = [place(turn).origin for turn in turns]
        origin = min([what.clock.perf, *starts])
        return Subject(turns, _shown(what.events), origin, what.peer, what.model)
    turns = tuple(what) if isinstance(what, Sequence) and not isinstance(what, str) else ()
    if not turns or not all(isinstance(turn, Turn) for turn in turns):
        raise BadArgument(text("plots.turn_or_trace", found=type(what).__name__))
    events = _shown(event for turn in turns for event in turn.events)
    origin = min(place(turn).origin for turn in turns)
    return Subject(turns, events, origin, _all("peer", turns), _all("model", turns))


def _shown(events: Any) -> tuple[Event, ...]:
    return tuple(sorted(filter(shown, events), key=lambda event: event.at))


def _all(name: str, turns: Sequence[Turn]) -> str:
    return " + ".join(dict.fromkeys(getattr(turn, name) for turn in turns))


def _scale(subject: Subject, found: Sequence[Placed]) -> Timescale:
    moments = [event.at - subject.origin for event in subject.events]
    spans = [(at, at) for at in moments]
    spans += [(part.start, part.end) for placed in found for part in placed.parts]
    spans += [
        (placed.zero, placed.audible)
        for placed in found
        if placed.zero is not None and placed.audible is not None
    ]
    return timescale(spans)


def _finding(subject: Subject) -> str:
    if len(subject.turns) == 1:
        return heard_finding(subject.turns[0])
    peer = peer_name(subject.peer)
    zeros = Counter(t.latency.zero for t in subject.turns if t.latency.first_audible is not None)
    if not zeros:
        return f"{letters.say('plots.turns_silent', count=len(subject.turns))} · {peer}"
    zero = zeros.most_common(1)[0][0]
    waits = [
        turn.latency.first_audible
        for turn in subject.turns
        if turn.latency.zero == zero and turn.latency.first_audible is not None
    ]
    found = letters.say(
        "plots.turns_heard",
        count=len(subject.turns),
        median=float(np.median(waits)),
        zero=zero_name(zero),
    )
    return f"{found} · {peer}"
