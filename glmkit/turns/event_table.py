"""``trace.table()``: a pandas DataFrame, one row an event; and which turn each event is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, get_args

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from glmkit.protocol.table import PAYLOADS, Direction
from glmkit.texts import text, whole_characters
from glmkit.turns.fold import fold_turns

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("time", "direction", "type", "size", "gap", "turn")


class TimedEvents(Protocol):
    """What a table reads of a trace: events, their seconds, and whom they were exchanged with."""

    events: list[Event]
    peer: str
    model: str

    @property
    def reached(self) -> str:
        """The peer, and the network that was set on the way there."""

    def seconds(self, event: Event) -> float:
        """Seconds from the beginning to the event."""


def tabulate_events(
    trace: TimedEvents,
    type: str = "",
    *,
    direction: Direction | None = None,
    turn: int | None = None,
) -> pd.DataFrame:
    """The events whose type begins with ``type``, of one direction or one turn if asked.

    ``time``: seconds from the trace's beginning. ``size``: bytes of the message as it crossed
    the wire, 0 for a local mark. ``gap``: seconds since the row above. ``turn``: 1 is
    ``trace.turns()[0]``; <NA> for what is in none. The index is the event's place:
    ``trace[index]``. Whom the times were measured against stands above the index.

    >>> session.trace.table("response.audio.delta").gap.describe()
    """
    needs("tables")
    import pandas as pd

    numbers, count = turn_numbers(trace.events)
    _check(type, direction, turn, count)
    kept = [
        place
        for place, event in enumerate(trace.events)
        if event.type.startswith(type)
        and direction in (None, event.direction)
        and (turn is None or numbers[place] == turn)
    ]
    events = [trace.events[place] for place in kept]
    times = pd.Series([trace.seconds(event) for event in events], index=kept, dtype="float64")
    types = [whole_characters(event.type) for event in events]
    columns: dict[str, Any] = {
        "time": times,
        "direction": pd.Series([event.direction for event in events], index=kept, dtype="str"),
        "type": pd.Series(types, index=kept, dtype="str"),
        "size": pd.Series([wire_size(event) for event in events], index=kept, dtype="int64"),
        "gap": times.diff(),
        "turn": pd.Series([numbers[place] for place in kept], index=kept, dtype="Int64"),
    }
    return _stamped(pd.DataFrame(columns, columns=list(COLUMNS)), trace)


def _stamped(frame: pd.DataFrame, trace: TimedEvents) -> pd.DataFrame:
    """The frame with its peer where it is displayed, and as data."""
    frame.columns.name = text("cards.table_peer", peer=trace.reached)
    frame.attrs.update(peer=trace.peer, model=trace.model)
    return frame


def turn_numbers(events: Sequence[Event]) -> tuple[list[int | None], int]:
    """The turn that each event belongs to, counted from 1, and how many turns there are."""
    turns = fold_turns(events)
    found = {id(event): number for number, turn in enumerate(turns, 1) for event in turn.events}
    return [found.get(id(event)) for event in events], len(turns)


def wire_size(event: Event) -> int:
    """Bytes of the message as JSON, base64 included, also where the sound was not kept."""
    if event.direction == "local":
        return 0
    if not event.size:
        return event.head_size
    return event.head_size + len(f',"{PAYLOADS[event.type]}":""') + (event.size + 2) // 3 * 4


def _check(type: object, direction: object, turn: int | None, count: int) -> None:
    if not isinstance(type, str):
        raise BadArgument(text("cards.table_type", found=type))
    if direction is not None and direction not in get_args(Direction):
        known = ", ".join(get_args(Direction))
        raise BadArgument(text("cards.table_direction", found=direction, known=known))
    if turn is not None and not (isinstance(turn, int) and 1 <= turn <= count):
        raise BadArgument(text("cards.table_turn", found=turn, count=count))
