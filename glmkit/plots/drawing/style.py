"""How every figure looks: its ground, its letters, and where it appears.

Rules
- Without ``ax`` a figure goes to pyplot where somebody uses it: in a notebook, which shows it once
  and closes it, and in a program that has imported pyplot, where ``plt.show()`` and ``plt.gcf()``
  find it. Anywhere else nothing holds it but the Axes that is returned.
- Letters, lines and marks are in points. A size of ``glm.look`` is fewer inches for the same
  points, and more pixels an inch: everything is larger beside the picture, and what asks
  ``columns_of`` or ``lines_of`` for room takes less of it.
- A figure has rounded corners with nothing behind them: on a dark page a light one is a card.
- Words of others are plain text: ``$`` is no formula, a line break is a blank.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import ScaledTranslation

from glmkit.environment.kernel import in_kernel
from glmkit.environment.looks import Size, chosen_look
from glmkit.plots.drawing.argument_checks import axes, large_enough
from glmkit.plots.drawing.fonts import boxed, families
from glmkit.plots.drawing.haloed_text import HaloedText
from glmkit.plots.drawing.palette import Palette, Theme, palette_of
from glmkit.texts.layout.lines import fold, in_a_row
from glmkit.texts.layout.text_width import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

DPI: Final = 120
LARGE, MEDIUM, SMALL = 13.0, 10.5, 9.5  # points
_COLUMN: Final = 0.58 / 72  # inches of a letter's width a point
_MOST_BESIDE: Final = 0.75  # of the width may be words at the sides
_MARGINS: Final = 0.7  # inches at the sides of a figure's one axes, for its scale
#: In a column of 700 pixels the least letters, 8.5 points, are 11 pixels high.
_NARROW: Final = 7.2  # inches
#: Twice the letters: on a page of 1280 × 720 they are more than 1/40 of its height, titles 1/30.
_PROJECTED, _PROJECTED_DPI = 0.5, 240  # of the usual inches across, and the pixels of each
#: What is higher has its letters, seen whole, below 1/40; only rows make a figure higher than that.
_PROJECTED_HEIGHT: Final = 5.2  # inches
_CORNER: Final = 0.09  # inches


# -- figures ---------------------------------------------------------------------------------


def axes_for(
    ax: Axes | None,
    theme: str | None,
    width: float,
    height: float,
    *,
    least: tuple[float, float] = (0.0, 0.0),
    in_rows: bool = False,
) -> tuple[Axes, Palette]:
    """The axes to draw on, dressed: ``ax``, or those of a new figure of so many inches.

    ``least``: the inches across and up below which its words would lie on one another;
    ``in_rows``: its height is that of its rows, in any look. Raises BadArgument for an ``ax`` that
    has less.
    """
    colours = palette_of(theme)
    if ax is None:
        ax = new_figure(width, height, in_rows=in_rows).add_subplot()
    else:
        large_enough(axes(ax), least)
    dress(ax, colours)
    return ax, colours


def new_figure(width: float, height: float, *, in_rows: bool = False) -> Figure:
    """A figure of ``width`` by ``height`` inches, pyplot's own where somebody uses pyplot.

    It has fewer inches where a size was chosen.
    """
    projected = _size() == "projector"
    if projected and not in_rows:
        height = min(height, _PROJECTED_HEIGHT)
    figsize, dpi = (inches_of(width), height), _PROJECTED_DPI if projected else DPI
    options: dict[str, Any] = {"figsize": figsize, "dpi": dpi, "layout": "constrained"}
    if _aside.get() or not (in_kernel() or "matplotlib.pyplot" in sys.modules):
        return _as_card(Figure(**options))
    from matplotlib import pyplot

    return _as_card(pyplot.figure(**options))


def _as_card(figure: Figure) -> Figure:
    """The figure with a ground whose corners are round."""
    width, height = figure.get_size_inches()
    round_ = f"round,pad=0,rounding_size={_CORNER / width:.5f}"
    ground = FancyBboxPatch((0, 0), 1, 1, boxstyle=round_, mutation_aspect=width / height, lw=0)
    ground.set_in_layout(figure.patch.get_in_layout())
    ground.set_figure(figure)
    ground.set_transform(figure.transFigure)
    figure.patch = ground  # type: ignore[assignment]  # its facecolor is the figure's, as before
    return figure


def inches_of(width: float) -> float:
    """How wide a figure gets that is usually so many inches wide."""
    size = _size()
    return width * _PROJECTED if size == "projector" else min(width, _NARROW) if size else width


def _size() -> Size | None:
    aside = _aside.get()
    return chosen_look().size or (aside.size if aside else None)


@dataclass(frozen=True, slots=True)
class _Aside:
    """That a figure is drawn for a file, and in which size if none was chosen."""

    size: Size | None


_aside: ContextVar[_Aside | None] = ContextVar("aside", default=None)


def png(
    plot: Callable[..., Axes],
    what: Any,
    *,
    theme: Theme | None = None,
    size: Size | None = None,
    sharpness: float = 1.0,
) -> bytes:
    """The picture that ``plot(what)`` draws, as the bytes of a PNG file.

    For a card or a page: no notebook shows it. ``theme`` and ``size``: as in ``glm.look``, whose
    size counts first; ``sharpness``: its pixels across, as a share of the usual.
    """
    token = _aside.set(_Aside(size))
    try:
        ax = plot(what, theme=theme)
    finally:
        _aside.reset(token)
    file = io.BytesIO()
    root_of(ax).savefig(file, format="png", dpi=root_of(ax).dpi * sharpness)
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


def words_fit_beside(ax: Axes, columns: int, names: int = 0) -> bool:
    """Whether words of so many columns may stand at the right of axes, and ``names`` at their left.

    None are there, or a layout makes room, and leaves the axes some.
    """
    figure, mine = root_of(ax), ax.bbox
    if figure.get_layout_engine() is not None:
        whole = columns_of(ax, size=SMALL)
        return len(figure.axes) > 1 or columns + names < _MOST_BESIDE * whole
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


def write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    color: str,
    *,
    ground: Any = None,
    solid: bool = False,
    **options: Any,
) -> Text:
    """Words at a point of the axes, in our letters and never read as a formula.

    Words at a point of the data go where the view leaves it, lest they push the axes aside. Lines
    pass behind a halo of the ``ground``, the axes' own where none is named; where one runs along
    the words, a ``solid`` ground keeps it out of their gaps, too.
    """
    clipped = "transform" not in options
    place = {"transform": ax.transData, "fontsize": SMALL, "va": "center", "clip_on": clipped}
    words = boxed(words)
    letters: dict[str, Any] = {"fontfamily": families(words), "parse_math": False, "color": color}
    settings = place | options | letters
    ground = ground or ax.get_facecolor()
    if solid:
        settings["bbox"] = {"facecolor": ground, "edgecolor": "none", "pad": 1}
    written = HaloedText(x, y, words, ground=ground, **settings)
    written.set_clip_path(ax.patch)
    ax.add_artist(written)
    return written


def beside(ax: Axes, right: float, up: float = 0.0) -> Transform:
    """Where words stand that are so many points beside a point of the data."""
    return ax.transData + ScaledTranslation(right / 72, up / 72, root_of(ax).dpi_scale_trans)


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


def entitle(ax: Axes, colours: Palette, finding: str, note: str = "", *, names: int = 0) -> None:
    """The finding as title, and below it, smaller, what limits it; both folded to the width.

    ``names``: columns of words at the axes' left; where a layout makes room for them, both begin
    above them.
    """
    note = fold(boxed(in_a_row(note)), columns_of(ax, size=SMALL))
    lines = note.count("\n") + 1 if note else 0
    finding = fold(boxed(in_a_row(finding)), columns_of(ax, size=LARGE * 1.12))  # bold is wider
    _make_room_above(ax, 9 + 14 * lines + (finding.count("\n") + 1) * LARGE * 1.25)
    left = 0.9 * names * SMALL * _COLUMN if _alone(ax) else 0.0  # inches
    title = ax.set_title(
        finding,
        loc="left",
        pad=9 + 14 * lines,
        color=colours.ink,
        fontsize=LARGE,
        fontweight="bold",
        fontfamily=families(finding),
        parse_math=False,
    )
    beside = ScaledTranslation(-left, 0, root_of(ax).dpi_scale_trans)
    title.set_transform(title.get_transform() + beside)
    if note:
        _write_note(ax, colours, note, left)


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


def _write_note(ax: Axes, colours: Palette, note: str, left: float) -> None:
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    letters: dict[str, Any] = {"fontfamily": families(note), "parse_math": False}
    ax.annotate(
        note, (0, 1), (-72 * left, 8), color=colours.quiet, fontsize=SMALL, **place, **letters
    )


def legend(ax: Axes, colours: Palette, shapes: list[Any], names: list[str]) -> None:
    """What the shapes mean, under the axes at the right; if long, under the axis' own words."""
    room = columns_of(ax, size=SMALL)
    columns = _columns(names, room)
    wide = sum(_width_in_legend(name) for name in names[:columns])
    words = width_of(ax.get_xlabel())
    beside = columns == len(names) and wide <= (room - words) / 2 - 2
    below = 36 if words and not beside else 23
    box = ax.legend(
        shapes,
        names,
        loc="upper right",
        bbox_to_anchor=(1.0, 0.0),
        bbox_transform=ax.transAxes
        + ScaledTranslation(0, -below / 72, root_of(ax).dpi_scale_trans),
        ncols=columns,
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
    widths = [_width_in_legend(name) for name in names]
    return len(names) if sum(widths) <= room else max(1, room // max(widths))


def _width_in_legend(name: str) -> int:
    return width_of(name) + 7


def lines_of(ax: Axes, size: float = SMALL) -> float:
    """About how many lines of ``size`` points fit into the axes' height."""
    return ax.get_position().height * root_of(ax).get_figheight() * 72 / (size * 1.2)


def columns_of(ax: Axes, share: float = 1.0, size: float = MEDIUM, *, names: int = 0) -> int:
    """About how many letters of ``size`` points fit into a share of the axes' width.

    ``names``: columns of words that will stand at the axes' left, where a layout makes room.
    """
    return int(share * points_of(ax, names=names) / (72 * size * _COLUMN))


def points_of(ax: Axes, *, names: int = 0) -> float:
    """About how many points wide the axes are; ``names`` as for ``columns_of``."""
    inches = root_of(ax).get_figwidth()
    if _alone(ax):
        inches -= _MARGINS + names * SMALL * _COLUMN
    else:
        inches *= ax.get_position().width
    return 72 * inches


def _alone(ax: Axes) -> bool:
    """Whether it is a figure of ours, which before its first drawing has not yet made its one axes
    as wide as they get."""
    return root_of(ax).get_layout_engine() is not None and len(root_of(ax).axes) == 1
