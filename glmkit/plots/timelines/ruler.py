"""The ruler above a timeline's lanes: each turn's number, and how long its answer took.

Numbers stand at the left of their turn's ground, latencies over what they measure; where two
would touch, the second goes a line higher, and a third is left to its bracket.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.patches import FancyArrowPatch

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.turn_axis import PlacedTurn
from glmkit.plots.timelines.layout import LaneLayout
from glmkit.plots.timelines.rows import LabelLine
from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.texts import minus
from glmkit.turns.turn import Turn

_BRACKET, _LINE = 0.45, 0.5  # heights of the brackets' line and of a line of words
_LINES = 2


@dataclass(frozen=True, slots=True)
class Wait:
    """From where to where a turn's wait lies, its words, and the line they are on, if any."""

    begin: float
    end: float
    words: str
    line: int | None


def draw_ruler(layout: LaneLayout) -> None:
    """Lay out the lanes under a ruler as high as it must be, and draw it."""
    waits = _waits(layout)
    lines = max([w.line for w in waits if w.line is not None], default=0) + 1
    several = len(layout.lanes.turns) > 1
    layout.lay_out(_BRACKET + _LINE * (lines + several) + 0.05)
    bottom = layout.middle["ruler"] - layout.height["ruler"] / 2
    for wait in waits:
        _draw_wait(layout, wait, bottom)
    if several:
        _draw_numbers(layout, bottom + _BRACKET + _LINE * (lines + 0.5))


def _waits(layout: LaneLayout) -> list[Wait]:
    """The waits of all turns, from left to right."""
    x, size = layout.lanes.scale.x, _size(layout)
    spans = [(f.zero, f.first) for f in layout.lanes.placed]
    rows = [LabelLine(layout.column * 0.5) for _ in range(_LINES)]
    found = []
    for zero, first in sorted((a, b) for a, b in spans if a is not None and b is not None):
        words = fonts.say("plots.seconds", seconds=first - zero) if layout.few else ""
        words = minus(words or f"{first - zero:.2f}")
        middle, half = (x(zero) + x(first)) / 2, layout.width_of(words, size, bold=True) / 2
        line = next((n for n, r in enumerate(rows) if r.take(middle - half, middle + half)), None)
        found.append(Wait(x(zero), x(first), words, line))
    return found


def _size(layout: LaneLayout) -> float:
    return style.MEDIUM if layout.few else style.SMALL


def _draw_wait(layout: LaneLayout, wait: Wait, bottom: float) -> None:
    height, ink = bottom + _BRACKET / 2, layout.colours.ink
    bar = {"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "shrinkA": 0, "shrinkB": 0, "color": ink}
    layout.ax.annotate("", (wait.begin, height), (wait.end, height), arrowprops=bar)
    if wait.line is None:
        return
    y, middle = bottom + _BRACKET + (wait.line + 0.4) * _LINE, (wait.begin + wait.end) / 2
    if wait.line:  # a thread down to what it measures
        layout.ax.vlines(
            middle, height, y - 0.2, color=layout.colours.quiet, linewidth=0.6, zorder=1
        )
    options: dict[str, Any] = {"ha": "center", "fontsize": _size(layout), "fontweight": "bold"}
    style.write(layout.ax, middle, y, wait.words, ink, ground=layout.behind(middle), **options)


def _draw_numbers(layout: LaneLayout, y: float) -> None:
    line = LabelLine(layout.column * 0.5)
    for number, (begin, _) in enumerate(layout.bands, 1):
        words = fonts.say("plots.turn_number", number=number) if layout.few else str(number)
        x = begin + layout.column * 0.6
        if line.take(x, x + layout.width_of(words, style.SMALL, bold=True)):
            options: dict[str, Any] = {"fontsize": style.SMALL, "fontweight": "bold"}
            options["ground"] = layout.behind(x)
            style.write(layout.ax, x, y, words, layout.colours.quiet, **options)


# -- arrows ----------------------------------------------------------------------------------


def draw_stages(layout: LaneLayout, number: int) -> None:
    """Arrows from lane to lane, and lines from the ruler down at both ends of the wait."""
    found = layout.lanes.placed[number]
    if found.zero is None or found.first is None:
        return
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 11, "linewidth": 1.3}
    arrow |= {"connectionstyle": "arc3,rad=-0.12", "color": layout.colours.ink, "zorder": 5}
    for one, other in pairwise(_path(layout, number, layout.lanes.turns[number], found)):
        layout.ax.add_patch(FancyArrowPatch(one, other, shrinkA=3, shrinkB=3, **arrow))
    guides = [layout.lanes.scale.x(second) for second in (found.zero, found.first)]
    top, ink = layout.middle["ruler"] - layout.height["ruler"] / 2, layout.colours.ink
    layout.ax.vlines(guides, layout.bottom, top, color=ink, linewidth=0.8, linestyle=":")


def _path(
    layout: LaneLayout, number: int, turn: Turn, found: PlacedTurn
) -> list[tuple[float, float]]:
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
        if event is not None and lane in layout.middle:
            x = layout.lanes.x(event.at)
            points.append((x, layout.points.get((event.type, x), layout.middle[lane])))
    if found.audible is not None and number in layout.answers:
        points.append((layout.lanes.scale.x(found.audible), layout.answer_place(number)[0]))
    return points
