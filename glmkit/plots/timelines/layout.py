"""How a timeline is divided: its lanes, their heights, and which mark is where.

From top to bottom: a ruler with each turn's number and latency, your sound, client events,
server events, the answer's pieces as they came, the answer as it would be heard, and function
calls. A lane of sound or of calls without any is left out.

Rules
- A turn's ground reaches from its first event to the next turn's. In the lane of your sound it
  begins with the sound: a recording sent faster than real time lies before its first event.
- Answers that would sound at once lie in rows under one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glmkit.plots.drawing import fonts, style
from glmkit.plots.drawing.palette import Palette
from glmkit.plots.drawing.turn_axis import PlacedTurn
from glmkit.plots.timelines.marks import PlacedMark, by_type, placed, runs, shown
from glmkit.plots.timelines.rows import rows_of
from glmkit.plots.timelines.scale import Timescale
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA, is_call
from glmkit.texts.layout.text_width import width_of
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHTS: Final = {
    "ruler": 1.0,  # and more for the turns' numbers
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
_ANSWER_ROW, _MOST_ANSWERS = 0.95, 4  # of answers that would sound at once
_STAGES: Final = (
    "input_audio_buffer.committed",
    "response.created",
    "response.audio_transcript.delta",
    "response.text.delta",
    AUDIO_DELTA,
    "response.done",
)
FEW: Final = 4  # turns: up to so many are shown with arrows and each latency's name
_ROOM = 20  # letters that have room behind the beginning of the last of few turns
_MOST_NAME: Final = 24  # columns of a type's name at the left, with its arrow
LETTER, NUMBER = 9.5, 8.5  # points, of words and of an answer's number


@dataclass(frozen=True, slots=True)
class Lanes:
    """What there is to draw: turns, where they lie, all events, second 0, and the scale."""

    turns: tuple[Turn, ...]
    placed: tuple[PlacedTurn, ...]
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

    def begin(self, number: int, *, sound: bool = False) -> float:
        """Where a turn begins: with its first event, or with its ``sound`` if that is before."""
        found = self.placed[number]
        seconds = [event.at - self.origin for event in self.turns[number].events if shown(event)]
        seconds = seconds or [part.start for part in found.parts] or [0.0]
        if sound:
            seconds += [part.start for part in found.input]
        return self.scale.x(min(seconds))

    def answer(self, number: int) -> tuple[float, float] | None:
        """From where to where a turn's answer sounds, heard or not."""
        parts = self.placed[number].answer
        return (self.scale.x(parts[0].start), self.scale.x(parts[-1].end)) if parts else None


def lane_names() -> dict[str, str]:
    """What each lane is called at the left."""
    return {lane: fonts.say(f"plots.lane_{lane}") for lane in _HEIGHTS}


class LaneLayout:
    """A timeline in the making: the axes, the palette, and where each lane is.

    A few turns: events carry their names, ``rows`` deep. Many: each type has a row of its own
    and is named once, at the left.
    """

    def __init__(self, ax: Axes, lanes: Lanes, colours: Palette) -> None:
        self.ax, self.lanes, self.colours = ax, lanes, colours
        self.few = len(lanes.turns) <= FEW
        first = lanes.scale.stretches[0].x
        margin = (lanes.scale.width - first) * 0.012 + 0.02
        self.left, self.right = first - margin, lanes.scale.width + margin
        #: Columns of what stands at the left.
        self.names = _MOST_NAME if not self.few else max(map(width_of, lane_names().values()))
        columns = int(0.97 * style.columns_of(ax, size=LETTER, names=self.names))
        room = _ROOM if self.few else _ROOM / 4
        last = max(lanes.begin(n) for n in range(len(lanes.turns))) if lanes.turns else first
        self.right = max(self.right, (last - room * self.left / columns) / (1 - room / columns))
        ax.set_xlim(self.left, self.right)
        #: How wide one letter is on the axis.
        self.column = (self.right - self.left) / columns
        self.bands = self._bands(sound=False)
        self.marks: dict[str, list[PlacedMark]] = {}
        self.types: dict[str, list[str]] = {}  # lane → the names of its rows, where there are many
        for lane in ("client", "server"):
            self._place_marks(lane)
        self.answers = {n: span for n in range(len(lanes.turns)) if (span := lanes.answer(n))}
        self.answer_rows = self._rows_of_answers()
        self.points: dict[tuple[str, float], float] = {}  # (type, x) of a mark → its height

    def lay_out(self, ruler: float) -> None:
        """Give each lane its height; ``ruler`` is what the first one takes."""
        self.height = {name: self._height(name) for name in _HEIGHTS} | {"ruler": ruler}
        self.middle: dict[str, float] = {}
        y = 0.0
        for name, height in self.height.items():
            if height:
                self.middle[name] = y - height / 2
            y -= height
        self.bottom = y
        self.ax.set_ylim(self.bottom - 0.1, 0.1)

    def _place_marks(self, lane: str) -> None:
        mine = [e for e in self.lanes.events if (e.direction == "server") == (lane == "server")]
        apart = max(4 * self.column, 0.3) if self.few else 2.5 * self.column
        turns = zip(self.lanes.turns, self.bands, strict=True)
        within = {id(event): band for turn, band in turns for event in turn.events}
        marks = runs(mine, self.lanes.x, apart, self._late() if self.few else None, within)
        if self.few:
            ends, cuts = (self.left, self.right), [*self.lanes.scale.cuts()]
            self.marks[lane] = placed(marks, _ROWS[lane], self.column, ends, cuts)
        else:
            self.types[lane], self.marks[lane] = by_type(marks, _MOST_TYPES[lane])

    def _rows_of_answers(self) -> list[int]:
        """A row for each answer; where there are several, its turn's number has room before it."""
        spans = [*self.answers.values()]
        rows = rows_of(spans, _MOST_ANSWERS)
        if max(rows, default=0) == 0:
            return rows
        rooms = [
            self.width_of(str(n + 1), NUMBER, bold=True) + self.column / 2 for n in self.answers
        ]
        spans = [(begin - room, end) for (begin, end), room in zip(spans, rooms, strict=True)]
        return rows_of(spans, _MOST_ANSWERS)

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
        if lane in self.types:
            return _ROW * max(len(self.types[lane]), 2)
        empty = {
            "tools": not self.lanes.calls,
            "you": not any(found.input for found in self.lanes.placed),
            "arrives": not self.answers,
            "heard": not self.answers,
        }
        if empty.get(lane):
            return 0.0
        if lane == "heard" and self.depth > 1:
            return _ANSWER_ROW * self.depth
        return _HEIGHTS[lane] + (0.4 if lane == "arrives" and self.few else 0.0)

    # -- where things are ------------------------------------------------------------------

    @property
    def depth(self) -> int:
        """How many rows the answers take."""
        return max(self.answer_rows, default=0) + 1

    def answer_place(self, number: int) -> tuple[float, float]:
        """(middle, height) of the row in which a turn's answer lies."""
        row = self.answer_rows[[*self.answers].index(number)]
        height = self.height["heard"] / self.depth
        return self.middle["heard"] + self.height["heard"] / 2 - (row + 0.5) * height, height

    def row(self, lane: str, number: int) -> float:
        """The height of a row of an event lane."""
        rows = len(self.types[lane]) if lane in self.types else _ROWS[lane]
        inside = self.height[lane] * (1 if lane in self.types else 0.88)
        return self.middle[lane] + inside / 2 - (number + 0.5) * inside / rows

    def unnamed_row(self, lane: str) -> float | None:
        """The height of the row for marks whose names found no room; None where all have."""
        if lane in self.types or all(found.side for found in self.marks.get(lane, ())):
            return None
        return self.row(lane, _ROWS[lane] - 1)

    def _bands(self, *, sound: bool) -> list[tuple[float, float]]:
        begins = [self.lanes.begin(n, sound=sound) for n in range(len(self.lanes.turns))]
        return [(b, min([o for o in begins if o > b], default=self.right)) for b in begins]

    def ground(self, lane: str) -> list[tuple[float, float]]:
        """From where to where each turn's ground reaches in a lane."""
        return self._bands(sound=True) if lane == "you" else self.bands

    def behind(self, x: float) -> str:
        """The colour of the ground at ``x``."""
        dark = len(self.bands) > 1 and any(b <= x < e for b, e in self.bands[::2])
        return self.colours.silence.wash if dark else self.colours.ground

    def width_of(self, words: str, size: float = LETTER, *, bold: bool = False) -> float:
        """About how wide words of ``size`` points are on the axis."""
        return width_of(words) * self.column * size / LETTER * (1.2 if bold else 1.0)
