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

from glmkit.environment.features import needs
from glmkit.environment.looks import Theme
from glmkit.errors import BadArgument
from glmkit.recordings.exports.rows import row_of
from glmkit.texts import text, whole_characters
from glmkit.turns.labels import peer_name
from glmkit.turns.latency import STAGES
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from glmkit.turns.latency import Latency

_WORDS: Final = ("user_transcript", "transcript", "status", "vad", "zero")
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
        needs("tables")
        from pandas import DataFrame

        rows = [row for row in self.rows if all or not row.same or row.what == "peer"]
        values = [(row.turn, row.what, row.here, row.there, row.difference) for row in rows]
        table = DataFrame(values, columns=["turn", "what", "here", "there", "difference"])
        return table.astype({"difference": float})

    def plot(self, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
        """The stages of each turn side by side, in seconds; the axes."""
        needs("figures")
        from glmkit.plots.differences import difference

        return difference(self, ax=ax, theme=theme)

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
        key = "recordings.diff_shown_one" if self.differing == 1 else "recordings.diff_shown"
        here, there = (peer_name(each.reached) for each in (self.here, self.there))
        return text(key, here=here, there=there, **numbers)

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


def difference_of(here: Trace, there: Trace) -> Difference:
    """What differs between two traces. Raises BadArgument for what is none."""
    if not isinstance(there, Trace):
        raise BadArgument(text("recordings.diff_no_trace", found=type(there).__name__))
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
            name = whole_characters(event.type)
            found[name] = found.get(name, 0) + 1
    return found


def _order(trace: Trace) -> list[str]:
    """The types in order, a run of one once."""
    types = [e.type for e in trace if e.direction != "local" and e.type != "heartbeat"]
    runs = (type for n, type in enumerate(types) if n == 0 or types[n - 1] != type)
    return [whole_characters(type) for type in runs]


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
