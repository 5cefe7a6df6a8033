"""``latency``: how long each stage took, or any other column of a table, each setting by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from matplotlib.patches import Patch

from glmkit.plots.distributions import draw_distributions, explained, write_numbers
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Palette, Theme, palette_of
from glmkit.plots.drawing.titles import zero_name
from glmkit.plots.latency_rows import Measured, MeasuredRow, MeasuredRows, measured
from glmkit.plots.quantities import quantity_of
from glmkit.plots.settings_compared import (
    distinct,
    distributions,
    finding,
    group_name,
    peers_note,
    vary,
)
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.latency import STAGES, Latency
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_STACKED: Final = ("commit", "created", "first_audio", "first_audible", "done")
_MOST_BARS: Final = 40
_FROM_ZERO: Final = (
    0.6  # an axis begins at 0, unless all values lie above this share of the largest
)


def latency(
    turns: Turn | Latency | Trace | Iterable[Measured] | DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    of: str = "first_audible",
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """How long each stage of the turns took, a point a turn.

    With median and 95th percentile; the stages of each turn are stacked below. Where settings
    differ, each has a row and a colour of its own, with the median of the stage ``of`` and its
    95 % interval; no number is of all of them together, nor of two peers or networks.

    ``turns``: a turn, turns, a trace, or rows of a table (a DataFrame or mappings) whose columns
    are called as the fields of ``turn.latency``. ``of``: a stage; or any other column of numbers
    (``yuan``, ``cer``, ``words``), which is then drawn alone, in its own unit. ``by``: the columns
    that make a setting; None: those of a sweep, and the model, where they vary. Runs that failed,
    and turns with another zero point than most, are left out, and it is said how many. ``ax``: the
    axes to draw on. Raises BadArgument.
    """
    if of in STAGES:
        return _stages(measured(turns, by, STAGES), of, ax, theme)
    return _column(measured(turns, by, (of,)), of, ax, theme)


# -- any column ------------------------------------------------------------------------------


def _column(found: MeasuredRows, of: str, ax: Axes | None, theme: Theme | None) -> Axes:
    quantity, rows = quantity_of(of), found.rows
    drawn = distributions(rows, (of,), palette_of(theme))
    height, least = 0.6 + 0.45 * len(drawn), (4.0, 1.6 + 0.2 * len(drawn))
    ax, colours = style.axes_for(ax, theme, 10, height + 1.8, least=least, in_rows=True)
    ax.set_xlim(*_limits([value for row in drawn for value in row.values]))
    names = max(width_of(row.name) for row in drawn)
    style.label(ax, colours, x=quantity.axis)
    draw_distributions(ax, drawn, colours, intervals=True)
    shapes = explained(drawn, colours, intervals=True)
    style.legend(ax, colours, list(shapes.values()), list(shapes))
    write_numbers(ax, ax, drawn, quantity, colours, names)
    note = [_drawn_from(), *peers_note(distinct(rows, "peer"), of), *_left_out(found)]
    style.entitle(ax, colours, finding(rows, of), " ".join(note), names=names)
    return ax


def _limits(values: Sequence[float]) -> tuple[float, float]:
    """From 0 where that hides no difference."""
    low, high = min(values), max(values)
    if 0 <= low <= _FROM_ZERO * high or low == high == 0:
        low = 0.0
    room = 0.04 * ((high - low) or abs(high) or 1.0)
    return (low if low == 0 else low - room), high + room


# -- stages ----------------------------------------------------------------------------------


def _stages(found: MeasuredRows, of: str, ax: Axes | None, theme: Theme | None) -> Axes:
    zero = Counter(row.zero for row in found.rows).most_common(1)[0][0]
    rows = [row for row in found.rows if row.zero == zero]
    settings = vary(rows, "setting")
    drawn = distributions(rows, (of,) if settings else STAGES, palette_of(theme))
    heights = 1.2 + 0.32 * len(drawn), 0.8 + 0.11 * min(len(rows), _MOST_BARS)
    least = (4.0, 2.4 + 0.1 * len(drawn))
    ax, colours = style.axes_for(ax, theme, 10, sum(heights) + 1.4, least=least, in_rows=True)
    points, stacks = style.rows(ax, colours, heights, gap=0.5 / sum(heights))
    moments = [seconds for row in rows for seconds in row.values.values()]
    for panel in (points, stacks):
        panel.set_xlim(min([0.0, *moments]), max([0.01, *moments]) * 1.02)
    names = max((width_of(row.name) for row in drawn), default=0)
    if drawn:
        draw_distributions(points, drawn, colours, intervals=settings)
        write_numbers(ax, points, drawn, quantity_of(of), colours, names)
    since = fonts.say("plots.since", zero=zero_name(zero))
    style.label(stacks, colours, x=since, y=fonts.say("plots.turn_axis"))
    shapes = explained(drawn, colours, intervals=settings) | _draw_stacks(stacks, rows, colours)
    style.legend(stacks, colours, list(shapes.values()), list(shapes))
    style.entitle(ax, colours, finding(rows, of), _note(found, rows, of, settings), names=names)
    return ax


def _draw_stacks(ax: Axes, rows: Sequence[MeasuredRow], colours: Palette) -> dict[str, Any]:
    """A bar a turn; what its parts mean, for a legend."""
    shown = rows[:_MOST_BARS]
    looks = _looks(colours)
    for number, row in enumerate(shown):
        begin = 0.0
        for stage in _STACKED:
            end = row.values.get(stage)
            if end is None:
                continue
            ax.barh(-number, max(end - begin, 0.0), left=begin, height=0.74, **looks[stage])
            begin = max(end, begin)
    ax.set_ylim(-len(shown) + 0.4, 0.6)
    step = -(-len(shown) // (10 if style.inches_of(10) > 6 else 5))
    ticks = range(0, len(shown), step)
    names = [" · ".join(filter(None, (f"{n + 1}", group_name(rows[n], rows)))) for n in ticks]
    style.name_rows(ax, [-number for number in ticks], names)
    used = [stage for stage in _STACKED if any(stage in row.values for row in shown)]
    return {fonts.say(f"plots.until_{stage}"): Patch(**looks[stage]) for stage in used}


def _looks(colours: Palette) -> dict[str, dict[str, Any]]:
    """How each stage's bar looks: a colour and, where two are near, a pattern."""
    plain = {"edgecolor": colours.ground, "linewidth": 0.6}
    indigo = colours.response
    return {
        "commit": {"facecolor": colours.input.fill, **plain},
        "created": {"facecolor": colours.silence.fill, **plain},
        "first_audio": {"facecolor": indigo.fill, **plain},
        "first_audible": {"facecolor": colours.speech.fill, "hatch": "////", **plain},
        "done": {"facecolor": indigo.wash, "edgecolor": indigo.fill, "linewidth": 0.8},
    }


# -- words -----------------------------------------------------------------------------------


def _note(found: MeasuredRows, rows: Sequence[MeasuredRow], of: str, intervals: bool) -> str:
    notes = [_drawn_from()] if intervals else []
    notes += peers_note(distinct(rows, "peer"), of)
    if len(found.rows) > len(rows):
        notes.append(fonts.say("plots.left_out", count=len(found.rows) - len(rows)))
    notes += _left_out(found)
    if len(rows) > _MOST_BARS:
        notes.append(fonts.say("plots.first_bars", count=_MOST_BARS))
    return " ".join(notes)


def _drawn_from() -> str:
    """From which seed the intervals are: that of ``draw_distributions``."""
    return fonts.say("plots.drawn_from", seed=0)


def _left_out(found: MeasuredRows) -> list[str]:
    return [fonts.say("plots.failed", count=found.failed)] if found.failed else []
