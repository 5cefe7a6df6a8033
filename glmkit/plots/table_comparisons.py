"""``glm.lab.compare(a, b).plot()``: both tables' runs, and below them how far apart they are.

Lines lead from each pair's run in one table to its run in the other, where there are few enough to
be followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from matplotlib.lines import Line2D

from glmkit.plots.distributions import Distribution, draw_distributions, spread, write_numbers
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.quantities import Quantity, quantity_of
from glmkit.plots.settings_compared import peers_note
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import both_ends

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FOLLOWED: Final = 60  # pairs
_NAME: Final = 34  # letters of a table's name at the side


class ComparedTables(Protocol):
    """What the figure reads of two tables that were compared."""

    @property
    def of(self) -> str: ...
    @property
    def labels(self) -> tuple[str, str]: ...
    @property
    def values(self) -> tuple[tuple[float, ...], tuple[float, ...]]: ...
    @property
    def peers(self) -> tuple[str, ...]: ...
    @property
    def difference(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def effect(self) -> float: ...
    @property
    def n(self) -> int: ...
    @property
    def paired_by(self) -> tuple[str, ...]: ...
    @property
    def confidence(self) -> float: ...
    @property
    def more(self) -> int | None: ...


def comparison(
    found: ComparedTables, *, ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """The runs of both tables, and their difference with its interval. Raises BadArgument."""
    ax, colours = style.axes_for(ax, theme, 10, 4.6, least=(4.0, 3.2), in_rows=True)
    quantity, rows = quantity_of(found.of), _rows(found, colours)
    runs, apart = style.rows(ax, colours, (2.0, 1.0), gap=0.42)
    names = max(map(width_of, [*(row.name for row in rows), fonts.say("plots.difference_row")]))
    if found.paired_by:
        _link(runs, found)
    style.label(runs, colours, x=quantity.axis)
    draw_distributions(runs, rows, colours, intervals=True)
    write_numbers(ax, runs, rows, quantity, colours, names)
    _draw_difference(apart, found, quantity, colours)
    note = " ".join([_note(found, quantity), *peers_note(found.peers)])
    style.entitle(ax, colours, _finding(found, quantity), note, names=names)
    return ax


def _rows(found: ComparedTables, colours: Palette) -> list[Distribution]:
    looks = ((colours.input, "o"), (colours.response, "s"))
    named = zip(found.labels, found.values, looks, strict=True)
    return [
        Distribution(both_ends(name, _NAME), *look, tuple(values)) for name, values, look in named
    ]


def _link(ax: Axes, found: ComparedTables) -> None:
    here, there = found.values
    if len(here) > _FOLLOWED:
        return
    heights = spread(len(here))
    ends = np.array([heights, heights - 1])
    ax.plot(np.array([here, there]), ends, color="0.5", linewidth=0.8, alpha=0.45, zorder=2)


def _draw_difference(ax: Axes, found: ComparedTables, of: Quantity, colours: Palette) -> None:
    shapes = [
        Line2D([], [], color=colours.ink, marker="D", linewidth=2.2),
        Line2D([], [], color=colours.quiet, linestyle="--", linewidth=1.2),
    ]
    names = [fonts.say("plots.difference_interval"), fonts.say("plots.no_difference")]
    if found.paired_by:
        here, there = (np.asarray(each) for each in found.values)
        look: dict[str, Any] = {"color": colours.tool.fill, "markersize": 5.0, "alpha": 0.6}
        [points] = ax.plot(there - here, spread(len(here)), "^", zorder=3, **look)
        shapes.append(points)
        names.append(fonts.say("plots.pair"))
    ax.axvline(0, color=colours.quiet, linestyle="--", linewidth=1.2, zorder=1)
    ax.plot([found.low, found.high], [0, 0], color=colours.ink, linewidth=2.2, zorder=4)
    ax.plot([found.difference], [0], "D", color=colours.ink, markersize=8, zorder=5)
    ax.set_ylim(-0.5, 0.5)
    style.name_rows(ax, [0], [fonts.say("plots.difference_row")])
    style.label(ax, colours, x=fonts.say("plots.difference_axis", axis=of.axis))
    style.legend(ax, colours, shapes, names)


# -- words -----------------------------------------------------------------------------------


def _finding(found: ComparedTables, of: Quantity) -> str:
    a, b = (both_ends(label, 2 * _NAME) for label in found.labels)
    by = of.value(abs(found.difference))
    if found.more != 0:
        return fonts.say("plots.tables_open", of=of.title, a=a, b=b)
    higher = found.difference > 0
    id = "plots.tables_above" if higher else "plots.tables_below"
    return fonts.say(id, of=of.title, a=a, b=b, by=by)


def _note(found: ComparedTables, of: Quantity) -> str:
    kind = "lab.compare_pairs" if found.paired_by else "lab.compare_runs"
    verdict = "hopeless" if found.more is None else "more" if found.more else "enough"
    return fonts.say(
        "plots.tables_note",
        difference=of.value(found.difference, signed=True),
        low=of.number(found.low, signed=True),
        high=of.number(found.high, signed=True),
        percent=100 * found.confidence,
        pairs=fonts.say(kind, n=found.n, by=", ".join(found.paired_by)),
        effect=found.effect,
        verdict=fonts.say(f"lab.compare_{verdict}", more=found.more),
    )
