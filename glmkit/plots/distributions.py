"""Distributions under one another: every point, quartiles, median, 95th percentile, interval.

Rules
- Every value is a point, as far from its neighbours as the row is high: three can be counted,
  three hundred make a cloud.
- From ``_BOXED`` values on, a box behind them reaches from the first to the third quartile.
- The thick mark is the median, or the mean or the share where these are what a figure is about;
  the interval is of the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Colour, Palette
from glmkit.plots.quantities import Quantity
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.statistics import Quantiles, average, quantiles, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BOXED: Final = 8
_MANY, _CLOUD = 60, 200  # values from which points get smaller, and fainter


@dataclass(frozen=True, slots=True)
class Distribution:
    """A row of points: what of, how it looks, and its values, at least one."""

    name: str
    colour: Colour
    shape: str
    values: tuple[float, ...]


def draw_distributions(
    ax: Axes,
    rows: Sequence[Distribution],
    colours: Palette,
    *,
    intervals: bool,
    late: bool = True,
    statistic: str = "median",
    seed: int = 0,
) -> None:
    """Every row at the height of minus its number, with its name at the left.

    ``intervals``: those of the ``statistic``, from ``seed``; ``late``: the 95th percentiles.
    """
    for number, row in enumerate(rows):
        if _is_boxed(row, statistic):
            _draw_box(ax, row, number)
        count = len(row.values)
        size, alpha = (6 if count < _MANY else 3.5), (0.75 if count < _CLOUD else 0.4)
        look: dict[str, Any] = {"color": row.colour.fill, "alpha": alpha, "markersize": size}
        ax.plot(row.values, spread(count) - number, row.shape, zorder=3, **look)
        found = _middle(row.values, statistic, seed)
        _draw_quantiles(ax, found, number, colours, intervals, late)
    ax.set_ylim(-len(rows) + 0.4, 0.6)
    style.name_rows(ax, [-number for number in range(len(rows))], [row.name for row in rows])


def _is_boxed(row: Distribution, statistic: str) -> bool:
    return len(row.values) >= _BOXED and statistic != "share"  # yes and no have no quartiles


def _middle(values: Sequence[float], statistic: str, seed: int) -> Quantiles:
    """The quantiles, with another statistic and its interval in the median's place."""
    found = quantiles(values, seed=seed)
    if statistic == "median":
        return found
    yes_no = statistic == "share" and set(values) <= {0.0, 1.0}
    other = share([bool(each) for each in values]) if yes_no else average(values, seed=seed)
    return replace(found, median=other.mean, low=other.low, high=other.high)


def spread(count: int) -> Any:
    """Heights that keep equal points apart, the same each time."""
    return (np.arange(count) * 0.618 % 1 - 0.5) * 0.36


def _draw_box(ax: Axes, row: Distribution, number: int) -> None:
    first, third = np.percentile(row.values, [25, 75])
    look: dict[str, Any] = {
        "facecolor": row.colour.wash,
        "edgecolor": row.colour.fill,
        "linewidth": 0.8,
    }
    ax.barh(-number, third - first, left=first, height=0.6, zorder=1, **look)


def _draw_quantiles(
    ax: Axes, found: Quantiles, number: int, colours: Palette, interval: bool, late: bool
) -> None:
    bottom, top, ink = -number - 0.36, -number + 0.36, colours.ink
    ax.vlines(found.median, bottom, top, color=ink, linewidth=2.6, zorder=4)
    if late:
        ax.vlines(found.p95, bottom, top, color=ink, linewidth=1.4, linestyle=":", zorder=4)
    if interval:
        ax.hlines(-number, found.low, found.high, color=ink, linewidth=1.6, zorder=4)


def write_numbers(
    whole: Axes,
    ax: Axes,
    rows: Sequence[Distribution],
    of: Quantity,
    colours: Palette,
    names: int,
    statistic: str = "median",
) -> None:
    """The numbers of each row at its right, if there is room; ``names``: columns at the left."""
    words = [_numbers(_middle(row.values, statistic, 0), of, statistic) for row in rows]
    if style.words_fit_beside(whole, max(map(width_of, words)), names):
        across = ax.get_yaxis_transform()
        for number, each in enumerate(words):
            style.write(ax, 1.012, -number, each, colours.quiet, transform=across)


def _numbers(found: Quantiles, of: Quantity, statistic: str) -> str:
    median, p95 = of.number(found.median), of.number(found.p95)
    if statistic != "median":
        words = fonts.say(f"plots.{statistic}")
        return fonts.say("plots.averages", statistic=words, value=median, count=found.count)
    return fonts.say("plots.quantiles", median=median, p95=p95, count=found.count)


def explained(
    rows: Sequence[Distribution],
    colours: Palette,
    *,
    intervals: bool,
    late: bool = True,
    statistic: str = "median",
) -> dict[str, Any]:
    """What the marks of the rows mean, for a legend: each meaning and its shape."""
    ink = colours.ink
    box = Patch(facecolor=colours.silence.wash, edgecolor=colours.quiet, linewidth=0.8)
    of_median = statistic == "median"
    sure = fonts.say("plots.interval" if of_median else f"plots.interval_{statistic}")
    shapes = {
        fonts.say(f"plots.{statistic}"): Line2D([], [], color=ink, linewidth=2.6),
        fonts.say("plots.p95"): Line2D([], [], color=ink, linewidth=1.4, linestyle=":")
        if late
        else None,
        sure: Line2D([], [], color=ink, linewidth=1.6) if intervals else None,
        fonts.say("plots.quartiles"): box
        if any(_is_boxed(row, statistic) for row in rows)
        else None,
    }
    return {words: shape for words, shape in shapes.items() if shape is not None}
