"""timeline: lanes, runs, latencies and idle time; sequence: the documented order beside the run."""

from __future__ import annotations

import pytest

from glmkit import events
from glmkit.errors import BadArgument
from glmkit.event import Event, stamped
from glmkit.fold import fold_turns
from glmkit.plots import sequence, timeline
from glmkit.plots.flows import messages, opening
from glmkit.plots.marks import by_type, placed, runs
from glmkit.plots.timescale import timescale
from glmkit.plots.waves import Wave
from glmkit.signs import ENDED
from tests.pictured import a_trace, a_turn, exchange, sentence_on, server, voice, words_on

# -- the axis ----------------------------------------------------------------------------------


def test_idle_time_is_left_out_and_said() -> None:
    """Two minutes of nothing shrink to a gap; what is around them keeps its scale."""
    scale = timescale([(0, 10), (130, 140)])
    assert scale.x(5) - scale.x(4) == pytest.approx(1)
    assert scale.x(135) - scale.x(134) == pytest.approx(1)
    assert scale.width < 25
    [(_, seconds)] = scale.gaps()
    assert seconds == 120
    assert "130" in {words for _, words in scale.ticks(20)}


def test_the_axis_never_runs_backwards() -> None:
    """Also before the first stretch, in a gap, and behind the last."""
    scale = timescale([(2, 3), (20, 21), (60, 61)])
    drawn = [scale.x(second / 4) for second in range(280)]
    assert drawn == sorted(drawn)


# -- marks -------------------------------------------------------------------------------------


def test_runs_become_one_mark_with_a_count() -> None:
    """Thirty deltas are one mark, also when transcripts come between them."""
    found = [
        server(f"response.{kind}.delta", n / 10) for n in range(30) for kind in ("audio", "text")
    ]
    marks = runs(found, lambda at: at, apart=0.5)
    assert sorted(mark.words for mark in marks) == ["audio.delta ×30", "text.delta ×30"]


def test_labels_do_not_overlap_and_the_telling_ones_win() -> None:
    """Of a crowd of events the error and the commit keep their names."""
    types = ["error", "input_audio_buffer.commit", *(f"made.up.{n}" for n in range(40))]
    marks = runs([server(type, n / 100) for n, type in enumerate(types)], lambda at: at, 0.001)
    found = placed(marks, 4, 0.02, (-5.0, 5.0))
    named = {each.mark.type for each in found if each.side}
    assert {"error", "input_audio_buffer.commit"} <= named
    assert len(found) == 42
    assert len(named) < 42


def test_many_turns_give_each_type_a_row() -> None:
    """Types beyond the rows there are share the last."""
    marks = runs([server(f"type{n}", n) for n in range(9)], lambda at: at, 0.1)
    names, found = by_type(marks, 4)
    assert names == ["type0", "type1", "type2", "…"]
    assert {each.row for each in found} == {0, 1, 2, 3}


# -- timelines ---------------------------------------------------------------------------------


def test_one_turn_shows_every_lane_and_its_latencies() -> None:
    """Lane names, event names with counts, and seconds from the commit."""
    found = sentence_on(timeline(a_turn(wait=0.5)))
    for words in ("your sound", "client events", "answer is heard", "append ×10", "commit"):
        assert words in found
    assert "response.created +0.05 s" in found
    assert "audio.delta ×10 from +0.50 s" in found
    assert "0.70 s" in found
    assert "heard 0.70 s after the commit · emulator" in found


def test_an_interruption_shows_what_was_not_heard() -> None:
    """The rest of the answer is a part of its own, and its seconds are written on it."""
    ax = timeline(a_turn(cancel=1.0, answer=voice(4.0, 24_000)))
    assert len([a for a in ax.get_children() if isinstance(a, Wave)]) == 3
    assert "3.50 s not heard" in sentence_on(ax)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_sessions_of_any_length_can_be_read(count: int) -> None:
    """Every turn has its number and its wait; no event is left without a row or a name."""
    ax = timeline(a_trace(count))
    found = words_on(ax)
    assert sum(words.startswith("0.") for words in found) >= count
    if count > 1:
        assert {str(n) for n in range(1, count + 1)} <= set(found)
        assert f"{count} turns" in sentence_on(ax)
    if count > 4:
        assert "→ append" in found
        assert "← response.done" in found


def test_turns_of_several_sessions_name_every_peer() -> None:
    """Nothing measured against two peers looks as if it were one."""
    turns = [a_turn(peer="live"), a_turn(peer="emulator", at=20.0)]
    assert "live + emulator" in sentence_on(timeline(turns))


def test_idle_time_between_turns_is_written_on_the_timeline() -> None:
    """A pause of a minute is a gap with its seconds."""
    assert "idle" in sentence_on(timeline(a_trace(2, pause=60)))


def test_a_local_mark_without_a_time_moves_nothing() -> None:
    """A time-out recorded without its moment does not stretch the axis to zero."""
    ended = Event(ENDED, {"turn": 0, "reason": "timeout"}, direction="local")
    [turn] = fold_turns([*exchange(5000.0, answer=voice(1, 24_000)), ended], peer="emulator")
    left, right = timeline(turn).get_xlim()
    assert right - left < 6


@pytest.mark.parametrize("plot", [timeline, sequence])
@pytest.mark.parametrize("what", [None, [], "x", [1], 5])
def test_anything_else_is_refused(plot, what: object) -> None:  # type: ignore[no-untyped-def]
    """The error names what came."""
    with pytest.raises(BadArgument, match="expected a turn"):
        plot(what)


# -- sequences ---------------------------------------------------------------------------------


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


def test_a_long_trace_shows_its_first_turns() -> None:
    """And says how many more there are."""
    assert "Turns not drawn: 17" in sentence_on(sequence(a_trace(20)))
