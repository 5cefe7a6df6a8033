"""How every figure looks: its ground, its letters, and where it appears.

Rules
- Without ``ax`` a figure goes to pyplot where somebody uses it: in a notebook, which shows it once
  and closes it, and in a program that has imported pyplot, where ``plt.show()`` and ``plt.gcf()``
  find it. Anywhere else nothing holds it but the Axes that is returned.
- Words of others are plain text: ``$`` is no formula, a line break is a blank.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from glmkit.environment import in_kernel
from glmkit.plots.drawing.argument_checks import axes, large_enough
from glmkit.plots.drawing.fonts import boxed, families
from glmkit.plots.drawing.palette import Palette, Theme, palette_of
from glmkit.texts.layout.lines import fold
from glmkit.texts.layout.text_width import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

DPI: Final = 120
LARGE, MEDIUM, SMALL = 13.0, 10.5, 9.5  # points; legible from the back at 10 inches' width


# -- figures ---------------------------------------------------------------------------------


def axes_for(
    ax: Axes | None,
    theme: str,
    width: float,
    height: float,
    *,
    least: tuple[float, float] = (0.0, 0.0),
) -> tuple[Axes, Palette]:
    """The axes to draw on, dressed: ``ax``, or those of a new figure of so many inches.

    ``least``: the inches across and up below which its words would lie on one another. Raises
    BadArgument for an ``ax`` that has less.
    """
    colours = palette_of(theme)
    ax = new_figure(width, height).add_subplot() if ax is None else large_enough(axes(ax), least)
    dress(ax, colours)
    return ax, colours


def new_figure(width: float, height: float) -> Figure:
    """A figure of ``width`` by ``height`` inches, pyplot's own where somebody uses pyplot."""
    options: dict[str, Any] = {"figsize": (width, height), "dpi": DPI, "layout": "constrained"}
    if _aside.get() or not (in_kernel() or "matplotlib.pyplot" in sys.modules):
        return Figure(**options)
    from matplotlib import pyplot

    return pyplot.figure(**options)


_aside: ContextVar[bool] = ContextVar("aside", default=False)


def png(plot: Callable[..., Axes], what: Any, *, theme: Theme = "light", dpi: int = DPI) -> bytes:
    """The picture that ``plot(what)`` draws, as the bytes of a PNG file.

    For a card or a page: no notebook shows it.
    """
    token = _aside.set(True)
    try:
        ax = plot(what, theme=theme)
    finally:
        _aside.reset(token)
    file = io.BytesIO()
    root_of(ax).savefig(file, format="png", dpi=dpi)
    return file.getvalue()


def root_of(ax: Axes) -> Figure:
    """The whole figure that axes are in, also where they are in a part of one."""
    figure = ax.get_figure(root=True)
    assert figure is not None  # axes that were taken out of their figure cannot be drawn on
    return figure


def dress(ax: Axes, colours: Palette) -> None:
    """Give axes, and the figure they are in, the palette's ground and inks."""
    root_of(ax).set_facecolor(colours.ground)
    ax.set_facecolor(colours.ground)
    for side, spine in ax.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.quiet)
    ax.tick_params(
        colors=colours.quiet,
        labelcolor=colours.quiet,
        labelsize=SMALL,
        labelfontfamily=families("0"),
    )
    ax.set_axisbelow(True)


def words_fit_beside(ax: Axes) -> bool:
    """Whether words may stand at the right of axes: none are there, or a layout makes room."""
    figure, mine = root_of(ax), ax.bbox
    if figure.get_layout_engine() is not None:
        return True
    others = (other.bbox for other in figure.axes if other is not ax)
    return not any(o.x0 >= mine.x1 and o.y0 < mine.y1 and o.y1 > mine.y0 for o in others)


def rows(ax: Axes, colours: Palette, heights: Sequence[float], gap: float = 0.1) -> list[Axes]:
    """Axes under one another inside ``ax``, which keeps its title and shows nothing else."""
    ax.set_axis_off()
    unit = (1 - gap * (len(heights) - 1)) / sum(heights)
    made, top = [], 1.0
    for height in heights:
        inner = ax.inset_axes((0, top - height * unit, 1, height * unit))
        dress(inner, colours)
        made.append(inner)
        top -= height * unit + gap
    return made


# -- words -----------------------------------------------------------------------------------


def write(ax: Axes, x: float, y: float, words: str, color: str, **options: Any) -> Text:
    """Words at a point of the axes, in our letters and never read as a formula.

    Words at a point of the data go where the view leaves it, lest they push the axes aside.
    """
    clipped = "transform" not in options
    settings = {"fontsize": SMALL, "va": "center", "clip_on": clipped, **options}
    words = boxed(words)
    settings |= {"fontfamily": families(words), "parse_math": False}
    return ax.text(x, y, words, color=color, **settings)


def label(ax: Axes, colours: Palette, *, x: str = "", y: str = "") -> None:
    """What the axes measure, with its unit."""
    options: dict[str, Any] = {"color": colours.quiet, "fontsize": SMALL}
    ax.set_xlabel(x, family=families(x), **options)
    ax.set_ylabel(y, family=families(y), **options)


def name_rows(ax: Axes, heights: Sequence[float], names: Sequence[str]) -> list[Text]:
    """Words instead of numbers at the left of the axes."""
    ax.set_yticks(heights, [boxed(name) for name in names])
    for label in ax.get_yticklabels():
        label.set_fontfamily(families(label.get_text()))
        label.set_parse_math(False)
    return list(ax.get_yticklabels())


def entitle(
    ax: Axes, colours: Palette, finding: str, note: str = "", *, share: float = 1.0
) -> None:
    """The finding as title, and below it, smaller, what limits it; both folded to the width.

    ``share``: how much of the width there is, where labels stand at the axes' sides.
    """
    note = fold(boxed(note), columns_of(ax, share, SMALL))
    lines = note.count("\n") + 1 if note else 0
    finding = fold(boxed(finding), columns_of(ax, share, LARGE * 1.12))  # bold is wider
    _make_room_above(ax, 9 + 14 * lines + (finding.count("\n") + 1) * LARGE * 1.25)
    ax.set_title(
        finding,
        loc="left",
        pad=9 + 14 * lines,
        color=colours.ink,
        fontsize=LARGE,
        fontweight="bold",
        fontfamily=families(finding),
        parse_math=False,
    )
    if note:
        _write_note(ax, colours, note)


def _make_room_above(ax: Axes, points: float) -> None:
    """Lower the top of somebody's axes where a title of so many points would be cut off."""
    figure, place = root_of(ax), ax.get_position()
    if figure.get_layout_engine() is not None or ax.get_subplotspec() is None:
        return  # a layout makes room itself; who placed the axes by hand wants them there
    ticks = 30 / 72 / figure.get_figheight()
    above = [box.y0 - ticks for other in figure.axes if (box := other.get_position()).y0 > place.y1]
    most = min([1.0, *above]) - points / 72 / figure.get_figheight()
    if most < place.y1:
        height = max(most - place.y0, place.height / 2)
        ax.set_position((place.x0, place.y0, place.width, height))


def _write_note(ax: Axes, colours: Palette, note: str) -> None:
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    letters: dict[str, Any] = {"fontfamily": families(note), "parse_math": False}
    ax.annotate(note, (0, 1), (0, 8), color=colours.quiet, fontsize=SMALL, **place, **letters)


def legend(
    ax: Axes, colours: Palette, shapes: list[Any], names: list[str], below: float = 23
) -> None:
    """What the shapes mean, ``below`` points under the axes at the right."""
    box = ax.legend(
        shapes,
        names,
        loc="upper right",
        bbox_to_anchor=(1.0, 0.0),
        bbox_transform=ax.transAxes
        + ScaledTranslation(0, -below / 72, root_of(ax).dpi_scale_trans),
        ncols=_columns(names, int(columns_of(ax) * MEDIUM / SMALL)),
        frameon=False,
        labelcolor=colours.quiet,
        prop={"family": families("".join(names)), "size": SMALL},
        columnspacing=1.4,
        handletextpad=0.5,
        borderaxespad=0.2,
    )
    box.set_zorder(6)


def _columns(names: list[str], room: int) -> int:
    """In how many columns a legend's names, with their shapes, fit side by side."""
    widths = [width_of(name) + 7 for name in names]
    return len(names) if sum(widths) <= room else max(1, room // max(widths))


def lines_of(ax: Axes, size: float = SMALL) -> float:
    """About how many lines of ``size`` points fit into the axes' height."""
    return ax.get_position().height * root_of(ax).get_figheight() * 72 / (size * 1.2)


def columns_of(ax: Axes, share: float = 1.0, size: float = MEDIUM) -> int:
    """About how many letters of ``size`` points fit into a share of the axes' width."""
    figure = root_of(ax)
    # before its first drawing a figure of ours has not yet made its one axes as wide as they get
    alone = figure.get_layout_engine() is not None and len(figure.axes) == 1
    inches = (0.93 if alone else ax.get_position().width) * figure.get_figwidth()
    return int(share * inches * 72 / (size * 0.58))
