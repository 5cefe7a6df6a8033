"""Noise against recognition: what of a sentence is still understood as noise grows.

::

    turns = [session.say(clip.noise(snr_db), speed=None) for snr_db in (20, 0, -5)]
    glm.lessons.plot_noise(turns, (20, 0, -5), "What is the weather like?", mark=0)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.argument_checks import turns_of
from glmkit.texts import text
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import peer_name

needs("figures")
from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Palette, Theme
    from glmkit.turns.turn import Turn

_WIDTH: Final = 10.0  # inches
_ROW, _AROUND = 0.62, 1.5  # inches a row, and for title and axis
_GOOD: Final = 10  # per cent of wrong characters at which a sentence counts as understood
_MOST: Final = 20  # rows


def plot_noise(
    turns: Sequence[Turn],
    snr_db: Sequence[float],
    said: str,
    *,
    mark: float | None = None,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """How much was misheard at each level of noise.

    A row a turn, with what was understood of it.
    ``turns``: one for each of ``snr_db``, decibels of the voice above the noise. ``said``: what
    was really said. ``mark``: the step that stands out. Across: characters that are wrong, in per
    cent, at most 100. Raises BadArgument; Missing without jiwer.
    """
    heard = turns_of(turns, "turns")
    _check(heard, snr_db, mark)
    rates = [min(100 * turn.cer(said), 100.0) for turn in heard]
    ax, colours = style.axes_for(ax, theme, _WIDTH, _ROW * len(heard) + _AROUND, in_rows=True)
    names = [_named(level) for level in snr_db]
    ax.set_xlim(0, 118)  # room for the number behind a whole bar
    ax.set_xticks(range(0, 101, 20))
    ax.set_ylim(len(heard) - 0.4, -0.6)
    style.name_rows(ax, range(len(heard)), names)
    for row, (turn, rate) in enumerate(zip(heard, rates, strict=True)):
        _draw_row(ax, colours, row, rate, turn.user_transcript, marked=snr_db[row] == mark)
    style.label(ax, colours, x=fonts.say("lessons.wrong_characters"))
    widest = max(map(width_of, names))
    style.entitle(ax, colours, _finding(snr_db, rates), _note(heard, said), names=widest)
    return ax


def _check(turns: Sequence[Turn], snr_db: Sequence[float], mark: float | None) -> None:
    levels = list(snr_db) if isinstance(snr_db, list | tuple) else []
    if len(levels) != len(turns) or len(levels) > _MOST or not all(map(is_number, levels)):
        raise BadArgument(text("lessons.noise_levels", found=snr_db, turns=len(turns), most=_MOST))
    if mark is not None and mark not in levels:
        known = ", ".join(f"{level:g}" for level in levels)
        raise BadArgument(text("lessons.noise_mark", found=mark, known=known))


def _named(level: float) -> str:
    return fonts.say("lessons.noise_step", snr=f"{level:g}".replace("-", "−"))


def _draw_row(
    ax: Axes, colours: Palette, row: int, rate: float, words: str, *, marked: bool
) -> None:
    """The share that was wrong as a bar, its number behind it, and above it what was understood."""
    if marked:
        ax.axhspan(row - 0.47, row + 0.47, color=colours.input.wash, linewidth=0, zorder=0.2)
    colour = colours.error if rate > _GOOD else colours.input
    ax.barh(row + 0.2, rate, height=0.28, color=colour.fill, zorder=2)
    ground = colours.input.wash if marked else None
    style.write(ax, rate + 1, row + 0.2, f"{rate:.0f}%", colour.text, ground=ground)
    room = style.columns_of(ax, 0.95, style.SMALL, names=10)
    words = words or fonts.say("lessons.nothing_heard")
    ink = colours.ink if marked else colours.quiet
    style.write(ax, 0.6, row - 0.2, _cut(words, room), ink, ground=ground)


def _cut(words: str, room: int) -> str:
    while width_of(words) > room and len(words) > 1:
        words = words.rstrip("…")[:-1] + "…"
    return words


def _finding(snr_db: Sequence[float], rates: Sequence[float]) -> str:
    good = [level for level, rate in zip(snr_db, rates, strict=True) if rate <= _GOOD]
    if not good:
        return fonts.say("lessons.noise_never")
    return fonts.say("lessons.noise_found", snr=f"{min(good):g}".replace("-", "−"))


def _note(turns: Sequence[Turn], said: str) -> str:
    peers = dict.fromkeys(peer_name(turn.reached, say=fonts.say) for turn in turns)
    return fonts.say("lessons.noise_note", said=said, peer=fonts.say("features.comma").join(peers))
