"""``latency``: how long each stage took, turn by turn, and each setting by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import choice
from glmkit.plots.drawing.palette import Colour, Palette, Theme, palette_of
from glmkit.plots.drawing.titles import peer_name, zero_name
from glmkit.plots.latency_rows import TurnLatencies, rows_of
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.labels import both_ends
from glmkit.turns.latency import STAGES
from glmkit.turns.statistics import Quantiles, quantiles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STACKED: Final = ("commit", "created", "first_audio", "first_audible", "done")
_SHAPES: Final = ("o", "s", "^", "D", "v", "P")
_MOST_BARS = 40
_NAME = 26  # letters of a peer's or a setting's name at the side
_LISTED = 3  # settings that a title names one by one


@dataclass(frozen=True, slots=True)
class _PointLine:
    """A line of points: what of, how it looks, and its seconds, at least one."""

    name: str
    colour: Colour
    shape: str
    seconds: tuple[float, ...]


def latency(
    turns: Any,
    *,
    by: str | Sequence[str] | None = None,
    of: str = "first_audible",
    ax: Axes | None = None,
    theme: Theme | None = None,
) -> Axes:
    """How long each stage of the turns took, a point a turn.

    With median and 95th percentile; the stages of each turn are stacked below. Where settings
    differ, each has a row and a colour of its own, with the median of the stage ``of`` and its
    95 % interval; no number is of all of them together.

    ``turns``: a turn, turns, a trace, or rows of a table (a DataFrame or mappings) whose columns
    are called as the fields of ``turn.latency``. ``by``: the columns that make a setting; None:
    those of a sweep, and the model, where they vary. Turns with another zero point than most are
    left out, and it is said how many. ``ax``: the axes to draw on. Raises BadArgument.
    """
    choice("stage", of, STAGES)
    every = rows_of(turns, by)
    zero = Counter(row.zero for row in every).most_common(1)[0][0]
    rows = [row for row in every if row.zero == zero]
    lines = _lines(rows, of, palette_of(theme))
    heights = 1.2 + 0.32 * len(lines), 0.8 + 0.11 * min(len(rows), _MOST_BARS)
    least = (4.0, 2.4 + 0.1 * len(lines))
    ax, colours = style.axes_for(ax, theme, 10, sum(heights) + 1.4, least=least, in_rows=True)
    points, stacks = style.rows(ax, colours, heights, gap=0.9 / sum(heights))
    moments = [seconds for row in rows for seconds in row.seconds.values()]
    for panel in (points, stacks):
        panel.set_xlim(min([0.0, *moments]), max([0.01, *moments]) * 1.02)
    _draw_points(points, lines, colours, intervals=_vary(rows, "setting"))
    names = max(width_of(line.name) for line in lines)
    _write_quantiles(ax, points, lines, colours, names)
    since = fonts.say("plots.since", zero=zero_name(zero))
    style.label(stacks, colours, x=since, y=fonts.say("plots.turn_axis"))
    _draw_stacks(stacks, rows, colours)
    style.entitle(ax, colours, _finding(rows, of), _note(every, rows), names=names)
    return ax


# -- who is compared -------------------------------------------------------------------------


def _distinct(rows: Sequence[TurnLatencies], what: str) -> list[Any]:
    return list(dict.fromkeys(getattr(row, what) for row in rows))


def _vary(rows: Sequence[TurnLatencies], what: str) -> bool:
    return len(_distinct(rows, what)) > 1


def _groups(rows: Sequence[TurnLatencies]) -> list[list[TurnLatencies]]:
    """Rows of one peer and one setting, which may be one number."""
    groups: dict[Any, list[TurnLatencies]] = {}
    for row in rows:
        groups.setdefault((row.setting, row.peer), []).append(row)
    return list(groups.values())


def _group_name(row: TurnLatencies, rows: Sequence[TurnLatencies], most: int = _NAME) -> str:
    """What tells a row's group from the others, as short as there is room for; "" for nothing."""
    names = [row.named] if _vary(rows, "setting") else []
    names += [peer_name(row.peer)] if _vary(rows, "peer") else []
    return both_ends(" · ".join(names), most * max(1, len(names)))


# -- every point -----------------------------------------------------------------------------


def _lines(rows: Sequence[TurnLatencies], of: str, colours: Palette) -> list[_PointLine]:
    """A line a setting where settings vary, else one a stage; different peers are never one."""
    peers, settings = _distinct(rows, "peer"), _distinct(rows, "setting")
    hues = (colours.response, colours.speech, colours.tool, colours.silence, colours.input)
    lines = []
    for stage in (of,) if len(settings) > 1 else STAGES:
        for group in _groups(rows):
            first, name = group[0], _group_name(group[0], rows)
            if len(settings) == 1:
                name = " · ".join(filter(None, (fonts.say(f"plots.stage_{stage}"), name)))
            colour = hues[settings.index(first.setting) % len(hues)]
            shape = _SHAPES[peers.index(first.peer) % len(_SHAPES)]
            seconds = tuple(row.seconds[stage] for row in group if stage in row.seconds)
            lines.append(_PointLine(name, colour, shape, seconds))
    return [line for line in lines if line.seconds]


def _draw_points(
    ax: Axes, lines: Sequence[_PointLine], colours: Palette, *, intervals: bool
) -> None:
    """Every point of every line, with its median and 95th percentile."""
    for number, line in enumerate(lines):
        count = len(line.seconds)
        size = 6 if count < 60 else 3.5
        look: dict[str, Any] = {"color": line.colour.fill, "alpha": 0.75, "markersize": size}
        ax.plot(line.seconds, _spread(count) - number, line.shape, zorder=3, **look)
        _draw_quantiles(ax, quantiles(line.seconds), number, colours, interval=intervals)
    ax.set_ylim(-len(lines) + 0.4, 0.6)
    style.name_rows(ax, [-number for number in range(len(lines))], [line.name for line in lines])
    _explain_points(ax, colours, intervals)


def _spread(count: int) -> Any:
    """Heights that keep equal points apart, the same each time."""
    return (np.arange(count) * 0.618 % 1 - 0.5) * 0.36


def _draw_quantiles(
    ax: Axes, found: Quantiles, number: int, colours: Palette, *, interval: bool
) -> None:
    bottom, top, ink = -number - 0.36, -number + 0.36, colours.ink
    ax.vlines(found.median, bottom, top, color=ink, linewidth=2.6, zorder=4)
    ax.vlines(found.p95, bottom, top, color=ink, linewidth=1.4, linestyle=":", zorder=4)
    if interval:
        ax.hlines(-number, found.low, found.high, color=ink, linewidth=1.6, zorder=4)


def _write_quantiles(
    whole: Axes, ax: Axes, lines: Sequence[_PointLine], colours: Palette, names: int
) -> None:
    """The numbers of each line at its right, if there is room; ``names``: columns at the left."""
    every = [quantiles(line.seconds) for line in lines]
    words = [
        fonts.say("plots.quantiles", median=found.median, p95=found.p95, count=found.count)
        for found in every
    ]
    if style.words_fit_beside(whole, max(map(width_of, words)), names):
        across = ax.get_yaxis_transform()
        for number, each in enumerate(words):
            style.write(ax, 1.012, -number, each, colours.quiet, transform=across)


def _explain_points(ax: Axes, colours: Palette, intervals: bool) -> None:
    shapes = [
        Line2D([], [], color=colours.ink, linewidth=2.6),
        Line2D([], [], color=colours.ink, linewidth=1.4, linestyle=":"),
    ]
    names = [fonts.say("plots.median"), fonts.say("plots.p95")]
    if intervals:
        shapes.append(Line2D([], [], color=colours.ink, linewidth=1.6))
        names.append(fonts.say("plots.interval"))
    style.legend(ax, colours, shapes, names)


# -- stages on top of one another --------------------------------------------------------------


def _draw_stacks(ax: Axes, rows: Sequence[TurnLatencies], colours: Palette) -> None:
    shown = rows[:_MOST_BARS]
    looks = _looks(colours)
    for number, row in enumerate(shown):
        begin = 0.0
        for stage in _STACKED:
            end = row.seconds.get(stage)
            if end is None:
                continue
            ax.barh(-number, max(end - begin, 0.0), left=begin, height=0.74, **looks[stage])
            begin = max(end, begin)
    ax.set_ylim(-len(shown) + 0.4, 0.6)
    step = -(-len(shown) // 10)
    ticks = range(0, len(shown), step)
    names = [" · ".join(filter(None, (f"{n + 1}", _group_name(rows[n], rows)))) for n in ticks]
    style.name_rows(ax, [-number for number in ticks], names)
    used = [stage for stage in _STACKED if any(stage in row.seconds for row in shown)]
    patches = [Patch(**looks[stage]) for stage in used]
    style.legend(ax, colours, patches, [fonts.say(f"plots.until_{stage}") for stage in used])


def _looks(colours: Palette) -> dict[str, dict[str, Any]]:
    """How each stage's bar looks: a colour and, where two are near, a pattern."""
    plain = {"edgecolor": colours.ground, "linewidth": 0.6}
    indigo = colours.response
    return {
        "commit": {"facecolor": colours.input.fill, **plain},
        "created": {"facecolor": colours.silence.fill, **plain},
        "first_audio": {"facecolor": indigo.fill, **plain},
        "first_audible": {"facecolor": colours.speech.fill, "hatch": "////", **plain},
        "done": {"facecolor": indigo.wash, "edgecolor": indigo.fill, "linewidth": 0.8},
    }


# -- words -----------------------------------------------------------------------------------


def _finding(rows: Sequence[TurnLatencies], of: str) -> str:
    stage = fonts.say(f"plots.stage_{of}")
    stage = stage[:1].upper() + stage[1:]
    heard = [
        (_group_name(group[0], rows, most=60), [r.seconds[of] for r in group if of in r.seconds])
        for group in _groups(rows)
    ]
    heard = [(name, seconds) for name, seconds in heard if seconds]
    who = "" if _vary(rows, "peer") else f" · {peer_name(rows[0].peer)}"
    if not heard:
        peers = " + ".join(map(peer_name, _distinct(rows, "peer")))
        return f"{fonts.say('plots.none_heard', stage=stage, count=len(rows))} · {peers}"
    if len(heard) > 1:
        return _compared(stage, heard) + who
    return _of_one(stage, *heard[0]) + (who or f" · {heard[0][0]}")


def _of_one(stage: str, name: str, seconds: list[float]) -> str:
    if len(seconds) == 1:
        return fonts.say("plots.heard_once", stage=stage, seconds=seconds[0])
    found = quantiles(seconds)
    numbers = {"median": found.median, "p95": found.p95, "count": found.count}
    return fonts.say("plots.heard_median", stage=stage, **numbers)


def _compared(stage: str, heard: list[tuple[str, list[float]]]) -> str:
    """The medians one by one, or the least and the largest where they are many."""
    found = [(float(np.median(seconds)), name, len(seconds)) for name, seconds in heard]
    chosen = found if len(found) <= _LISTED else [min(found), max(found)]
    each = [
        fonts.say("plots.median_of", name=name, median=median, count=count)
        for median, name, count in chosen
    ]
    if len(found) <= _LISTED:
        return fonts.say("plots.medians", stage=stage, each="; ".join(each))
    ends = {"least": each[0], "most": each[1], "count": len(found)}
    return fonts.say("plots.medians_between", stage=stage, **ends)


def _note(every: Sequence[TurnLatencies], rows: Sequence[TurnLatencies]) -> str:
    notes, peers = [], _distinct(rows, "peer")
    if peers != ["live"]:
        key = "plots.some_live" if "live" in peers else "plots.none_live"
        notes.append(fonts.say(key, peer=", ".join(map(peer_name, peers))))
    if len(every) > len(rows):
        notes.append(fonts.say("plots.left_out", count=len(every) - len(rows)))
    if len(rows) > _MOST_BARS:
        notes.append(fonts.say("plots.first_bars", count=_MOST_BARS))
    return " ".join(notes)
