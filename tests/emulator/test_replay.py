"""A recorded session, played back: by points, at its own pace, and usable after a surprise."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

import glmkit as glm
from glmkit.cli import commands
from glmkit.errors import BadArgument, BadFile, GlmWarning, Rejected
from glmkit.events import append
from glmkit.media.formats import INPUT_FORMATS
from glmkit.protocol.event import stamped
from glmkit.turns.trace import Clock, Trace
from glmkit.verify.raw_client import configuration
from tests.bare import Bare, joined, running, sample, silence, types
from tests.pictured import a_trace, exchange, server, voice

SECONDS = 1.0  # what the recording's user says in each turn


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return a_trace(2).save(tmp_path / "two.glm")


@asynccontextmanager
async def replaying(path: Path, **switches: object) -> AsyncIterator[Bare]:
    """A client of a replay, past session.created."""
    async with running(replay=str(path), replay_speed=0, **switches) as emulator:
        async with joined(emulator) as bare:
            yield bare


async def turn(bare: Bare, chunk: float = 0.1, seconds: float = SECONDS) -> list[str]:
    """One turn under client VAD with chunks of another size; the types that came."""
    first = len(bare.came)
    for _ in range(round(seconds / chunk)):
        await bare.append(silence(chunk))
    await bare.send("input_audio_buffer.commit")
    await bare.send("response.create")
    await bare.next("response.done")
    return types(bare.came[first:])


async def test_an_idle_client_of_a_replay_is_let_go(recording: Path) -> None:
    """--idle-close holds there, too."""
    async with replaying(recording, idle_close=0.2) as bare:
        await bare.closed()
        assert bare.socket.close_code == 1000


@pytest.mark.slow
@pytest.mark.parametrize("chunk", [0.02, 0.1, 0.5, 1.0])
async def test_the_server_says_what_it_said(recording: Path, chunk: float) -> None:
    """Events, ids and sound are the recording's, whatever the size of the client's chunks."""
    recorded = Trace.load(recording)
    async with replaying(recording) as bare:
        await bare.update()
        await turn(bare, chunk)
        await turn(bare, chunk)
    expected = [event.data for event in recorded if event.direction == "server"]
    assert bare.came == expected


async def test_an_unexpected_event_is_answered_and_the_replay_goes_on(recording: Path) -> None:
    """The error names what was expected and what was found."""
    async with replaying(recording) as bare:
        await bare.send("response.create")
        error = await bare.error()
        assert error["code"] == "replay_mismatch"
        assert "session.update" in error["message"]
        assert "response.create" in error["message"]
        await bare.update()
        assert "response.done" in await turn(bare)
        await bare.socket.send("no json")
        assert "input_audio_buffer.commit" in (await bare.error())["message"]
        await turn(bare)
        await bare.send("response.create")
        assert "end" in (await bare.error())["message"]


async def test_more_sound_than_was_recorded_is_said_once(recording: Path) -> None:
    """A little more is let pass; much more is an error, and the turn can still be ended."""
    async with replaying(recording) as bare:
        await bare.update()
        types_seen = await turn(bare, seconds=SECONDS + 0.4)
        assert "error" not in types_seen
        assert (await turn(bare, seconds=SECONDS + 2)).count("error") == 1


async def test_less_sound_than_was_recorded_is_enough(recording: Path) -> None:
    """A commit matches by its type."""
    async with replaying(recording) as bare:
        await bare.update()
        assert "error" not in await turn(bare, seconds=0.2)


async def test_a_strict_replay_closes_at_the_first_surprise(recording: Path) -> None:
    """After the error that says why."""
    async with replaying(recording, strict=True) as bare:
        await bare.send("response.cancel")
        await bare.error()
        with pytest.raises(ConnectionClosed):
            await bare.any()


async def test_who_goes_is_not_waited_for(recording: Path) -> None:
    """Neither on a slow line nor after a surprise: what cannot be sent any more is not due."""
    async with running(
        replay=str(recording), connections=1, strict=True, faults=["latency=60"]
    ) as server:
        async with joined(server, greeted=False) as bare:
            await bare.send("response.cancel")
            bare.socket.transport.abort()
        async with asyncio.timeout(4):  # an orderly goodbye would take five seconds
            while tasks("replay"):
                await asyncio.sleep(0.05)


def tasks(name: str) -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks() if task.get_name() == name]


@pytest.mark.slow
async def test_events_keep_their_distance(tmp_path: Path) -> None:
    """What came half a second after its point comes no sooner, and twice as soon at speed 2."""
    path = a_trace(1).save(tmp_path / "x.glm")
    waits = []
    for speed in (1.0, 2.0):
        async with running(replay=str(path), replay_speed=speed) as emulator:
            async with joined(emulator) as bare:
                await bare.update()
                for _ in range(10):
                    await bare.append(silence(0.1))
                await bare.send("input_audio_buffer.commit")
                await bare.send("response.create")
                asked = time.perf_counter()
                await bare.next("response.done")
                waits.append(time.perf_counter() - asked)
    [turn] = Trace.load(path).turns()
    assert turn.latency.done is not None
    assert waits[0] >= turn.latency.done - 0.01
    assert turn.latency.done / 2 - 0.01 <= waits[1] < waits[0]


@pytest.mark.slow
async def test_a_pause_of_that_day_holds_nobody_up(tmp_path: Path) -> None:
    """What came in a long pause comes when the client goes on, not a minute later."""
    trace = a_trace(1)
    beat = server("heartbeat", trace[2].at + 0.1)
    late = [stamped(event, event.at + 60, event.format) for event in trace.events[3:]]
    trace.events[3:] = [beat, stamped(beat, beat.at + 50, None), *late]
    async with running(replay=str(trace.save(tmp_path / "x.glm"))) as emulator:
        async with joined(emulator) as bare, asyncio.timeout(20):
            await bare.update()
            assert "response.done" in await turn(bare)
    assert bare.types().count("heartbeat") == 2


async def test_server_vad_is_replayed_by_seconds_of_sound(tmp_path: Path) -> None:
    """Speech marks come when enough was sent; nobody commits."""
    trace = Trace(Clock(0.0, 0.0), peer="emulator", model="m")
    trace.add(server("session.created", 1.0, session={}))
    for event in exchange(vad="server", answer=voice(1.0, 24_000)):
        trace.add(event)
    async with replaying(trace.save(tmp_path / "x.glm")) as bare:
        await bare.append(silence(0.3))
        assert bare.types() == ["session.created"]
        await bare.append(silence(0.7))
        await bare.next("response.done")
    assert "input_audio_buffer.speech_started" in bare.types()


@pytest.mark.parametrize("format", INPUT_FORMATS)
@pytest.mark.parametrize("keep", ["all", "events"])
async def test_sound_is_counted_in_seconds_of_its_format(
    format: str, keep: str, tmp_path: Path
) -> None:
    """A second is a second at 16, 24 and 48 kHz, whether the recording kept the bytes or not."""
    trace = Trace(Clock(0.0, 0.0), peer="emulator", model="m")
    trace.add(server("session.created", 1.0, session={}))
    second = clip_bytes(1.0, format)
    said = stamped(append(second, format=format), 2.0, format)
    trace.add(said if keep == "all" else said.without_payload())
    trace.add(server("input_audio_buffer.speech_started", 3.0))
    async with replaying(trace.save(tmp_path / "x.glm")) as bare, asyncio.timeout(10):
        await bare.send("session.update", session=configuration(input_audio_format=format))
        for _ in range(4):
            await bare.append(clip_bytes(0.2, format))
        await bare.send("response.cancel")
        assert [await bare.error(), await bare.error()]  # neither is in the recording
        assert "input_audio_buffer.speech_started" not in bare.types()
        await bare.append(clip_bytes(0.2, format))
        await bare.next("input_audio_buffer.speech_started")


def clip_bytes(seconds: float, format: str) -> bytes:
    """Silence as one append carries it."""
    clip = glm.Clip.silence(seconds, rate=INPUT_FORMATS[format])
    return clip.to_wav() if format.startswith("wav") else clip.to_pcm()


# -- from the client's side ----------------------------------------------------------------


@pytest.mark.slow
def test_connect_replays_a_file_with_its_own_settings(tmp_path: Path) -> None:
    """No network, no key: the peer is replay, and words, sound and settings are the file's."""
    path = tmp_path / "joke.glm"
    joke = glm.sample("joke_zh")
    with glm.connect(to="emulator", voice="xiaochen", instructions="be brief") as session:
        live = session.say(joke, speed=None)
        session.save(path)
    with glm.connect(to=path, replay_speed=0) as replay:
        again = replay.say(joke, speed=None)
        with pytest.raises(Rejected, match="replay_mismatch"):
            replay.ask("what was never asked")
        assert replay.peer == again.peer == "replay"
        assert replay.settings.voice == "xiaochen"
        assert replay.settings.instructions == "be brief"
    assert again.transcript == live.transcript
    assert again.audio == live.audio
    assert again.response_ids == live.response_ids


def test_what_cannot_be_replayed_is_refused_here(tmp_path: Path) -> None:
    """A missing file, and one in which no server speaks."""
    with pytest.raises(BadFile, match="no file"):
        glm.connect(to=tmp_path / "none.glm")
    file = tmp_path / "A.Input"
    file.write_text('{"type": "response.create"}\n', encoding="utf-8")
    with pytest.raises(BadFile, match="no event of a server"):
        glm.connect(to=file)
    with pytest.raises(BadArgument):
        glm.connect(to="nonsense")


@pytest.mark.slow
def test_sound_that_was_not_kept_is_replayed_as_silence(tmp_path: Path) -> None:
    """A recording with keep='events' replays with the same number of samples."""
    trace = a_trace(1)
    trace.events = [event.without_payload() for event in trace.events]
    trace.save(tmp_path / "x.glm")
    with pytest.warns(GlmWarning, match="differs"):  # this recording's echo is empty
        session = glm.connect(to=tmp_path / "x.glm", replay_speed=0)
    with session:
        turn = session.say(glm.Clip.from_pcm(sample("joke_zh"), 16_000)[:1.0], speed=None)
    assert turn.audio is not None
    assert turn.audio.seconds == pytest.approx(1.5)
    assert turn.audio.peak == float("-inf")


@pytest.mark.slow
def test_a_session_that_began_again_is_replayed_so(tmp_path: Path) -> None:
    """Each connection of the recording is one of the replay."""
    path = tmp_path / "again.glm"
    with glm.connect(to="emulator", modalities=["text"]) as session:
        said = [session.ask("Hello").transcript]
        session.reset()
        said.append(session.ask("Tell me a joke").transcript)
        session.save(path)
    with glm.connect(to=path, replay_speed=0) as replay:
        heard = [replay.ask("Hello").transcript]
        replay.reset()
        heard.append(replay.ask("Tell me a joke").transcript)
    assert heard == said


def test_the_command_refuses_what_is_no_recording(tmp_path: Path) -> None:
    """``glmkit emulator --replay FILE`` ends with status 2 and says what was found."""
    from glmkit.cli.emulator import main

    (tmp_path / "x.glm").write_bytes(b"GIF89a")
    assert main(["--replay", str(tmp_path / "x.glm")]) == 2
    assert commands.main(["replay", str(tmp_path / "x.glm")]) == 2


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:with tools")
def test_what_the_server_heard_is_heard_again(tmp_path: Path) -> None:
    """Server VAD with a pause inside a clip: the same segments, words and calls."""

    def weather(city: str) -> str:
        """The weather in a city."""
        return f"{city}: sunny"

    clips = [glm.sample("two_questions_zh"), glm.sample("weather_zh")]
    path = tmp_path / "heard.glm"
    with glm.connect(to="emulator", vad="server", tools=[weather]) as session:
        for clip in clips:
            session.say(clip, speed=None)
        session.save(path)
    with glm.connect(to=path, replay_speed=0, tools=[weather]) as replay:
        for clip in clips:
            replay.say(clip, speed=None)
    pairs = list(zip(session.turns, replay.turns, strict=True))
    assert len(pairs) >= 2
    assert pairs[-1][0].tool_calls
    for live, again in pairs:
        assert again.transcript == live.transcript
        assert again.tool_calls == live.tool_calls
