"""A trace for Perfetto, Audacity, Praat and as subtitles, read back by strict readers."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
import soundfile

from glmkit import events
from glmkit.auth import Key
from glmkit.cli import commands
from glmkit.errors import BadArgument
from glmkit.protocol.event import Event, stamped
from glmkit.recordings.exports.both_voices import RATE
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each
from tests.pictured import a_trace, exchange, server, voice
from tests.recordings.read_exports import read_labels, read_textgrid, read_trace_events, read_vtt

BESIDE = (".txt", ".TextGrid", ".vtt")
SUFFIXES = (".json", *BESIDE)
WORDS = ('他说“<b>你好</b>”，\n"A & B" --> 😀', "第一句。\t第二句：3 < 5。")


def of(found: list[Event], peer: str = "emulator") -> Trace:
    trace = Trace(Clock(1.7e9, 9.0), peer=peer, model="glm-realtime-flash")
    trace.events += sorted(found, key=lambda event: event.at)
    return trace


def spoken(**options: object) -> Trace:
    return of(exchange(10.0, spoken=voice(1.0), answer=voice(2.0, RATE), **options))  # type: ignore[arg-type]


def written() -> Trace:
    """A question and an answer without a sound."""
    ids = {"response_id": "r", "item_id": "i"}
    return of(
        [
            stamped(events.user_message("你好"), 10.0, None),
            stamped(events.response_create(), 10.1, None),
            server("response.created", 10.2, response={"id": "r"}),
            server("response.text.delta", 10.4, delta="你好！", **ids),
            server("response.text.done", 10.5, text="你好！", **ids),
            server("response.done", 10.6, response={"id": "r", "status": "completed"}),
        ]
    )


def test_perfetto_gets_lanes_and_an_arrow_to_the_first_sound(tmp_path: Path) -> None:
    """Both voices, events, stages; µs from the trace's clock; whom it was with."""
    lanes = read_trace_events(spoken().export(tmp_path / "x.json"))
    [(start, end)] = lanes.arrows
    assert start["ts"] == 2_000_000
    assert end["ts"] == pytest.approx(2_700_000, abs=100)
    [commit] = [e for e in lanes.slices["client events"] if e["name"].endswith(".commit")]
    assert (commit["ts"], commit["tid"]) == (start["ts"], start["tid"])
    mine = [each["name"] for each in lanes.slices["your sound"]]
    assert mine == ["Tell me a joke", "speech (by energy)"]
    assert lanes.slices["answer's playback"][0]["dur"] == 2_000_000
    assert len(lanes.slices["the answer's pieces as played"]) == 10
    stages = [e["name"] for e in lanes.slices["turns and latency"]]
    assert "first audible sample: 0.700 s after the commit" in stages
    assert lanes.counters[-1]["args"] == {"sent": 32_000, "received": 96_000}
    assert "emulator" in lanes.process
    assert lanes.about["peer"] == "emulator"
    assert "not the live service's times" in lanes.about["note"]
    assert lanes.about["turns"][0]["zero"] == "commit"


def test_what_overlaps_has_lanes_of_its_own(tmp_path: Path) -> None:
    """An interrupted answer, two calls at once, marks and errors, an upload before second 0."""
    first = exchange(10.0, answer=voice(3.0, RATE), wait=0.3, cancel=1.2, name="1")
    second = exchange(11.0, answer=voice(2.0, RATE), wait=0.3, name="2", speed=20, vad="server")
    calls = [
        server(
            "response.function_call_arguments.done",
            at,
            name=name,
            call_id=name,
            arguments='{"city": "上海"}',
            response_id="r2",
        )
        for at, name in ((11.2, "weather"), (11.25, "time"))
    ]
    outputs = [
        stamped(events.tool_output("晴", call_id=name), at, None)
        for at, name in ((11.6, "weather"), (11.7, "time"))
    ]
    more = [
        Event("glmkit.played", {"seconds": 0.5}, direction="local", at=11.3),
        server("error", 11.4, error={"code": "1214", "message": "bad"}),
    ]
    trace = of([*first, *second, *calls, *outputs, *more])
    trace.clock = Clock(1.7e9, 10.5)
    lanes = read_trace_events(trace.export(tmp_path / "x.json"))
    assert [e["name"] for e in lanes.slices["function calls"]] == ["weather"]
    [time] = lanes.slices["function calls 2"]
    assert (time["name"], time["dur"]) == ("time", 450_000)
    assert time["args"] == {"arguments": {"city": "上海"}, "output": "晴"}
    assert [e["name"] for e in lanes.instants] == ["glmkit.played"]
    assert any(
        "1214" in e["name"]
        for lane, found in lanes.slices.items()
        for e in found
        if lane.startswith("findings")
    )
    read_textgrid(trace.export(tmp_path / "x.TextGrid"))
    read_labels(trace.export(tmp_path / "x.txt"))
    read_vtt(trace.export(tmp_path / "x.vtt"))


def test_labels_tiers_and_cues_lie_where_both_wav_sounds(tmp_path: Path) -> None:
    """The same second in every file: speech by energy is where samples are loud."""
    trace = spoken(wait=0.5, speed=3.0)
    samples, rate = soundfile.read(trace.export(tmp_path / "both.wav"), dtype="float32")
    loud = [np.flatnonzero(np.abs(side) > 0.01)[[0, -1]] / rate for side in samples.T]
    labels = read_labels(trace.export(tmp_path / "x.txt"))
    tiers = read_textgrid(trace.export(tmp_path / "x.TextGrid"))
    _, cues = read_vtt(trace.export(tmp_path / "x.vtt"))
    sides = ("You", "you", "Tell me a joke"), ("Answer", "answer", "Why did the chicken cross")
    for (begin, end), (name, tier, words) in zip(loud, sides, strict=True):
        said = [
            next(label[:2] for label in labels if label[2].startswith(f"{name}: {words}")),
            next(each[:2] for each in tiers[tier] if each[2].startswith(words)),
            next(cue[:2] for cue in cues if cue[2] == name and cue[3].startswith(words)),
            next(label[:2] for label in labels if label[2] == f"{name}: speech (by energy)"),
        ]
        assert np.array(said) == pytest.approx(np.tile([begin, end], (4, 1)), abs=0.011)
    [audible] = [label for label in labels if label[2].startswith("first audible sample")]
    assert audible[0] == pytest.approx(loud[1][0], abs=0.001)


def test_every_file_names_the_peer_and_keeps_every_word(tmp_path: Path) -> None:
    """Chinese, quotes, markup, arrows, emoji; on one line where the format wants that."""
    trace = spoken(words=WORDS)
    you, answer = (" ".join(words.split()) for words in WORDS)
    lanes = read_trace_events(trace.export(tmp_path / "x.json"))
    assert lanes.slices["your sound"][0]["name"] == you
    labels = read_labels(trace.export(tmp_path / "x.txt"))
    assert "emulator" in labels[0][2]
    assert {f"You: {you}", f"Answer: {answer}"} <= {label for _, _, label in labels}
    tiers = read_textgrid(trace.export(tmp_path / "x.TextGrid"))
    assert list(tiers) == ["you", "answer", "events", "findings", "peer"]
    assert [words for _, _, words in tiers["you"]] == ["", you, ""]
    assert "not the live service's times" in tiers["peer"][0][2]
    note, cues = read_vtt(trace.export(tmp_path / "x.vtt"))
    assert "emulator" in note
    assert [cue[3] for cue in cues] == [you, answer]


def test_the_words_beside_are_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tiers keep their names: scripts look for them."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    trace = spoken()
    assert "这些时间不是真实服务的时间" in read_labels(trace.export(tmp_path / "x.txt"))[0][2]
    assert [cue[2] for cue in read_vtt(trace.export(tmp_path / "x.vtt"))[1]] == ["你", "回答"]
    assert list(read_textgrid(trace.export(tmp_path / "x.TextGrid")))[:2] == ["you", "answer"]
    assert "客户端事件" in read_trace_events(trace.export(tmp_path / "x.json")).slices


def test_what_has_no_sound_is_exported_from_its_first_event(tmp_path: Path) -> None:
    """A written turn, and one whose sound was not kept."""
    labels = read_labels(written().export(tmp_path / "x.txt"))
    assert "there is no sound" in labels[0][2]
    assert (0.0, 1.0, "You: 你好") in labels
    cues = read_vtt(written().export(tmp_path / "x.vtt"))[1]
    assert [(start, words) for start, _, _, words in cues] == [(0.0, "你好"), (0.4, "你好！")]
    assert not read_trace_events(written().export(tmp_path / "x.json")).arrows
    lost = of([event.without_payload() for event in exchange(answer=voice(1.0, RATE))])
    for suffix in SUFFIXES:
        lost.export(tmp_path / f"lost{suffix}")
    read_textgrid(tmp_path / "lost.TextGrid")


def test_broken_sound_costs_no_other(tmp_path: Path) -> None:
    """A WAV that is none is left out of what sounds, and named among the findings."""
    broken = stamped(events.append(b"RIFF\x00\x00\x00\x00WAVEjunk"), 10.0, "wav24")
    trace = of([broken, *exchange(answer=voice(1.0, RATE))])
    assert soundfile.info(trace.export(tmp_path / "both.wav")).frames > RATE
    found = [label for _, _, label in read_labels(trace.export(tmp_path / "x.txt"))]
    assert any(label.startswith("finding: ") for label in found)


def test_an_empty_trace_is_said(tmp_path: Path) -> None:
    """Before anything is written."""
    for suffix in SUFFIXES:
        with pytest.raises(BadArgument, match="no events"):
            of([]).export(tmp_path / f"x{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_no_export_shows_a_key(tmp_path: Path) -> None:
    """Wherever a key was said, sent or answered."""
    key = Key.random().reveal()
    words = (f"my key is {key}", f"your key is {key}")
    told = stamped(events.session_update({"instructions": key}), 9.5, None)
    failed = server("error", 12.0, error={"code": "1", "message": key})
    trace = of([told, *exchange(words=words, answer=voice(1.0, RATE)), failed])

    def shows_none(suffix: str) -> None:
        content = trace.export(tmp_path / f"x{suffix}").read_text(encoding="utf-8")
        assert key not in content
        assert key.partition(".")[2] not in content

    check_each(shows_none, [(suffix,) for suffix in (*SUFFIXES, ".csv", ".md")])


def test_half_characters_and_broken_base64_are_readable(tmp_path: Path) -> None:
    """Half a surrogate pair is a mark; what should be base64 and is none is left out."""
    said = Event("response.text.delta", {"delta": "\ud83d well"}, direction="server", at=12.9)
    junk = server("response.audio.delta", 12.8, delta="%%%", response_id="r1")
    trace = of([*exchange(answer=voice(1.0, RATE)), said, junk])
    lanes = read_trace_events(trace.export(tmp_path / "x.json"))
    assert "%%%" not in str(lanes)
    assert "� well" in str(lanes)


def test_the_command_exports_several_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``glmkit export x.glm a.json b.vtt``; what is no format is said."""
    path = str(a_trace(1).save(tmp_path / "x.glm"))
    outs = [str(tmp_path / name) for name in ("a.json", "b.vtt", "c.TEXTGRID")]
    assert commands.main(["export", path, *outs]) == 0
    assert capsys.readouterr().out.split() == outs
    read_trace_events(Path(outs[0]))
    assert commands.main(["export", path, str(tmp_path / "x.xlsx")]) == 2
    said = capsys.readouterr().err
    assert ".TextGrid (for Praat)" in said


def test_sound_in_base64_never_leaves_as_words(tmp_path: Path) -> None:
    """A trace for a viewer has the bytes' number, not the bytes."""
    content = spoken().export(tmp_path / "x.json").read_text(encoding="utf-8")
    assert base64.b64encode(voice(2.0, RATE).to_pcm())[4_000:4_100].decode() not in content
    assert max(map(len, content.split('"'))) < 1_000
