"""``timeline``: everything that happened, in lanes over one axis of seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import turns_of
from glmkit.plots.drawing.palette import Theme
from glmkit.plots.drawing.titles import all_of, heard_finding, peer_name, peer_note, zero_name
from glmkit.plots.drawing.turn_axis import PlacedTurn, place
from glmkit.plots.timelines.lanes import draw_lanes
from glmkit.plots.timelines.layout import FEW, Lanes
from glmkit.plots.timelines.marks import shown
from glmkit.plots.timelines.scale import Timescale, timescale_of
from glmkit.protocol.event import Event
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT, _HIGHER = 12.0, 6.6, 7.6  # inches; many turns have a row for each type
_LEAST = (4.8, 3.4)  # inches


@dataclass(frozen=True, slots=True)
class Subject:
    """What a timeline shows: turns, events, the moment of second 0, and whom it was with."""

    turns: tuple[Turn, ...]
    events: tuple[Event, ...]
    origin: float
    peer: str
    model: str


def timeline(
    what: Turn | Trace | Sequence[Turn], *, ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """Everything that happened in a turn, turns or a trace, over seconds.

    In lanes: your sound, the events each way, the answer as it came and as it would be heard,
    function calls. Arrows lead from the commit to the first audible sample, with the seconds from
    the zero point. Runs of events become one mark with a count; idle time is left out. ``ax``:
    the axes to draw on; ``theme``: light or dark; None: as ``glm.look`` says. Raises BadArgument.
    """
    subject = _subject(what)
    many = len(subject.turns) > FEW
    height = _HIGHER if many else _HEIGHT
    ax, colours = style.axes_for(ax, theme, _WIDTH, height, least=_LEAST, in_rows=many)
    found = [place(turn, origin=subject.origin) for turn in subject.turns]
    scale = _scale(subject, found)
    lanes = Lanes(subject.turns, tuple(found), subject.events, subject.origin, scale)
    names = draw_lanes(ax, lanes, colours)
    note = peer_note(subject.peer, subject.model)
    style.entitle(ax, colours, _finding(subject), note, names=names)
    return ax


def _subject(what: Any) -> Subject:
    if isinstance(what, Turn):
        placed = place(what)
        return Subject((what,), _shown(what.events), placed.origin, what.reached, what.model)
    if isinstance(what, Trace):
        turns = tuple(what.turns())
        starts = [place(turn).origin for turn in turns]
        origin = min([what.clock.perf, *starts])
        return Subject(turns, _shown(what.events), origin, what.reached, what.model)
    turns = turns_of(what, "turns")
    events = _shown(event for turn in turns for event in turn.events)
    origin = min(place(turn).origin for turn in turns)
    return Subject(turns, events, origin, all_of("reached", turns), all_of("model", turns))


def _shown(events: Any) -> tuple[Event, ...]:
    return tuple(sorted(filter(shown, events), key=lambda event: event.at))


def _scale(subject: Subject, found: Sequence[PlacedTurn]) -> Timescale:
    moments = [event.at - subject.origin for event in subject.events]
    spans = [(at, at) for at in moments]
    spans += [(part.start, part.end) for placed in found for part in placed.parts]
    spans += [
        (placed.zero, placed.first)
        for placed in found
        if placed.zero is not None and placed.first is not None
    ]
    return timescale_of(spans)


def _finding(subject: Subject) -> str:
    if len(subject.turns) == 1:
        return heard_finding(subject.turns[0])
    peer, count = peer_name(subject.peer), len(subject.turns)
    firsts = [(turn.latency.zero, *turn.latency.first) for turn in subject.turns]
    for stage, key in (("audible", "plots.turns_heard"), ("text", "plots.turns_read")):
        found = [(zero, s) for zero, kind, s in firsts if kind == stage and s is not None]
        if found:
            zero = Counter(name for name, _ in found).most_common(1)[0][0]
            seconds = [s for name, s in found if name == zero]
            numbers = {"count": count, "median": float(np.median(seconds)), "n": len(seconds)}
            words = fonts.say(key, **numbers, zero=zero_name(zero))
            return f"{words} · {peer}"
    return f"{fonts.say('plots.turns_silent', count=count)} · {peer}"
