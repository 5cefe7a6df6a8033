"""The ruler above a timeline's lanes: each turn's number, and how long its answer took.

Numbers stand at the left of their turn's ground, latencies over what they measure; where two
would touch, the second goes a line higher, and a third is left to its bracket.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.patches import FancyArrowPatch

from glmkit.plots import letters, style
from glmkit.plots.drawing import Drawing
from glmkit.plots.placing import Placed
from glmkit.plots.stacking import Line
from glmkit.signs import AUDIO_DELTA
from glmkit.texts import minus
from glmkit.turn import Turn

_BRACKET, _LINE = 0.45, 0.5  # heights of the brackets' line and of a line of words
_LINES = 2


@dataclass(frozen=True, slots=True)
class Wait:
    """From where to where a turn's wait lies, its words, and the line they are on, if any."""

    begin: float
    end: float
    words: str
    line: int | None


def draw_ruler(to: Drawing) -> None:
    """Lay out the lanes under a ruler as high as it must be, and draw it."""
    waits = _waits(to)
    lines = max([w.line for w in waits if w.line is not None], default=0) + 1
    several = len(to.lanes.turns) > 1
    to.lay_out(_BRACKET + _LINE * (lines + several) + 0.05)
    bottom = to.middle["ruler"] - to.height["ruler"] / 2
    for wait in waits:
        _draw_wait(to, wait, bottom)
    if several:
        _draw_numbers(to, bottom + _BRACKET + _LINE * (lines + 0.5))


def _waits(to: Drawing) -> list[Wait]:
    """The waits of all turns, from left to right."""
    x, size = to.lanes.scale.x, _size(to)
    spans = [(f.zero, f.first) for f in to.lanes.placed]
    rows = [Line(to.column * 0.5) for _ in range(_LINES)]
    found = []
    for zero, first in sorted((a, b) for a, b in spans if a is not None and b is not None):
        words = letters.say("plots.seconds", seconds=first - zero) if to.few else ""
        words = minus(words or f"{first - zero:.2f}")
        middle, half = (x(zero) + x(first)) / 2, to.width_of(words, size, bold=True) / 2
        line = next((n for n, r in enumerate(rows) if r.take(middle - half, middle + half)), None)
        found.append(Wait(x(zero), x(first), words, line))
    return found


def _size(to: Drawing) -> float:
    return style.MEDIUM if to.few else style.SMALL


def _draw_wait(to: Drawing, wait: Wait, bottom: float) -> None:
    height, ink = bottom + _BRACKET / 2, to.colours.ink
    bar = {"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "shrinkA": 0, "shrinkB": 0, "color": ink}
    to.ax.annotate("", (wait.begin, height), (wait.end, height), arrowprops=bar)
    if wait.line is None:
        return
    y, middle = bottom + _BRACKET + (wait.line + 0.4) * _LINE, (wait.begin + wait.end) / 2
    if wait.line:  # a thread down to what it measures
        to.ax.vlines(middle, height, y - 0.2, color=to.colours.quiet, linewidth=0.6, zorder=1)
    options: dict[str, Any] = {"ha": "center", "fontsize": _size(to), "fontweight": "bold"}
    style.write(to.ax, middle, y, wait.words, ink, **options)


def _draw_numbers(to: Drawing, y: float) -> None:
    line = Line(to.column * 0.5)
    for number, (begin, _) in enumerate(to.bands, 1):
        words = letters.say("plots.turn_number", number=number) if to.few else str(number)
        x = begin + to.column * 0.6
        if line.take(x, x + to.width_of(words, style.SMALL, bold=True)):
            options: dict[str, Any] = {"fontsize": style.SMALL, "fontweight": "bold"}
            style.write(to.ax, x, y, words, to.colours.quiet, **options)


# -- arrows ----------------------------------------------------------------------------------


def draw_stages(to: Drawing, number: int) -> None:
    """Arrows from lane to lane, and lines from the ruler down at both ends of the wait."""
    found = to.lanes.placed[number]
    if found.zero is None or found.first is None:
        return
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 11, "linewidth": 1.3}
    arrow |= {"connectionstyle": "arc3,rad=-0.12", "color": to.colours.ink, "zorder": 5}
    for one, other in pairwise(_path(to, number, to.lanes.turns[number], found)):
        to.ax.add_patch(FancyArrowPatch(one, other, shrinkA=3, shrinkB=3, **arrow))
    guides = [to.lanes.scale.x(second) for second in (found.zero, found.first)]
    top, ink = to.middle["ruler"] - to.height["ruler"] / 2, to.colours.ink
    to.ax.vlines(guides, to.bottom, top, color=ink, linewidth=0.8, linestyle=":")


def _path(to: Drawing, number: int, turn: Turn, found: Placed) -> list[tuple[float, float]]:
    """The points the arrows join: commit, created, first byte, first audible sample."""
    by_client = "client", ("input_audio_buffer.commit", "response.create")
    by_server = "server", ("input_audio_buffer.committed",)
    wanted = (
        by_server if turn.vad == "server" else by_client,
        ("server", ("response.created",)),
        ("arrives", (AUDIO_DELTA,)),
    )
    points = []
    for lane, types in wanted:
        event = next((e for e in turn.events if e.type in types), None)
        if event is not None and lane in to.middle:
            x = to.lanes.x(event.at)
            points.append((x, to.points.get((event.type, x), to.middle[lane])))
    if found.audible is not None and number in to.answers:
        points.append((to.lanes.scale.x(found.audible), to.answer_place(number)[0]))
    return points
