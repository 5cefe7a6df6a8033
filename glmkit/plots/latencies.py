"""``latency``: how long each stage took, turn by turn and all together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import wrong
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.drawing.titles import peer_name, zero_name
from glmkit.turns.labels import both_ends
from glmkit.turns.latency import STAGES, Latency
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STACKED: Final = ("commit", "created", "first_audio", "first_audible", "done")
_SHAPES: Final = ("o", "s", "^", "D", "v", "P")
_MOST_BARS = 40
_NAME = 26  # letters of a peer's name at the side


@dataclass(frozen=True, slots=True)
class TurnLatencies:
    """One turn's latencies: seconds by stage, the zero point they count from, and the peer."""

    seconds: dict[str, float]
    zero: str
    peer: str


def latency(turns: Any, *, ax: Axes | None = None, theme: Theme = "light") -> Axes:
    """How long each stage of the turns took, a point a turn.

    With median and 95th percentile; the stages of each turn are stacked below.

    ``turns``: a turn, turns, a trace, or rows of a table (a DataFrame or mappings) whose columns
    are called as the fields of ``turn.latency``. Turns with another zero point than most are
    left out, and it is said how many. ``ax``: the axes to draw on. Raises BadArgument.
    """
    every = _rows(turns)
    zero = Counter(row.zero for row in every).most_common(1)[0][0]
    rows = [row for row in every if row.zero == zero]
    peers = list(dict.fromkeys(row.peer for row in rows))
    rows.sort(key=lambda row: peers.index(row.peer))
    lines, bars = 1.2 + 0.32 * len(peers) * len(STAGES), 0.8 + 0.11 * min(len(rows), _MOST_BARS)
    least = (4.0, 2.4 + 0.6 * len(peers))
    ax, colours = style.axes_for(ax, theme, 10, lines + bars + 1.4, least=least)
    points, stacks = style.rows(ax, colours, (lines, bars), gap=0.9 / (lines + bars))
    right = max([s for row in rows for s in row.seconds.values()], default=1.0) * 1.02
    for panel in (points, stacks):
        panel.set_xlim(min(0.0, *(s for r in rows for s in r.seconds.values())), max(right, 0.01))
    _draw_points(points, rows, peers, colours)
    if style.words_fit_beside(ax):
        _write_quantiles(points, rows, peers, colours)
    _draw_stacks(stacks, rows, colours)
    style.label(stacks, colours, x=fonts.say("plots.since", zero=zero_name(zero)))
    share = 0.88 if len(peers) == 1 else 0.78  # several peers make long names at the left
    style.entitle(ax, colours, _finding(rows, peers), _note(every, rows, peers), share=share)
    return ax


# -- what there is ---------------------------------------------------------------------------


def _rows(turns: Any) -> list[TurnLatencies]:
    rows = [_row(each, turns) for each in _records(turns)]
    if not any(row.seconds for row in rows):
        raise wrong(turns, "latencies")
    return [row for row in rows if row.seconds]


def _records(turns: Any) -> Iterable[Any]:
    if isinstance(turns, Turn | Latency):
        return (turns,)
    if isinstance(turns, Trace):
        return turns.turns()
    if hasattr(turns, "to_dict") and hasattr(turns, "columns"):
        records: Iterable[Any] = turns.to_dict("records")
        return records
    if isinstance(turns, str | bytes | Mapping) or not isinstance(turns, Iterable):
        raise wrong(turns, "latencies")
    return turns


def _row(each: Any, turns: Any) -> TurnLatencies:
    if isinstance(each, Turn):
        each = each.latency
    fields = asdict(each) if isinstance(each, Latency) else each
    if not isinstance(fields, Mapping):
        raise wrong(turns, "latencies")
    found = {stage: fields.get(stage) for stage in STAGES}
    try:
        given = {name: float(s) for name, s in found.items() if s is not None}
    except (TypeError, ValueError):
        raise wrong(turns, "latencies") from None
    seconds = {name: s for name, s in given.items() if math.isfinite(s)}
    return TurnLatencies(seconds, str(fields.get("zero", "?")), str(fields.get("peer", "?")))


# -- every point -----------------------------------------------------------------------------


def _lines(rows: Sequence[TurnLatencies], peers: list[str]) -> list[tuple[str, str, list[float]]]:
    """(stage, peer, seconds) of each line: different peers are never one number."""
    lines = [
        (stage, peer, [r.seconds[stage] for r in rows if r.peer == peer and stage in r.seconds])
        for stage in STAGES
        for peer in peers
    ]
    return [line for line in lines if line[2]]


def _draw_points(
    ax: Axes, rows: Sequence[TurnLatencies], peers: list[str], colours: Palette
) -> None:
    """A line of points a stage, and a peer, with its median and 95th percentile."""
    names, lines = [], _lines(rows, peers)
    for number, (stage, peer, seconds) in enumerate(lines):
        shape = _SHAPES[peers.index(peer) % len(_SHAPES)]
        ax.plot(seconds, _spread(len(seconds)) - number, shape, **_dot(colours, len(rows)))
        _draw_quantiles(ax, seconds, number, colours)
        name = fonts.say(f"plots.stage_{stage}")
        names.append(f"{name} · {_brief(peer)}" if len(peers) > 1 else name)
    ax.set_ylim(-len(lines) + 0.4, 0.6)
    style.name_rows(ax, [-number for number in range(len(lines))], names)
    _explain_points(ax, peers, colours)


def _dot(colours: Palette, count: int) -> dict[str, Any]:
    fill = colours.response.fill
    return {"color": fill, "alpha": 0.75, "markersize": 6 if count < 60 else 3.5, "zorder": 3}


def _spread(count: int) -> Any:
    """Heights that keep equal points apart, the same each time."""
    return (np.arange(count) * 0.618 % 1 - 0.5) * 0.36


def _draw_quantiles(ax: Axes, seconds: list[float], number: int, colours: Palette) -> None:
    median, late = (float(v) for v in np.percentile(seconds, [50, 95]))
    ink = colours.ink
    ax.vlines(median, -number - 0.36, -number + 0.36, color=ink, linewidth=2.6, zorder=4)
    ax.vlines(
        late, -number - 0.36, -number + 0.36, color=ink, linewidth=1.4, linestyle=":", zorder=4
    )


def _write_quantiles(
    ax: Axes, rows: Sequence[TurnLatencies], peers: list[str], colours: Palette
) -> None:
    """The numbers of each line at its right."""
    across = ax.get_yaxis_transform()
    for number, (_, _, seconds) in enumerate(_lines(rows, peers)):
        median, late = (float(v) for v in np.percentile(seconds, [50, 95]))
        words = fonts.say("plots.quantiles", median=median, p95=late, count=len(seconds))
        style.write(ax, 1.012, -number, words, colours.quiet, transform=across)


def _explain_points(ax: Axes, peers: list[str], colours: Palette) -> None:
    shapes: list[Any] = [
        Line2D([], [], color=colours.ink, linewidth=2.6),
        Line2D([], [], color=colours.ink, linewidth=1.4, linestyle=":"),
    ]
    names = [fonts.say("plots.median"), fonts.say("plots.p95")]
    for which, peer in enumerate(peers if len(peers) > 1 else []):
        shape = _SHAPES[which % len(_SHAPES)]
        shapes.append(Line2D([], [], color=colours.response.fill, marker=shape, linestyle=""))
        names.append(_brief(peer))
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
    mixed = len({row.peer for row in rows}) > 1
    names = [f"{n + 1} · {_brief(rows[n].peer)}" if mixed else f"{n + 1}" for n in ticks]
    style.name_rows(ax, [-number for number in ticks], names)
    style.label(ax, colours, y=fonts.say("plots.turn_axis"))
    used = [stage for stage in _STACKED if any(stage in row.seconds for row in shown)]
    patches = [Patch(**looks[stage]) for stage in used]
    style.legend(ax, colours, patches, [fonts.say(f"plots.until_{stage}") for stage in used], 34)


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


def _brief(peer: str) -> str:
    """The peer's name where there is little room."""
    return both_ends(peer_name(peer), _NAME)


# -- words -----------------------------------------------------------------------------------


def _finding(rows: Sequence[TurnLatencies], peers: list[str]) -> str:
    heard = {
        peer: [r.seconds["first_audible"] for r in rows if r.peer == peer and _audible(r)]
        for peer in peers
    }
    heard = {peer: seconds for peer, seconds in heard.items() if seconds}
    if len(heard) > 1:
        each = "; ".join(_median_of(peer, seconds) for peer, seconds in heard.items())
        return fonts.say("plots.heard_of_peers", each=each)
    who = " + ".join(peer_name(peer) for peer in peers)
    if not heard:
        return f"{fonts.say('plots.none_heard', count=len(rows))} · {who}"
    [seconds] = heard.values()
    if len(seconds) == 1:
        return f"{fonts.say('plots.heard_once', seconds=seconds[0])} · {who}"
    median, late = (float(v) for v in np.percentile(seconds, [50, 95]))
    found = fonts.say("plots.heard_median", median=median, p95=late, count=len(seconds))
    return f"{found} · {who}"


def _audible(row: TurnLatencies) -> bool:
    return "first_audible" in row.seconds


def _median_of(peer: str, seconds: list[float]) -> str:
    median, count = float(np.median(seconds)), len(seconds)
    return fonts.say("plots.median_of_peer", peer=peer_name(peer), median=median, count=count)


def _note(every: Sequence[TurnLatencies], rows: Sequence[TurnLatencies], peers: list[str]) -> str:
    notes = []
    if peers != ["live"]:
        key = "plots.some_live" if "live" in peers else "plots.none_live"
        notes.append(fonts.say(key, peer=", ".join(map(peer_name, peers))))
    if len(every) > len(rows):
        notes.append(fonts.say("plots.left_out", count=len(every) - len(rows)))
    if len(rows) > _MOST_BARS:
        notes.append(fonts.say("plots.first_bars", count=_MOST_BARS))
    return " ".join(notes)
