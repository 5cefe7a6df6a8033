"""Prebuffer against gaps: what a player that waits so long would have made of an answer's deltas.

::

    glm.lessons.stutter(turn, prebuffer=0.2)        # Stutter: gaps and their seconds
    glm.lessons.plot_prebuffer(turn, prebuffer=0.2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.argument_checks import number
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.turns.sound import Piece, playout
from glmkit.turns.turn import Turn

needs("figures")
from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Colour, Palette, Theme

_LONGEST: Final = 10.0  # seconds: a prebuffer, not a download
_AUDIBLE: Final = 0.005  # seconds of silence between two pieces that are a gap
_STEPS: Final = 80  # prebuffers that the lower curve is drawn from
_LEAST_SHOWN: Final = 1.0  # seconds of prebuffer on the lower axis


@dataclass(frozen=True, slots=True)
class Stutter:
    """What is heard of an answer with a prebuffer.

    ``prebuffer``: seconds that the player waits after the first delta. ``gaps``: silences that
    are none of the answer's own; ``seconds``: their sum.
    """

    prebuffer: float
    gaps: int
    seconds: float


def stutter(turn: Turn, *, prebuffer: float = 0.0) -> Stutter:
    """The gaps in an answer that is played with a prebuffer.

    The player begins ``prebuffer`` seconds after the first delta. Arithmetic on when each delta
    came; gaps under 5 ms don't count. Raises BadArgument.
    """
    return _stutter(_buffered(_pieces(turn), _wait(prebuffer)), prebuffer)


def _wait(prebuffer: object) -> float:
    return number("prebuffer", prebuffer, 0, _LONGEST)


def _pieces(turn: object) -> list[Piece]:
    pieces = turn.pieces if isinstance(turn, Turn) else []
    if not pieces:
        raise BadArgument(text("lessons.no_deltas", found=type(turn).__name__))
    return pieces


def _buffered(pieces: Sequence[Piece], prebuffer: float) -> list[Piece]:
    """The pieces as they would sound: none before the wait is over."""
    begin = pieces[0].arrived + prebuffer
    return playout((max(piece.arrived, begin), piece.seconds) for piece in pieces)


def _gaps(played: Sequence[Piece]) -> list[tuple[float, float]]:
    """From when to when nothing was there to be played."""
    pairs = ((a.end, b.start) for a, b in pairwise(played))
    return [(end, start) for end, start in pairs if start - end > _AUDIBLE]


def _stutter(played: Sequence[Piece], prebuffer: float) -> Stutter:
    gaps = _gaps(played)
    return Stutter(prebuffer, len(gaps), sum(start - end for end, start in gaps))


def _enough(pieces: Sequence[Piece]) -> float:
    """The least prebuffer with which nothing stutters, in seconds."""
    before, zero, enough = 0.0, pieces[0].arrived, 0.0
    for piece in pieces:
        enough = max(enough, piece.arrived - zero - before)
        before += piece.seconds
    return enough


def plot_prebuffer(
    turn: Turn,
    *,
    prebuffer: float = 0.0,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """What of an answer had come, and what had sounded.

    ``prebuffer``: seconds that the player waits after the first delta. Above: seconds of sound
    that had come (steps) and that had sounded (line) against seconds since the first delta; gaps
    are shaded. Below: seconds of gaps for every prebuffer, this one marked. Raises BadArgument.
    """
    pieces, wait = _pieces(turn), _wait(prebuffer)
    played = _buffered(pieces, wait)
    found = _stutter(played, wait)
    ax, colours = style.axes_for(ax, theme, 10.0, 5.6)
    above, below = style.rows(ax, colours, (1.5, 1.0), gap=0.24)
    _draw_sound(above, colours, pieces, played)
    _draw_choices(below, colours, pieces, found)
    key = "lessons.gaps_none" if not found.gaps else "lessons.gaps_found"
    title = fonts.say(key, ms=1000 * wait, gaps=found.gaps, lost=1000 * found.seconds)
    peer = peer_name(turn.reached, say=fonts.say)
    style.entitle(ax, colours, title, fonts.say("lessons.gaps_note", peer=peer))
    return ax


def _draw_sound(
    ax: Axes, colours: Palette, pieces: Sequence[Piece], played: Sequence[Piece]
) -> None:
    zero = pieces[0].arrived
    came = np.array([0.0, *(piece.arrived - zero for piece in pieces), played[-1].end - zero])
    sums = np.cumsum([piece.seconds for piece in pieces])
    ax.step(came, [0.0, *sums, sums[-1]], where="post", color=colours.input.fill, linewidth=1.8)
    points = [(0.0, 0.0)]
    for piece, total in zip(played, sums, strict=True):
        points += [(piece.start - zero, total - piece.seconds), (piece.end - zero, total)]
    ax.plot(*zip(*points, strict=True), color=colours.response.fill, linewidth=2.2)
    for end, start in _gaps(played):
        ax.axvspan(end - zero, start - zero, color=colours.error.fill, alpha=0.45, linewidth=0)
    ax.set_xlim(0, None)
    ax.set_ylim(0, sums[-1] * 1.08)
    style.label(ax, colours, x=fonts.say("lessons.since_delta"), y=fonts.say("lessons.sound"))
    for up, (key, colour) in zip((0.3, 0.12), _lines(colours), strict=True):
        place: dict[str, Any] = {"transform": ax.transAxes, "ha": "right"}
        style.write(ax, 0.99, up, fonts.say(f"lessons.{key}"), colour.text, **place)


def _lines(colours: Palette) -> tuple[tuple[str, Colour], ...]:
    return (("came", colours.input), ("sounded", colours.response))


def _draw_choices(ax: Axes, colours: Palette, pieces: Sequence[Piece], found: Stutter) -> None:
    most = max(_LEAST_SHOWN, 1.2 * found.prebuffer, 1.15 * _enough(pieces))
    choices = np.linspace(0, most, _STEPS)
    lost = [1000 * _stutter(_buffered(pieces, float(each)), each).seconds for each in choices]
    ax.plot(1000 * choices, lost, color=colours.error.fill, linewidth=2)
    mark = 1000 * found.prebuffer
    ax.axvline(mark, color=colours.ink, linewidth=1.4, linestyle=(0, (4, 2)))
    ax.plot([mark], [1000 * found.seconds], "o", color=colours.ink, markersize=7, clip_on=False)
    ax.set_xlim(0, 1000 * choices[-1])
    ax.set_ylim(0, max([*lost, 1.0]) * 1.15)
    style.label(ax, colours, x=fonts.say("lessons.prebuffer"), y=fonts.say("lessons.silence_ms"))
