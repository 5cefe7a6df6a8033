"""The table of a trace: one row an event, with its time, size, gap and turn."""

from __future__ import annotations

import pandas as pd
import pytest

from glmkit.errors import BadArgument
from glmkit.protocol.event import Event
from glmkit.turns.event_table import COLUMNS, turn_numbers, wire_size
from glmkit.turns.trace import Clock, Trace
from tests.pictured import a_trace, server


def test_a_row_an_event() -> None:
    """Every event has its row, and its place in the trace is the index."""
    trace = a_trace(2)
    frame = trace.table()
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(trace)
    assert frame.type[5] == trace[5].type
    assert frame.time[5] == pytest.approx(trace.seconds(trace[5]))
    assert frame.direction[1] == "client"


def test_the_peer_stands_in_the_first_row() -> None:
    """Whom the times were measured against is displayed with them, also after a filter."""
    frame = a_trace(1, peer="replay").table("response.", direction="server")
    assert str(frame).splitlines()[0].startswith("peer: replay")
    assert "peer: replay" in frame.to_html()
    assert frame.attrs == {"peer": "replay", "model": "glm-realtime-flash"}


def test_filters_narrow() -> None:
    """Type, direction and turn each keep what they name, and the gap is that of what is left."""
    trace = a_trace(3)
    deltas = trace.table("response.audio.delta", turn=2)
    assert set(deltas.type) == {"response.audio.delta"}
    assert set(deltas.turn) == {2}
    assert deltas.gap.iloc[1:].tolist() == pytest.approx([0.05] * (len(deltas) - 1))
    assert pd.isna(deltas.gap.iloc[0])
    assert set(trace.table(direction="client").direction) == {"client"}


def test_the_turn_is_that_of_the_trace() -> None:
    """Number n holds exactly the events of ``trace.turns()[n - 1]``; others are in none."""
    trace = a_trace(2)
    second = trace.table(turn=2)
    assert {id(trace[place]) for place in second.index} == {id(e) for e in trace.turns()[1].events}
    assert trace.table("session.").turn.isna().all()


def test_the_size_is_what_crossed_the_wire() -> None:
    """Base64 counts, also where the sound was dropped; a local mark never crossed."""
    for event in a_trace(1):
        assert wire_size(event) == len(event.to_json())
        assert wire_size(event.without_payload()) == len(event.to_json())
    assert wire_size(Event("glmkit.opened", {"a": 1}, direction="local")) == 0


def test_an_empty_trace_has_an_empty_table() -> None:
    """No events, no rows, the same columns and kinds of column."""
    frame = Trace(Clock(0, 0), peer="live", model="m").table()
    assert len(frame) == 0
    assert tuple(frame.columns) == COLUMNS
    assert frame.turn.dtype == "Int64"


@pytest.mark.parametrize("turn", [0, 3, -1, "1"])
def test_a_turn_that_is_not_there_is_refused(turn: int) -> None:
    """The error says how many there are."""
    with pytest.raises(BadArgument, match="from 1 to 2"):
        a_trace(2).table(turn=turn)


def test_an_unknown_direction_is_refused() -> None:
    """The error names the directions."""
    with pytest.raises(BadArgument, match="client, server, local"):
        a_trace(1).table(direction="up")  # type: ignore[arg-type]


def test_a_type_is_a_text() -> None:
    """Nothing asked for is "", not None."""
    trace = a_trace(1)
    for look in (trace.table, trace.select):
        with pytest.raises(BadArgument, match="type is None, expected how a type begins"):
            look(None)  # type: ignore[operator]


def test_a_hostile_type_is_only_text() -> None:
    """What a server calls an event stands in the table as it came."""
    trace = Trace(Clock(0, 0), peer="live", model="m")
    trace.add(server("<script>alert(1)</script>", 1.0))
    assert trace.table().type[0] == "<script>alert(1)</script>"


@pytest.mark.slow
def test_ten_thousand_events_are_one_table() -> None:
    """All of them get a row and a turn, and they come to the numbers the trace has."""
    trace = a_trace(240, pause=0.1)
    assert len(trace) > 6_000
    frame = trace.table()
    assert len(frame) == len(trace)
    assert frame.turn.max() == 240
    assert turn_numbers(trace.events)[1] == 240
