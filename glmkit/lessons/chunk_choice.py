"""A chunk's size moved by hand: what it costs in bytes, and what it makes one wait.

::

    glm.lessons.chunk_hand(clip, guess=72)        # a slider over both
    glm.lessons.plot_chunk(clip, 50, guess=72)    # one of its pictures

The bytes are counted: whole messages of this very recording, as ``overhead`` counts them. The wait
is computed: a chunk leaves when its last sample has been spoken, so its first one waits for all
the others (a network's own time comes on top). 50 messages a second is what the service takes
(documented; not tried with the live service).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from glmkit.environment.features import needs
from glmkit.lessons.chunk_costs import CAP, overhead
from glmkit.lessons.moved_picture import Choice, Drawn, MovedPicture
from glmkit.media.clip import Clip
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.argument_checks import number, one_clip
from glmkit.texts import text

needs("figures")
from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from pandas import DataFrame

    from glmkit.plots.drawing.palette import Colour, Palette, Theme

STEPS: Final = (10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000)  # ms
_COLUMNS: Final = ("chunk_ms", "extra_percent")
_TICKS: Final = (10, 20, 50, 100, 200, 500, 1000)
_BEGIN: Final = 100  # ms, what say sends
_LONGEST: Final = 10_000.0  # ms
_MOST_GUESSED: Final = 1_000.0  # per cent
_SMOOTH: Final = 80  # points of the computed line
_AT_ONCE: Final = 10.0  # seconds of a recording are enough to count


def plot_chunk(
    clip: Clip,
    chunk_ms: float,
    *,
    guess: float | None = None,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """What chunks of one size cost, among all sizes.

    Milliseconds a chunk across. Above: per cent of bytes beyond the bare samples, counted from
    whole messages of ``clip``; below: milliseconds for which a chunk's first sample waits. The
    size ``chunk_ms`` is marked, and ``guess``, per cent that somebody expected there. Sizes that
    mean more messages a second than the service takes lie on a ground. Raises BadArgument.
    """
    ms, said = _checked(chunk_ms, guess)
    sound = one_clip(clip)[:_AT_ONCE]
    return _draw(_Counted(overhead(sound, STEPS), _cost(sound, ms), said), ax=ax, theme=theme)


def chunk_hand(clip: Clip, *, guess: float | None = None) -> MovedPicture:
    """``plot_chunk`` with a slider; each move counts this recording's messages again.

    ``guess``: per cent of extra bytes that somebody expects of chunks of 50 ms. A cell shows it.
    Raises BadArgument; Missing without ipywidgets.
    """
    _, said = _checked(_BEGIN, guess)
    sound = one_clip(clip)[:_AT_ONCE]
    table = overhead(sound, STEPS)

    def drawn(ms: float) -> Drawn:
        counted = _Counted(table, _cost(sound, ms), said)
        return Drawn(style.png(_draw, counted), text("lessons.chunk_found", **counted.chosen))

    options = [(text("lessons.chunk_option", ms=ms), ms) for ms in STEPS]
    return MovedPicture(drawn, {"ms": Choice(text("lab.chunk_ms"), options, _BEGIN)})


@dataclass(frozen=True, slots=True)
class _Counted:
    """``overhead``'s table of all steps, what the chosen size costs, and what was guessed of it."""

    table: DataFrame
    chosen: dict[str, float]
    guess: float | None


def _checked(chunk_ms: object, guess: object) -> tuple[float, float | None]:
    ms = number("chunk_ms", chunk_ms, 1, _LONGEST)
    return ms, None if guess is None else number("guess", guess, 0, _MOST_GUESSED)


def _cost(clip: Clip, ms: float) -> dict[str, float]:
    """What a sentence says of chunks of one size, counted now."""
    row = overhead(clip, [ms]).iloc[0]
    return {"ms": ms, "extra": row["extra_percent"], "rate": row["messages_per_second"]}


def _draw(what: _Counted, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    ax, colours = style.axes_for(ax, theme, 10.0, 5.4)
    above, below = style.rows(ax, colours, (1.0, 1.0), gap=0.08)
    ms, extra = what.chosen["ms"], what.chosen["extra"]
    sizes, extras = ([float(each) for each in what.table[column]] for column in _COLUMNS)
    _draw_trace(above, colours.input, sizes, extras, (ms, extra), f"+{extra:.0f}%")
    every = [float(each) for each in np.geomspace(sizes[0], max(sizes[-1], ms), _SMOOTH)]
    waits = fonts.say("lessons.chunk_waits", ms=ms)
    _draw_trace(below, colours.speech, every, every, (ms, ms), waits)
    for each in (above, below):
        _dress_sizes(each, colours, ms)
    above.tick_params(labelbottom=False)
    above.set_ylim(0, 1.25 * max([*extras, extra, what.guess or 0]))
    below.set_ylim(0, 1.2 * every[-1])
    _mark_guess(above, colours, what.guess)
    style.label(above, colours, y=fonts.say("lessons.chunk_extra"))
    across, up = fonts.say("lab.chunk_ms"), fonts.say("lessons.chunk_first_waits")
    style.label(below, colours, x=across, y=up)
    _write_over_the_cap(below, colours)
    found = fonts.say("lessons.chunk_found", **what.chosen)
    style.entitle(ax, colours, found, fonts.say("lessons.chunk_note", cap=CAP))
    return ax


def _draw_trace(
    ax: Axes,
    colour: Colour,
    sizes: Sequence[float],
    values: Sequence[float],
    at: tuple[float, float],
    words: str,
) -> None:
    """A line over all sizes, with a dot and its number at the chosen one."""
    ax.plot(sizes, values, color=colour.fill, linewidth=2)
    ax.plot(*at, "o", color=colour.fill, markersize=9, zorder=4)
    late = at[0] > _TICKS[-3]
    place: dict[str, Any] = {"ha": "right" if late else "left", "va": "bottom", "zorder": 5}
    place["transform"] = style.beside(ax, -9 if late else 9, 9)
    letters: dict[str, Any] = {"fontsize": style.MEDIUM, "fontweight": "bold"}
    style.write(ax, at[0], at[1], words, colour.text, **letters, **place)


def _dress_sizes(ax: Axes, colours: Palette, ms: float) -> None:
    ax.set_xscale("log")
    ax.set_xlim(min(9.0, ms), max(1_150.0, ms))
    ax.set_xticks(_TICKS, [f"{each:g}" for each in _TICKS])
    ax.set_xticks([], minor=True)
    ax.axvline(ms, color=colours.ink, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
    ax.axvspan(min(9.0, ms), 1000 / CAP - 0.5, color=colours.error.wash, linewidth=0, zorder=0.2)


def _mark_guess(ax: Axes, colours: Palette, guess: float | None) -> None:
    if guess is None:
        return
    ax.axhline(guess, color=colours.tool.fill, linewidth=1.4, linestyle=":", zorder=1)
    words = fonts.say("lessons.chunk_guess", percent=guess)
    place: dict[str, Any] = {"ha": "right", "va": "bottom", "transform": ax.get_yaxis_transform()}
    style.write(ax, 0.99, guess + 0.02 * ax.get_ylim()[1], words, colours.tool.text, **place)


def _write_over_the_cap(ax: Axes, colours: Palette) -> None:
    words = fonts.say("lessons.chunk_too_many", cap=CAP)
    red = colours.error
    style.write(ax, 9.3, 0.5 * ax.get_ylim()[1], words, red.text, ground=red.wash)
