"""How a timeline is divided: its lanes, their heights, and which mark is where.

From top to bottom: a ruler with each turn's number and latency, your sound, client events,
server events, the answer's pieces as they came, the answer as it would be heard, and function
calls if there are any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glmkit.event import Event
from glmkit.plots import style
from glmkit.plots.marks import Placed as PlacedMark
from glmkit.plots.marks import by_type, placed, runs
from glmkit.plots.palette import Palette
from glmkit.plots.placing import Placed
from glmkit.plots.timescale import Timescale
from glmkit.signs import AUDIO_DELTA, is_call
from glmkit.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHTS: Final = {
    "ruler": 1.5,
    "you": 1.5,
    "client": 1.8,
    "server": 2.8,
    "arrives": 1.0,
    "heard": 1.5,
    "tools": 0.9,
}
_ROWS: Final = {"client": 4, "server": 6}
_MOST_TYPES: Final = {"client": 8, "server": 15}
_ROW = 0.36  # the height of a row that holds one type
_STAGES: Final = (
    "input_audio_buffer.committed",
    "response.created",
    "response.audio_transcript.delta",
    "response.text.delta",
    AUDIO_DELTA,
    "response.done",
)
_FEW = 4  # turns: up to so many are shown with arrows and each latency's name
LETTER = 9.5  # points


@dataclass(frozen=True, slots=True)
class Lanes:
    """What there is to draw: turns, where they lie, all events, second 0, and the scale."""

    turns: tuple[Turn, ...]
    placed: tuple[Placed, ...]
    events: tuple[Event, ...]
    origin: float
    scale: Timescale

    def x(self, at: float) -> float:
        """Where a ``perf_counter`` moment is drawn."""
        return self.scale.x(at - self.origin)

    @property
    def calls(self) -> list[Event]:
        """The events with which the model calls a function."""
        return [event for event in self.events if is_call(event)]


class Drawing:
    """A timeline in the making: the axes, the palette, and where each lane is.

    A few turns: events carry their names, ``rows`` deep. Many: each type has a row of its own
    and is named once, at the left.
    """

    def __init__(self, ax: Axes, lanes: Lanes, colours: Palette) -> None:
        self.ax, self.lanes, self.colours = ax, lanes, colours
        self.few = len(lanes.turns) <= _FEW
        first = lanes.scale.stretches[0].x
        margin = (lanes.scale.width - first) * 0.012 + 0.02
        self.left, self.right = first - margin, lanes.scale.width + margin
        ax.set_xlim(self.left, self.right)
        #: How wide one letter is on the axis; lane names at the left take a tenth of the width.
        self.column = (self.right - self.left) / style.columns_of(ax, 0.9, LETTER)
        self.marks: dict[str, list[PlacedMark]] = {}
        self.types: dict[str, list[str]] = {}  # lane → the names of its rows, where there are many
        for lane in ("client", "server"):
            self._place_marks(lane)
        self.height = {name: self._height(name) for name in _HEIGHTS}
        self.middle: dict[str, float] = {}
        y = 0.0
        for name, height in self.height.items():
            if height:
                self.middle[name] = y - height / 2
            y -= height
        self.bottom = y
        ax.set_ylim(self.bottom - 0.1, 0.1)
        self.points: dict[tuple[str, float], float] = {}  # (type, x) of a mark → its height

    def _place_marks(self, lane: str) -> None:
        mine = [e for e in self.lanes.events if (e.direction == "server") == (lane == "server")]
        apart = max(4 * self.column, 0.3) if self.few else 2.5 * self.column
        marks = runs(mine, self.lanes.x, apart, self._late() if self.few else None)
        if self.few:
            self.marks[lane] = placed(marks, _ROWS[lane], self.column, (self.left, self.right))
        else:
            self.types[lane], self.marks[lane] = by_type(marks, _MOST_TYPES[lane])

    def _late(self) -> dict[int, float]:
        """Seconds from its turn's zero point of each event that a latency counts to."""
        found = {}
        for turn, where in zip(self.lanes.turns, self.lanes.placed, strict=True):
            for type in _STAGES if where.zero is not None else ():
                last = type == "response.done"  # of the last answer, as the latency is
                order = reversed(turn.events) if last else turn.events
                event = next((e for e in order if e.type == type), None)
                if event is not None:
                    found[id(event)] = event.at - self.lanes.origin - (where.zero or 0.0)
        return found

    def _height(self, lane: str) -> float:
        if lane == "tools" and not self.lanes.calls:
            return 0.0
        if lane == "ruler" and len(self.lanes.turns) < 2:
            return 1.0
        return _ROW * max(len(self.types[lane]), 2) if lane in self.types else _HEIGHTS[lane]

    def row(self, lane: str, number: int) -> float:
        """The height of a row of an event lane."""
        rows = len(self.types[lane]) if lane in self.types else _ROWS[lane]
        inside = self.height[lane] * (1 if lane in self.types else 0.88)
        return self.middle[lane] + inside / 2 - (number + 0.5) * inside / rows
