"""What is drawn into a timeline's lanes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Rectangle

from glmkit.plots import letters, style
from glmkit.plots.drawing import LETTER, NUMBER, Drawing, Lanes
from glmkit.plots.marks import Placed as PlacedMark
from glmkit.plots.marks import look
from glmkit.plots.palette import Colour, Palette
from glmkit.plots.placing import Part
from glmkit.plots.ruler import draw_ruler, draw_stages
from glmkit.plots.stacking import shared
from glmkit.plots.tracks import legend_of
from glmkit.plots.waves import Wave
from glmkit.signs import is_tool_output
from glmkit.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_lanes(ax: Axes, lanes: Lanes, colours: Palette) -> None:
    """Draw everything but the title."""
    drawing = Drawing(ax, lanes, colours)
    draw_ruler(drawing)
    _draw_grounds(drawing)
    _draw_sounds(drawing)
    for lane in drawing.marks:
        _draw_events(drawing, lane)
    _draw_arrivals(drawing)
    if lanes.calls:
        _draw_calls(drawing)
    for number in range(len(lanes.turns) if drawing.few else 0):
        draw_stages(drawing, number)
    _draw_axis(drawing)


# -- ground ----------------------------------------------------------------------------------


def _draw_grounds(to: Drawing) -> None:
    """A line under each lane, every other turn's ground, and the idle times left out."""
    for lane, middle in to.middle.items():
        edge, height = middle - to.height[lane] / 2, to.height[lane]
        to.ax.axhline(edge, color=to.colours.line, linewidth=0.6, zorder=0.2)
        spans = [(begin, end - begin) for begin, end in to.ground(lane)[::2]]
        if len(to.bands) > 1:
            wash = to.colours.silence.wash
            to.ax.broken_barh(spans, (edge, height), facecolor=wash, linewidth=0, zorder=0.1)
    for x, seconds in to.lanes.scale.gaps():
        _draw_gap(to, x, letters.say("plots.idle", seconds=seconds))


def _draw_gap(to: Drawing, x: float, words: str) -> None:
    half = to.lanes.scale.gap / 2
    to.ax.axvspan(x - half, x + half, color=to.colours.ground, linewidth=0, zorder=0.15)
    options: dict[str, Any] = {"ha": "center", "rotation": 90, "fontsize": 8.5}
    y = to.middle.get("you", to.middle["server"])
    style.write(to.ax, x, y, f"// {words}", to.colours.quiet, **options)


def _draw_axis(to: Drawing) -> None:
    ticks = to.lanes.scale.ticks(14, to.left, to.right)
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
    marks |= {"at_once"} if to.depth > 1 and any(_at_once(to)) else set()
    legend_of(to.ax, marks | {"unheard" for part in parts if not part.heard}, to.colours)


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
    for number, found in enumerate(to.lanes.placed):
        for part in found.input:
            place = to.middle["you"], to.height["you"]
            _draw_part(to, part, place, to.colours.input, scale)
        if found.answer:
            _draw_answer(to, number, scale)
    if to.depth > 1:
        _mark_at_once(to)


def _draw_answer(to: Drawing, number: int, scale: float) -> None:
    """An answer in its row, with its turn's number where answers lie under one another."""
    found, (y, height) = to.lanes.placed[number], to.answer_place(number)
    for part in found.answer:
        _draw_part(to, part, (y, height), to.colours.response, scale)
    if found.interrupted is not None:
        _draw_interruption(to, found.interrupted, y, height)
    if to.depth > 1:
        box = {"facecolor": to.behind(to.answers[number][0]), "edgecolor": "none", "pad": 1.2}
        options: dict[str, Any] = {
            "fontsize": NUMBER,
            "fontweight": "bold",
            "bbox": box,
            "zorder": 6,
        }
        x, colour = to.answers[number][0] - 0.3 * to.column, to.colours.response.text
        style.write(to.ax, x, y, str(number + 1), colour, ha="right", **options)


def _at_once(to: Drawing) -> Iterator[tuple[float, float]]:
    """From where to where two answers or more would sound."""
    x = to.lanes.scale.x
    spans = [[p for p in found.answer if p.heard] for found in to.lanes.placed]
    return shared((x(parts[0].start), x(parts[-1].end)) for parts in spans if parts)


def _mark_at_once(to: Drawing) -> None:
    top = to.middle["heard"] + to.height["heard"] / 2
    spans = [(begin, end - begin) for begin, end in _at_once(to)]
    slate = to.colours.silence.fill
    to.ax.broken_barh(spans, (top - 0.1, 0.1), facecolor=slate, linewidth=0, zorder=2)


def _draw_part(
    to: Drawing, part: Part, place: tuple[float, float], colour: Colour, scale: float
) -> None:
    """A sound in a row; ``place`` is the row's middle and height."""
    y, half = place[0], place[1] * 0.4
    start = to.lanes.scale.x(part.start)
    spans = [(to.lanes.scale.x(a), b - a) for a, b in part.speech]
    amber, strip = to.colours.speech, min(0.09, half * 0.2)
    to.ax.broken_barh(spans, (y - half, 2 * half), facecolor=amber.wash, zorder=0.5)
    to.ax.broken_barh(spans, (y - half - strip, strip), facecolor=amber.fill, zorder=0.6)
    color = colour.fill if part.heard else to.colours.silence.fill
    wave = Wave(part.clip, start=start, centre=y, height=half * scale, color=color)
    to.ax.add_artist(wave)
    if not part.heard:
        _shade_unheard(to, part, y, half)


def _shade_unheard(to: Drawing, part: Part, y: float, half: float) -> None:
    start, seconds = to.lanes.scale.x(part.start), part.clip.seconds
    area = Rectangle((start, y - half), seconds, 2 * half, hatch="///", zorder=0.7)
    area.set(facecolor=to.colours.silence.wash, edgecolor=to.colours.line, linewidth=0)
    to.ax.add_artist(area)
    words = letters.say("plots.unheard_seconds", seconds=seconds)
    if seconds > to.width_of(words) + 2 * to.column:
        _write_on_ground(to, start + seconds / 2, y + half - 0.18, words)


def _write_on_ground(to: Drawing, x: float, y: float, words: str) -> None:
    box = {"facecolor": to.colours.ground, "edgecolor": "none", "pad": 1.5}
    style.write(to.ax, x, y, words, to.colours.silence.text, ha="center", bbox=box, zorder=6)


def _draw_interruption(to: Drawing, second: float, y: float, height: float) -> None:
    x, half, red = to.lanes.scale.x(second), height * 0.46, to.colours.error
    to.ax.vlines(x, y - half, y + half, color=red.fill, linewidth=2, zorder=5)
    to.ax.plot(x, y + half - 0.05, "X", color=red.fill, markersize=8, zorder=6)


def _draw_arrivals(to: Drawing) -> None:
    """A bar for each piece of the answer, at its arrival, as high as it is long."""
    pieces = [piece for turn in to.lanes.turns for piece in turn.pieces]
    if not pieces or "arrives" not in to.middle:  # pieces may hold no sound at all
        return
    longest = max(piece.seconds for piece in pieces) or 1.0
    height, base = _bars(to)
    x = np.array([to.lanes.x(piece.arrived) for piece in pieces])
    tops = np.array([base + height * max(piece.seconds / longest, 0.08) for piece in pieces])
    to.ax.vlines(x, base, tops, color=to.colours.response.fill, linewidth=2.2, zorder=3)
    if to.few:
        begins = sorted(
            to.lanes.x(turn.pieces[0].arrived) for turn in to.lanes.turns if turn.pieces
        )
        for turn in to.lanes.turns:
            _note_arrival(to, turn, begins, base + height)


def _bars(to: Drawing) -> tuple[float, float]:
    """(height, foot) of the tallest bar; above it there is room for a note where turns are few."""
    whole = to.height["arrives"]
    room = 0.45 if to.few else 0.0
    return (whole - room) * 0.78, to.middle["arrives"] - whole / 2 + whole * 0.06


def _note_arrival(to: Drawing, turn: Turn, begins: list[float], top: float) -> None:
    """How much came within how long, above the bars, as far as the next turn's do not begin."""
    if not turn.pieces:
        return
    numbers = {
        "count": len(turn.pieces),
        "seconds": sum(piece.seconds for piece in turn.pieces),
        "within": turn.pieces[-1].arrived - turn.pieces[0].arrived,
    }
    begin = to.lanes.x(turn.pieces[0].arrived)
    x = begin + 3 * to.column  # beside the arrow
    room = min([other for other in begins if other > begin], default=to.right) - x
    for key in ("plots.arrived", "plots.arrived_short"):
        words = letters.say(key, **numbers)
        if to.width_of(words) < room:
            box = {"facecolor": to.behind(x), "edgecolor": "none", "pad": 1}
            style.write(to.ax, x, top + 0.26, words, to.colours.quiet, bbox=box, zorder=6)
            return


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
        caps = "round" if to.few else "butt"
        options: dict[str, Any] = {"color": colour.fill, "solid_capstyle": caps, "zorder": 3}
        to.ax.plot([mark.begin, mark.end], [y, y], linewidth=5, **options)
    if mark.count == 1 or mark.end - mark.begin < to.column:
        options = {"color": colour.fill, "markersize": 6.5, "zorder": 4, **small}
        to.ax.plot(mark.begin, y, shape, **options)
    to.points[mark.type, mark.begin] = y
    if found.side:
        _write_label(to, found, y, colour)


def _write_label(to: Drawing, found: PlacedMark, y: float, colour: Colour) -> None:
    """A mark's words beside it, or over the middle of a long run; arrows pass behind them."""
    mark, gap, width = found.mark, 1.2 * to.column, to.width_of(found.mark.words)
    x, align, middle = {
        "right": (mark.end + gap, "left", mark.end + gap + width / 2),
        "left": (mark.begin - gap, "right", mark.begin - gap - width / 2),
        "on": ((mark.begin + mark.end) / 2, "center", (mark.begin + mark.end) / 2),
    }[found.side or "right"]
    alpha = 1.0 if found.side == "on" else 0.8
    ground = {"facecolor": to.behind(middle), "edgecolor": "none", "pad": 0.5, "alpha": alpha}
    options: dict[str, Any] = {"fontsize": LETTER, "zorder": 6, "bbox": ground, "ha": align}
    style.write(to.ax, x, y, mark.words, colour.text, **options)


def _draw_calls(to: Drawing) -> None:
    outputs = [event for event in to.lanes.events if is_tool_output(event)]
    y, violet = to.middle["tools"], to.colours.tool
    begins = [to.lanes.x(call.at) for call in to.lanes.calls]
    for number, (call, begin) in enumerate(zip(to.lanes.calls, begins, strict=True)):
        end = to.lanes.x(outputs[number].at) if number < len(outputs) else begin
        width = max(end - begin, to.column / 3)
        to.ax.broken_barh([(begin, width)], (y - 0.14, 0.28), color=violet.fill)
        name = f"{call.get('name')}({call.get('arguments') or ''})"
        until = min([other for other in begins if other > begin], default=to.right)
        words = letters.quote(name, min(48, int((until - begin - width) / to.column) - 3))
        if words and len(words) > 3:
            style.write(to.ax, begin + width + to.column, y, words, violet.text, fontsize=LETTER)
