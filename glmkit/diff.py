"""``trace.diff(other)``: what two sessions have in common and what not, as a table and a figure.

A replay or a repetition is held against its original: the kinds of events, the words, the
stages of each turn in seconds, the sound. Ids and times of day always differ and are left out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from glmkit.export import STAGES, row_of
from glmkit.texts import minus, text
from glmkit.trace import Trace
from glmkit.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from glmkit.latency import Latency
    from glmkit.plots.palette import Colour, Palette

_WORDS: Final = ("user_transcript", "transcript", "status", "vad", "zero")
_MOST_LINES: Final = 48  # of a figure
_NUMBERS: Final = ("tool_calls", "errors", "input_seconds", "audio_seconds")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared: of which turn (0: the whole), what, here, there, and by how much."""

    turn: int
    what: str
    here: Any
    there: Any
    difference: float | None = None

    @property
    def same(self) -> bool:
        """Whether both are equal."""
        return bool(self.here == self.there)


class Difference:
    """Two traces held against each other: ``rows``, ``table()``, ``plot()``."""

    def __init__(self, here: Trace, there: Trace) -> None:
        self.here, self.there = here, there
        self._turns = here.turns(), there.turns()
        self.rows = tuple(self._rows())

    def table(self, *, all: bool = False) -> DataFrame:
        """What differs (or everything): turn, what, here, there, difference. Seconds."""
        from pandas import DataFrame

        rows = [row for row in self.rows if all or not row.same or row.what == "peer"]
        values = [(row.turn, row.what, row.here, row.there, row.difference) for row in rows]
        table = DataFrame(values, columns=["turn", "what", "here", "there", "difference"])
        return table.astype({"difference": float})

    def plot(self, *, ax: Axes | None = None, theme: str = "light") -> Axes:
        """The stages of each turn side by side, in seconds; the axes."""
        return _plot(self, ax, theme)

    def _rows(self) -> Iterator[Row]:
        yield Row(0, "peer", self.here.peer, self.there.peer)
        yield Row(0, "model", self.here.model, self.there.model)
        yield _numbers(0, "turns", len(self._turns[0]), len(self._turns[1]))
        yield from _events(self.here, self.there)
        for number, (here, there) in enumerate(zip_longest(*self._turns), 1):
            yield from _turn(number, here, there)

    @property
    def pairs(self) -> list[tuple[Turn, Turn]]:
        """The turns that both have, in order."""
        return list(zip(*self._turns, strict=False))

    @property
    def timed(self) -> list[tuple[int, Latency, Latency]]:
        """The number and both latencies of the turns whose seconds count from the same zero."""
        numbered = enumerate(self.pairs, 1)
        both = [(number, a.latency, b.latency) for number, (a, b) in numbered]
        return [each for each in both if each[1].zero == each[2].zero]

    @property
    def waits(self) -> list[float]:
        """How much later each turn was heard there than here, in seconds."""
        stages = [(a.first_audible, b.first_audible) for _, a, b in self.timed]
        return [b - a for a, b in stages if a is not None and b is not None]

    @property
    def said_the_same(self) -> int:
        """In how many turns the answer's words are the same."""
        return sum(a.transcript == b.transcript for a, b in self.pairs)

    @property
    def differing(self) -> int:
        """How many rows differ."""
        return sum(not row.same for row in self.rows)

    def __str__(self) -> str:
        """Whom it is about, and how much differs, in a sentence."""
        numbers = {"same": self.said_the_same, "turns": len(self.pairs), "differ": self.differing}
        key = "diff.shown_one" if self.differing == 1 else "diff.shown"
        return text(key, here=self.here.peer, there=self.there.peer, **numbers)

    def _repr_html_(self) -> str:
        """The sentence, and below it what differs, if anything does."""
        sentence = f"<p>{escape(str(self))}</p>"
        if not self.differing:
            return sentence
        table = self.table()
        shown = table.astype(object).where(table.notna(), "")
        return sentence + str(shown.to_html(index=False, escape=True))

    def __repr__(self) -> str:
        return f"<Difference {self}>"


def diff(here: Trace, there: Trace) -> Difference:
    """What differs between two traces."""
    return Difference(here, there)


# -- comparing -----------------------------------------------------------------------------


def _events(here: Trace, there: Trace) -> Iterator[Row]:
    kinds = [_kinds(here), _kinds(there)]
    for kind in sorted({*kinds[0], *kinds[1]}):
        yield _numbers(0, kind, kinds[0].get(kind, 0), kinds[1].get(kind, 0))
    first, second = _order(here), _order(there)
    ratio = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
    yield Row(0, "order of events", 1.0, round(ratio, 3), round(ratio - 1, 3))


def _kinds(trace: Trace) -> dict[str, int]:
    """How often each type came, appends and pieces of answers aside: their number is chance."""
    found: dict[str, int] = {}
    for event in trace:
        if event.direction != "local" and not event.type.endswith((".append", ".delta")):
            found[event.type] = found.get(event.type, 0) + 1
    return found


def _order(trace: Trace) -> list[str]:
    """The types in order, a run of one once."""
    types = [e.type for e in trace if e.direction != "local" and e.type != "heartbeat"]
    return [type for n, type in enumerate(types) if n == 0 or types[n - 1] != type]


def _turn(number: int, here: Turn | None, there: Turn | None) -> Iterator[Row]:
    if here is None or there is None:
        yield Row(number, "turn", here is not None, there is not None)
        return
    one, other = row_of(here), row_of(there)
    for name in _WORDS:
        yield Row(number, name, one[name], other[name])
    for name in _NUMBERS:
        yield _numbers(number, name, one[name], other[name])
    alike = one["zero"] == other["zero"]  # seconds since different moments have no difference
    for name in STAGES:
        row = _numbers(number, name, one[name], other[name])
        yield row if alike else replace(row, difference=None)
    if here.audio is not None and there.audio is not None:
        levels = round(here.audio.level, 1), round(there.audio.level, 1)
        yield _numbers(number, "audio_dbfs", *levels)
        yield Row(number, "audio", True, bool(here.audio == there.audio))


def _numbers(turn: int, what: str, here: float | None, there: float | None) -> Row:
    both = here is not None and there is not None
    difference = there - here if here is not None and there is not None else None
    return Row(turn, what, here, there, round(difference, 4) if both and difference else None)


# -- drawing -------------------------------------------------------------------------------


def _plot(difference: Difference, ax: Axes | None, theme: str) -> Axes:
    from glmkit.plots import letters, style

    lines = [
        (number, stage, getattr(a, stage), getattr(b, stage))
        for number, a, b in difference.timed
        for stage in STAGES
    ]
    lines = [line for line in lines if line[2] is not None and line[3] is not None][:_MOST_LINES]
    ax, colours = style.axes_for(ax, theme, 10.0, 1.9 + 0.3 * max(len(lines), 2))
    for height, (_, _, here, there) in enumerate(lines):
        ax.plot([here, there], [-height] * 2, color=colours.quiet, linewidth=1.2, zorder=2)
        _ring(ax, here, -height, colours.input)
        _dot(ax, there, -height, colours.response)
    names = [f"{number} · {letters.say(f'plots.stage_{stage}')}" for number, stage, *_ in lines]
    style.name_rows(ax, [-height for height in range(len(lines))], names)
    ax.set_ylim(-len(lines) + 0.4, 0.6)
    ax.set_xlim(left=min([0.0, *(line[2] for line in lines), *(line[3] for line in lines)]))
    _explain(difference, ax, colours)
    return ax


def _ring(ax: Axes, at: float, height: float, colour: Colour) -> None:
    """Open, so that a dot in the same place is seen."""
    [ring] = ax.plot([at], [height], "o", color=colour.fill, fillstyle="none", clip_on=False)
    ring.set(markersize=12, markeredgewidth=2, zorder=3)


def _dot(ax: Axes, at: float, height: float, colour: Colour) -> None:
    ax.plot([at], [height], "D", color=colour.fill, markersize=5.5, clip_on=False, zorder=4)


def _explain(difference: Difference, ax: Axes, colours: Palette) -> None:
    from matplotlib.lines import Line2D

    from glmkit.plots import letters, style
    from glmkit.plots.findings import peer_name, peer_note

    shapes = [
        Line2D([], [], color=colours.input.fill, marker="o", fillstyle="none", linestyle=""),
        Line2D([], [], color=colours.response.fill, marker="D", linestyle=""),
    ]
    peers = (difference.here.peer, difference.there.peer)
    names = [
        letters.say("diff.here", peer=peer_name(peers[0])),
        letters.say("diff.there", peer=peer_name(peers[1])),
    ]
    style.legend(ax, colours, shapes, names, 34)
    style.label(ax, colours, x=letters.say("diff.seconds"))
    others = [peer_name(peer) for peer in dict.fromkeys(peers) if peer != "live"]
    whom = peer_note(" + ".join(others) or "live", difference.here.model)
    style.entitle(ax, colours, _finding(difference), f"{whom} {letters.say('diff.note')}")


def _finding(difference: Difference) -> str:
    from statistics import median

    from glmkit.plots import letters

    waits = difference.waits
    later = (
        letters.say("diff.later", seconds=median(waits)) if waits else letters.say("diff.silent")
    )
    same, turns = difference.said_the_same, len(difference.pairs)
    return minus(letters.say("diff.found", same=same, turns=turns, later=later))
