"""``glm.lab.compare(a, b).plot()``: both tables' runs, and below them how far apart they are.

Lines lead from each pair's run in one table to its run in the other, where there are few enough to
be followed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from matplotlib.lines import Line2D

from glmkit.plots.distributions import (
    Distribution,
    draw_distributions,
    explained,
    spread,
    write_numbers,
)
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.quantities import Quantity, quantity_of
from glmkit.plots.settings_compared import peers_note, stated_notes
from glmkit.texts import minus
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import both_ends

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 10.0, 4.6  # inches
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
    def statistic(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def stated(self) -> Mapping[str, Sequence[str]]: ...
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
    height = _HEIGHT * math.sqrt(_WIDTH / style.inches_of(_WIDTH))  # fewer words fit into a line
    ax, colours = style.axes_for(ax, theme, _WIDTH, height, least=(4.0, 3.2), in_rows=True)
    quantity, (labels, both) = _quantity(found), _told_apart(found.labels)
    rows = _rows(labels, found.values, colours)
    runs, apart = style.rows(ax, colours, (2.0, 1.0), gap=0.3)
    names = max(map(width_of, [*(row.name for row in rows), fonts.say("plots.difference_row")]))
    if found.paired_by:
        _link(runs, found)
    style.label(runs, colours, x=quantity.axis)
    shown: dict[str, Any] = {"intervals": True, "late": False, "statistic": found.statistic}
    draw_distributions(runs, rows, colours, **shown, seed=found.seed)
    write_numbers(ax, runs, rows, quantity, colours, names, found.statistic)
    _draw_difference(apart, found, quantity, colours)
    shapes = explained(rows, colours, **shown) | _explained(found, colours)
    style.legend(apart, colours, list(shapes.values()), list(shapes))
    notes = [minus(_note(found, quantity)), *stated_notes(found.stated)]
    note = " ".join([*notes, *peers_note(found.peers, found.of)])
    style.entitle(ax, colours, _finding(found, quantity, labels) + both, note, names=names)
    return ax


def _quantity(found: ComparedTables) -> Quantity:
    """What was compared; a share is in no unit, whatever its column is called."""
    known = quantity_of(found.of)
    return Quantity(known.name, "") if found.statistic == "share" else known


def _told_apart(labels: tuple[str, str]) -> tuple[list[str], str]:
    """The labels without what both end with, and that: a peer, as a rule."""
    parted = [label.rpartition(" · ") for label in labels]
    if parted[0][2] == parted[1][2] and all(name for name, *_ in parted):
        return [name for name, *_ in parted], f" · {parted[0][2]}"
    return list(labels), ""


def _rows(
    labels: Sequence[str], compared: Sequence[Sequence[float]], colours: Palette
) -> list[Distribution]:
    looks = ((colours.input, "o"), (colours.response, "s"))
    named = zip(labels, compared, looks, strict=True)
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
    if found.paired_by:
        here, there = (np.asarray(each) for each in found.values)
        heights = spread(len(here)) - 0.3  # below the interval
        ax.plot(there - here, heights, zorder=3, **_pair_look(colours), alpha=0.6)
    ax.axvline(0, color=colours.quiet, linestyle="--", linewidth=1.2, zorder=1)
    ax.plot([found.low, found.high], [0, 0], color=colours.ink, linewidth=2.2, zorder=4)
    ax.plot([found.difference], [0], "D", color=colours.ink, markersize=8, zorder=5)
    ax.set_ylim(-0.6, 0.4)
    style.name_rows(ax, [0], [fonts.say("plots.difference_row")])
    style.label(ax, colours, x=fonts.say("plots.difference_axis", axis=of.axis))


def _explained(found: ComparedTables, colours: Palette) -> dict[str, Any]:
    """What the marks of the difference mean."""
    nothing = Line2D([], [], color=colours.quiet, linestyle="--", linewidth=1.2)
    pair = {fonts.say("plots.pair"): Line2D([], [], **_pair_look(colours))}
    return {
        fonts.say("plots.no_difference"): nothing,
        **(pair if found.paired_by else {}),
    }


def _pair_look(colours: Palette) -> dict[str, Any]:
    return {"color": colours.tool.fill, "marker": "^", "linestyle": "", "markersize": 5.0}


# -- words -----------------------------------------------------------------------------------


def _finding(found: ComparedTables, of: Quantity, labels: Sequence[str]) -> str:
    a, b = (both_ends(label, 2 * _NAME) for label in labels)
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
        statistic=fonts.say(f"plots.tables_{found.statistic}"),
        seed=found.seed,
        difference=of.value(found.difference, signed=True),
        low=of.number(found.low, signed=True),
        high=of.number(found.high, signed=True),
        percent=100 * found.confidence,
        pairs=fonts.say(kind, n=found.n, by=fonts.say("features.comma").join(found.paired_by)),
        effect=found.effect,
        verdict=fonts.say(f"lab.compare_{verdict}", more=found.more),
    )
