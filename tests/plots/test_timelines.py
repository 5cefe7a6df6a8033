"""timeline: lanes, runs, latencies, idle time, and words that never lie on one another."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from glmkit.errors import BadArgument
from glmkit.plots import sequence, timeline
from glmkit.plots.drawing.turn_axis import place
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.plots.timelines.marks import Mark, by_type, placed, runs
from glmkit.plots.timelines.rows import rows_of, shared
from glmkit.plots.timelines.scale import timescale_of
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import ENDED, OPENED, PLAYED, SAID
from glmkit.turns.fold import fold_turns
from glmkit.turns.turn import Turn
from tests.listed import check_each
from tests.pictured import (
    a_trace,
    a_turn,
    exchange,
    sentence_on,
    server,
    voice,
    words_on,
)

# -- the axis ----------------------------------------------------------------------------------


def test_idle_time_is_left_out_and_said() -> None:
    """Two minutes of nothing shrink to a gap; what is around them keeps its scale."""
    scale = timescale_of([(0, 10), (130, 140)])
    assert scale.x(5) - scale.x(4) == pytest.approx(1)
    assert scale.x(135) - scale.x(134) == pytest.approx(1)
    assert scale.width < 25
    [(_, seconds)] = scale.gaps()
    assert seconds == 120
    assert "130" in {words for _, words in scale.ticks(20, 0, scale.width)}


def test_the_axis_never_runs_backwards() -> None:
    """Also before the first stretch, in a gap, and behind the last."""
    scale = timescale_of([(2, 3), (20, 21), (60, 61)])
    drawn = [scale.x(second / 4) for second in range(280)]
    assert drawn == sorted(drawn)


def test_seconds_at_the_axis_never_touch_however_short_it_is() -> None:
    """A written turn of some milliseconds has ticks over the whole axis, not over itself alone."""
    written = [e for e in exchange(10.0, wait=0.01, name="2") if "input_audio" not in e.type]
    soon = [stamped(e, 10.0 + (e.at - 10.0) / 300, e.format) for e in written]
    [turn] = fold_turns(soon, peer="emulator")
    ax = timeline(turn)
    words_on(ax)
    shown = [each.get_window_extent() for each in ax.get_xticklabels() if each.get_text()]
    assert len(shown) >= 4
    assert not any(one.overlaps(other) for one, other in combinations(shown, 2))


@pytest.mark.slow
def test_a_connection_in_place_of_another_is_marked() -> None:
    """The first one of a trace is not, and a heartbeat neither."""
    trace = a_trace(2)
    between = (trace.turns()[0].events[-1].at + trace.turns()[1].events[0].at) / 2
    for at, more in ((trace.events[0].at, {}), (between, {"remembered": 1})):
        trace.events.append(stamped(Event(OPENED, more, direction="local"), at, None))
    trace.events.sort(key=lambda event: event.at)
    assert len([words for words in words_on(timeline(trace)) if "new connection" in words]) == 1


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


@pytest.mark.slow
def test_one_turn_shows_every_lane_and_its_latencies() -> None:
    """Lane names, event names with counts, and seconds from the commit."""
    found = sentence_on(timeline(a_turn(wait=0.5)))
    for words in ("your sound", "client events", "answer's playback", "append ×10", "commit"):
        assert words in found
    assert "response.created +0.05 s" in found
    assert "audio.delta ×10 from +0.50 s" in found
    assert "0.70 s" in found
    assert "heard 0.70 s after the commit · emulator" in found


@pytest.mark.slow
def test_an_interruption_shows_what_was_not_heard() -> None:
    """The rest of the answer is a part of its own, and its seconds are written on it."""
    ax = timeline(a_turn(cancel=1.0, answer=voice(4.0, 24_000)))
    assert len([a for a in ax.get_children() if isinstance(a, Wave)]) == 3
    assert "3.50 s not heard" in sentence_on(ax)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3, 20])
def test_sessions_of_any_length_can_be_read(count: int) -> None:
    """Every turn has its number and its wait; no event is left without a row or a name."""
    ax = timeline(a_trace(count))
    found = words_on(ax)
    assert sum(words.startswith("0.") for words in found) >= count
    if count > 1:
        turn = "" if count > 4 else "turn "
        assert {f"{turn}{n}" for n in range(1, count + 1)} <= set(found)
        assert f"{count} turns" in sentence_on(ax)
    if count > 4:
        assert "→ append" in found
        assert "← response.done" in found


def hurried(turns: int, *, apart: float = 1.2, answer: float = 3.0) -> list[Turn]:
    """Turns sent faster than real time, each asked while the last answer would still sound."""
    spoken, sound = voice(1.0), voice(answer, 24_000)
    found = [
        event
        for n in range(turns)
        for event in exchange(10 + n * apart, spoken=spoken, answer=sound, speed=500, name=str(n))
    ]
    return fold_turns(sorted(found, key=lambda event: event.at), peer="emulator", model="m")


def boxes(ax: Axes, pattern: str) -> list[Bbox]:
    """Where words that match lie, in pixels, from left to right."""
    words_on(ax)
    found = [t for t in ax.texts if re.fullmatch(pattern, t.get_text())]
    return sorted((t.get_window_extent() for t in found), key=lambda box: box.x0)


def pixels(ax: Axes, turns: list[Turn], type: str) -> list[float]:
    """Where the first event of a type of each turn lies, in pixels; second 0 is the first sound."""
    origin = place(turns[0]).origin
    moments = [next(e.at for e in turn.events if e.type == type) - origin for turn in turns]
    return [float(ax.transData.transform((moment, 0))[0]) for moment in moments]


@pytest.mark.slow
@pytest.mark.parametrize(("count", "name"), [(2, r"turn \d+"), (20, r"\d+")])
def test_a_turns_number_and_ground_are_over_its_own_events(count: int, name: str) -> None:
    """Each begins at the turn's first event and ends at the next one's."""
    turns = hurried(count)
    ax = timeline(turns)
    top = max(box.y1 for box in boxes(ax, name))
    numbers = [box for box in boxes(ax, name) if box.y1 > top - 5]
    begins = [*pixels(ax, turns, "input_audio_buffer.append"), float("inf")]
    assert len(numbers) == count
    for box, begin, end in zip(numbers, begins, begins[1:], strict=False):
        assert begin - 3 < box.x0 < begin + 12
        assert box.x0 < end
    grounds = next(c for c in ax.collections if c.get_zorder() == 0.1).get_paths()
    ends = [ax.transData.transform(path.get_extents().get_points())[:, 0] for path in grounds]
    assert len(ends) == -(-count // 2)
    for (left, right), begin, end in zip(ends, begins[::2], begins[1::2], strict=False):
        assert left == pytest.approx(begin, abs=2)
        assert right == pytest.approx(min(end, right), abs=2)


@pytest.mark.slow
@pytest.mark.parametrize(("count", "apart"), [(2, 0.9), (4, 1.2), (20, 1.2), (20, 4.0), (60, 1.2)])
def test_latencies_never_lie_on_one_another(count: int, apart: float) -> None:
    """Nor on a number; up to twenty turns every one is there, of more those that find room."""
    ax = timeline(hurried(count, apart=apart))
    waits = boxes(ax, r"\d\.\d\d( s)?")
    assert len(waits) == count if count <= 20 else 20 < len(waits) <= count
    words = [*waits, *boxes(ax, r"turn \d+")]
    assert not any(one.overlaps(other) for one, other in combinations(words, 2))
    assert all(box.x1 <= ax.bbox.x1 for box in words)


def tall(wave: Wave) -> float:
    """How far a wave reaches from its centre."""
    return wave.height * float(abs(wave.clip.samples).max())


@pytest.mark.slow
def test_the_last_turns_words_have_room() -> None:
    """Also where it is over at once, at the very end of the axis."""
    spoken = exchange(10.0, spoken=voice(5.0), name="1")
    written = [e for e in exchange(15.0, wait=0.01, name="2") if "input_audio" not in e.type]
    turns = fold_turns([*spoken, *written], peer="emulator")
    ax = timeline(turns)
    for words in (r"turn 2", r"\d\.\d\d s", r"response\.created.*"):
        assert boxes(ax, words)[-1].x1 <= ax.bbox.x1, words


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 20])
def test_answers_that_would_sound_at_once_lie_under_one_another(count: int) -> None:
    """No two waves cover each other; each has its turn's number, and the legend says why."""
    ax = timeline([played(turn) for turn in hurried(count)])
    waves = sorted((w for w in ax.get_children() if isinstance(w, Wave)), key=lambda w: w.start)
    for one, other in combinations(waves, 2):
        if other.start < one.start + one.clip.seconds - 0.01:
            assert abs(one.centre - other.centre) >= tall(one) + tall(other)
    assert "several answers at once" in sentence_on(ax)
    assert {str(n + 1) for n in range(count)} <= set(words_on(ax))


def played(turn: Turn) -> Turn:
    """The same turn with a player's report of it."""
    mark = Event(PLAYED, {"response_id": turn.response_ids[0], "seconds": 1.0}, direction="local")
    return replace(turn, events=(*turn.events, mark))


@pytest.mark.slow
def test_of_answers_that_nobody_played_none_is_said_to_sound_at_once() -> None:
    """They lie under one another all the same, so that none covers another."""
    assert "at once" not in sentence_on(timeline(hurried(2)))


@pytest.mark.slow
def test_a_turns_number_covers_no_other_answer() -> None:
    """Nor the part of one that was not heard: where answers have rows, numbers have room."""
    found = [
        event
        for n in range(6)
        for event in exchange(
            10 + n * 2.02,
            answer=voice(4.0, 24_000),
            cancel=1.2 if n % 2 else None,
            wait=0.2,
            name=str(n),
        )
    ]
    turns = fold_turns(sorted(found, key=lambda event: event.at), peer="emulator", model="m")
    ax = timeline(turns)
    numbers = [box for box in boxes(ax, r"\d") if box.y1 < ax.bbox.y1 / 2]
    assert len(numbers) == len(turns)
    for wave in (w for w in ax.get_children() if isinstance(w, Wave)):
        ends = (wave.start, wave.centre), (wave.start + wave.clip.seconds, wave.centre)
        (left, y), (right, _) = ax.transData.transform(ends)
        assert not [n for n in numbers if n.y0 < y < n.y1 and n.x0 < right - 1 and left + 1 < n.x1]


@pytest.mark.slow
def test_the_title_says_of_how_many_turns_the_median_is() -> None:
    """Turns with another zero point are shown, and are not in it."""
    spoken = [e for n in range(2) for e in exchange(10.0 + 5 * n, answer=voice(1.0), name=str(n))]
    written = [e for e in exchange(20.0, name="3") if "input_audio" not in e.type]
    turns = fold_turns([*spoken, *written], peer="emulator")
    title = sentence_on(timeline(turns))
    assert "3 turns: the answer could be heard" in title
    assert "after the commit (median of 2)" in title


@pytest.mark.slow
def test_answers_that_follow_one_another_share_one_row() -> None:
    """And nothing is said of any that sound at once."""
    ax = timeline(a_trace(3))
    assert "at once" not in sentence_on(ax)
    centres = {wave.centre for wave in ax.get_children() if isinstance(wave, Wave)}
    assert len(centres) == 2


@pytest.mark.slow
@pytest.mark.parametrize("apart", [1.2, 2.5, 6.0])
def test_what_is_said_of_an_arrival_stays_with_its_own_pieces(apart: float) -> None:
    """It ends before the next turn's pieces begin, and stands above its own bars."""
    turns = hurried(2, apart=apart)
    ax = timeline(turns)
    notes = boxes(ax, r"\d+ pieces.*")
    begins = pixels(ax, turns, "response.audio.delta")
    assert notes
    assert all(note.x1 < begins[1] or note.x0 > begins[1] for note in notes)
    bars = [c for c in ax.collections if c.get_zorder() == 3 and hasattr(c, "get_segments")]
    top = max(end for c in bars for (_, end) in [c.get_segments()[0][1]] for c in bars)
    assert all(note.y0 >= ax.transData.transform((0, top))[1] for note in notes)


def test_runs_end_with_their_turn() -> None:
    """Pieces of two answers that follow closely are two marks."""
    found = [server("response.audio.delta", n / 10) for n in range(6)]
    within = {id(event): (0.0, 0.25) if n < 3 else (0.25, 1.0) for n, event in enumerate(found)}
    marks = runs(found, lambda at: at, apart=0.5, within=within)
    assert [(mark.count, mark.within[0]) for mark in marks] == [(3, 0.0), (3, 0.25)]


def test_a_label_stands_on_its_own_turns_ground() -> None:
    """Left of a mark at the turn's end, and over a long run."""
    marks = [Mark("commit", 9.8, 9.8, within=(0, 10)), Mark("append", 0, 9.9, 50, within=(0, 10))]
    sides = {each.mark.type: each.side for each in placed(marks, 4, 0.1, (-1.0, 40.0))}
    assert sides == {"commit": "left", "append": "on"}


@pytest.mark.slow
def test_turns_without_sound_have_no_lanes_of_it() -> None:
    """The wait for the first text is measured, and said to be that."""
    found = [e for e in exchange(10.0) if not e.type.startswith("input_audio")]
    [turn] = fold_turns(found, peer="emulator")
    shown = sentence_on(timeline([turn, turn]))
    assert "the first text came 0.10 s after the request (median of 2), no sound" in shown
    assert not any(lane in shown for lane in ("your sound", "answer arrives", "answer's playback"))


def test_rows_are_as_few_as_they_can_be() -> None:
    """First come, first placed; beyond the most, the row that is free soonest."""
    assert rows_of([(0, 2), (1, 3), (2, 4), (3, 5)], 4) == [0, 1, 0, 1]
    assert rows_of([(0, 9), (1, 5), (2, 3)], 2) == [0, 1, 1]
    assert rows_of([], 4) == []
    assert list(shared([(0, 2), (1, 3), (1.5, 4), (6, 7)])) == [(1, 3)]


@pytest.mark.slow
def test_turns_of_several_sessions_name_every_peer() -> None:
    """Nothing measured against two peers looks as if it were one."""
    turns = [a_turn(peer="live"), a_turn(peer="emulator", at=20.0)]
    assert "live + emulator" in sentence_on(timeline(turns))


@pytest.mark.slow
def test_idle_time_between_turns_is_written_on_the_timeline() -> None:
    """A pause of a minute is a gap with its seconds."""
    assert "idle" in sentence_on(timeline(a_trace(2, pause=60)))


def test_pieces_without_a_sound_have_no_lane() -> None:
    """An answer of which nothing can be decoded is drawn all the same."""
    data = base64.b64encode(b"nonsense" * 40).decode()
    ids = {"response_id": "r1", "item_id": "i1"}
    found = exchange(10.0)
    found.append(Event("response.audio.delta", {"delta": data, **ids}, at=11.5, format="mp3"))
    [turn] = fold_turns(found, peer="emulator")
    assert "answer's playback" not in sentence_on(timeline(turn))


def test_a_local_mark_without_a_time_moves_nothing() -> None:
    """A time-out recorded without its moment does not stretch the axis to zero."""
    ended = Event(ENDED, {"turn": 0, "reason": "timeout"}, direction="local")
    [turn] = fold_turns([*exchange(5000.0, answer=voice(1, 24_000)), ended], peer="emulator")
    left, right = timeline(turn).get_xlim()
    assert right - left < 6


@pytest.mark.slow
def test_a_commit_in_server_vads_place_is_shown() -> None:
    """As the mark that it is; what else this side says of a turn is not."""
    found = exchange(10.0, answer=voice(1, 24_000))
    for fact in ({"fallback": "commit"}, {"segments": 2}):
        found.append(Event(SAID, {"turn": 0, **fact}, at=10.5, direction="local"))
    [turn] = fold_turns(found, peer="emulator")
    assert "fallback" in words_on(timeline(turn))
    assert "said" not in words_on(timeline(turn))


def test_anything_else_is_refused() -> None:
    """The error names what came."""
    check_each(_is_refused, product([timeline, sequence], [None, [], "x", [1], 5]))


def _is_refused(plot: Callable[[Any], object], what: object) -> None:
    with pytest.raises(BadArgument, match="expected a turn"):
        plot(what)


@pytest.mark.slow
def test_an_idle_time_is_a_cut_that_no_words_cross() -> None:
    """And marks without room for a name stand in a row that says so, and a cross in the legend."""
    first = exchange(at=10.0, answer=voice(3.0), cancel=1.2, name="1")
    rest = [*exchange(at=12.3, name="2"), *exchange(at=60.0, name="3")]
    turns = fold_turns(sorted([*first, *rest], key=lambda event: event.at), peer="emulator")
    ax = timeline(turns)
    words_on(ax)
    cuts = [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == "--"]
    assert len(cuts) == 2
    begin, end = (ax.transData.transform((x, 0))[0] for x in cuts)
    boxes = [each.get_window_extent() for each in ax.texts if "idle" not in each.get_text()]
    assert not [box for box in boxes if box.x0 < end and box.x1 > begin]
    assert "others" in [label.get_text() for label in ax.get_yticklabels()]
    legend = ax.get_legend()
    assert legend is not None
    assert "interrupted" in [each.get_text() for each in legend.get_texts()]
