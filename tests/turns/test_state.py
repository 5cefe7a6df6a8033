"""The table of a turn's states: every pair walked with real events through the fold."""

from __future__ import annotations

import json
from itertools import count, product

from glmkit import events
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import ENDED, OPENED
from glmkit.turns.fold import Fold
from glmkit.turns.open_turn import Open
from glmkit.turns.state import NEXT, State, Step

CALL = "response.function_call_arguments.done"


def server(type: str, **fields: object) -> Event:
    return Event.from_json(json.dumps({"type": type, **fields}))


def begins(id: str = "r") -> Event:
    return server("response.created", response={"id": id})


def ends(id: str = "r") -> Event:
    return server("response.done", response={"id": id, "status": "completed"})


def calls(id: str = "r") -> Event:
    return server(CALL, response_id=id, call_id="c", name="f", arguments="{}")


COMMITTED = server("input_audio_buffer.committed", item_id="i")
ASK = events.response_create()
REFUSAL = server("error", error={"code": "1214", "message": "no"})
ENDING = Event(ENDED, {"turn": 1, "reason": "timeout"}, direction="local")

GREETING = [begins("old"), ends("old")]  # a turn before the one that is walked
#: How a turn gets into each state, the client's commit first.
WAY = {
    State.OPEN: [events.commit()],
    State.COMMITTED: [events.commit(), COMMITTED],
    State.ASKED: [events.commit(), ASK],
    State.ANSWERING: [events.commit(), ASK, begins()],
    State.CALLING: [events.commit(), ASK, begins(), calls(), ends()],
    State.OVER: [events.commit(), ASK, begins(), ends()],
}


def folded(*given: Event) -> tuple[Fold, Open]:
    """The turn after the greeting."""
    fold, at = Fold(), count()
    for event in (*GREETING, *given):
        fold.feed(stamped(event, float(next(at)), None))
    return fold, fold.opened[1]


def way_to(state: State, step: Step) -> list[Event]:
    """A turn that an answer begins with is opened by it, not by a commit."""
    return [] if (state, step) == (State.OPEN, Step.BEGUN) else WAY[state]


def what_happens(state: State, step: Step) -> list[Event]:
    """An answer that begins once one has is another's, and so is one that ends before."""
    ended = "r" if state is State.ANSWERING else "old"
    begun = "r" if state in {State.OPEN, State.COMMITTED, State.ASKED} else "other"
    return {
        Step.COMMITTED: [COMMITTED],
        Step.ASKED: [ASK],
        Step.BEGUN: [begins(begun)],
        Step.DONE: [ends(ended)],
        Step.CALLED: [calls(ended), ends(ended)],
        Step.REFUSED: [REFUSAL],
        Step.ENDED: [ENDING],
    }[step]


def test_each_event_does_what_the_table_says() -> None:
    """Every pair, also where the event goes to another turn and this one stays as it is."""
    wrong = []
    for state, step in product(State, Step):
        assert folded(*WAY[state])[1].state is state
        _, turn = folded(*way_to(state, step), *what_happens(state, step))
        if turn.state is not NEXT[state][step]:
            wrong.append(f"{state.name} x {step.name}: {turn.state.name}")
    assert wrong == []


def test_a_new_connection_ends_a_turn_in_any_state() -> None:
    """And no answer of the old one is awaited or coming in."""
    for state in State:
        fold, turn = folded(*WAY[state], Event(OPENED, {}, direction="local"))
        assert (turn.over, fold.answering, fold.awaiting) == (True, None, ()), state


def test_only_what_the_client_committed_waits_for_its_confirmation() -> None:
    """An answer to a commit that the service never confirmed is a turn of its own."""
    fold, turn = folded(events.commit(), begins())
    assert (turn.state, len(fold.opened)) == (State.OPEN, 3)


def test_an_answer_that_ended_long_ago_ends_nothing_again() -> None:
    """A repeated response.done of the first answer leaves the second one's turn alone."""
    output = events.tool_output("1", call_id="c")
    _, turn = folded(*WAY[State.CALLING], output, ASK, ends())
    assert turn.state is State.ASKED
