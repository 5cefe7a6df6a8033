"""``trace.diff(other).plot()``: the stages of each turn in two traces, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Final, Protocol

from matplotlib.lines import Line2D

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Colour, Palette, Theme
from glmkit.plots.drawing.titles import peer_name, peer_note
from glmkit.texts import minus
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import is_live
from glmkit.turns.latency import STAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.turns.latency import Latency

_MOST_LINES: Final = 48
StageLine = tuple[int, str, float, float]  # turn, stage, seconds here, seconds there


class ComparedSession(Protocol):
    """Whom one of the two sessions was with."""

    model: str

    @property
    def reached(self) -> str: ...


class ComparedSessions(Protocol):
    """What the figure reads of two sessions that were compared."""

    @property
    def here(self) -> ComparedSession: ...
    @property
    def there(self) -> ComparedSession: ...
    @property
    def pairs(self) -> Sequence[object]: ...
    @property
    def timed(self) -> Sequence[tuple[int, Latency, Latency]]: ...
    @property
    def waits(self) -> Sequence[float]: ...
    @property
    def said_the_same(self) -> int: ...


def difference(
    found: ComparedSessions, *, ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """A line for each stage of each turn, from its seconds here to its seconds there."""
    lines = _lines(found)[:_MOST_LINES]
    height = 1.9 + 0.3 * max(len(lines), 2)
    ax, colours = style.axes_for(ax, theme, 10.0, height, in_rows=True)
    for height, (_, _, here, there) in enumerate(lines):
        ax.plot([here, there], [-height] * 2, color=colours.quiet, linewidth=1.2, zorder=2)
        _ring(ax, here, -height, colours.input)
        _dot(ax, there, -height, colours.response)
    names = [f"{number} · {fonts.say(f'plots.stage_{stage}')}" for number, stage, *_ in lines]
    style.name_rows(ax, [-height for height in range(len(lines))], names)
    ax.set_ylim(-len(lines) + 0.4, 0.6)
    ax.set_xlim(left=min([0.0, *(line[2] for line in lines), *(line[3] for line in lines)]))
    _say_what_it_is(found, ax, colours, max(map(width_of, names), default=0))
    return ax


def _lines(found: ComparedSessions) -> list[StageLine]:
    both = ((number, here.stages, there.stages) for number, here, there in found.timed)
    return [
        (number, stage, here[stage], there[stage])
        for number, here, there in both
        for stage in STAGES
        if stage in here and stage in there
    ]


def _ring(ax: Axes, at: float, height: float, colour: Colour) -> None:
    """Open, so that a dot in the same place is seen."""
    [ring] = ax.plot([at], [height], "o", color=colour.fill, fillstyle="none", clip_on=False)
    ring.set(markersize=12, markeredgewidth=2, zorder=3)


def _dot(ax: Axes, at: float, height: float, colour: Colour) -> None:
    ax.plot([at], [height], "D", color=colour.fill, markersize=5.5, clip_on=False, zorder=4)


def _say_what_it_is(found: ComparedSessions, ax: Axes, colours: Palette, names: int) -> None:
    """``names``: columns of what stands at the left."""
    peers = [found.here.reached, found.there.reached]
    style.label(ax, colours, x=fonts.say("recordings.diff_seconds"))
    _legend_of(peers, ax, colours)
    others = [peer_name(peer) for peer in dict.fromkeys(peers) if not is_live(peer)]
    whom = peer_note(" + ".join(others) or "live", found.here.model)
    note = f"{whom} {fonts.say('recordings.diff_note')}"
    style.entitle(ax, colours, _finding(found), note, names=names)


def _legend_of(peers: list[str], ax: Axes, colours: Palette) -> None:
    shapes = [
        Line2D([], [], color=colours.input.fill, marker="o", fillstyle="none", linestyle=""),
        Line2D([], [], color=colours.response.fill, marker="D", linestyle=""),
    ]
    here, there = map(peer_name, peers)
    names = [
        fonts.say("recordings.diff_here", peer=here),
        fonts.say("recordings.diff_there", peer=there),
    ]
    style.legend(ax, colours, shapes, names)


def _finding(found: ComparedSessions) -> str:
    waits = found.waits
    later = (
        fonts.say("recordings.diff_later", seconds=median(waits))
        if waits
        else fonts.say("recordings.diff_silent")
    )
    same, turns = found.said_the_same, len(found.pairs)
    return minus(fonts.say("recordings.diff_found", same=same, turns=turns, later=later))
