"""Events as marks: what each is called, its colour and shape, and which of them run together.

A run is several events of one type that lie closer together than could be told apart; it becomes
one mark with a count. Marks are then given rows so that no two labels overlap: the telling ones
first, and what finds no room keeps its mark and loses its label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from glmkit.plots.drawing import fonts
from glmkit.plots.drawing.palette import Colour, Palette
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA, ENDED, OPENED, SAID, is_harmless
from glmkit.texts.layout.text_width import width_of

_TELLING: Final = (
    "error",
    "response.cancel",
    ENDED,
    OPENED,
    SAID,
    "input_audio_buffer.commit",
    "response.created",
    AUDIO_DELTA,
    "response.done",
    "input_audio_buffer.committed",
    "response.function_call_arguments.done",
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "response.create",
    "input_audio_buffer.append",
)
_SHORT: Final = {
    OPENED: "new connection",
    "conversation.item.input_audio_transcription.completed": "transcription",
    "conversation.item.input_audio_transcription.failed": "transcription.failed",
    "response.function_call_arguments.done": "function_call",
    "response.audio_transcript.delta": "transcript.delta",
    "response.audio_transcript.done": "transcript.done",
    "input_audio_buffer.append_video_frame": "video_frame",
    SAID: "fallback",  # the only one of its kind that is shown
}
Span = tuple[float, float]
Side = Literal["right", "left", "on"]
EVERYWHERE: Final[Span] = (float("-inf"), float("inf"))
_DROPPED: Final = ("input_audio_buffer.", "glmkit.")


@dataclass(frozen=True, slots=True)
class Mark:
    """One event, or a run of one type: from where to where on the axis, and how many.

    ``late`` is how many seconds after a zero point it (or the first of it) came, if it matters;
    ``within``: from where to where its turn lies on the axis.
    """

    type: str
    begin: float
    end: float
    count: int = 1
    late: float | None = None
    within: Span = EVERYWHERE

    @property
    def words(self) -> str:
        """Its label: the short name, the count of a run, and how late it came."""
        name = fonts.quote(short_name(self.type), 40) or "?"
        words = f"{name} ×{self.count}" if self.count > 1 else name
        if self.late is None:
            return words
        key = "plots.late_from" if self.count > 1 else "plots.late"
        return f"{words} {fonts.say(key, seconds=self.late)}"


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark, the row it is in, and the side on which its label has room, if any.

    ``on``: over the middle of a long run.
    """

    mark: Mark
    row: int
    side: Side | Literal[""] = ""


def short_name(type: str) -> str:
    """An event's type without what the lane already says."""
    if type in _SHORT:
        return _SHORT[type]
    if type.startswith("conversation.item."):
        return type.removeprefix("conversation.")
    for prefix in _DROPPED:
        type = type.removeprefix(prefix)
    return type.removeprefix("response.") if type.count(".") > 1 else type


def runs(
    events: Iterable[Event],
    x: Callable[[float], float],
    apart: float,
    late: Mapping[int, float] | None = None,
    within: Mapping[int, Span] | None = None,
) -> list[Mark]:
    """The marks of events on an axis; those of one type and turn closer than ``apart`` are one.

    By ``id`` of an event, ``late`` is its latency and ``within`` the place of its turn.
    """
    by_type: dict[tuple[str, Span], list[Mark]] = {}
    for event in events:
        place = (within or {}).get(id(event), EVERYWHERE)
        found, at = by_type.setdefault((event.type, place), []), x(event.at)
        if found and at - found[-1].end < apart:
            last = found.pop()
            end, count = max(last.end, at), last.count + 1
            found.append(replace(last, end=end, count=count))
        else:
            seconds = (late or {}).get(id(event))
            found.append(Mark(event.type, at, at, late=seconds, within=place))
    return sorted((m for marks in by_type.values() for m in marks), key=lambda m: m.begin)


def placed(
    marks: Sequence[Mark], rows: int, column: float, limits: Span, cuts: Sequence[Span] = ()
) -> list[PlacedMark]:
    """Rows for marks; ``column`` is the width of a letter on the axis, ``limits`` its ends.

    No label crosses one of the ``cuts``. The last row is for marks whose labels find no room.
    """
    taken: list[list[Span]] = [list(cuts) for _ in range(rows - 1)]
    return [_place(mark, taken, column, limits) for mark in sorted(marks, key=_urgency)]


def _place(mark: Mark, taken: list[list[Span]], column: float, limits: Span) -> PlacedMark:
    for side, begin, end in _sides(mark, column):
        inside = end <= limits[1] and (side == "right" or begin >= limits[0])
        for row, spans in enumerate(taken if inside else ()):
            if _free(spans, begin, end):
                spans.append((begin, end))
                return PlacedMark(mark, row, side)
    return PlacedMark(mark, len(taken))


def _sides(mark: Mark, column: float) -> list[tuple[Side, float, float]]:
    """(side, begin, end) of where the label may stand: on the ground of its own turn first."""
    room = (width_of(mark.words) + 3) * column
    sides: list[tuple[Side, float, float]] = [
        ("right", mark.begin - column, mark.end + room),
        ("left", mark.begin - room, mark.end + column),
    ]
    if mark.end - mark.begin > room + 4 * column:
        sides.insert(0, ("on", mark.begin - column, mark.end + column))
    begin, end = mark.within[0] - column, mark.within[1] + column
    return sorted(sides, key=lambda side: (not begin <= side[1] <= side[2] <= end, side[0] == "on"))


def by_type(marks: Sequence[Mark], rows: int) -> tuple[list[str], list[PlacedMark]]:
    """A row a type, in order of appearance: the rows' names, and the marks in them.

    What comes after the first ``rows - 1`` types shares the last row, named "…".
    """
    types = list(dict.fromkeys(short_name(mark.type) for mark in marks))
    names = types if len(types) <= rows else [*types[: rows - 1], "…"]
    row = {name: min(number, len(names) - 1) for number, name in enumerate(types)}
    return names, [PlacedMark(m, row[short_name(m.type)]) for m in marks]


def _urgency(mark: Mark) -> tuple[int, float]:
    rank = _TELLING.index(mark.type) if mark.type in _TELLING else len(_TELLING)
    return rank, mark.begin


def _free(taken: Sequence[Span], begin: float, end: float) -> bool:
    return all(end <= a or begin >= b for a, b in taken)


def look(event_type: str, colours: Palette, *, client: bool) -> tuple[Colour, str]:
    """The colour of an event's mark and its shape, so that neither is alone."""
    if event_type in {"error", "response.cancel", "response.cancelled", ENDED, OPENED}:
        return colours.error, "X"
    if "function_call" in event_type:
        return colours.tool, "D"
    if ".speech_" in event_type:
        return colours.speech, "^"
    if event_type.startswith(("heartbeat", "rate_limit")):
        return colours.silence, "."
    return (colours.input, "o") if client else (colours.response, "s")


def shown(event: Event) -> bool:
    """Whether an event is worth a mark: heartbeats are not, and of local marks only a connection
    in place of an earlier one, the end of a turn, where it has a time of its own, and a commit in
    server VAD's place."""
    told = (
        (event.type == OPENED and event.get("remembered") is not None)
        or (event.type == ENDED and event.at)
        or event.get("fallback")
    )
    quiet = event.type == "heartbeat" or (event.direction == "local" and not told)
    return not quiet and not (event.type == "error" and is_harmless(event))
