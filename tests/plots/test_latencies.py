"""latency: every point, medians that are right, peers that are never mixed."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest

from glmkit.errors import BadArgument
from glmkit.plots import latency
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, sentence_on


@pytest.mark.slow
def test_median_and_p95_are_those_of_the_turns() -> None:
    """The title's numbers are numpy's."""
    turns = a_trace(20).turns()
    heard = [turn.latency.first_audible or 0.0 for turn in turns]
    median, late = np.percentile(heard, [50, 95])
    found = sentence_on(latency(turns))
    assert f"median {median:.2f} s, p95 {late:.2f} s, n = 20 · emulator" in found
    assert "seconds since the commit" in found


def test_every_turn_is_a_point_and_a_bar() -> None:
    """Five turns: five points a stage, five bars of stages."""
    points, stacks = latency(a_trace(5).turns()).child_axes
    sizes = [len(line.get_xdata()) for line in points.get_lines()]
    assert sizes == [5] * 6
    assert len(stacks.patches) == 5 * 5


@pytest.mark.slow
def test_a_table_is_as_good_as_turns() -> None:
    """A DataFrame of a sweep gives the same picture; rows that failed are left out."""
    turns = a_trace(6).turns()
    table = pd.DataFrame([asdict(turn.latency) | {"error": None} for turn in turns])
    failed = pd.DataFrame([{"error": "TurnTimeout", "peer": "emulator"}])
    both = pd.concat([table, failed], ignore_index=True)
    assert latency(both).get_title(loc="left") == latency(turns).get_title(loc="left")


@pytest.mark.slow
def test_peers_are_never_one_number() -> None:
    """Live and emulated turns have medians of their own, each with its n."""
    turns = [a_turn(peer="live", wait=1.0), *(a_turn(wait=0.3) for _ in range(3))]
    found = sentence_on(latency(turns))
    assert "live service 1.20 s (n = 1)" in found.replace("\n", " ")
    assert "emulator 0.50 s (n = 3)" in found.replace("\n", " ")
    assert "1.20 · p95 1.20 · n 1" in found
    assert "0.50 · p95 0.50 · n 3" in found
    assert "Only those marked so" in found


@pytest.mark.slow
def test_a_long_address_leaves_room_for_the_figure() -> None:
    """Its ends tell it from others; matplotlib, which warns of axes without room, does not."""
    far = f"wss://gateway.example/{'a' * 150}/realtime"
    ax = latency([a_turn(peer=far), a_turn(peer="live")])
    found = sentence_on(ax)
    assert "wss://gateway" in found
    assert "a/realtime" in found
    assert ax.child_axes[0].bbox.width > 0.3 * ax.get_figure().bbox.width


@pytest.mark.slow
def test_other_zero_points_are_left_out_and_counted() -> None:
    """Seconds since the commit and seconds since the end of speech are not compared."""
    turns = [a_turn(), a_turn(), a_turn(vad="server")]
    found = sentence_on(latency(turns))
    assert "n = 2" in found
    assert "1 more with another zero point" in found


def test_the_finding_is_one_line_where_it_has_room() -> None:
    """Its numbers and its peer stand together."""
    title = latency(a_trace(12).turns()).get_title(loc="left")
    assert title.endswith("· emulator")
    assert "\n" not in title


@pytest.mark.slow
def test_one_turn_needs_no_statistics() -> None:
    """A single turn's title is its own number."""
    assert "First audible sample after 0.70 s · emulator" in sentence_on(latency(a_turn()))


def swept(**settings: list[tuple[object, float]]) -> pd.DataFrame:
    """The table of a sweep over one setting: three runs a value, so many seconds each."""
    [(name, values)] = settings.items()
    rows = [
        {name: value, "repetition": n, "zero": "commit", "peer": "emulator", "created": wait / 2,
         "first_audible": wait + n / 100, "error": ""}
        for value, wait in values for n in range(3)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs["settings"] = [name]
    return table


@pytest.mark.slow
def test_settings_are_never_one_number() -> None:
    """Each has a row, a colour, a median; the title names them; a file's table does as well."""
    table = swept(chunk_ms=[(400, 2.5), (20, 0.5)])
    for rows in (table, pd.DataFrame(table.to_dict("list"))):
        ax = latency(rows)
        points, stacks = ax.child_axes
        named = [label.get_text() for label in points.get_yticklabels()]
        assert named == ["chunk_ms 20", "chunk_ms 400"]
        assert len({line.get_color() for line in points.get_lines()}) == 2
        assert "chunk_ms 20 0.51 s (n = 3); chunk_ms 400 2.51 s (n = 3)" in sentence_on(ax)
        assert "n = 6" not in sentence_on(ax)
        assert stacks.get_yticklabels()[-1].get_text() == "6 · chunk_ms 400"


@pytest.mark.slow
def test_many_settings_are_named_at_their_ends() -> None:
    """A title has room for the least and the largest."""
    found = sentence_on(
        latency(swept(vad=[(name, len(name) / 10) for name in ("a", "bb", "ccc", "dddd")]))
    )
    assert "4 medians, from vad a 0.11 s (n = 3) to vad dddd 0.41 s (n = 3)" in found


@pytest.mark.slow
def test_who_chooses_columns_and_stage_gets_them() -> None:
    """And what there is where one is unknown; two models are two settings."""
    table = swept(chunk_ms=[(400, 2.5), (20, 0.5)])
    assert "repetition 2 0.75 s" in sentence_on(latency(table, by="repetition", of="created"))
    with pytest.raises(BadArgument, match="chunk_ms"):
        latency(table, by="chunk")
    with pytest.raises(BadArgument, match=r"found \[\]"):
        latency([], by="chunk_ms")
    with pytest.raises(BadArgument, match="first_audible"):
        latency(table, of="first")
    turns = [replace(a_turn(), model=model) for model in ("glm-realtime-flash", "glm-realtime-air")]
    assert "model glm-realtime-air" in sentence_on(latency(turns))


def measured(**columns: list[float]) -> pd.DataFrame:
    """A table of runs against the emulator with such columns, under one setting."""
    table = pd.DataFrame(columns).assign(peer="emulator", zero="commit", error="")
    table.attrs["settings"] = []
    return table


def test_any_column_of_numbers_is_drawn_in_its_own_unit() -> None:
    """With its name and unit on the axis, and nothing about seconds."""
    table = measured(
        yuan=[0.01, 0.02, 0.03], lead_ms=[100, 2000, 120], wer=[0.1, 0.5, 0.2], plain=[3, 1, 2]
    )
    for column, axis, median in (
        ("yuan", "cost at the live service's price (¥)", "median ¥0.02"),
        ("lead_ms", "lead_ms (ms)", "median 120 ms"),
        ("wer", "word error rate", "median 0.2"),
        ("plain", "plain", "median 2"),
    ):
        ax = latency(table, of=column)
        assert ax.get_xlabel() == axis
        found = sentence_on(ax)
        assert median in found
        assert "n = 3 · emulator" in found
        assert "live service's numbers" in found
        assert "seconds" not in found


def test_three_values_have_no_box_and_three_hundred_do() -> None:
    """Every value is a point either way."""
    for count, boxes in ((3, 0), (300, 1)):
        ax = latency(measured(words=list(range(count))), of="words")
        assert len(ax.patches) == boxes
        assert [len(line.get_xdata()) for line in ax.get_lines()] == [count]
        assert ("middle half" in sentence_on(ax)) == bool(boxes)


@pytest.mark.slow
def test_no_number_is_of_two_peers_networks_or_switches() -> None:
    """Whatever column makes the settings."""
    parts = [
        measured(cer=[0.1, 0.2], voice=[1, 1]).assign(**more)
        for more in ({}, {"peer": "live"}, {"network": "4g"}, {"switches": "pace=0"})
    ]
    found = sentence_on(latency(pd.concat(parts, ignore_index=True), of="cer", by="voice"))
    assert "4 medians" in found
    for words in ("live service", "emulator over 4g", "switches pace=0"):
        assert words in found
    assert "n 8" not in found


def test_runs_that_failed_are_left_out_and_counted() -> None:
    """Of a stage and of any other column."""
    table = measured(tries=[1, 6, 1], first_audible=[1.0, 9.0, 2.0])
    table["error"] = ["", "Refused: 1302", ""]
    for column in ("tries", "first_audible"):
        found = sentence_on(latency(table, of=column))
        assert "n = 2" in found
        assert "1 that failed are left out" in found


def test_what_is_no_column_of_numbers_is_refused() -> None:
    """The error names those that are."""
    table = measured(words=[1, 2]).assign(said="yes", good=True)
    for wrong in ("said", "good", "loudness", None, 5):
        with pytest.raises(BadArgument, match="words"):
            latency(table, of=wrong)  # type: ignore[arg-type]


def test_turns_have_the_wait_since_the_last_word() -> None:
    """A number that a latency computes is a column, too."""
    assert "Wait since the last word was spoken: median" in sentence_on(
        latency(a_trace(3).turns(), of="since_spoken")
    )


WITHOUT: list[object] = [
    None,
    [],
    "turns",
    3,
    [3],
    [{}],
    pd.DataFrame(),
    [{"first_audible": 1e999}],
]


def test_what_has_no_latency_is_refused() -> None:
    """The error says which columns were looked for."""
    check_each(_is_refused, [(what,) for what in WITHOUT])


def _is_refused(what: object) -> None:
    with pytest.raises(BadArgument, match="first_audible"):
        latency(what)
