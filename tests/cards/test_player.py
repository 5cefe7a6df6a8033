"""The player: what is told to the page, how its sound is carried, and the page that is written."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glmkit.auth import Key
from glmkit.cards.player import columns, markup
from glmkit.cards.player.page import page_of
from glmkit.cards.player.scene import scene_of
from glmkit.cards.player.sounds import as_flac, as_mp3, delay_of, own_sounds
from glmkit.errors import BadArgument, BadFile
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, exchange, server, voice

KEY = Key.parse("0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP")


def told(what: Any) -> dict[str, Any]:
    """What the page is told of a turn or a trace."""
    scene = scene_of(what)
    return markup.scene_data(scene, own_sounds(scene.pieces, as_flac))


def unpacked(words: str, kind: str) -> Any:
    return np.frombuffer(zlib.decompress(base64.b64decode(words)), kind)


# -- what is shown ---------------------------------------------------------------------------


def test_a_turn_lies_on_the_axis_as_in_its_figure() -> None:
    """Question, wait and answer at their seconds; stages are marks; the peer is told."""
    shown = told(a_turn())
    pieces = [(p["voice"], p["heard"], p["at"], p["seconds"]) for p in shown["pieces"]]
    assert np.array(pieces) == pytest.approx(np.array([(0, 1, 0.0, 1.0), (1, 1, 1.5, 2.0)]))
    [[zero, first, *_]] = shown["waits"]
    assert (zero, first) == pytest.approx((1.0, 1.7), abs=1e-3)
    moments = {name: at for at, _, _, name, _ in shown["moments"]}
    assert moments["the commit"] == pytest.approx(1.0)
    assert moments["first audible sample"] == pytest.approx(1.7, abs=1e-3)
    assert "These are not the live service's times" in shown["note"]


def test_what_was_not_heard_is_drawn_and_not_carried() -> None:
    """An interrupted answer has a piece without sound behind the interruption."""
    shown = told(a_turn(cancel=1.0))
    *_, heard, unheard = shown["pieces"]
    assert (heard["sound"], unheard["sound"]) == (1, None)
    assert unheard["at"] == pytest.approx(2.0)
    kinds = [kind for _, kind, *_ in shown["moments"]]
    assert kinds.count("interruption") == 1
    assert "finding" in kinds


def test_a_finding_about_a_moment_stands_there() -> None:
    """What was interrupted, at the cut, in a turn and in a trace; what is about the whole sound,
    at its beginning."""
    cut, trace = a_turn(cancel=1.0), a_trace(1)
    for event in exchange(40.0, answer=voice(2.0, 24_000), cancel=1.0, name="cut"):
        trace.add(event)
    for shown, interrupted in ((told(cut), 2.0), (told(trace), 32.0)):
        [(at, words)] = findings_on(shown)
        assert "interrupted" in words
        assert at == pytest.approx(interrupted, abs=1e-3)
    quiet = a_turn(spoken=Clip.tone(220, 1.0, 16_000, level=-60))
    assert [at for at, _ in findings_on(told(quiet))] == [0.0]


def findings_on(shown: dict[str, Any]) -> list[tuple[float, str]]:
    """The marks of findings: when, and what they say."""
    return [(at, words) for at, kind, _, _, words in shown["moments"] if kind == "finding"]


def test_every_event_is_there_at_its_time() -> None:
    """In columns that give back times to a tenth of a millisecond, types and sizes."""
    trace = a_trace(2)
    shown = told(trace)["events"]
    steps, kinds = unpacked(shown["at"], "<u4"), unpacked(shown["type"], "<u2")
    seconds = (shown["first"] + np.cumsum(steps, dtype="i8")) * shown["tick"]
    rows = sorted(trace.events, key=lambda event: event.at)
    assert seconds == pytest.approx([trace.seconds(event) for event in rows], abs=1e-4)
    assert [shown["types"][n][0] for n in kinds] == [event.type for event in rows]
    assert (unpacked(shown["size"], "<u4") > 0).all()


def test_what_was_never_committed_is_heard() -> None:
    """It stands behind the turns, and says so."""
    trace = a_trace(1)
    for event in exchange(30.0)[:10]:
        trace.add(event)
    shown = told(trace)
    assert [piece["at"] for piece in shown["pieces"]][-1] == pytest.approx(20.0)
    words = [said for _, _, said, _ in shown["turns"]]
    assert words == ["Tell me a joke", "(sent, never committed)"]


def test_an_envelope_holds_every_peak() -> None:
    """Each column has the lowest and the highest sample; what sounds never rounds to nothing."""
    samples = np.zeros(1_000, np.int16)
    samples[[15, 999]] = 3, -20_000
    found = columns.envelope(Clip(samples, 1_000), 0.01)
    assert len(found) == 100
    assert found[1].tolist() == [0, 3]
    assert columns.in_bytes(found, 20_000)[[1, 99]].tolist() == [[0, 1], [-127, 0]]


@pytest.mark.slow
def test_whatever_a_trace_holds_it_has_a_scene() -> None:
    """No events, no sound, or none that can be decoded, marks without a time, a long pause."""
    check_each(_has_a_scene, [(name, what) for name, what in odd_things().items()])


def odd_things() -> dict[str, Any]:
    def trace_of(events: Any) -> Trace:
        trace = Trace(Clock(1.7e9, 10.0), peer="emulator", model="m")
        for event in events:
            trace.add(event)
        return trace

    bad = Event("input_audio_buffer.append", {"audio": "AAAA"}, format="pcm16", at=10.0)
    broken = [bad, *exchange(answer=voice(0.5, 24_000))]  # three bytes: half a sample is left over
    mark = Event("glmkit.turn_ended", {"reason": "timeout"}, direction="local")
    whole = a_trace(1)
    bare = Trace(whole.clock, peer="live", model="m", keep="events")
    for event in whole:
        bare.add(event)
    return {
        "nothing": trace_of([]),
        "one event": trace_of([server("error", 11.0)]),
        "not decodable": trace_of(broken),
        "a turn of it": fold_turns(broken, peer="emulator", model="m")[0],
        "a mark": trace_of([*exchange(), mark]),
        "no sound kept": bare,
        "half an hour of silence": a_trace(2, pause=1_800.0),
        "no answer": a_turn(answer=None, words=("", "")),
    }


def _has_a_scene(_: str, what: Any) -> None:
    shown = told(what)
    assert shown["end"] > shown["begin"]
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    what.listen()._repr_mimebundle_()


# -- sound -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_mp3_tells_its_length_and_its_delay() -> None:
    """To the sample, whatever the length: what a plain decoder makes of it is longer."""
    check_each(_tells_its_delay, [(0.06,), (1.0,), (10.37,), (59.9,)])


def _tells_its_delay(seconds: float) -> None:
    clip = Clip.tone(300, seconds)
    told = delay_of(clip.to_mp3(16_000))
    assert told.seconds == pytest.approx(clip.seconds, abs=1e-6)
    assert told.lead == pytest.approx((576 + 529) / 16_000)
    assert as_mp3(clip).seconds == told.seconds


def test_a_notebook_gets_every_sample() -> None:
    """FLAC at the sound's own rate; a long one in pieces that follow one another."""
    sound = Clip.tone(300, 61.0)
    scene = scene_of(a_turn(spoken=sound, answer=None))
    track = own_sounds(scene.pieces, as_flac)
    parts = [Clip.read(base64.b64decode(each.data)) for each in track.encoded]
    assert [part.seconds for part in parts] == [60.0, 1.0]
    assert parts[0].to_pcm() + parts[1].to_pcm() == sound.to_pcm()
    assert [piece.at for piece, *_ in track.places] == [0.0, 60.0]


# -- the page --------------------------------------------------------------------------------


def test_a_page_is_one_file(tmp_path: Path) -> None:
    """Written whole, in the reader's language, with a policy that names its one script's hash."""
    path = a_trace(2).page(tmp_path / "x.html", title="Homework <1>")
    page = path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["x.html"]
    assert "<title>Homework &lt;1&gt;</title>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["']?(?!data:)""", page.replace("default-src=", ""))
    assert len(re.findall(r"<script>", page)) == 1
    assert "</script" not in markup.plain_script()


def test_a_page_holds_no_key() -> None:
    """Neither in a transcript, a type nor the title."""
    secret = KEY.reveal()
    trace = Trace(Clock(1.7e9, 10.0), peer=secret, model=secret)
    for event in [*exchange(words=(secret, secret)), server(secret, 15.0)]:
        trace.add(event)
    assert secret.partition(".")[2] not in page_of(trace, secret)
    assert secret.partition(".")[2] not in str(trace.listen()._repr_mimebundle_())


def test_a_page_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    """Another suffix, a folder in its place, no such folder, a title that is none."""
    (tmp_path / "folder.html").mkdir()
    trace = a_trace(1)
    check_each(
        _is_refused,
        [
            (BadArgument, "ends in .html", lambda: trace.page(tmp_path / "x.pdf")),
            (BadFile, "is a folder", lambda: trace.page(tmp_path / "folder.html")),
            (BadFile, "could not be written", lambda: trace.page(tmp_path / "no" / "x.html")),
            (BadArgument, "found int", lambda: trace.page(tmp_path / "x.html", title=3)),
        ],
    )
    assert [each.name for each in tmp_path.iterdir()] == ["folder.html"]


def _is_refused(error: type[Exception], words: str, write: Any) -> None:
    with pytest.raises(error, match=re.escape(words)):
        write()


def test_a_terminal_is_told_what_to_do() -> None:
    """The repr names the command and the method, and whom it was with."""
    assert "glmkit view" in repr(a_turn().listen())
    assert "trace.page(" in repr(a_trace(1).listen())
    assert "emulator" in repr(a_trace(1).listen())


def test_a_first_connection_is_no_trouble_and_one_in_its_place_is() -> None:
    """The first is a quiet mark; a later one is red, as in the figure."""
    opened = [
        Event("glmkit.opened", {"remembered": remembered}, direction="local", at=at)
        for at, remembered in ((1.0, None), (5.0, 0))
    ]
    first, later = columns.event_columns(opened, 1.0)["types"]
    assert (first[1], first[3]) == ("opened", "silence")
    assert (later[1], later[3]) == ("new connection", "error")
