"""``effect``: what a setting does to a number, a point a group, each with its interval.

Rules
- A column of numbers is shown by its median and the bootstrap interval of that, a column of yes
  and no by its share and Wilson's interval.
- ``x`` is a setting, and a point stands at each of its values; or it was measured as well, and a
  point, one a group, has an interval both ways.
- Whom it was measured against is in the title; no point is of two peers or networks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from matplotlib.lines import Line2D

from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Colour, Palette, Theme
from glmkit.plots.drawing.titles import peer_name
from glmkit.plots.effect_points import EffectPoint, EffectPoints, measured_points
from glmkit.plots.settings_compared import peers_note, stated_notes
from glmkit.texts import text
from glmkit.turns.statistics import Average

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_SHAPES: Final = ("o", "s", "^", "D", "v", "P")
_APART: Final = 0.09  # of a step between two values: so far lines stand beside each other


def effect(
    table: DataFrame | Iterable[Mapping[str, Any]],
    of: str = "since_spoken",
    *,
    x: str,
    by: str | Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    seed: int = 0,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """What a setting does to a number, with intervals.

    ``table``: of a sweep, a DataFrame or mappings. ``of``: a column of numbers, shown by its
    median, or of yes and no, by its share. ``x``: a setting, or a column that was measured, too.
    ``by``: the columns that make a line, or where ``x`` was measured a point. ``names``: words for
    columns, in place of their names. Intervals are of 95 %, the bootstrap's drawn from ``seed``.
    ``ax``: the axes to draw on. Raises BadArgument.

    >>> glmkit.plots.effect(table, "since_spoken", x="chunk_ms", by="network", seed=1)
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise BadArgument(text("plots.seed", found=seed))
    found = measured_points(table, of, x, by, names, seed)
    ax, colours = style.axes_for(ax, theme, 10, 5.2, least=(4.0, 3.0))
    (_draw_lines if found.ticks else _draw_cloud)(ax, found, colours)
    if found.yes_no:
        ax.set_ylim(-0.04, 1.04 if found.ticks else 1.12)
        ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    ax.grid(axis="y", color=colours.line, linewidth=0.6)
    style.label(ax, colours, x=found.x.axis, y=found.of.axis)
    ax.set_xlabel(ax.get_xlabel(), loc="left")  # the legend is at the right
    style.entitle(ax, colours, _finding(found), _note(found, seed))
    return ax


# -- drawing ---------------------------------------------------------------------------------


def _hue(colours: Palette, number: int) -> Colour:
    hues = (colours.response, colours.speech, colours.tool, colours.silence, colours.input)
    return hues[number % len(hues)]


def _draw_lines(ax: Axes, found: EffectPoints, colours: Palette) -> None:
    """A line a group over the values of a setting, which stand a step from each other."""
    shapes = []
    for number, line in enumerate(found.lines.values()):
        colour = _hue(colours, number).fill
        aside = (number - (len(found.lines) - 1) / 2) * _APART
        places = [found.ticks.index(point.x.mean) + aside for point in line]
        look: dict[str, Any] = {"color": colour, "marker": _SHAPES[number % len(_SHAPES)]}
        ax.plot(places, [point.y.mean for point in line], linewidth=1.4, markersize=7, **look)
        ax.vlines(places, *_ends(point.y for point in line), color=colour, linewidth=2.0)
        shapes.append(Line2D([], [], linewidth=1.4, **look))
    ax.set_xticks(range(len(found.ticks)), [f"{tick:g}" for tick in found.ticks])
    ax.set_xlim(-0.5, len(found.ticks) - 0.5)
    if len(shapes) > 1:
        style.legend(ax, colours, shapes, list(map(fonts.boxed, found.lines)))


def _draw_cloud(ax: Axes, found: EffectPoints, colours: Palette) -> None:
    """A point a group, with an interval both ways and its name beside it."""
    points, colour = found.points, colours.response.fill
    across, up = [point.x.mean for point in points], [point.y.mean for point in points]
    ax.plot(across, up, color=colours.line, linewidth=1.2, zorder=1)
    ax.vlines(across, *_ends(point.y for point in points), color=colour, linewidth=2.0)
    ax.hlines(up, *_ends(point.x for point in points), color=colour, linewidth=2.0)
    ax.plot(across, up, "o", color=colour, markersize=8, zorder=4)
    ax.margins(x=0.12)
    for point in points:
        place: dict[str, Any] = {"transform": style.beside(ax, 8, 7), "va": "baseline"}
        style.write(ax, point.x.mean, point.y.mean, point.name, colours.ink, **place)


def _ends(averages: Iterable[Average]) -> tuple[list[float], list[float]]:
    found = list(averages)
    return [each.low for each in found], [each.high for each in found]


# -- words -----------------------------------------------------------------------------------


def _finding(found: EffectPoints) -> str:
    """From the least to the most, each with where that was, and the peer."""
    ordered = sorted(found.points, key=lambda point: point.y.mean)
    least, most = (_at(found, point) for point in (ordered[0], ordered[-1]))
    words = fonts.say("plots.effect", of=found.of.title, least=least, most=most)
    return f"{words} · {' + '.join(map(peer_name, found.peers))}"


def _at(found: EffectPoints, point: EffectPoint) -> str:
    value = point.y.mean
    written = f"{100 * value:.0f}%" if found.yes_no else found.of.value(value)
    across = found.x.value(point.x.mean) if found.ticks else ""
    where = fonts.say("features.comma").join(filter(None, (point.name, across)))
    return fonts.say("plots.effect_at", value=written, where=where) if where else written


def _note(found: EffectPoints, seed: int) -> str:
    """How many runs a point has, what its interval is, what was set, and whom it is not of."""
    counts = sorted({point.y.count for point in found.points})
    n = f"{counts[0]}–{counts[-1]}" if len(counts) > 1 else counts[0]
    middle = fonts.say("plots.effect_share" if found.yes_no else "plots.effect_median")
    notes = [fonts.say("plots.effect_note", n=n, middle=middle, seed=seed)]
    notes += [fonts.say("plots.failed", count=found.failed)] if found.failed else []
    return " ".join([*notes, *stated_notes(found.stated), *peers_note(found.peers, found.column)])
