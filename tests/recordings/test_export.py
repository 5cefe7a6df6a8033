"""A trace for other programs: rows, words, both voices; two traces compared; many collected."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile

from glmkit import events
from glmkit.cli import commands
from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.lab import collect
from glmkit.plots.drawing import fonts
from glmkit.protocol.event import Event, stamped
from glmkit.recordings.exports.both_voices import RATE
from glmkit.turns.trace import Clock, Trace
from tests.pictured import a_trace, exchange, sentence_on, voice


def of(found: list[Event], peer: str = "emulator") -> Trace:
    trace = Trace(Clock(1.7e9, 9.0), peer=peer, model="glm-realtime-flash")
    trace.events += found
    return trace


# -- export --------------------------------------------------------------------------------


def test_a_csv_has_a_row_a_turn_and_the_peer_first(tmp_path: Path) -> None:
    """Seconds of each stage, both transcripts, readable by a spreadsheet."""
    path = a_trace(3).export(tmp_path / "turns.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert next(iter(rows[0])) == "peer"
    assert rows[0]["peer"] == "emulator"
    assert float(rows[0]["first_audio"]) == pytest.approx(0.3)
    assert rows[0]["transcript"].startswith("Why did")


def test_a_csv_starts_no_formula(tmp_path: Path) -> None:
    """What a model says must not run in somebody's spreadsheet."""
    path = of(exchange(words=("=1+1", "@SUM(A1)"))).export(tmp_path / "t.csv")
    content = path.read_text(encoding="utf-8-sig")
    assert "'=1+1" in content
    assert "'@SUM(A1)" in content


def test_markdown_says_who_said_what_and_to_whom(tmp_path: Path) -> None:
    """The peer is in the title; words of others are no markup."""
    words = ("hello", "<img src=x> *bold* [a](b)")
    content = of(exchange(words=words)).export(tmp_path / "t.md").read_text(encoding="utf-8")
    assert content.startswith("# A conversation with emulator")
    assert "\\<img src=x\\>" in content
    assert "\\*bold\\*" in content


def test_both_voices_stand_where_they_were(tmp_path: Path) -> None:
    """Left you, right the model, each sample where it sounded."""
    answer = voice(1.0, RATE)
    path = of(exchange(10.0, spoken=voice(1.0), answer=answer, wait=0.5)).export(
        tmp_path / "both.wav"
    )
    samples, rate = soundfile.read(path, dtype="float32")
    assert (rate, samples.shape[1]) == (RATE, 2)
    left, right = np.abs(samples.T) > 0.01
    assert np.flatnonzero(left)[0] / rate == pytest.approx(0.2, abs=0.01)
    assert np.flatnonzero(left)[-1] / rate == pytest.approx(0.8, abs=0.01)
    assert np.flatnonzero(right)[0] / rate == pytest.approx(1.0 + 0.5 + 0.2, abs=0.01)
    assert len(samples) / rate == pytest.approx(2.5, abs=0.01)


def test_what_was_not_heard_is_not_exported(tmp_path: Path) -> None:
    """An interrupted answer ends where it was interrupted."""
    found = exchange(10.0, answer=voice(3.0, RATE), wait=0.5, cancel=1.5)
    samples, _ = soundfile.read(of(found).export(tmp_path / "b.wav"))
    assert len(samples) / RATE == pytest.approx(1.0 + 1.5, abs=0.02)


def test_another_suffix_and_a_silent_trace_are_refused(tmp_path: Path) -> None:
    """With what would work."""
    with pytest.raises(BadArgument, match=r"\.csv, \.md, \.wav"):
        a_trace(1).export(tmp_path / "turns.xlsx")
    quiet = of([event.without_payload() for event in exchange()])
    with pytest.raises(BadAudio, match="keep='all'"):
        quiet.export(tmp_path / "both.wav")
    for name in (None, 5, "a\0b.md", f"{'x' * 300}.csv"):
        with pytest.raises(BadFile):
            a_trace(1).export(name)  # type: ignore[arg-type]
        with pytest.raises(BadFile):
            collect(name)  # type: ignore[arg-type]


def test_half_a_character_is_exported_as_a_mark(tmp_path: Path) -> None:
    """JSON can spell half a surrogate pair; UTF-8 cannot."""
    half = {"response_id": "0", "transcript": "\ud83d well"}
    said = Event("response.audio_transcript.done", half, at=9.0)
    trace = of([*exchange(), said])
    for name in ("turns.csv", "turns.md"):
        assert "� well" in trace.export(tmp_path / name).read_text(encoding="utf-8")


# -- diff ----------------------------------------------------------------------------------


def test_a_trace_differs_in_nothing_from_itself() -> None:
    """Only the peers are shown."""
    found = a_trace(2).diff(a_trace(2))
    assert [row.what for row in found.rows if not row.same] == []
    assert list(found.table()["what"]) == ["peer"]
    assert "2 of 2 answers say the same" in repr(found)


def test_only_a_trace_is_held_against_a_trace() -> None:
    """A path is not loaded in passing."""
    with pytest.raises(BadArgument, match=r"found a value of type str, .* Trace.load"):
        a_trace(1).diff("other.glm")  # type: ignore[arg-type]


def test_a_difference_names_turn_stage_and_words() -> None:
    """Later sound, other words, an event more: a row each, and the figure says the median."""
    here = of(exchange(answer=voice(1.0, RATE), wait=0.5))
    other = exchange(answer=voice(1.2, RATE), wait=0.9, words=("Tell me a joke", "No."))
    there = of([*other, stamped(events.clear(), 30.0, None)], peer="replay")
    found = here.diff(there)
    table = found.table().set_index("what")
    assert table.loc["first_audio", "difference"] == pytest.approx(0.4)
    assert table.loc["audio_seconds", "difference"] == pytest.approx(0.2)
    assert table.loc["transcript", "there"] == "No."
    assert table.loc["input_audio_buffer.clear", "there"] == 1
    shown = sentence_on(found.plot())
    assert "0 of 1 answers say the same" in shown
    assert "+0.40 s" in shown
    assert "not the live service's times" in shown
    assert "replay" in shown


def test_seconds_since_different_moments_are_not_subtracted() -> None:
    """Since the commit here, since the end of speech there: shown, without a difference."""
    here = of(exchange(answer=voice(1.0, RATE), wait=0.5))
    there = of(exchange(answer=voice(1.0, RATE), wait=0.9, vad="server"))
    found = here.diff(there)
    row = next(row for row in found.rows if row.what == "first_audio")
    assert row.here is not None
    assert row.there is not None
    assert row.difference is None
    assert found.waits == []
    assert "1 · " not in sentence_on(found.plot())


def test_the_figure_is_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """In letters that the fonts here have, or in English; whom it was with, too."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    here, there = of(exchange(answer=voice(1.0, RATE))), of(exchange(answer=voice(1.0, RATE)))
    there.peer = "replay"
    shown = sentence_on(here.diff(there).plot())  # a letter no font has is a warning
    assert fonts.say("plots.stage_first_audible") in shown
    assert f"{fonts.say('turns.peer_emulator')} + {fonts.say('turns.peer_replay')}" in shown


def test_the_sentence_is_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom it was with, too."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert str(a_trace(1).diff(a_trace(1, peer="replay"))).startswith("仿真器 · 回放：")


def test_turns_that_only_one_has_are_rows() -> None:
    """Traces of different length can be compared."""
    found = a_trace(1).diff(a_trace(3))
    assert [row.turn for row in found.rows if row.what == "turn"] == [2, 3]


# -- collect -------------------------------------------------------------------------------


def test_a_class_hands_in_one_table(tmp_path: Path) -> None:
    """Whole files, unfinished ones and damaged ones are rows; who is the file's or its name."""
    a_trace(2).save(tmp_path / "a.glm", who="Han Meimei")
    (tmp_path / "group").mkdir()
    whole = a_trace(4).save(tmp_path / "group" / "lilei.glm")
    broken = tmp_path / "cut.glm"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "empty.glm").write_bytes(b"")
    table = collect(tmp_path).set_index("file")
    assert list(table.index) == ["a.glm", "cut.glm", "empty.glm", "group/lilei.glm"]
    assert list(table["who"]) == ["Han Meimei", "cut", "empty", "lilei"]
    assert table.loc["group/lilei.glm", "turns"] == 4
    assert table.loc["group/lilei.glm", "peer"] == "emulator"
    assert table.loc["a.glm", "median"] == pytest.approx(0.51, abs=0.01)
    assert "damaged" in table.loc["cut.glm", "problem"]
    assert table.loc["cut.glm", "turns"] >= 1
    assert "no recording of this kit" in table.loc["empty.glm", "problem"]


@pytest.mark.parametrize("before", ["", "\t", "\r"])
def test_a_name_in_a_file_is_only_a_name(tmp_path: Path, before: str) -> None:
    """Neither a terminal nor a spreadsheet obeys what somebody handed in."""
    a_trace(1, peer="x\x1b[2J").save(tmp_path / "a.glm", who=f"{before}=HYPERLINK(1)\n\x07")
    [row] = collect(tmp_path).to_dict("records")
    assert row["who"] == "'=HYPERLINK(1)"
    assert row["who"].isprintable()
    assert row["peer"].isprintable()


def test_one_broken_chunk_does_not_cost_the_class_its_table(tmp_path: Path) -> None:
    """A recording with a WAV that is none is a row like the others, and the fault is named."""
    broken = stamped(events.append(b"RIFF\x00\x00\x00\x00WAVEjunk"), 10.0, "wav24")
    of([broken, *exchange(answer=voice(1.0, RATE))]).save(tmp_path / "a.glm")
    a_trace(1).save(tmp_path / "b.glm")
    table = collect(tmp_path).set_index("file")
    assert list(table["turns"]) == [1, 1]
    assert "broken_wav" in table.loc["a.glm", "faults"]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    """No table of nothing."""
    with pytest.raises(BadArgument, match="no recording"):
        collect(tmp_path)


@pytest.mark.slow
def test_the_commands_write_a_table_and_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``glmkit collect DIR --csv FILE`` and ``glmkit plot FILE``."""
    path = a_trace(1).save(tmp_path / "a.glm")
    assert commands.main(["collect", str(tmp_path), "--csv", str(tmp_path / "all.csv")]) == 0
    assert "a.glm" in capsys.readouterr().out
    assert (tmp_path / "all.csv").read_text(encoding="utf-8-sig").startswith("file,who,peer")
    assert commands.main(["plot", str(path)]) == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
