"""``caption``: a line of one's own under a figure, such as what somebody needs to repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import axes
from glmkit.texts import text
from glmkit.texts.layout.lines import fold

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def caption(ax: Axes, words: str) -> Axes:
    """Write a line of one's own under a whole figure.

    ``ax``: any axes of it, such as a figure of the kit returned. ``words``: plain, folded to the
    width; another caption takes the place of the first. The axes. Raises BadArgument.
    """
    if not isinstance(words, str) or not words.strip():
        raise BadArgument(text("plots.caption", found=words))
    figure = style.root_of(axes(ax))
    shown = fold(fonts.boxed(" ".join(words.split())), style.columns_of(ax, size=style.SMALL))
    figure.supxlabel(
        shown,
        x=0.01,
        ha="left",
        color=ax.xaxis.get_tick_params()["labelcolor"],
        fontsize=style.SMALL,
        fontfamily=fonts.families(shown),
        parse_math=False,
    )
    return ax
