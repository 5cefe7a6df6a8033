"""Recordings on disk: what goes in comes out, nothing secret is inside, bad files are survived."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit import aio, events
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.errors import BadFile, BadState, GlmWarning
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from glmkit.recordings.event_lines import MOST_BYTES, decode_line, encode_line, most_unpacked
from glmkit.recordings.recording import Recording
from glmkit.turns.trace import Clock, Trace
from tests.listed import check_each
from tests.pictured import a_trace

ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.glm"


def repacked(path: Path, **parts: bytes | None) -> Path:
    """The zip with some parts otherwise, or without them."""
    with zipfile.ZipFile(path) as pack:
        found = {name: pack.read(name) for name in pack.namelist()}
    names = {"manifest": "manifest.json", "events": "events.jsonl", "evil": "../evil.txt"}
    for name, content in parts.items():
        found.pop(names[name], None)
        if content is not None:
            found[names[name]] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in found.items():
            pack.writestr(name, content)
    return path


# -- what goes in comes out ----------------------------------------------------------------


@pytest.mark.slow
async def test_a_loaded_trace_has_the_turns_of_the_live_session(path: Path) -> None:
    """Events, times, round trips and all: turns and latencies are equal, not nearly."""
    key = Key.random()
    async with await serve(Options(key=key, pace=0)) as server:
        async with aio.connect(server.url, api_key=key) as session:
            await session.say(glm.sample("joke_zh"), speed=None)
            await session.ask("Hello")
            await session.save(path, who="Li Lei")
            live = list(session.turns)
    trace = Trace.load(path)
    assert trace.turns() == live
    assert [turn.latency for turn in trace.turns()] == [turn.latency for turn in live]
    assert live[-1].round_trip is not None
    assert list(trace) == list(session.trace)[: len(trace)]
    assert [e.at for e in trace] == [e.at for e in session.trace][: len(trace)]
    assert trace.about["who"] == "Li Lei"
    assert trace.peer == session.peer


@pytest.mark.parametrize(
    "event",
    [
        stamped(events.append(b"\x01\x02\x03"), 12.345678901234567, "pcm16"),
        Event("response.audio.delta", {"delta": "not base64"}, direction="server", at=1.0),
        Event("from the future", {"a": [1, {"b": None}], "字": "汉"}, direction="server"),
        Event.from_json(b'{"type": "x", "half": "\\ud800 ok ok"}', direction="server"),
        Event.from_json(b"no json at all", direction="server"),
        Event("glmkit.opened", {"peer": "live"}, direction="local", at=3.0),
    ],
    ids=lambda event: event.type,
)
def test_an_event_comes_back_as_it_went(event: Event) -> None:
    """Type, fields, bytes, direction, time and format."""
    back = decode_line(encode_line(event))
    assert back == event
    assert (back.at, back.format, back.size) == (event.at, event.format, event.size)


def test_sound_that_was_not_kept_keeps_its_size() -> None:
    """With keep='events' a recording still says how many bytes there were."""
    event = stamped(events.append(bytes(3200)), 1.0, "pcm16").without_payload()
    back = decode_line(encode_line(event))
    assert (back.payload, back.size) == (None, 3200)


def test_the_file_is_a_zip_with_sound_that_plays(path: Path) -> None:
    """Besides the events it holds the turns in words and each voice as FLAC."""
    a_trace(2).save(path)
    with zipfile.ZipFile(path) as pack:
        assert {"manifest.json", "events.jsonl", "turns.md"} <= {*pack.namelist()}
        clip = Clip.read(io.BytesIO(pack.read("audio/01-model.flac")))
        manifest = json.loads(pack.read("manifest.json"))
    assert clip.seconds == pytest.approx(1.5)
    assert manifest["peer"] == "emulator"
    assert manifest["versions"]["python"] == sys.version.split()[0]
    assert manifest["clock"]["resolution"] > 0


def test_no_key_and_no_token_is_in_a_file(path: Path) -> None:
    """Not in events, headers, addresses, the manifest or the words; sound is left alone."""
    trace = a_trace(1)
    token = glm.auth.make_token(SECRET).reveal()
    trace.about["address"] = f"wss://user:{SECRET}@example.org/v4?Authorization={token}"
    for words in (SECRET, token, f'say "{SECRET}"', f"Authorization: Bearer {token}"):
        fields = {"text": words, "item": {"note": words, "authorization": words}}
        trace.add(Event("response.text.done", fields, direction="server", at=99.0))
    like_a_token = b"\xf9\xec\x89" + bytes(30)  # in base64: +eyJAAAA…
    trace.add(stamped(events.append(like_a_token), 120.0, "pcm16"))
    trace.save(path)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as pack:
        content += b"".join(pack.read(name) for name in pack.namelist())
    for part in (SECRET, SECRET.rpartition(".")[2], token, token.split(".")[1]):
        assert part.encode() not in content
    loaded = Trace.load(path)
    assert loaded[-1].payload == like_a_token
    assert len(loaded) == len(trace)
    assert loaded.about["address"] == "wss://example.org/v4"


def test_saving_replaces_whole_or_not_at_all(path: Path) -> None:
    """A second save replaces the first; one that fails leaves nothing behind."""
    a_trace(1).save(path)
    a_trace(3).save(path)
    assert len(Trace.load(path).turns()) == 3
    with pytest.raises(BadFile, match="could not be written"):
        a_trace(1).save(path / "below" / "a file.glm")
    assert [each.name for each in path.parent.iterdir()] == ["x.glm"]


def test_the_samples_of_the_service_are_read(tmp_path: Path) -> None:
    """.Input files: JSON lines, blank lines and comments; client events with sound."""
    lines = [
        "// a comment",
        "",
        '{"type": "session.update", "session": {"input_audio_format": "pcm"}}',
        '  {"type": "input_audio_buffer.append", "audio": "AAAA", "delta": ""}',
        "   // another",
        '{"type": "response.create"}',
    ]
    file = tmp_path / "Audio.ServerVad.Input"
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    trace = Trace.load(file)
    assert [event.type for event in trace] == [
        "session.update",
        "input_audio_buffer.append",
        "response.create",
    ]
    assert {event.direction for event in trace} == {"client"}
    assert trace[1].payload == bytes(3)


def test_a_bad_line_of_a_sample_costs_itself_and_no_other(tmp_path: Path) -> None:
    """.Input files: the lines behind it are read, too, and every bad one is named."""
    good = '{"type": "response.create"}'
    file = tmp_path / "A.Input"
    file.write_text(f"{good}\n// a\n{{not json}}\n{good}\n[]\n\n{good}", "utf-8-sig")
    said = r"2 of its 7 lines .*: line 3, 5; .*'\{not json\}'"
    with pytest.raises(BadFile, match=said) as caught:
        Trace.load(file)
    assert caught.value.trace is not None
    assert [event.type for event in caught.value.trace] == ["response.create"] * 3
    with pytest.warns(GlmWarning, match="line 3, 5"):
        assert len(Trace.load(file, damaged=True)) == 3


async def test_a_sample_of_the_service_can_be_sent(tmp_path: Path) -> None:
    """Read, sent event by event, answered."""
    head = [
        events.session_update(
            {
                "input_audio_format": "pcm16",
                "output_audio_format": "pcm",
                "turn_detection": {"type": "client_vad"},
                "beta_fields": {"chat_mode": "audio"},
            }
        )
    ]
    sound = [events.append(chunk) for chunk in glm.sample("hello_en").chunks(200)]
    stream = [*head, *sound, events.commit(), events.response_create()]
    file = tmp_path / "Audio.ClientVad.Input"
    file.write_bytes(b"// a sample\n\n" + b"\n\n".join(each.to_json() for each in stream))
    key = Key.random()
    async with await serve(Options(key=key, pace=0)) as server:
        async with aio.connect(server.url, api_key=key) as session, asyncio.timeout(30):
            answers = aiter(session)
            for event in Trace.load(file):
                await session.send(event)
            async for event in answers:
                if event.type == "response.done":
                    break
    [turn] = session.turns
    assert turn.status == "completed"
    assert turn.input == glm.sample("hello_en")


# -- bad files -----------------------------------------------------------------------------


def test_a_file_that_is_not_there_or_not_ours_says_so(tmp_path: Path) -> None:
    """Missing, empty, a picture, another zip, a folder: each names what was found."""
    with pytest.raises(BadFile, match="no file"):
        Trace.load(tmp_path / "none.glm")
    other = tmp_path / "other.glm"
    with zipfile.ZipFile(other, "w") as pack:
        pack.writestr("hello.txt", "hello")
    with pytest.raises(BadFile, match=r"without events\.jsonl"):
        Trace.load(other)
    for content in (b"", b"\xff\xd8\xff\xe0 picture", b"PK not a zip"):
        other.write_bytes(content)
        with pytest.raises(BadFile, match="no recording of this kit"):
            Trace.load(other)
    with pytest.raises(BadFile, match="folder"):
        Trace.load(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_of_a_file_that_was_cut_off_the_front_is_read(path: Path, share: float) -> None:
    """The error has what could be read; damaged=True gives it with a warning."""
    whole = a_trace(4)
    content = whole.save(path).read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadFile, match="damaged") as caught:
        Trace.load(path)
    found = caught.value.trace
    assert found is not None
    assert 0 < len(found) <= len(whole)
    assert list(found) == list(whole)[: len(found)]
    assert found.peer == "emulator"
    with pytest.warns(GlmWarning, match="read in part"):
        assert len(Trace.load(path, damaged=True)) == len(found)


@pytest.mark.parametrize(
    "bad",
    [
        b"{}",
        b"[]",
        b'{"at":1,"from":"mars","event":{}}',
        b'{"at":1e300,"from":"client","event":{}}',
        b'{"at":1%b,"from":"client","event":{}}' % (b"0" * 400),
        b'{"at":1,"from":"server","format":[],"event":{"type":"a"}}',
        b'{"at":1,"from":"server","size":1%b,"event":{"type":"response.audio.delta"}}'
        % (b"0" * 18),
        b"[" * 90_000,
        b'{"at":1,"from":"local","event":{"type":"glmkit.turn_ended","turn":"x"}}',
        b'{"at":1,"from":"local","event":{"type":"glmkit.played","response_id":[1]}}',
        b'{"at":1,"from":"local","event":{"type":"glmkit.played","seconds":1e999}}',
        b'{"at":1,"from":"local","event":{"type":"glmkit.said","turn":0,"segments":{}}}',
        b'{"at":1,"from":"local","event":{"type":"glmkit.opened","date":"x","epoch":"y"}}',
        b"",
    ],
    ids=lambda bad: bad[:70],
)
def test_a_bad_line_costs_itself_and_no_other(path: Path, bad: bytes) -> None:
    """The lines behind it are read, too; how many were bad, and the first of them, is said."""
    trace = a_trace(1)
    trace.save(path)
    lines = [encode_line(event) for event in trace]
    spoilt = [*lines[:10], bad + b"\n", *lines[10:12], b"also bad\n", *lines[12:]]
    repacked(path, events=b"".join(spoilt))
    with pytest.raises(BadFile, match=rf"2 of its {len(lines) + 2} lines .* line 11 ") as caught:
        Trace.load(path)
    assert list(caught.value.trace or ()) == list(trace)
    with pytest.warns(GlmWarning, match="read in part"):
        assert list(Trace.load(path, damaged=True)) == list(trace)


def test_an_error_about_half_a_character_can_be_printed(path: Path) -> None:
    """The sentence is whole text, whatever the file spells."""
    trace = a_trace(1)
    trace.save(path)
    with pytest.raises(BadFile) as caught:
        Trace.load(repacked(path, events=b'{"at":1,"from":"\\ud83d","event":{}}\n'))
    assert str(caught.value).encode("utf-8")


@pytest.mark.parametrize("name", [None, 5, b"x", [], "a\0b", "\ud83d", "x" * 300, "", "."])
def test_what_names_no_file_is_refused(name: Any) -> None:
    """Wherever a recording is written, read or looked for."""
    trace = a_trace(1)
    with pytest.raises(BadFile):
        trace.save(name)
    with pytest.raises(BadFile):
        Trace.load(name)
    with pytest.raises(BadFile):
        Trace.recover(name)
    with pytest.raises(BadFile):
        Recording(trace, name).close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has pipes in folders")
def test_what_is_no_file_is_not_replaced(path: Path) -> None:
    """A device stays a device, also where the user may replace it."""
    os.mkfifo(path)
    trace = a_trace(1)
    with pytest.raises(BadFile, match="must not replace"):
        trace.save(path)
    with pytest.raises(BadFile, match="must not replace"):
        Recording(trace, path).close()
    assert path.is_fifo()


def test_marks_that_say_nothing_are_passed_over(path: Path) -> None:
    """A file's local marks may have been made by anybody."""
    trace = a_trace(1)
    kinds = ("opened", "said", "turn_ended", "played", "round_trip")
    names = ("turn", "seconds", "response_id", "epoch", "segments", "token_seconds_left")
    for kind in kinds:
        trace.add(Event(f"glmkit.{kind}", {}, direction="local"))
        trace.add(Event(f"glmkit.{kind}", dict.fromkeys(names), direction="local"))
    trace.add(Event("glmkit.opened", {"date": "Sun, 22 Nov 2026 18:31:53 GMT"}, direction="local"))
    trace.save(path)
    loaded = Trace.load(path)
    assert len(loaded) == len(trace)
    assert loaded.turns() == a_trace(1).turns()
    assert loaded.turns()[0].heard is not None
    assert glm.explain(loaded) == glm.explain(a_trace(1))


def test_half_a_character_costs_no_recording(path: Path) -> None:
    """JSON can spell half a surrogate pair; UTF-8 cannot."""
    trace = a_trace(1)
    half = b'{"type":"response.audio_transcript.delta","response_id":"0","delta":"\\ud83d"}'
    trace.add(Event.from_json(half, direction="server"))
    trace.save(path)
    assert list(Trace.load(path)) == list(trace)


HEARTBEAT = b'{"at":1,"from":"server","event":{"type":"heartbeat"}}\n'
ZEROS = b'{"at":1,"from":"server","event":{"type":"response.audio.delta","delta":"%b"}}\n' % (
    b"A" * 2**20
)


def written(path: Path, lines: bytes, times: int, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A recording of many equal lines."""
    with zipfile.ZipFile(path, "w", method) as pack:
        pack.writestr("manifest.json", "{}")
        with pack.open("events.jsonl", "w") as part:
            for _ in range(times):
                part.write(lines)
    return path


def unpacked(path: Path, lines: bytes, times: int) -> Path:
    path.write_bytes(lines * times)
    return path


def torn(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


@pytest.mark.slow
def test_what_would_fill_a_computer_is_not_kept(tmp_path: Path) -> None:
    """However it is packed: none of it stays in memory, and nothing of it is parsed first."""
    path, many = tmp_path / "bomb.glm", HEARTBEAT * 1_000
    cases: list[tuple[str, Callable[[], Path], str]] = [
        ("a line without end", lambda: written(path, bytes(2**20), 30), "more than 24 MB"),
        ("zeros as sound", lambda: written(path, ZEROS, 100), "more than the 64 MB"),
        ("torn zeros", lambda: torn(written(path, ZEROS, 100)), "more than the 64 MB"),
        ("a million lines", lambda: written(path, many, 1_000), "more than 400,000 lines"),
        ("a million torn ones", lambda: torn(written(path, many, 1_000)), "400,000 lines"),
        ("unpacked", lambda: unpacked(path, b'{"type":"x"}\n', 500_000), "400,000 lines"),
        ("bzip2", lambda: written(path, many, 1, zipfile.ZIP_BZIP2), "packed by method 12"),
        ("lzma", lambda: written(path, many, 1, zipfile.ZIP_LZMA), "packed by method 14"),
    ]

    def peak_of(found: str) -> int:
        tracemalloc.start()
        try:
            with pytest.raises(BadFile, match=found):
                Trace.load(path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def check(_: str, make: Callable[[], Path], found: str) -> None:
        make()  # what other threads of this process do is counted, too, but not every time
        assert min(peak_of(found) for _ in range(3)) < 60 * 2**20

    check_each(check, cases)


@pytest.mark.slow
def test_the_beginning_of_too_much_can_be_read(path: Path) -> None:
    """A recording that is longer than any is not lost to whoever asks for it."""
    with pytest.warns(GlmWarning, match="more than the 64 MB"):
        assert 60 <= len(Trace.load(written(path, ZEROS, 100), damaged=True)) < 64


def test_a_silence_of_hours_is_no_bomb() -> None:
    """A muted microphone is zeros, too: a tenth of a second a line is packed 200-fold."""
    assert most_unpacked(2**20) > 300 * 2**20
    assert most_unpacked(2**30) == MOST_BYTES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names only on POSIX")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever for somebody who writes into it."""
    pipe, part = tmp_path / "x.glm", tmp_path / "y.glm.part"
    os.mkfifo(pipe)
    part.mkdir()
    (part / "events.jsonl").write_bytes(HEARTBEAT)
    os.mkfifo(part / "manifest.json")
    for path in (pipe, Path(os.devnull)):
        with pytest.raises(BadFile, match="no file but a pipe"):
            Trace.load(path)
    assert len(Trace.load(part)) == 1


def test_a_part_that_leads_out_of_the_folder_is_hostile(path: Path) -> None:
    """Nothing is written, the events are read, and the file is refused."""
    trace = a_trace(1)
    trace.save(path)
    repacked(path, evil=b"gotcha")
    with pytest.raises(BadFile, match="evil") as caught:
        Trace.load(path)
    assert caught.value.trace is not None
    assert len(caught.value.trace) == len(trace)
    assert [each.name for each in path.parent.iterdir()] == ["x.glm"]


@pytest.mark.parametrize(
    "manifest",
    [
        b"[]",
        b"{",
        b'{"clock": {"epoch": "noon"}}',
        b'{"clock": 3}',
        b'{"clock": {"epoch": NaN}}',
        b'{"clock": {"epoch": 1e300}}',
        b'{"format": "new"}',
        b"\xff",
    ],
)
def test_a_bad_manifest_costs_no_event(path: Path, manifest: bytes) -> None:
    """It counts as a missing one, and a warning says so; in an unfinished recording, too."""
    trace = a_trace(1)
    trace.save(path)
    part = path.with_name("y.glm.part")
    part.mkdir()
    (part / "events.jsonl").write_bytes(b"".join(map(encode_line, trace)))
    (part / "manifest.json").write_bytes(manifest)
    for damaged in (repacked(path, manifest=manifest), part):
        with pytest.warns(GlmWarning, match="manifest"):
            loaded = Trace.load(damaged)
        assert list(loaded) == list(trace)
        assert loaded.peer == "file"


def test_a_recording_without_a_manifest_is_read(path: Path) -> None:
    """The events alone are enough, and nothing has to be said."""
    trace = a_trace(1)
    trace.save(path)
    assert list(Trace.load(repacked(path, manifest=None))) == list(trace)


def test_a_format_of_later_times_is_refused(path: Path) -> None:
    """Its lines may mean something else by then."""
    a_trace(1).save(path)
    with pytest.raises(BadFile, match="format 99"):
        Trace.load(repacked(path, manifest=b'{"format": 99}'))


# -- recording as it happens ---------------------------------------------------------------


async def test_a_recording_is_whole_when_the_session_closes(path: Path) -> None:
    """What was before it and what came after it, also with keep='nothing' and after a reset."""
    key = Key.random()
    async with await serve(Options(key=key, pace=0)) as server:
        async with aio.connect(server.url, api_key=key, keep="nothing") as session:
            await session.record(path)
            with pytest.raises(BadState, match="recorded to"):
                await session.record(path.with_name("y.glm"))
            turn = await session.say(glm.sample("hello_en"), speed=None)
            await session.reset()
            await session.ask("Hello")
    trace = Trace.load(path)
    first, second = trace.turns()
    assert first.transcript == turn.transcript
    assert first.audio is not None
    assert second.user_transcript == "Hello"
    assert not path.with_name("x.glm.part").exists()


def test_an_unfinished_recording_is_never_overwritten(path: Path) -> None:
    """It loads, by either name; it can be recovered; until then its name is taken."""
    trace = a_trace(2)
    from glmkit.recordings.recording import Recording

    part = path.with_name("x.glm.part")
    part.mkdir()
    (part / "events.jsonl").write_bytes(b"".join(map(encode_line, trace)) + b'{"at": 1, "fr')
    assert list(Trace.load(path)) == list(Trace.load(part)) == list(trace)
    with pytest.raises(BadFile, match="recover"):
        Recording(trace, path)
    assert Trace.recover(path) == path
    assert not part.exists()
    assert list(Trace.load(path)) == list(trace)


FULL = """
import resource, signal, sys, warnings
import glmkit as glm
from glmkit.recordings.recording import EVENTS
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
said = []
warnings.showwarning = lambda words, kind, file, line, *_: said.append((file, line, str(words)))
session = glm.connect("emulator", modalities=["text"])
recording = session.record(sys.argv[1])
session.ask("Hello")
while not (recording.part / EVENTS).stat().st_size:
    pass
resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
session.ask("Hello")
while recording.going_on:
    pass
session.ask("Hello")
session.ask("Hello")
files, lines, words = zip(*said)
print(len(said), set(files) <= {"<string>"}, "x.glm.part" in words[0])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for close in (recording.close, recording.close, session.close, session.close):
    try:
        print(close())
    except glm.errors.BadFile as error:
        print(type(error).__name__, "x.glm.part" in str(error))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_fills_is_told_at_the_next_call(path: Path) -> None:
    """Once, at its line, with where the rest is; and no close names a file that is not there."""
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, cwd=ROOT)
    closed = ["BadFile True"] * 3 + ["None"]
    assert done.stdout.splitlines() == ["1 True True", *closed], done.stderr
    assert len(Trace.load(path.with_name("x.glm.part"))) > 0


@pytest.mark.parametrize("year", [-10, 0, 1, 10, 136, 500])  # from 1970
def test_a_clock_may_say_what_it_likes(
    path: Path, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board without a battery begins in 1970; what it saves and records is read back."""
    now = year * 365.2425 * 86_400 + 1_000
    monkeypatch.setattr(time, "time", lambda: now)
    trace = a_trace(1)
    trace.clock = Clock(now, trace.clock.perf)
    for written in (trace.save(path), Recording(trace, path.with_name("y.glm")).close()):
        loaded = Trace.load(written)
        assert list(loaded) == list(trace)
        assert loaded.when(loaded[0]).year in (1969 + year, 1970 + year)


KILLED = """
import sys, time
from glmkit.recordings.recording import Recording
from tests.pictured import a_trace
trace = a_trace(1)
events, trace.events = [e for e in trace.events if not e.payload], []
recording = Recording(trace, sys.argv[1])
for n in range(10_000):
    trace.add(events[n % len(events)])
    print(n, flush=True)
    time.sleep(0.2)  # so few that no buffer fills by itself
"""


@pytest.mark.slow
def test_a_process_killed_outright_loses_at_most_the_last_second(path: Path) -> None:
    """What was said more than a second before the kill is on disk."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    counted: list[tuple[float, int]] = []
    while not counted or counted[-1][1] < 14:
        counted.append((time.monotonic(), int(child.stdout.readline())))
    os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    killed = time.monotonic()
    child.communicate(timeout=10)
    safe = max(n for at, n in counted if killed - at > 1.3)
    assert len(Trace.load(path)) > safe


LEFT_OPEN = """
import sys
import glmkit as glm
session = glm.connect(to="emulator", modalities=["text"])
session.record(sys.argv[1])
session.ask("Hello")
"""


@pytest.mark.slow
def test_a_recording_left_open_is_whole_when_python_ends(path: Path) -> None:
    """Nobody has to remember to close it."""
    subprocess.run([sys.executable, "-c", LEFT_OPEN, str(path)], check=True, timeout=60)
    assert [turn.user_transcript for turn in Trace.load(path).turns()] == ["Hello"]
    assert not path.with_name("x.glm.part").exists()


def test_a_size_where_no_sound_can_be_is_passed_over() -> None:
    """A line that claims one for an event without a payload still gives an event to look at."""
    event = decode_line(b'{"at":1,"from":"server","size":5,"event":{"type":"response.created"}}')
    assert (event.size, repr(event)) == (0, "Event('response.created')")
    light = Event("response.audio.delta", {"delta": "AAAA"}).without_payload()
    assert decode_line(encode_line(light)).size == light.size == 3
