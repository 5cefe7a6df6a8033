"""``sequence``: the real run as a sequence diagram, beside the documented order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.argument_checks import are_turns, wrong
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.drawing.titles import all_of, peer_name, peer_note
from glmkit.plots.timelines.marks import look, short_name
from glmkit.texts import text
from glmkit.texts.layout.text_width import shorten, width_of
from glmkit.turns.event_order import Message, flow_of, messages, opening, strays
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.3  # inches
_MOST_ROWS: Final = 44
_YOU, _SERVICE = 0.0, 4.0  # the real run's lifelines
_SHIFT = 5.6  # from a lifeline to its documented twin
_NOTE = 4.15


@dataclass(frozen=True, slots=True)
class Section:
    """A turn, or the opening: its heading and its lines."""

    heading: str
    lines: list[Message]


def sequence(
    what: Trace | Turn | Sequence[Turn], *, ax: Axes | None = None, theme: Theme | None = None
) -> Axes:
    """The messages of a trace, a turn or turns as arrows.

    Beside each stands the documented step. What deviates is marked and named: late, not part of
    this flow, unknown, missing, an error. Runs are one arrow with a count. A long trace shows its
    first turns; deviations are counted in all of it. Raises BadArgument.
    """
    sections = _sections(what)
    shown, rows = _that_fit(sections)
    ax, colours = style.axes_for(ax, theme, 12, 1.7 + _ROW * rows, in_rows=True)
    _set_limits(ax)
    ax.set_ylim(-rows - 0.3, 1.2)
    ax.set_axis_off()
    _draw_lifelines(ax, rows, colours)
    start, y = _first_at(sections), 0.0
    for section in shown:
        y = _draw_section(ax, section, y, start, colours)
    hidden = len(sections) - len(shown)
    peer, model = _about(what)
    note = peer_note(peer, model)
    if hidden:
        note = f"{fonts.say('plots.more_turns', count=hidden)} {note}"
    style.entitle(ax, colours, _finding(sections, peer), note)
    return ax


def _set_limits(ax: Axes) -> None:
    """Room at the left for the seconds, at the right for half a lifeline's name."""
    letter = (_SERVICE + _SHIFT + 1.5) / style.columns_of(ax, size=style.SMALL)
    ax.set_xlim(-max(1.15, 8 * letter), _SERVICE + _SHIFT + max(0.35, 4.5 * letter))


def _room(ax: Axes, width: float) -> int:
    """How many letters fit into so much of the width."""
    left, right = ax.get_xlim()
    return style.columns_of(ax, width / (right - left), style.SMALL)


def _sections(what: Any) -> list[Section]:
    if isinstance(what, Turn):
        return [Section(_heading(what, 1), messages(what))]
    if are_turns(what):
        return [Section(_heading(turn, n), messages(turn, n)) for n, turn in enumerate(what, 1)]
    if not isinstance(what, Trace):
        raise wrong(what, "turns")
    turns = what.turns()
    ours = {id(event) for turn in turns for event in turn.events}
    loose = [event for event in what.events if id(event) not in ours]
    outside = {"plots.opening": opening(loose), "plots.outside": strays(loose)}
    sections = [Section(fonts.say(key), lines) for key, lines in outside.items() if lines]
    for number, turn in enumerate(turns, 1):
        sections.append(Section(_heading(turn, number), messages(turn, number)))
    if not sections:
        raise BadArgument(text("plots.empty_trace"))
    return sections


def _about(what: Any) -> tuple[str, str]:
    """Peer and model."""
    if are_turns(what):
        return all_of("peer", what), all_of("model", what)
    return what.reached, what.model


def _heading(turn: Turn, number: int) -> str:
    return fonts.say(f"plots.flow_{flow_of(turn)}", number=number)


def _that_fit(sections: Sequence[Section]) -> tuple[list[Section], int]:
    shown: list[Section] = []
    rows = 0
    for section in sections:
        more = len(section.lines) + 1
        if shown and rows + more > _MOST_ROWS:
            break
        shown.append(section)
        rows += more
    return shown, rows


def _first_at(sections: Sequence[Section]) -> float:
    moments = [line.at for section in sections for line in section.lines if line.at is not None]
    return min(moments, default=0.0)


def _draw_lifelines(ax: Axes, rows: int, colours: Palette) -> None:
    for shift, title in ((0.0, "plots.real_run"), (_SHIFT, "plots.documented")):
        for x, name, colour in (
            (_YOU + shift, "plots.client", colours.input),
            (_SERVICE + shift, "plots.service", colours.response),
        ):
            ax.vlines(x, -rows, 0.35, color=colour.fill, linewidth=1.6, zorder=1)
            box = {"facecolor": colours.ground, "edgecolor": colour.fill, "pad": 3}
            options: dict[str, Any] = {"ha": "center", "bbox": box, "zorder": 5}
            style.write(ax, x, 0.45, fonts.say(name), colour.text, **options)
        middle = (_YOU + _SERVICE) / 2 + shift
        options = {"ha": "center", "fontsize": style.MEDIUM, "fontweight": "bold"}
        style.write(ax, middle, 0.5, fonts.say(title), colours.ink, **options)


def _draw_section(ax: Axes, section: Section, y: float, start: float, colours: Palette) -> float:
    left, _ = ax.get_xlim()
    slate = colours.silence.wash
    ax.axhspan(y - 0.85, y - 0.15, color=slate, linewidth=0, zorder=0.4)
    words = shorten(section.heading, _room(ax, ax.get_xlim()[1] - left) - 4)
    options: dict[str, Any] = {"fontsize": style.SMALL, "fontweight": "bold", "zorder": 6}
    style.write(ax, left + 0.05, y - 0.5, words, colours.quiet, ground=slate, solid=True, **options)
    for line in section.lines:
        y -= 1
        _draw_line(ax, line, y - 0.55, start, colours)
    return y - 1


def _draw_line(ax: Axes, line: Message, y: float, start: float, colours: Palette) -> None:
    name = fonts.quote(short_name(line.type), min(34, _room(ax, _SERVICE) - 3)) or "?"
    if line.at is not None:
        colour, _ = look(line.type, colours, client=line.direction == "client")
        colour = colours.error if line.deviates else colour
        words = f"{name} ×{line.count}" if line.count > 1 else name
        if line.deviates and not _fits_between(ax, line):
            words = f"{words} · {_verdict(line)}"
        _arrow(ax, line, y, 0.0, colour.fill, words, colour.text, colours)
        seconds = fonts.say("plots.at", seconds=line.at - start)
        style.write(ax, _YOU - 0.12, y, seconds, colours.quiet, ha="right", fontsize=8.5)
    if line.verdict in {"expected", "missing", "anytime"}:
        if line.verdict == "anytime":
            name = fonts.say("plots.any_time", name=name)
        missing = line.verdict == "missing"
        fill = (colours.error if missing else colours.silence).fill
        ink = colours.error.text if missing else colours.quiet
        _arrow(ax, line, y, _SHIFT, fill, name, ink, colours)
    if line.deviates:
        _mark_deviation(ax, line, y, colours)


def _arrow(
    ax: Axes,
    line: Message,
    y: float,
    shift: float,
    fill: str,
    words: str,
    ink: str,
    colours: Palette,
) -> None:
    begin, end = (_YOU, _SERVICE) if line.direction == "client" else (_SERVICE, _YOU)
    dashed = line.verdict in {"missing", "anytime"}
    style_of = {"arrowstyle": "-|>", "color": fill, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
    style_of |= {"linestyle": "--" if dashed else "-", "mutation_scale": 11}
    ax.annotate("", (end + shift, y), (begin + shift, y), arrowprops=style_of, zorder=2)
    middle = (_YOU + _SERVICE) / 2 + shift
    style.write(ax, middle, y, words, ink, ha="center", solid=True, zorder=3)


def _mark_deviation(ax: Axes, line: Message, y: float, colours: Palette) -> None:
    """A cross and a word between the two diagrams; or, where nothing came, in the real one.

    Where there is no room between them, the word is with the arrow's name.
    """
    red, words = colours.error, _verdict(line)
    if line.at is None:
        middle = (_YOU + _SERVICE) / 2
        style.write(ax, middle, y, f"× {words}", red.text, ha="center", fontstyle="italic")
        return
    ax.plot(_NOTE + 0.05, y, "X", color=red.fill, markersize=7, zorder=4)
    if _fits_between(ax, line):
        style.write(ax, _NOTE + 0.17, y, words, red.text, fontsize=8.5)


def _verdict(line: Message) -> str:
    return fonts.say(f"plots.verdict_{line.verdict}")


def _fits_between(ax: Axes, line: Message) -> bool:
    """Whether the verdict has room between the two diagrams."""
    return width_of(_verdict(line)) < 1.1 * _room(ax, _SHIFT - _NOTE - 0.17)


def _finding(sections: Sequence[Section], peer: str) -> str:
    count = sum(line.deviates for section in sections for line in section.lines)
    key = "plots.deviations" if count > 1 else "plots.one_deviation" if count else "plots.in_order"
    return f"{fonts.say(key, count=count)} · {peer_name(peer)}"
