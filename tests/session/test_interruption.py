"""``say(interrupt_after=…, with_=…)``: who speaks into an answer, when, what becomes of both."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.errors import BadArgument, BadAudio, GlmWarning, NoAnswer, TurnTimeout
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND, AUDIO_DELTA
from glmkit.session.asyncio_session import Session
from glmkit.session.event_queue import EventQueue
from glmkit.session.heard_answer import Listener
from glmkit.turns.stage_moments import zero_point
from tests.odd_server import answered, talking, tell
from tests.stand_in_device import StandInDevice, StandInPortAudio

KEY = Key.random()
STORY, JOKE = "story_zh", "joke_zh"


@pytest.fixture
async def server() -> AsyncIterator[RunningServer]:
    async with await serve(Options(key=KEY, pace=4)) as running:
        yield running


async def interrupted(session: Session, **options: Any) -> tuple[glm.Turn, glm.Turn]:
    """The story, and the joke that is said into it."""
    into: dict[str, Any] = {"interrupt_after": 0.5, "with_": glm.sample(JOKE), **options}
    said = await session.say(glm.sample(STORY), speed=into.pop("speed", None), **into)
    first, *_, last = session.turns
    assert said.response_ids == last.response_ids
    assert len(session.turns) == 2
    return first, last


def begun(turn: glm.Turn, into: glm.Turn) -> float:
    """Seconds from an answer's first audible sample to the first sample of what was said then."""
    zero, late = zero_point(into), into.latency.first_audible
    append = next(event for event in turn.events if event.type == APPEND)
    assert zero is not None
    assert late is not None
    assert append.sound_seconds is not None
    return append.at - append.sound_seconds - zero - late


def sent(session: Session) -> list[str]:
    types = [event.type for event in session.trace if event.direction == "client"]
    return [each for n, each in enumerate(types) if n == 0 or types[n - 1] != each]


@pytest.mark.slow
async def test_under_client_vad_this_side_cancels_and_goes_on(server: RunningServer) -> None:
    """At the moment asked for; the interrupted turn knows what was heard, and what cut in."""
    async with aio.connect(server.url, api_key=KEY) as session:
        first, said = await interrupted(session, speed=1.0, interrupt_after=0.8)
        assert (first.status, said.status) == ("cancelled", "completed")
        assert begun(said, first) == pytest.approx(0.8, abs=0.08)
        assert first.audio is not None
        assert first.unheard is None or first.unheard.seconds > 0
        assert 0.7 < first.heard_seconds < 1.5
        assert len(first.cut_in) == 20
        assert said.input is not None
        assert said.input.to_pcm() == glm.sample(JOKE).to_pcm()
        assert session.trace.turns() == session.turns
    types = sent(session)
    assert types[types.index("response.cancel") :][:4] == [
        *("response.cancel", APPEND, "input_audio_buffer.commit", "response.create")
    ]


@pytest.mark.slow
async def test_under_server_vad_the_service_stops_by_itself(server: RunningServer) -> None:
    """This side only speaks: it cancels nothing, and asks for nothing."""
    async with aio.connect(server.url, api_key=KEY, vad="server") as session:
        first, said = await interrupted(session, speed=1.0)
        assert (first.status, said.status) == ("cancelled", "completed")
        assert begun(said, first) == pytest.approx(0.5, abs=0.08)
        assert first.interrupted_at is not None
        assert first.cut_in
        assert first.input is not None  # and the silence behind it is its own
        assert said.input is not None
        assert said.input.seconds < 1.94 + 1.3
    assert not {"response.cancel", "response.create"} & set(sent(session))


@pytest.mark.slow
async def test_without_anything_to_say_it_is_only_stopped(server: RunningServer) -> None:
    """By this side, under both VADs; the turn is the interrupted one."""
    for vad in ("client", "server"):
        async with aio.connect(server.url, api_key=KEY, vad=vad) as session:
            turn = await session.say(glm.sample(STORY), speed=None, interrupt_after=0.3)
            assert turn.status == "cancelled"
            assert list(session.turns) == [turn]
            assert "response.cancel" in sent(session)
            again = await session.say(glm.sample(JOKE), speed=None)
            assert again.status == "completed"


@pytest.mark.slow
async def test_an_answer_that_came_whole_and_still_sounds_is_interrupted_too() -> None:
    """Nothing is left to cancel; what would have sounded is what was heard."""
    async with await serve(Options(key=KEY, pace=0)) as fast:
        for vad in ("client", "server"):
            async with aio.connect(fast.url, api_key=KEY, vad=vad) as session:
                first, said = await interrupted(session, speed=4.0 if vad == "server" else None)
                assert (first.status, said.status) == ("completed", "completed")
                assert 0.4 < first.heard_seconds < 1.5
                assert first.unheard is not None
                assert first.cut_in
                assert "interrupted" in first.explain().names
                assert "response.cancel" not in sent(session)
                assert session.trace.turns() == session.turns


@pytest.mark.slow
async def test_a_service_that_must_not_stop_answers_both(server: RunningServer) -> None:
    """Where interrupt_response is off the first answer is said to its end."""
    detection = {"type": "server_vad", "interrupt_response": False}
    async with aio.connect(server.url, api_key=KEY, vad=detection) as session:
        first, said = await interrupted(session, speed=4.0, interrupt_after=0.2)
        assert (first.status, said.status) == ("completed", "completed")


@pytest.mark.slow
async def test_what_is_no_speech_to_the_service_interrupts_nothing(server: RunningServer) -> None:
    """A tone into the answer: it goes on, a warning says so, and the turn is that one."""
    waits = glm.Waits(no_speech=0.5)
    async with aio.connect(server.url, api_key=KEY, vad="server", waits=waits) as session:
        with pytest.warns(GlmWarning, match="heard no speech"):
            turn = await session.say(
                glm.sample(STORY),
                speed=None,
                interrupt_after=0.3,
                with_=glm.Clip.tone(1_000, 0.3, level=-30),
            )
        assert turn.status == "completed"
        assert turn.interrupted_at is None
        assert list(session.turns) == [turn]
        assert (await session.say(glm.sample(JOKE), speed=None)).status == "completed"


@pytest.mark.slow
async def test_an_answer_that_is_over_sooner_is_not_interrupted() -> None:
    """Nothing more is said, and a warning has both numbers; as where nothing sounds at all."""
    async with await serve(Options(key=KEY, pace=0)) as fast:
        async with aio.connect(fast.url, api_key=KEY) as session:
            with pytest.warns(GlmWarning, match=r"sounded for \d.* s, and interrupt_after is 60"):
                turn = await session.say(
                    glm.sample(JOKE), speed=None, interrupt_after=60, with_=glm.sample(STORY)
                )
            assert turn.status == "completed"
            assert turn.interrupted_at is None
            assert list(session.turns) == [turn]
        async with aio.connect(fast.url, api_key=KEY, modalities=["text"]) as session:
            with pytest.warns(GlmWarning, match="no sound came"):
                await session.say(glm.sample(JOKE), speed=None, interrupt_after=0.1)


@pytest.mark.slow
async def test_calls_of_the_interrupted_turn_are_answered_before(server: RunningServer) -> None:
    """The answer that counts is the one that sounds."""
    async with aio.connect(server.url, api_key=KEY) as session:

        @session.tool
        def get_weather(city: str) -> str:
            """Tells the weather of a city."""
            return f"sunny in {city}"

        await session.update()
        said = await session.say(
            glm.sample("weather_zh"), speed=None, interrupt_after=0.2, with_=glm.sample(JOKE)
        )
        first = session.turns[0]
        assert [call.output for call in first.tool_calls] == ["sunny in 北京"]
        assert (first.status, said.status) == ("cancelled", "completed")


async def sounds(socket: ServerConnection, id: str, seconds: float = 3.0) -> None:
    """An answer begins: all its sound at once."""
    await tell(socket, "response.created", response={"id": id})
    for chunk in glm.Clip.tone(200, seconds, rate=24_000).chunks(500, "pcm24"):
        await tell(
            socket,
            "response.audio.delta",
            response_id=id,
            delta=base64.b64encode(chunk).decode(),
        )


async def test_a_call_that_runs_then_is_given_up() -> None:
    """The model is told so, nothing is asked for it, and the next words are answered."""
    asked: list[str] = []

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        asked.append(event["type"])
        if len(asked) > 1:
            await answered(socket, "r2", "well?")
            return
        await sounds(socket, "r1")
        call = {"name": "wait", "arguments": "{}", "call_id": "c1"}
        await tell(socket, "response.function_call_arguments.done", response_id="r1", **call)
        await tell(socket, "response.done", response={"id": "r1", "status": "completed"})

    async with talking({"response.create": answer}) as session:

        @session.tool
        async def wait() -> str:
            """Takes very long."""
            await asyncio.sleep(60)
            return "never"

        await session.update()
        said = await session.say(
            glm.Clip.tone(300, 0.2), speed=None, interrupt_after=0.2, with_=glm.Clip.tone(400, 0.2)
        )
        first = session.turns[0]
        assert (first.status, said.transcript) == ("interrupted", "well?")
        assert "interrupted" in (first.tool_calls[0].output or "")
        assert len(asked) == 2


async def test_a_service_that_goes_on_all_the_same_is_an_error() -> None:
    """Where nothing comes of the cancel, nothing is committed into the answer that goes on."""

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        await sounds(socket, "r1")

    async with talking({"response.create": answer}) as session:
        with pytest.raises(NoAnswer):
            await session.say(
                glm.Clip.tone(300, 0.2),
                speed=None,
                interrupt_after=0.2,
                with_=glm.Clip.tone(400, 0.2),
            )
        assert sent(session).count("input_audio_buffer.commit") == 1
        assert session.under_way is None


@pytest.mark.slow
async def test_nothing_need_be_kept(server: RunningServer) -> None:
    """The moment is found where no sound is kept, also of mp3."""
    for options in ({"keep": "nothing"}, {"output_format": "mp3"}):
        async with aio.connect(server.url, api_key=KEY, **options) as session:
            first, said = await interrupted(session)
            assert (first.status, said.status) == ("cancelled", "completed")


@pytest.mark.slow
async def test_the_deadline_and_whoever_cancels_leave_it_clean(server: RunningServer) -> None:
    """In the midst of what is said into the answer, too."""
    async with aio.connect(server.url, api_key=KEY) as session:
        saying = asyncio.create_task(interrupted(session, interrupt_after=0.2, speed=1.0))
        while "response.cancel" not in sent(session):
            await asyncio.sleep(0.02)
        saying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saying
        assert session.under_way is None
        assert (await session.say(glm.sample(JOKE), speed=None)).status == "completed"
    async with await serve(Options(key=KEY, pace=1, faults=("stall,after=2",))) as stalled:
        async with aio.connect(stalled.url, api_key=KEY) as session:
            with pytest.raises(TurnTimeout):
                await session.say(glm.sample(STORY), speed=None, timeout=1, interrupt_after=30)


@pytest.mark.slow
async def test_the_loudspeaker_stops_and_plays_the_next_answer(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``play`` nothing more is heard of the answer, even where the service says all of it."""
    device = StandInDevice()
    monkeypatch.setitem(sys.modules, "sounddevice", StandInPortAudio(device))  # type: ignore[arg-type]
    vad = {"type": "server_vad", "interrupt_response": False}
    async with aio.connect(server.url, api_key=KEY, vad=vad) as session:
        said = await session.say(
            glm.sample(JOKE),
            speed=4,
            interrupt_after=0.1,
            with_=glm.sample("call_zh"),
            play=True,
        )
        first = session.turns[0]
        assert first.status == "completed"
        assert first.transcript != said.transcript
        assert first.audio is not None
        assert said.audio is not None
        assert first.audio[:-0.5][-0.5:].to_pcm() not in device.played
        assert said.audio.to_pcm().strip(b"\0") in device.played


class Heard:
    """A player that writes down what it is to do."""

    playing = False

    def __init__(self) -> None:
        self.done: list[str] = []

    def play(self, id: str, samples: bytes) -> None:
        self.done.append(f"play {id}")

    def end(self, id: str) -> None:
        self.done.append(f"end {id}")

    def flush(self) -> None:
        self.done.append("flush")

    def close(self) -> None:
        self.done.append("close")


async def test_what_still_comes_of_a_hushed_answer_is_not_played() -> None:
    """The next one is."""
    queue, player = EventQueue(lambda queue: None), Heard()
    listener = Listener(player, "pcm")
    sound = base64.b64encode(bytes(480)).decode()

    def come(id: str) -> None:
        data = {"response_id": id, "delta": sound}
        queue.put(Event(AUDIO_DELTA, data, direction="server", format="pcm"))

    feeding = asyncio.create_task(listener.feed(queue))
    come("r1")
    while not player.done:
        await asyncio.sleep(0)
    listener.hush()
    come("r1")
    come("r2")
    queue.end()
    assert await feeding == pytest.approx(0.02)
    assert player.done == ["play r1", "flush", "end r1", "play r2", "end r2"]


@pytest.mark.slow
def test_it_is_one_line_in_a_cell(glm_emulator: glm.Emulator) -> None:
    """The blocking session has it, too."""
    with glm.connect(glm_emulator.url, api_key=glm_emulator.key) as session:
        turn = session.say(
            glm.sample(STORY), speed=None, interrupt_after=0.1, with_=glm.sample(JOKE)
        )
        assert turn == session.turns[-1] != session.turns[0]


async def test_what_cannot_be_is_refused_before_the_first_byte(server: RunningServer) -> None:
    """A moment that is none, a sound that is none, a sound without a moment."""
    async with aio.connect(server.url, api_key=KEY) as session:
        wrong: list[tuple[dict[str, Any], type[Exception], str]] = [
            ({"with_": glm.sample(JOKE)}, BadArgument, "interrupt_after="),
            ({"interrupt_after": -1}, BadArgument, "0 or more"),
            ({"interrupt_after": float("nan")}, BadArgument, "0 or more"),
            ({"interrupt_after": "soon"}, BadArgument, "0 or more"),
            ({"interrupt_after": True}, BadArgument, "0 or more"),
            ({"interrupt_after": 1, "with_": 7}, BadArgument, "got int"),
            ({"interrupt_after": 1, "with_": glm.Clip.silence(0)}, BadAudio, "no samples"),
            ({"interrupt_after": 1, "with_": glm.Clip.silence(31)}, BadAudio, "30"),
        ]
        for options, kind, words in wrong:
            with pytest.raises(kind, match=words):
                await session.say(glm.sample(STORY), **options)
        assert APPEND not in sent(session)
