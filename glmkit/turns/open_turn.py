"""``Open``, a turn in the making, and ``OverTurns``, the view of those that are over.

The fold decides which events belong where; here they are collected, as ``keep`` says, and become
a frozen ``Turn`` whenever somebody looks.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.turns.state import NEXT, State, Step
from glmkit.turns.turn import Turn

Keep = Literal["all", "events", "nothing"]


@dataclass(frozen=True, slots=True)
class Context:
    """What all turns of one fold have in common: whom they are with, and what is kept."""

    peer: str
    model: str
    keep: Keep
    switches: str = ""  # of the kit's own emulator
    network: str = ""  # the condition that was set between here and there


class Open:
    """A turn in the making: its events so far, and its state.

    ``number``: its place among all turns of the trace, from 0. ``asked``: whether the person began
    it. ``requested``: the configuration last asked for when it was opened, ``config`` the one
    echoed.
    """

    def __init__(
        self,
        context: Context,
        number: int,
        *,
        asked: bool,
        requested: dict[str, Any],
        config: dict[str, Any],
    ) -> None:
        self.events: list[Event] = []
        self.number, self.asked, self.state = number, asked, State.OPEN
        self.response_id: str | None = None  # of the answer coming in, also where it is over
        self.calls = self.outputs = 0
        self.rounds = 0  # of outputs given
        self.requested, self.config = requested, config
        self.round_trip: float | None = None
        self.item_id: str | None = None
        self.committed_at = 0.0  # by the service
        self._cut_in: tuple[Event, ...] = ()
        self.fell_back = False  # this side committed in server VAD's place
        self._context = context
        self._turn: Turn | None = None
        self._has_audio = False

    def add(self, event: Event, *, round_trip: float | None) -> None:
        """Put an event at the end, as ``keep`` says; ``round_trip``: of the last ping, seconds."""
        self._turn, self.round_trip = None, round_trip
        if event.type == AUDIO_DELTA and self._context.keep != "all":
            if self._context.keep == "nothing" and self._has_audio:
                return  # the first says when sound began; the rest went to whoever streams
            event, self._has_audio = event.without_payload(), True
        self.events.append(event)

    def insert(self, events: Sequence[Event]) -> None:
        """Put events of before where their times say."""
        self._turn = None
        self.events = list(heapq.merge(self.events, events, key=lambda event: event.at))

    @property
    def turn(self) -> Turn:
        """The turn as it is now; a new value whenever something was added."""
        if self._turn is None:
            self._turn = Turn(
                tuple(self.events),
                peer=self._context.peer,
                model=self.model,
                switches=self._context.switches,
                network=self._context.network,
                asked=self.asked,
                round_trip=self.round_trip,
                requested=self.requested,
                config=self.config,
                cut_in=self._cut_in,
            )
        return self._turn

    def break_into(self, appends: Sequence[Event]) -> None:
        """Remember the sound of the turn after it, if that is what interrupted its answer."""
        if appends and self.turn.interrupted_at is not None:
            self._turn, self._cut_in = None, tuple(appends)

    @property
    def model(self) -> str:
        """The model that was asked for when it began."""
        asked = self.requested.get("model")
        return asked if isinstance(asked, str) else self._context.model

    # -- its state ---------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        """Go where the table says."""
        self.state = NEXT[self.state][step]

    def takes(self, step: Step) -> bool:
        """Whether a step would change its state."""
        return NEXT[self.state][step] is not self.state

    @property
    def over(self) -> bool:
        """Whether nothing more is expected."""
        return self.state is State.OVER

    @property
    def answering(self) -> bool:
        """Whether an answer of it is coming in; also one that nobody waits for any more."""
        return self.response_id is not None

    @property
    def awaits_answer(self) -> bool:
        """Whether an answer was asked for and has not begun."""
        return self.state is State.ASKED

    @property
    def outlives_refusal(self) -> bool:
        """Whether an error does not end it: only this side's commit was refused, as a try."""
        return self.fell_back and self.state in (State.OPEN, State.COMMITTED)

    @property
    def awaits_outputs(self) -> bool:
        """Whether calls of its answer have no output yet."""
        return self.state is State.CALLING and self.unanswered_calls > 0

    @property
    def unanswered_calls(self) -> int:
        """Calls of the model that have no output yet."""
        return self.calls - self.outputs


class OverTurns(Sequence[Turn]):
    """The turns that are over, oldest first: a view that grows, and whose values are frozen."""

    def __init__(self, opened: Sequence[Open]) -> None:
        self._opened = opened

    def _over(self) -> list[Open]:
        return [turn for turn in self._opened if turn.over]

    @overload
    def __getitem__(self, index: int) -> Turn: ...
    @overload
    def __getitem__(self, index: slice) -> list[Turn]: ...
    def __getitem__(self, index: int | slice) -> Turn | list[Turn]:
        if isinstance(index, slice):
            return [turn.turn for turn in self._over()[index]]
        return self._over()[index].turn

    def __len__(self) -> int:
        return len(self._over())

    def __iter__(self) -> Iterator[Turn]:
        return (turn.turn for turn in self._over())
