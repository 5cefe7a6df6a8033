"""Networks under one another: how long each made one wait, and where the answer stuttered.

::

    glm.lessons.plot_networks([near, far])     # turns that were said over different networks
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lessons.prebuffers import stutter
from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.argument_checks import turns_of
from glmkit.texts import text
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import Say, peer_name
from glmkit.turns.stage_moments import zero_point

needs("figures")
from matplotlib.patches import Patch  # noqa: E402

from glmkit.plots.drawing import style  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from glmkit.plots.drawing.palette import Colour, Palette, Theme
    from glmkit.turns.turn import Turn

MOST: Final = 12  # rows
_ROW, _AROUND = 0.72, 1.9  # inches a row, and for title, axis and legend
_BAR: Final = 0.3  # of a row
_SEEN: Final = 0.005  # seconds: a gap that stutter counts
_CHANGED: Final = re.compile(r"(up_|down_|)bandwidth=([\d.e+]+)")
_ARROWS: Final = {"up_": "↑", "down_": "↓", "": "↑↓"}


def plot_networks(
    turns: Sequence[Turn],
    *,
    mark: int = -1,
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """What each network made of the same question: a row a turn.

    Seconds since the end of the question across (the zero point of ``turn.latency``): the question
    before it, the wait, and the answer as it sounds without a prebuffer, its gaps shown. ``turns``:
    with spoken question and answer, at most 12; ``mark``: the one the title speaks of, counted as
    in a list. Raises BadArgument.
    """
    shown = _checked(turns)
    marked = shown[_index(mark, len(shown))]
    ax, colours = style.axes_for(ax, theme, 10.0, _ROW * len(shown) + _AROUND, in_rows=True)
    names = [network_name(turn.network, say=fonts.say) for turn in shown]
    ax.set_ylim(len(shown) - 0.4, -0.6)
    style.name_rows(ax, range(len(shown)), names)
    grounds: dict[int, str] = {}
    for row, turn in enumerate(shown):
        if turn is marked and len(shown) > 1:
            ax.axhspan(row - 0.47, row + 0.47, color=colours.input.wash, linewidth=0, zorder=0.2)
            grounds[row] = colours.input.wash
        _draw_turn(ax, colours, row, turn)
    ax.axvline(0, color=colours.ink, linewidth=1, zorder=1)
    ax.set_xlim(left=-1.06 * max(_question_seconds(turn) for turn in shown))
    style.label(ax, colours, x=fonts.say("lessons.networks_seconds"))
    _explain_shapes(ax, colours)
    peers = dict.fromkeys(peer_name(turn.peer, say=fonts.say) for turn in shown)
    note = fonts.say("lessons.networks_note", peer=fonts.say("features.comma").join(peers))
    widest = max(map(width_of, names))
    _write_outcomes(ax, colours, shown, widest, grounds)
    style.entitle(ax, colours, network_finding(marked, say=fonts.say), note, names=widest)
    return ax


def network_finding(turn: Turn, *, say: Say = text) -> str:
    """A network, and what it made of the turn, in a sentence."""
    name = network_name(turn.network, say=say)
    return say("lessons.networks_found", network=name, outcome=_outcome(turn, say))


def network_name(network: str, *, say: Say = text) -> str:
    """A network's name with its changed rates in kbit/s; words where there is none."""
    if not network:
        return say("lessons.networks_none")
    name, _, changes = network.partition(" (")
    rates = [f"{_ARROWS[way]}{float(bits) / 1000:g} kbit/s" for way, bits in
             _CHANGED.findall(changes)]  # fmt: skip
    return " ".join([name, *rates]) if rates else network


def _checked(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    shown = turns_of(turns, "turns")
    if len(shown) > MOST:
        raise BadArgument(text("lessons.networks_most", found=len(shown), most=MOST))
    if not all(turn.input and turn.pieces and _wait(turn) is not None for turn in shown):
        raise BadArgument(text("lessons.networks_silent"))
    return shown


def _index(mark: object, rows: int) -> int:
    if isinstance(mark, int) and not isinstance(mark, bool) and -rows <= mark < rows:
        return mark
    raise BadArgument(text("plots.number", name="mark", found=mark, low=str(-rows), high=rows - 1))


def _wait(turn: Turn) -> float | None:
    """Seconds from the end of the question to the first audible sample."""
    return None if turn.latency is None else turn.latency.first_audible


def _question_seconds(turn: Turn) -> float:
    return 0.0 if turn.input is None else turn.input.seconds


def _outcome(turn: Turn, say: Say, short: str = "") -> str:
    found = stutter(turn)
    key = f"lessons.networks_gaps{short}" if found.gaps else "lessons.networks_smooth"
    return say(key, wait=_wait(turn), gaps=found.gaps, lost=found.seconds)


def _draw_turn(ax: Axes, colours: Palette, row: int, turn: Turn) -> None:
    """The question before zero, the wait, the answer's pieces and the gaps between them."""
    zero, pieces = zero_point(turn) or 0.0, turn.pieces
    _bar(ax, row, -_question_seconds(turn), 0.0, colours.input)
    _bar(ax, row, 0.0, pieces[0].start - zero, colours.silence, hatch="//")
    end = pieces[0].start
    for piece in pieces:
        if piece.start - end > _SEEN:
            _bar(ax, row, end - zero, piece.start - zero, colours.error, hatch="xx")
        _bar(ax, row, piece.start - zero, piece.end - zero, colours.response)
        end = piece.end


def _write_outcomes(
    ax: Axes, colours: Palette, turns: Sequence[Turn], names: int, grounds: Mapping[int, str]
) -> None:
    """Above each turn what came of it, in short words where the axes have no room for all."""
    left, right = ax.get_xlim()
    room = style.columns_of(ax, right / (right - left), style.SMALL, names=names) - 1
    for row, turn in enumerate(turns):
        place: dict[str, Any] = {"va": "bottom", "ground": grounds.get(row)}
        words = _outcome(turn, fonts.say)
        if width_of(words) > room:
            words = _outcome(turn, fonts.say, "_short")
        style.write(ax, 0.05, row - _BAR / 2 - 0.05, words, colours.ink, **place)


def _bar(ax: Axes, row: int, start: float, end: float, colour: Colour, hatch: str = "") -> None:
    ground = ax.get_facecolor()
    height, at = _BAR, row + 0.12
    ax.barh(at, end - start, left=start, height=height, color=colour.fill, edgecolor=ground,
            linewidth=0, hatch=hatch, zorder=2)  # fmt: skip


def _explain_shapes(ax: Axes, colours: Palette) -> None:
    ground = colours.ground
    shapes = [
        Patch(facecolor=colours.input.fill),
        Patch(facecolor=colours.silence.fill, edgecolor=ground, hatch="//"),
        Patch(facecolor=colours.response.fill),
        Patch(facecolor=colours.error.fill, edgecolor=ground, hatch="xx"),
    ]
    names = [fonts.say(f"lessons.networks_{each}") for each in ("you", "wait", "sounds", "gap")]
    style.legend(ax, colours, shapes, names)
