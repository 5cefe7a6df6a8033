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

from typing import TYPE_CHECKING, Any, Final

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
_TICKS: Final = (10, 20, 50, 100, 200, 500, 1000)
_BEGIN: Final = 100  # ms, what say sends
_LONGEST: Final = 10_000.0  # ms
_MOST_GUESSED: Final = 1_000.0  # per cent
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
    return _draw(_costs(clip, ms), ms, said, ax, theme)


def chunk_hand(clip: Clip, *, guess: float | None = None) -> MovedPicture:
    """``plot_chunk`` with a slider; each move counts this recording's messages again.

    ``guess``: per cent of extra bytes that somebody expects of chunks of 50 ms. A cell shows it.
    Raises BadArgument; Missing without ipywidgets.
    """
    _checked(_BEGIN, guess)
    options = [(text("lessons.chunk_option", ms=ms), ms) for ms in STEPS]
    choice = Choice(text("lab.chunk_ms"), options, _BEGIN)
    return MovedPicture(lambda ms: _drawn(clip, ms, guess), {"ms": choice})


def _checked(chunk_ms: object, guess: object) -> tuple[float, float | None]:
    ms = number("chunk_ms", chunk_ms, 1, _LONGEST)
    return ms, None if guess is None else number("guess", guess, 0, _MOST_GUESSED)


def _costs(clip: Any, ms: float) -> DataFrame:
    """``overhead``'s rows for every step and for this size, in order."""
    sound = one_clip(clip)[:_AT_ONCE]
    return overhead(sound, sorted({*STEPS, ms}))


def _drawn(clip: Clip, ms: float, guess: float | None) -> Drawn:
    table = _costs(clip, ms)

    def draw(found: DataFrame, theme: Theme | None = None) -> Axes:
        return _draw(found, ms, guess, None, theme)

    return Drawn(style.png(draw, table), text("lessons.chunk_found", **_row(table, ms)))


def _row(table: DataFrame, ms: float) -> dict[str, float]:
    """What a sentence says of chunks of one size."""
    row = table[table["chunk_ms"] == ms].iloc[0]
    return {"ms": ms, "extra": row["extra_percent"], "rate": row["messages_per_second"]}


def _draw(
    table: DataFrame, ms: float, guess: float | None, ax: Axes | None, theme: Theme | None
) -> Axes:
    ax, colours = style.axes_for(ax, theme, 10.0, 5.4)
    above, below = style.rows(ax, colours, (1.0, 1.0), gap=0.16)
    row = _row(table, ms)
    sizes = [float(each) for each in table["chunk_ms"]]
    extra = [float(each) for each in table["extra_percent"]]
    _draw_trace(above, colours.input, sizes, extra, (ms, row["extra"]), f"+{row['extra']:.0f}%")
    waits = fonts.say("lessons.chunk_waits", ms=ms)
    _draw_trace(below, colours.speech, sizes, sizes, (ms, ms), waits)
    _mark_guess(above, colours, guess)
    for each in (above, below):
        _dress_sizes(each, colours, ms)
    above.tick_params(labelbottom=False)
    above.set_ylim(0, 1.25 * max([*extra, guess or 0]))
    below.set_ylim(0, 1.2 * max(sizes))
    style.label(above, colours, y=fonts.say("lessons.chunk_extra"))
    style.label(
        below, colours, x=fonts.say("lab.chunk_ms"), y=fonts.say("lessons.chunk_first_waits")
    )
    _write_over_the_cap(below, colours)
    note = fonts.say("lessons.chunk_note", cap=CAP)
    style.entitle(ax, colours, fonts.say("lessons.chunk_found", **row), note)
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
    ax.annotate(
        words,
        at,
        (-9 if late else 9, 9),
        textcoords="offset points",
        ha="right" if late else "left",
        va="bottom",
        color=colour.text,
        fontsize=style.MEDIUM,
        fontweight="bold",
        fontfamily=fonts.families(words),
        parse_math=False,
        zorder=5,
    )


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
    box = {"facecolor": colours.ground, "edgecolor": "none", "pad": 1, "alpha": 0.85}
    style.write(
        ax, 0.99, guess, words, colours.tool.text, ha="right", va="bottom", bbox=box,
        transform=ax.get_yaxis_transform(),
    )  # fmt: skip


def _write_over_the_cap(ax: Axes, colours: Palette) -> None:
    words = fonts.say("lessons.chunk_too_many", cap=CAP)
    style.write(ax, 9.3, 0.5 * ax.get_ylim()[1], words, colours.error.text)
