"""``rehearsal``: lines by runs, which of them passed, and how long each answer took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from matplotlib.lines import Line2D

from glmkit.errors import BadArgument
from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Palette, Theme
from glmkit.plots.drawing.titles import peer_name, peer_note
from glmkit.texts import text
from glmkit.texts.layout.text_width import shorten, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST: Final = 48  # lines
_NAME: Final = 18  # columns of a line's words at the side, at least
_NUMBER: Final = 11  # columns of a cell in which a wait has room beside its mark


class LineInRun(Protocol):
    """What is drawn of one line in one run."""

    @property
    def run(self) -> int: ...
    @property
    def passed(self) -> bool: ...
    @property
    def wait(self) -> float | None: ...
    @property
    def error(self) -> str: ...


class LineOverRuns(Protocol):
    """And of one line over all of them."""

    @property
    def script(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def said(self) -> str: ...
    @property
    def passed(self) -> bool: ...
    @property
    def rows(self) -> Sequence[LineInRun]: ...


class PlayedLines(Protocol):
    """What the figure reads of a rehearsal."""

    @property
    def runs(self) -> int: ...
    @property
    def at_least(self) -> int: ...
    @property
    def lines(self) -> Sequence[LineOverRuns]: ...
    @property
    def peers(self) -> Sequence[str]: ...
    @property
    def model(self) -> str: ...


def rehearsal(found: PlayedLines, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
    """Draw a rehearsal: a row a line, a column a run.

    With each wait in seconds. ``found``: what ``glm.lab.rehearse`` gives. Passed and failed have
    marks of their own, and colours. Raises BadArgument.
    """
    every = _lines(found)
    lines = every[:_MOST]
    least = (3.0, 1.0 + 0.2 * len(lines))
    height = 2.1 + 0.31 * max(len(lines), 2)
    ax, colours = style.axes_for(ax, theme, 10.0, height, least=least, in_rows=True)
    names = _names(lines, style.columns_of(ax, 0.55 if found.runs < 3 else 0.4, style.SMALL))
    wide = max(map(width_of, names))
    style.name_rows(ax, [-place for place in range(len(lines))], names)
    numbers = style.columns_of(ax, 1 / found.runs, style.SMALL, names=wide) >= _NUMBER
    for place, line in enumerate(lines):
        if place and line.script != lines[place - 1].script:
            ax.axhline(0.5 - place, color=colours.line, linewidth=1.0, zorder=1)
        _draw_row(ax, line, -place, colours, numbers=numbers)
    ax.set_xlim(0.5, found.runs + 0.5)
    ax.set_ylim(-len(lines) + 0.4, 0.6)
    step = -(-found.runs // 12)
    ax.set_xticks(range(1, found.runs + 1, step))
    style.label(ax, colours, x=fonts.say("rehearsal.run_axis"))
    _legend(ax, colours, numbers=numbers)
    style.entitle(ax, colours, _finding(found), _note(found, every, lines), names=wide)
    return ax


def _lines(found: Any) -> Sequence[LineOverRuns]:
    lines = getattr(found, "lines", None)
    if not isinstance(lines, tuple) or not lines or not hasattr(found, "at_least"):
        raise BadArgument(text("rehearsal.what", found=type(found).__name__))
    return lines


def _names(lines: Sequence[LineOverRuns], room: int) -> list[str]:
    """Number and words of each line, and its script before the first of several scripts."""
    several = len({each.script for each in lines}) > 1
    names = []
    for place, line in enumerate(lines):
        first = several and (not place or line.script != lines[place - 1].script)
        script = f"{shorten(line.script, room // 2)} · " if first else ""
        names.append(shorten(f"{script}{line.line} · {line.said}", max(room, _NAME)))
    return names


def _draw_row(
    ax: Axes, line: LineOverRuns, height: float, colours: Palette, *, numbers: bool
) -> None:
    options: dict[str, Any] = {"ha": "left", "transform": style.beside(ax, 9)}
    if not line.passed:
        options["ground"] = colours.error.wash
        ax.axhspan(height - 0.46, height + 0.46, color=colours.error.wash, linewidth=0, zorder=0)
    for row in line.rows:
        ax.plot([row.run], [height], **_look(row, colours), zorder=3)
        if numbers and row.wait is not None:
            style.write(ax, row.run, height, f"{row.wait:.2f}", colours.ink, **options)


def _look(row: LineInRun, colours: Palette) -> dict[str, Any]:
    """A dot, a cross, or a ring where nothing was answered."""
    shapes = {"linestyle": "", "markersize": 8.0}
    if row.passed:
        return {"marker": "o", "color": colours.input.fill, **shapes}
    if row.error:
        ring = {"fillstyle": "none", "markeredgewidth": 2.0}
        return {"marker": "s", "color": colours.error.fill, **ring, **shapes}
    return {"marker": "X", "color": colours.error.fill, **shapes, "markersize": 10.0}


class _LegendRow:
    """A line in a legend."""

    def __init__(self, *, passed: bool = False, error: str = "") -> None:
        self.run, self.wait = 1, None
        self.passed, self.error = passed, error


def _legend(ax: Axes, colours: Palette, *, numbers: bool) -> None:
    passed = "waited" if numbers else "passed"
    kinds = {
        passed: _LegendRow(passed=True),
        "failed": _LegendRow(),
        "unsaid": _LegendRow(error="-"),
    }
    shapes = [Line2D([], [], **_look(each, colours)) for each in kinds.values()]
    style.legend(ax, colours, shapes, [fonts.say(f"rehearsal.mark_{name}") for name in kinds])


def _finding(found: PlayedLines) -> str:
    lines = found.lines
    passed = sum(line.passed for line in lines)
    facts = {"runs": found.runs, "at_least": found.at_least}
    key = "rehearsal.summary_runs" if found.runs > 1 else "rehearsal.summary"
    words = fonts.say(key, passed=passed, lines=len(lines), **facts)
    return f"{words} · {' + '.join(map(peer_name, found.peers)) or '–'}"


def _note(found: PlayedLines, every: Sequence[object], lines: Sequence[object]) -> str:
    notes = [peer_note(peer, found.model) for peer in found.peers]
    if len(every) > len(lines):
        shown = {"shown": len(lines), "lines": len(every)}
        notes.append(fonts.say("rehearsal.figure_more", **shown))
    return " ".join(notes)
