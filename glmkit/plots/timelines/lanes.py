"""What is drawn into a timeline's lanes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Rectangle

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Colour, Palette
from glmkit.plots.drawing.turn_axis import PlacedSound
from glmkit.plots.drawing.voice_track import legend_of
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.plots.timelines.layout import LETTER, NUMBER, LaneLayout, Lanes, lane_names
from glmkit.plots.timelines.marks import PlacedMark, look
from glmkit.plots.timelines.rows import shared
from glmkit.plots.timelines.ruler import draw_ruler, draw_stages
from glmkit.protocol.event_kinds import is_tool_output
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_lanes(ax: Axes, lanes: Lanes, colours: Palette) -> int:
    """Draw everything but the title; columns of the names at the left."""
    layout = LaneLayout(ax, lanes, colours)
    draw_ruler(layout)
    _draw_grounds(layout)
    _draw_sounds(layout)
    for lane in layout.marks:
        _draw_events(layout, lane)
    _draw_arrivals(layout)
    if lanes.calls:
        _draw_calls(layout)
    for number in range(len(lanes.turns) if layout.few else 0):
        draw_stages(layout, number)
    _draw_axis(layout)
    return layout.names


# -- ground ----------------------------------------------------------------------------------


def _draw_grounds(layout: LaneLayout) -> None:
    """A line under each lane, every other turn's ground, and the idle times left out."""
    for lane, middle in layout.middle.items():
        edge, height = middle - layout.height[lane] / 2, layout.height[lane]
        layout.ax.axhline(edge, color=layout.colours.line, linewidth=0.6, zorder=0.2)
        spans = [(begin, end - begin) for begin, end in layout.ground(lane)[::2]]
        if len(layout.bands) > 1:
            wash = layout.colours.silence.wash
            layout.ax.broken_barh(spans, (edge, height), facecolor=wash, linewidth=0, zorder=0.1)
    for x, seconds in layout.lanes.scale.gaps():
        _draw_gap(layout, x, fonts.say("plots.idle", seconds=seconds))


def _draw_gap(layout: LaneLayout, x: float, words: str) -> None:
    half, colours = layout.lanes.scale.gap / 2, layout.colours
    layout.ax.axvspan(x - half, x + half, color=colours.ground, linewidth=0, zorder=2.5)
    edges: dict[str, Any] = {"color": colours.quiet, "linewidth": 0.9, "zorder": 2.6}
    for edge in (x - half, x + half):
        layout.ax.axvline(edge, linestyle=(0, (6, 3)), **edges)
        across, slant = layout.ax.get_xaxis_transform(), [(-1, -1.6), (1, 1.6)]
        layout.ax.plot(
            edge, 0, marker=slant, markersize=9, transform=across, clip_on=False, **edges
        )
    options: dict[str, Any] = {"ha": "center", "rotation": 90, "fontsize": 8.5, "zorder": 6}
    y = layout.middle.get("you", layout.middle["server"])
    style.write(layout.ax, x, y, words, colours.quiet, **options)


def _draw_axis(layout: LaneLayout) -> None:
    ticks = layout.lanes.scale.ticks(14, layout.left, layout.right)
    layout.ax.set_xticks([x for x, _ in ticks], [words for _, words in ticks])
    names = list(_names(layout))
    layout.ax.tick_params(axis="y", length=0, labelsize=style.SMALL if layout.few else 8.5)
    labels = style.name_rows(layout.ax, [y for y, _, _ in names], [words for _, words, _ in names])
    for (_, _, lane), label in zip(names, labels, strict=True):
        colour = _lane_colour(lane, layout.colours)
        label.set_color(colour.text if colour else layout.colours.quiet)
    style.label(layout.ax, layout.colours, x=fonts.say("plots.time"))
    parts = [part for found in layout.lanes.placed for part in found.parts]
    marks = {"speech"} if any(part.speech for part in parts) else set()
    marks |= {"at_once"} if layout.depth > 1 and any(_at_once(layout)) else set()
    marks |= {"unheard" for part in parts if not part.heard}
    cut = any(found.interrupted is not None for found in layout.lanes.placed)
    legend_of(layout.ax, marks | ({"interrupted"} if cut else set()), layout.colours)


def _names(layout: LaneLayout) -> Iterator[tuple[float, str, str]]:
    """(height, words, lane) of what is written at the left."""
    for lane, middle in layout.middle.items():
        if lane not in layout.types:
            yield middle, lane_names()[lane], lane
        if (y := layout.unnamed_row(lane)) is not None:
            yield y, fonts.say("plots.unnamed"), lane
        for number, name in enumerate(layout.types.get(lane, ())):
            arrow = "→" if lane == "client" else "←"
            yield layout.row(lane, number), f"{arrow} {fonts.quote(name, 24) or '?'}", lane


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


def _draw_sounds(layout: LaneLayout) -> None:
    parts = [part for found in layout.lanes.placed for part in found.parts]
    loudest = max((part.peak for part in parts), default=0.0)
    scale = 10 ** (-max(loudest, -48.0) / 20)
    for number, found in enumerate(layout.lanes.placed):
        for part in found.input:
            place = layout.middle["you"], layout.height["you"]
            _draw_part(layout, part, place, layout.colours.input, scale)
        if found.answer:
            _draw_answer(layout, number, scale)
    if layout.depth > 1:
        _mark_at_once(layout)


def _draw_answer(layout: LaneLayout, number: int, scale: float) -> None:
    """An answer in its row, with its turn's number where answers lie under one another."""
    found, (y, height) = layout.lanes.placed[number], layout.answer_place(number)
    for part in found.answer:
        _draw_part(layout, part, (y, height), layout.colours.response, scale)
    if found.interrupted is not None:
        _draw_interruption(layout, found.interrupted, y, height)
    if layout.depth > 1:
        options: dict[str, Any] = {"fontsize": NUMBER, "fontweight": "bold", "zorder": 6}
        options["ground"] = layout.behind(layout.answers[number][0])
        x, colour = layout.answers[number][0] - 0.3 * layout.column, layout.colours.response.text
        style.write(layout.ax, x, y, str(number + 1), colour, ha="right", **options)


def _at_once(layout: LaneLayout) -> Iterator[tuple[float, float]]:
    """From where to where two answers or more sounded, of those that a player played."""
    x = layout.lanes.scale.x
    turns = zip(layout.lanes.turns, layout.lanes.placed, strict=True)
    spans = [[p for p in found.answer if p.heard] for turn, found in turns if turn.played]
    return shared((x(parts[0].start), x(parts[-1].end)) for parts in spans if parts)


def _mark_at_once(layout: LaneLayout) -> None:
    top = layout.middle["heard"] + layout.height["heard"] / 2
    spans = [(begin, end - begin) for begin, end in _at_once(layout)]
    slate = layout.colours.silence.fill
    layout.ax.broken_barh(spans, (top - 0.1, 0.1), facecolor=slate, linewidth=0, zorder=2)


def _draw_part(
    layout: LaneLayout, part: PlacedSound, place: tuple[float, float], colour: Colour, scale: float
) -> None:
    """A sound in a row; ``place`` is the row's middle and height."""
    y, half = place[0], place[1] * 0.4
    start = layout.lanes.scale.x(part.start)
    spans = [(layout.lanes.scale.x(a), b - a) for a, b in part.speech]
    amber, strip = layout.colours.speech, min(0.09, half * 0.2)
    layout.ax.broken_barh(spans, (y - half, 2 * half), facecolor=amber.wash, zorder=0.5)
    layout.ax.broken_barh(spans, (y - half - strip, strip), facecolor=amber.fill, zorder=0.6)
    color = colour.fill if part.heard else layout.colours.silence.fill
    wave = Wave(part.clip, start=start, centre=y, height=half * scale, color=color)
    layout.ax.add_artist(wave)
    if not part.heard:
        _shade_unheard(layout, part, y, half)


def _shade_unheard(layout: LaneLayout, part: PlacedSound, y: float, half: float) -> None:
    start, seconds = layout.lanes.scale.x(part.start), part.clip.seconds
    area = Rectangle((start, y - half), seconds, 2 * half, hatch="///", zorder=0.7)
    area.set(facecolor=layout.colours.silence.wash, edgecolor=layout.colours.line, linewidth=0)
    layout.ax.add_artist(area)
    words = fonts.say("plots.unheard_seconds", seconds=seconds)
    if seconds > layout.width_of(words) + 2 * layout.column:
        x, ink = start + seconds / 2, layout.colours.silence.text
        options: dict[str, Any] = {"ha": "center", "solid": True, "zorder": 6}
        style.write(layout.ax, x, y + half - 0.18, words, ink, **options)


def _draw_interruption(layout: LaneLayout, second: float, y: float, height: float) -> None:
    x, half, red = layout.lanes.scale.x(second), height * 0.46, layout.colours.error
    layout.ax.vlines(x, y - half, y + half, color=red.fill, linewidth=2, zorder=5)
    layout.ax.plot(x, y + half - 0.05, "X", color=red.fill, markersize=8, zorder=6)


def _draw_arrivals(layout: LaneLayout) -> None:
    """A bar for each piece of the answer, at its arrival, as high as it is long."""
    pieces = [piece for turn in layout.lanes.turns for piece in turn.pieces]
    if not pieces or "arrives" not in layout.middle:  # pieces may hold no sound at all
        return
    longest = max(piece.seconds for piece in pieces) or 1.0
    height, base = _bars(layout)
    x = np.array([layout.lanes.x(piece.arrived) for piece in pieces])
    tops = np.array([base + height * max(piece.seconds / longest, 0.08) for piece in pieces])
    layout.ax.vlines(x, base, tops, color=layout.colours.response.fill, linewidth=2.2, zorder=3)
    if layout.few:
        begins = sorted(
            layout.lanes.x(turn.pieces[0].arrived) for turn in layout.lanes.turns if turn.pieces
        )
        for turn in layout.lanes.turns:
            _note_arrival(layout, turn, begins, base + height)


def _bars(layout: LaneLayout) -> tuple[float, float]:
    """(height, foot) of the tallest bar; above it there is room for a note where turns are few."""
    whole = layout.height["arrives"]
    room = 0.45 if layout.few else 0.0
    return (whole - room) * 0.78, layout.middle["arrives"] - whole / 2 + whole * 0.06


def _note_arrival(layout: LaneLayout, turn: Turn, begins: list[float], top: float) -> None:
    """How much came within how long, above the bars, as far as the next turn's do not begin."""
    if not turn.pieces:
        return
    numbers = {
        "count": len(turn.pieces),
        "seconds": sum(piece.seconds for piece in turn.pieces),
        "within": turn.pieces[-1].arrived - turn.pieces[0].arrived,
    }
    begin = layout.lanes.x(turn.pieces[0].arrived)
    x = begin + 3 * layout.column  # beside the arrow
    cuts = [cut for cut, _ in layout.lanes.scale.cuts()]
    room = min([other for other in (*begins, *cuts) if other > begin], default=layout.right) - x
    for key in ("plots.arrived", "plots.arrived_short"):
        words = fonts.say(key, **numbers)
        if layout.width_of(words) < room:
            place: dict[str, Any] = {"ground": layout.behind(x), "solid": True, "zorder": 6}
            style.write(layout.ax, x, top + 0.26, words, layout.colours.quiet, **place)
            return


# -- events ----------------------------------------------------------------------------------


def _draw_events(layout: LaneLayout, lane: str) -> None:
    for found in layout.marks[lane]:
        _draw_mark(layout, found, lane)
    y = [layout.row(lane, number) for number in range(len(layout.types.get(lane, ())))]
    layout.ax.hlines(
        y, layout.left, layout.right, color=layout.colours.line, linewidth=0.4, zorder=0.3
    )


def _draw_mark(layout: LaneLayout, found: PlacedMark, lane: str) -> None:
    mark, y = found.mark, layout.row(lane, found.row)
    colour, shape = look(mark.type, layout.colours, client=lane == "client")
    small = {} if layout.few else {"markersize": 4.5}
    if mark.count > 1:
        caps = "round" if layout.few else "butt"
        options: dict[str, Any] = {"color": colour.fill, "solid_capstyle": caps, "zorder": 3}
        layout.ax.plot([mark.begin, mark.end], [y, y], linewidth=5, **options)
    if mark.count == 1 or mark.end - mark.begin < layout.column:
        options = {"color": colour.fill, "markersize": 6.5, "zorder": 4, **small}
        layout.ax.plot(mark.begin, y, shape, **options)
    layout.points[mark.type, mark.begin] = y
    if found.side:
        _write_label(layout, found, y, colour)


def _write_label(layout: LaneLayout, found: PlacedMark, y: float, colour: Colour) -> None:
    """A mark's words beside it, or over the middle of a long run; arrows pass behind them."""
    mark, gap, width = found.mark, 1.2 * layout.column, layout.width_of(found.mark.words)
    x, align, middle = {
        "right": (mark.end + gap, "left", mark.end + gap + width / 2),
        "left": (mark.begin - gap, "right", mark.begin - gap - width / 2),
        "on": ((mark.begin + mark.end) / 2, "center", (mark.begin + mark.end) / 2),
    }[found.side or "right"]
    options: dict[str, Any] = {"fontsize": LETTER, "zorder": 6, "ha": align, "solid": True}
    style.write(layout.ax, x, y, mark.words, colour.text, ground=layout.behind(middle), **options)


def _draw_calls(layout: LaneLayout) -> None:
    outputs = [event for event in layout.lanes.events if is_tool_output(event)]
    y, violet = layout.middle["tools"], layout.colours.tool
    begins = [layout.lanes.x(call.at) for call in layout.lanes.calls]
    for number, (call, begin) in enumerate(zip(layout.lanes.calls, begins, strict=True)):
        end = layout.lanes.x(outputs[number].at) if number < len(outputs) else begin
        width = max(end - begin, layout.column / 3)
        layout.ax.broken_barh([(begin, width)], (y - 0.14, 0.28), color=violet.fill)
        name = f"{call.get('name')}({call.get('arguments') or ''})"
        until = min([other for other in begins if other > begin], default=layout.right)
        words = fonts.quote(name, min(48, int((until - begin - width) / layout.column) - 3))
        if words and len(words) > 3:
            x = begin + width + layout.column
            options: dict[str, Any] = {"fontsize": LETTER, "ground": layout.behind(x)}
            style.write(layout.ax, x, y, words, violet.text, **options)
