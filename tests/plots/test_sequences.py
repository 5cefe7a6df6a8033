"""sequence: the documented order beside the run, and what deviates from it."""

from __future__ import annotations

import pytest

from glmkit import events
from glmkit.plots import sequence
from glmkit.protocol.event import Event, stamped
from glmkit.turns.event_order import flow_of, messages, opening
from glmkit.turns.fold import fold_turns
from tests.pictured import a_trace, a_turn, exchange, replies, sentence_on, server, voice


@pytest.mark.slow
@pytest.mark.parametrize("vad", ["client", "server"])
def test_a_documented_run_has_no_deviation(vad: str) -> None:
    """Both ways of ending a turn are recognised, and all of it is expected."""
    turn = a_turn(vad=vad)
    assert [m.type for m in messages(turn) if m.deviates] == []
    assert "Everything came in the documented order" in sentence_on(sequence(turn))


def verdicts(found: list[Event]) -> dict[str, str]:
    [turn] = fold_turns(found)
    return {m.type: m.verdict for m in messages(turn) if m.deviates}


def test_deviations_are_named() -> None:
    """Late, missing, not of this flow, not documented, an error: each by its name."""
    run = exchange(10.0, answer=voice(1.0, 24_000))
    created = next(e for e in run if e.type == "response.created")
    others = [e for e in run if e is not created]
    late = next(n for n, e in enumerate(others) if e.type == "response.audio.delta") + 1
    assert verdicts([*others[:late], created, *others[late:]]) == {"response.created": "late"}
    item = [e for e in run if e.type != "conversation.item.created"]
    assert verdicts(item) == {"conversation.item.created": "missing"}
    extra = server("response.made_up", 12.0, response_id="r1")
    assert verdicts([*run, extra]) == {"response.made_up": "unknown"}
    error = server("error", 12.0, error={"code": "1", "message": "no"})
    assert verdicts([*run[:-1], error, run[-1]]) == {"error": "error"}


def test_a_client_that_asks_under_server_vad_is_marked() -> None:
    """response.create has no place where the service answers by itself."""
    run = exchange(10.0, vad="server", answer=voice(1.0, 24_000))
    at = next(n for n, e in enumerate(run) if e.type == "conversation.item.created") + 1
    asked = stamped(events.response_create(), run[at].at, None)
    assert verdicts([*run[:at], asked, *run[at:]]) == {"response.create": "unexpected"}


def test_functions_begin_a_new_round() -> None:
    """Call, done, output, request and a second answer are all as documented."""
    run = [e for e in exchange(10.0) if not e.type.startswith("response.audio_tr")]
    call = server(
        "response.function_call_arguments.done",
        11.3,
        response_id="r1",
        name="f",
        arguments="{}",
        call_id="c",
    )
    at = next(n for n, e in enumerate(run) if e.type == "response.done")
    again = [
        stamped(events.tool_output("1", call_id="c"), 12.5, None),
        stamped(events.response_create(), 12.6, None),
        server("response.created", 12.7, response={"id": "r2"}),
        server("response.done", 12.9, response={"id": "r2", "status": "completed"}),
    ]
    assert verdicts([*run[:at], call, *run[at:], *again]) == {}


def test_a_session_opens_as_documented() -> None:
    """created, update, updated; an update answered before it was sent is out of order."""
    trace = a_trace(1)
    assert not any(m.deviates for m in opening(trace.events[:3]))
    backwards = opening([trace.events[2], trace.events[0]])
    assert [m.type for m in backwards if m.deviates] == ["session.created"]


@pytest.mark.slow
def test_an_update_has_its_place_at_any_time() -> None:
    """Registering a function, before or during a turn, is nothing out of order."""
    trace = a_trace(1)
    again = [stamped(events.session_update({}), 10.3, None), server("session.updated", 10.4)]
    assert not any(m.deviates for m in opening([*trace.events[:3], *again]))
    for event in again:
        trace.add(event)
    assert "Everything came in the documented order" in sentence_on(sequence(trace))
    run = exchange(10.0, answer=voice(1.0, 24_000))
    done = next(n for n, e in enumerate(run) if e.type == "response.done")
    assert verdicts([*run[:done], *again, *run[done:]]) == {}


def test_a_written_turn_is_as_documented() -> None:
    """Also where its item.created, which no id ties to the turn, is not among its events."""
    [turn] = fold_turns(
        [
            stamped(events.user_message("Hello"), 10.0, None),
            stamped(events.response_create(), 10.1, None),
            server("conversation.item.created", 10.2, item={"id": "i9", "role": "user"}),
            *replies(10.2, 0.5, voice(1.0, 24_000), "Hello!", None, "9"),
        ]
    )
    assert flow_of(turn) == "text"
    assert [m.type for m in messages(turn) if m.deviates] == []


@pytest.mark.slow
def test_an_error_outside_of_the_turns_is_a_deviation() -> None:
    """A refused update and an unknown type are drawn and counted; "nothing to cancel" is not."""
    trace = a_trace(1)
    trace.add(server("error", 10.18, error={"code": "invalid_request", "message": "no"}))
    trace.add(server("error", 40.0, error={"code": "response_cancel_not_active"}))
    trace.add(server("made.up", 41.0))
    found = sentence_on(sequence(trace))
    assert "2 deviations" in found
    assert "outside of the turns" in found
    assert "made.up" in found


@pytest.mark.slow
def test_a_long_trace_shows_its_first_turns() -> None:
    """And says how many more there are."""
    assert "Turns not drawn: 17" in sentence_on(sequence(a_trace(20)))
