"""``OpenedTurns``: every turn so far, in order, and which of them go on.

What waits, answers or calls is held apart, so that a look costs the same however many turns there
were. What an event does to a turn stands in ``state``.
"""

from __future__ import annotations

import itertools

from glmkit.turns.open_turn import Open
from glmkit.turns.state import State, Step

_BURST = 0.5  # seconds: segments of speech in real time are further apart
_LONGEST_BURST = 100  # segments
_AWAITED = (State.ASKED, State.ANSWERING, State.CALLING)
_HELD = 16  # turns, where nothing is kept: what comes late still finds its own


class OpenedTurns:
    """Turns in the making and those that are over, oldest first."""

    def __init__(self) -> None:
        self.every: list[Open] = []  # or the last few
        self._unfinished: dict[Open, None] = {}  # in the order in which they were opened
        self._answering: dict[Open, None] = {}  # in the order in which their answers began
        self._calling: dict[Open, None] = {}

    def add(self, turn: Open) -> None:
        """Put a new one behind the others."""
        self.every.append(turn)
        self._unfinished[turn] = None

    def let_go(self) -> list[Open]:
        """Hold the last few turns only; those that went."""
        gone = []
        while len(self.every) > _HELD and self.every[0].state not in _AWAITED:
            gone.append(self.every.pop(0))
            self._unfinished.pop(gone[-1], None)
        return gone

    # -- where each stands -------------------------------------------------------------------

    def step(self, turn: Open, step: Step) -> None:
        """Let a turn go where the table says."""
        turn.step(step)
        if turn.over:
            self._unfinished.pop(turn, None)
        if turn.state is State.CALLING:
            self._calling[turn] = None
        else:
            self._calling.pop(turn, None)

    def begin_answer(self, turn: Open, response_id: str) -> None:
        """A turn's answer begins to come in."""
        self.step(turn, Step.BEGUN)
        turn.response_id = response_id
        self._answering[turn] = None

    def end_answer(self, turn: Open) -> None:
        """No more of a turn's answer comes."""
        turn.response_id = None
        self._answering.pop(turn, None)

    def end_all(self) -> None:
        """Their connection is gone."""
        for turn in [*self._answering]:
            self.end_answer(turn)
        for turn in [*self._unfinished]:
            self.step(turn, Step.ENDED)

    # -- which one it is ---------------------------------------------------------------------

    @property
    def next_number(self) -> int:
        """The number of the turn that will be opened next."""
        return self.every[-1].number + 1 if self.every else 0

    def numbered(self, number: int | None) -> Open | None:
        """The turn of this number, if it is held."""
        if number is None or not self.every:
            return None
        place = number - self.every[0].number
        return self.every[place] if 0 <= place < len(self.every) else None

    @property
    def current(self) -> Open | None:
        """The newest turn that is not over, or None."""
        return next(reversed(self._unfinished), None)

    @property
    def answering(self) -> Open | None:
        """The turn whose answer is coming in (of several, the last to begin), or None."""
        return next(reversed(self._answering), None)

    @property
    def awaits_outputs(self) -> Open | None:
        """The turn that waits for the output of a call (of several, the last), or None."""
        return next((turn for turn in reversed(self._calling) if turn.awaits_outputs), None)

    @property
    def called(self) -> Open | None:
        """The newest turn with a call that has no output yet, also while its answer still comes."""
        return next((turn for turn in reversed(self.every) if turn.unanswered_calls > 0), None)

    @property
    def askable(self) -> Open | None:
        """The newest turn that an answer can be asked for; none that is behind one that is over."""
        unfinished = itertools.takewhile(lambda turn: not turn.over, reversed(self.every))
        return next((turn for turn in unfinished if turn.takes(Step.ASKED)), None)

    @property
    def unanswered(self) -> Open | None:
        """The newest turn that server VAD committed and nothing answered; of a burst the first."""
        found: Open | None = None
        for turn in itertools.islice(reversed(self.every), _LONGEST_BURST):
            if turn.state is not State.COMMITTED:
                break
            if found is not None and found.committed_at - turn.committed_at > _BURST:
                break
            found = turn
        return found
