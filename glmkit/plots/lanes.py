"""What is drawn into a timeline's lanes, and the arrows that lead through them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from glmkit.plots import letters, style
from glmkit.plots.drawing import LETTER, Drawing, Lanes
from glmkit.plots.marks import Placed as PlacedMark
from glmkit.plots.marks import look, shown
from glmkit.plots.palette import Colour, Palette
from glmkit.plots.placing import Part, Placed
from glmkit.plots.tracks import explain
from glmkit.plots.waves import Wave
from glmkit.signs import AUDIO_DELTA, is_tool_output
from glmkit.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_lanes(ax: Axes, lanes: Lanes, colours: Palette) -> None:
    """Draw everything but the title."""
    drawing = Drawing(ax, lanes, colours)
    _draw_grounds(drawing)
    _draw_sounds(drawing)
    for lane in drawing.marks:
        _draw_events(drawing, lane)
    _draw_arrivals(drawing)
    if lanes.calls:
        _draw_calls(drawing)
    for number, (turn, found) in enumerate(zip(lanes.turns, lanes.placed, strict=True), 1):
        _draw_latencies(drawing, number, turn, found)
    _draw_axis(drawing)


# -- ground ----------------------------------------------------------------------------------


def _draw_grounds(to: Drawing) -> None:
    for lane, middle in to.middle.items():
        edge = middle - to.height[lane] / 2
        to.ax.axhline(edge, color=to.colours.line, linewidth=0.6, zorder=0.2)
    slate = to.colours.silence
    for number, found in enumerate(to.lanes.placed):
        if number % 2 == 0 and len(to.lanes.placed) > 1:
            begin, end = _reach(to, found, to.lanes.turns[number])
            to.ax.axvspan(begin, end, color=slate.wash, linewidth=0, zorder=0.1)
    for x, seconds in to.lanes.scale.gaps():
        words = letters.say("plots.idle", seconds=seconds)
        options: dict[str, Any] = {"ha": "center", "rotation": 90, "fontsize": 8.5}
        style.write(to.ax, x, to.middle["you"], f"// {words}", to.colours.quiet, **options)


def _reach(to: Drawing, found: Placed, turn: Turn) -> tuple[float, float]:
    seconds = [event.at - to.lanes.origin for event in turn.events if shown(event)]
    seconds += [second for part in found.parts for second in (part.start, part.end)]
    return (to.lanes.scale.x(min(seconds)), to.lanes.scale.x(max(seconds))) if seconds else (0, 0)


def _draw_axis(to: Drawing) -> None:
    ticks = to.lanes.scale.ticks(14)
    to.ax.set_xticks([x for x, _ in ticks], [words for _, words in ticks])
    names = list(_names(to))
    to.ax.tick_params(axis="y", length=0, labelsize=style.SMALL if to.few else 8.5)
    labels = style.name_rows(to.ax, [y for y, _, _ in names], [words for _, words, _ in names])
    for (_, _, lane), label in zip(names, labels, strict=True):
        colour = _lane_colour(lane, to.colours)
        label.set_color(colour.text if colour else to.colours.quiet)
    style.label(to.ax, to.colours, x=letters.say("plots.time"))
    parts = [part for found in to.lanes.placed for part in found.parts]
    marks = {"speech"} if any(part.speech for part in parts) else set()
    explain(to.ax, marks | {"unheard" for part in parts if not part.heard}, to.colours)


def _names(to: Drawing) -> Iterator[tuple[float, str, str]]:
    """(height, words, lane) of what is written at the left."""
    for lane, middle in to.middle.items():
        if lane not in to.types:
            yield middle, letters.say(f"plots.lane_{lane}"), lane
        for number, name in enumerate(to.types.get(lane, ())):
            arrow = "→" if lane == "client" else "←"
            yield to.row(lane, number), f"{arrow} {letters.quote(name, 24) or '?'}", lane


def _lane_colour(lane: str, colours: Palette) -> Colour | None:
    return {
        "you": colours.input,
        "client": colours.input,
        "server": colours.response,
        "arrives": colours.response,
        "heard": colours.response,
        "tools": colours.tool,
    }.get(lane)


# -- sound -----------------------------------------------------------------------------------


def _draw_sounds(to: Drawing) -> None:
    parts = [part for found in to.lanes.placed for part in found.parts]
    loudest = max((part.peak for part in parts), default=0.0)
    scale = 10 ** (-max(loudest, -48.0) / 20)
    for found in to.lanes.placed:
        for part in found.input:
            _draw_part(to, part, "you", to.colours.input, scale)
        for part in found.answer:
            _draw_part(to, part, "heard", to.colours.response, scale)
        if found.interrupted is not None:
            _draw_interruption(to, found.interrupted)


def _draw_part(to: Drawing, part: Part, lane: str, colour: Colour, scale: float) -> None:
    y, half = to.middle[lane], to.height[lane] * 0.4
    start = to.lanes.scale.x(part.start)
    spans = [(to.lanes.scale.x(a), b - a) for a, b in part.speech]
    amber, slate = to.colours.speech, to.colours.silence
    to.ax.broken_barh(spans, (y - half, 2 * half), facecolor=amber.wash, zorder=0.5)
    to.ax.broken_barh(spans, (y - half - 0.09, 0.09), facecolor=amber.fill, zorder=0.6)
    if not part.heard:
        area = Rectangle((start, y - half), part.clip.seconds, 2 * half, hatch="///", zorder=0.7)
        area.set(facecolor=slate.wash, edgecolor=to.colours.line, linewidth=0)
        to.ax.add_artist(area)
    color = colour.fill if part.heard else slate.fill
    wave = Wave(part.clip, start=start, centre=y, height=half * scale, color=color)
    to.ax.add_artist(wave)
    if not part.heard:
        words = letters.say("plots.unheard_seconds", seconds=part.clip.seconds)
        if part.clip.seconds > (letters.width_of(words) + 2) * to.column:
            _write_on_ground(to, start + part.clip.seconds / 2, y + half - 0.18, words)


def _write_on_ground(to: Drawing, x: float, y: float, words: str) -> None:
    box = {"facecolor": to.colours.ground, "edgecolor": "none", "pad": 1.5}
    style.write(to.ax, x, y, words, to.colours.silence.text, ha="center", bbox=box, zorder=6)


def _draw_interruption(to: Drawing, second: float) -> None:
    x, half = to.lanes.scale.x(second), to.height["heard"] * 0.46
    y, red = to.middle["heard"], to.colours.error
    to.ax.vlines(x, y - half, y + half, color=red.fill, linewidth=2, zorder=5)
    to.ax.plot(x, y + half - 0.05, "X", color=red.fill, markersize=8, zorder=6)


def _draw_arrivals(to: Drawing) -> None:
    """A bar for each piece of the answer, at its arrival, as high as it is long."""
    pieces = [piece for turn in to.lanes.turns for piece in turn.pieces]
    if not pieces:
        return
    longest = max(piece.seconds for piece in pieces) or 1.0
    height = to.height["arrives"] * 0.75
    base = to.middle["arrives"] - height / 2
    x = np.array([to.lanes.x(piece.arrived) for piece in pieces])
    tops = np.array([base + height * max(piece.seconds / longest, 0.08) for piece in pieces])
    to.ax.vlines(x, base, tops, color=to.colours.response.fill, linewidth=2.2, zorder=3)
    if to.few:
        for turn in to.lanes.turns:
            _note_arrival(to, turn)


def _note_arrival(to: Drawing, turn: Turn) -> None:
    if not turn.pieces:
        return
    last = turn.pieces[-1].arrived
    words = letters.say(
        "plots.arrived",
        count=len(turn.pieces),
        seconds=sum(piece.seconds for piece in turn.pieces),
        within=last - turn.pieces[0].arrived,
    )
    x = to.lanes.x(last) + 1.5 * to.column
    if x + letters.width_of(words) * to.column < to.right:
        style.write(to.ax, x, to.middle["arrives"], words, to.colours.quiet)


# -- events ----------------------------------------------------------------------------------


def _draw_events(to: Drawing, lane: str) -> None:
    for found in to.marks[lane]:
        _draw_mark(to, found, lane)
    y = [to.row(lane, number) for number in range(len(to.types.get(lane, ())))]
    to.ax.hlines(y, to.left, to.right, color=to.colours.line, linewidth=0.4, zorder=0.3)


def _draw_mark(to: Drawing, found: PlacedMark, lane: str) -> None:
    mark, y = found.mark, to.row(lane, found.row)
    colour, shape = look(mark.type, to.colours, client=lane == "client")
    small = {} if to.few else {"markersize": 4.5}
    if mark.count > 1:
        options: dict[str, Any] = {"color": colour.fill, "solid_capstyle": "round", "zorder": 3}
        to.ax.plot([mark.begin, mark.end], [y, y], linewidth=5, **options)
    if mark.count == 1 or mark.end - mark.begin < to.column:
        options = {"color": colour.fill, "markersize": 6.5, "zorder": 4, **small}
        to.ax.plot(mark.begin, y, shape, **options)
    to.points[mark.type, mark.begin] = y
    if found.side:
        # above the arrows, which pass behind
        ground = {"facecolor": to.colours.ground, "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
        right = found.side == "right"
        x = mark.end + 1.2 * to.column if right else mark.begin - 1.2 * to.column
        options = {"fontsize": LETTER, "zorder": 6, "bbox": ground}
        options["ha"] = "left" if right else "right"
        style.write(to.ax, x, y, mark.words, colour.text, **options)


def _draw_calls(to: Drawing) -> None:
    outputs = [event for event in to.lanes.events if is_tool_output(event)]
    y, violet = to.middle["tools"], to.colours.tool
    for number, call in enumerate(to.lanes.calls):
        begin = to.lanes.x(call.at)
        end = to.lanes.x(outputs[number].at) if number < len(outputs) else begin
        to.ax.broken_barh(
            [(begin, max(end - begin, to.column / 3))], (y - 0.14, 0.28), color=violet.fill
        )
        name = f"{call.get('name')}({call.get('arguments') or ''})"
        room = min(48, int((to.right - end) / to.column) - 3)
        words = letters.quote(name, room if to.few else min(room, 14))
        if words and len(words) > 3:
            style.write(to.ax, end + to.column, y, words, violet.text, fontsize=LETTER)


# -- latencies -------------------------------------------------------------------------------


def _draw_latencies(to: Drawing, number: int, turn: Turn, found: Placed) -> None:
    y, x = to.middle["ruler"] - (0 if len(to.lanes.turns) > 1 else -0.05), to.lanes.scale.x
    begin, end = _reach(to, found, turn)
    if len(to.lanes.turns) > 1:
        options: dict[str, Any] = {"ha": "center", "fontsize": style.SMALL, "fontweight": "bold"}
        style.write(to.ax, (begin + end) / 2, y + 0.52, str(number), to.colours.quiet, **options)
    if found.zero is None or found.audible is None:
        return
    zero, audible, ink = x(found.zero), x(found.audible), to.colours.ink
    bar = {"arrowstyle": "|-|,widthA=0.3,widthB=0.3", "shrinkA": 0, "shrinkB": 0}
    height = y - 0.35
    to.ax.annotate("", (zero, height), (audible, height), arrowprops={**bar, "color": ink})
    words = letters.say("plots.seconds", seconds=found.audible - found.zero)
    if not to.few:
        words = f"{found.audible - found.zero:.2f}"
    options = {"ha": "center", "fontsize": style.MEDIUM, "fontweight": "bold"}
    style.write(to.ax, (zero + audible) / 2, y + 0.02, words, ink, **options)
    if to.few:
        _draw_stages(to, turn, found)


def _draw_stages(to: Drawing, turn: Turn, found: Placed) -> None:
    """Arrows from lane to lane, and what each moment is, with its seconds from the zero point."""
    points = _path(to, turn, found)
    arrow: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 11, "linewidth": 1.3}
    arrow |= {"connectionstyle": "arc3,rad=-0.12", "color": to.colours.ink, "zorder": 5}
    for one, other in pairwise(points):
        to.ax.add_patch(FancyArrowPatch(one, other, shrinkA=3, shrinkB=3, **arrow))
    guides = [to.lanes.scale.x(s) for s in (found.zero, found.audible) if s is not None]
    top, ink = to.middle["ruler"] - 0.5, to.colours.ink
    to.ax.vlines(guides, to.bottom, top, color=ink, linewidth=0.8, linestyle=":")


def _path(to: Drawing, turn: Turn, found: Placed) -> list[tuple[float, float]]:
    """The points the arrows join: commit, created, first byte, first audible sample."""
    client = turn.vad != "server"
    asked = ("input_audio_buffer.commit", "response.create")
    wanted = (
        ("client", asked) if client else ("server", ("input_audio_buffer.committed",)),
        ("server", ("response.created",)),
        ("arrives", (AUDIO_DELTA,)),
    )
    points = []
    for lane, types in wanted:
        event = next((e for e in turn.events if e.type in types), None)
        if event is not None:
            x = to.lanes.x(event.at)
            points.append((x, to.points.get((event.type, x), to.middle[lane])))
    if found.audible is not None:
        points.append((to.lanes.scale.x(found.audible), to.middle["heard"]))
    return points
