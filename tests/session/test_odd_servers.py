"""Servers that never stop, say little, or number from the start again: no deadline is missed."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

import glmkit as glm
from glmkit.errors import (
    Closed,
    Disconnected,
    NoSpeech,
    ServiceError,
    TurnTimeout,
    TurnTooLarge,
)
from tests.odd_server import Answer, answered, talking, tell

TONE = glm.Clip.tone(300, 0.3)
DELTA = {"type": "response.audio.delta", "response_id": "r", "delta": "AAAA" * 16_000}


async def test_a_connection_that_numbers_anew_answers_the_new_turn() -> None:
    """Before and after a reset the service's ids are the same."""
    spoken = itertools.count(1)

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        await answered(socket, "resp_1", f"answer {next(spoken)}")

    async with talking({"response.create": answer}) as session:
        first = await session.say(TONE, speed=None)
        await session.reset()
        second = await session.say(TONE, speed=None, timeout=5)
    assert (first.transcript, second.transcript) == ("answer 1", "answer 2")
    assert [turn.transcript for turn in session.turns] == ["answer 1", "answer 2"]
    assert [turn.transcript for turn in session.trace.turns()] == ["answer 1", "answer 2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "endless",
    [
        [{"type": "response.created", "response": {"id": "#"}}],
        [{"type": "response.created", "response": {"id": "#"}}, {"type": "error", "error": {}}],
        [{"type": "input_audio_buffer.committed", "item_id": "#"}],
        [{"type": "input_audio_buffer.speech_started"}, {"type": "error", "error": {}}],
        [DELTA],
    ],
    ids=["answers", "answers and errors", "commits", "speech", "sound"],
)
@pytest.mark.parametrize("call", ["ask", "say under server VAD"])
async def test_what_never_ends_is_cut_off(endless: list[dict[str, Any]], call: str) -> None:
    """At the budget's bound the turn ends with what arrived, and nothing comes any more."""

    async def flood(socket: ServerConnection, event: dict[str, Any]) -> None:
        for number in itertools.count():
            for each in endless:
                await socket.send(json.dumps(each).replace("#", str(number)))

    budget = glm.Budget(events=3000, megabytes=20)
    vad = "client" if call == "ask" else "server"
    begins = "response.create" if call == "ask" else "input_audio_buffer.append"
    async with talking({begins: flood}, budget=budget, vad=vad) as session:
        with pytest.raises(ServiceError) as caught:
            await (session.ask("hi") if call == "ask" else session.say(TONE, speed=None))
        async with asyncio.timeout(5):
            while not session.closed:  # the turn may end for another reason before
                await asyncio.sleep(0.01)
        assert len(session.trace.select(direction="server")) <= 3003  # and two to open
        if isinstance(caught.value, TurnTooLarge):
            assert "3000" in str(caught.value)
            assert "too_large" in caught.value.turn.explain().names
        await session.reset()
        assert not session.closed


async def test_an_allowance_is_each_turns_own() -> None:
    """Many turns may come to more than one may."""
    number = itertools.count()

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        await answered(socket, f"r{next(number)}", "yes")

    async with talking({"response.create": answer}, budget=glm.Budget(events=20)) as session:
        for _ in range(10):
            await session.ask("hi")
    assert len(session.turns) == 10


@pytest.mark.slow
async def test_a_deadline_says_that_the_upload_is_not_counted() -> None:
    """Where the upload took a while, the words tell the two apart."""
    async with talking({}) as session:
        with pytest.raises(TurnTimeout, match=r"0\.3 s after the last chunk.*took 1\.\d s"):
            await session.say(glm.Clip.tone(300, 1.0), timeout=0.3)


async def test_who_speaks_into_an_answer_by_hand_does_not_keep_say_waiting() -> None:
    """Speech of others that never ends cancels our answer: it is given back as it is."""
    heard = itertools.count(1)

    async def hear(socket: ServerConnection, event: dict[str, Any]) -> None:
        number = next(heard)
        if number == 1:
            await tell(socket, "input_audio_buffer.speech_started")
        if number == 10:
            await tell(socket, "input_audio_buffer.committed", item_id="a")
            await tell(socket, "response.created", response={"id": "r1"})
            await tell(socket, "response.audio_transcript.delta", response_id="r1", delta="Once")
        if event.get("event_id") == "by hand":
            await tell(socket, "input_audio_buffer.speech_started")
            await tell(socket, "response.done", response={"id": "r1", "status": "cancelled"})

    async with talking({"input_audio_buffer.append": hear}, vad="server") as session:
        saying = asyncio.create_task(session.say(TONE, speed=None, timeout=20))
        while not session.trace.select("response.audio_transcript.delta"):
            await asyncio.sleep(0.01)
        sound = glm.events.append(TONE.to_pcm())
        await session.send(sound.type, audio=sound.get("audio"), event_id="by hand")
        async with asyncio.timeout(5):
            turn = await saying
    assert (turn.status, turn.transcript) == ("cancelled", "Once")
    assert session.fold.uncommitted, "the others' sound is not ours"


@pytest.mark.slow
async def test_an_answer_asked_for_by_hand_that_never_comes_takes_nobody_elses() -> None:
    """It is waited for, then given up; one that comes late but in time stays with its request."""
    asked = itertools.count()

    async def answer(socket: ServerConnection, event: dict[str, Any]) -> None:
        number = next(asked)
        if number == 1:
            await asyncio.sleep(0.1)
        if number > 0:
            await answered(socket, f"r{number}", f"answer {number}")

    async with talking({"response.create": answer}) as session:
        await session.send("response.create")
        assert (await session.ask("hi")).transcript == "answer 1"
        await session.send("response.create")
        assert (await session.ask("hi")).transcript == "answer 3"
        assert [turn.status for turn in session.turns] == ["unanswered", *["completed"] * 3]


async def test_iterating_says_why_it_ends() -> None:
    """Where the other side ended the connection; not where this side did."""

    async def end(socket: ServerConnection, event: dict[str, Any]) -> None:
        await tell(socket, "response.created", response={"id": "r1"})
        await socket.close(1011, "gone")

    async def flood(socket: ServerConnection, event: dict[str, Any]) -> None:
        for _ in range(100):
            await tell(socket, "heartbeat")

    async def last_of(answer: Answer, **options: Any) -> str:
        last = "nothing"
        async with talking({"response.create": answer}, **options) as session:
            events = aiter(session)
            await session.send("response.create")
            async with asyncio.timeout(5):
                async for event in events:
                    last = event.type
        return last

    with pytest.raises(Disconnected, match="1011, gone"):
        await last_of(end)
    with pytest.raises(TurnTooLarge, match="50"):
        await last_of(flood, budget=glm.Budget(events=50))
    with pytest.raises(Closed, match=r"0\.2 s"):
        await last_of(answered_by_nobody, budget=glm.Budget(idle=0.2))
    async with talking({}) as session:
        events = aiter(session)
        await session.close()
        assert [event async for event in events] == []


async def answered_by_nobody(socket: ServerConnection, event: dict[str, Any]) -> None:
    """Nothing."""


SPEECH = glm.Clip.silence(0.3) + glm.Clip.tone(200, 0.5) + glm.Clip.silence(0.2)


def get_time() -> str:
    """What time it is."""
    return "noon"


async def begin(socket: ServerConnection, event: dict[str, Any]) -> None:
    """Hear speech begin with the third append, and then nothing."""
    socket.heard = getattr(socket, "heard", 0) + 1  # type: ignore[attr-defined]
    if socket.heard == 3:  # type: ignore[attr-defined]
        await tell(socket, "input_audio_buffer.speech_started")


@pytest.mark.filterwarnings("ignore:with tools")
@pytest.mark.parametrize("ending", ["timeout", "disconnected", "interrupted"])
async def test_speech_that_was_never_committed_is_a_turn(ending: str) -> None:
    """Whatever ended it: its sound, its events, and a name for what went wrong."""

    async def hear(socket: ServerConnection, event: dict[str, Any]) -> None:
        await begin(socket, event)
        if ending == "disconnected" and socket.heard == 8:  # type: ignore[attr-defined]
            socket.transport.abort()

    hearing = {"input_audio_buffer.append": hear}
    async with talking(hearing, vad="server", tools=[get_time]) as session:
        saying = asyncio.create_task(session.say(SPEECH, speed=None, timeout=0.5))
        if ending == "interrupted":
            while not session.fold.speaking:
                await asyncio.sleep(0.01)
            saying.cancel()
        with pytest.raises((TurnTimeout, Disconnected, asyncio.CancelledError)) as caught:
            await saying
    [turn] = session.turns
    assert turn.status == ending
    assert turn.input is not None
    assert turn.input.seconds >= 0.3
    assert turn == session.trace.turns()[0]
    if ending != "interrupted":
        assert caught.value.turn == turn  # type: ignore[union-attr]
    if ending == "timeout":
        assert "heard you begin at 0.3 s" in str(caught.value)
        assert turn.explain().names[0] == "vad_never_ended"
        assert glm.explain(caught.value).names[0] == "vad_never_ended"
        assert "known fault" in str(turn.explain())
    assert glm.explain(session).names


@pytest.mark.slow
async def test_what_was_not_heard_is_a_turn_and_what_was_given_up_is_none() -> None:
    """NoSpeech carries the sound; a cancelled upload that nobody heard leaves nothing."""

    async def clear(socket: ServerConnection, event: dict[str, Any]) -> None:
        await tell(socket, "input_audio_buffer.cleared")

    async with talking({"input_audio_buffer.clear": clear}, vad="server") as session:
        saying = asyncio.create_task(session.say(SPEECH))
        while not session.trace.select("input_audio_buffer.append"):
            await asyncio.sleep(0.01)
        saying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saying
        assert not session.turns
        with pytest.raises(NoSpeech) as caught:
            await session.say(SPEECH, speed=None)
    turn = caught.value.turn
    assert session.turns[:] == [turn]
    assert turn.input.seconds > SPEECH.seconds
    assert "vad_never_began" in glm.explain(caught.value).names


async def test_tools_with_server_vad_are_warned_of_once() -> None:
    """Before the first turn, or when the second of the two comes."""
    with pytest.warns(glm.errors.GlmWarning, match="never stop") as found:
        async with talking({}, vad="server", tools=[get_time]) as session:
            await session.update(voice="xiaochen")
    assert len(found) == 1
    async with talking({}, tools=[get_time]) as session:
        with pytest.warns(glm.errors.GlmWarning, match="never stop"):
            await session.update(vad="server")


@pytest.mark.slow
async def test_what_grows_when_it_is_read_is_counted_so() -> None:
    """A megabyte of nested lists is many in memory; and the bound holds between turns, too."""
    nested = '{"type": "response.audio_transcript.delta", "x": [' + "[]," * 100_000 + "0]}"

    async def flood(socket: ServerConnection, event: dict[str, Any]) -> None:
        for _ in range(100):
            await socket.send(nested)

    budget = glm.Budget(megabytes=20)
    async with talking({"response.create": flood}, budget=budget) as session:
        await session.send("response.create")
        async with asyncio.timeout(10):
            while not session.closed:
                await asyncio.sleep(0.01)
        assert len(session.trace.select("response.audio_transcript.delta")) < 10


async def test_turns_that_nobody_answers_are_let_go_too() -> None:
    """With nothing kept, where the service takes turns and was told not to answer."""
    number = itertools.count()

    async def take(socket: ServerConnection, event: dict[str, Any]) -> None:
        await tell(socket, "input_audio_buffer.committed", item_id=f"i{next(number)}")

    async with talking({"input_audio_buffer.commit": take}, keep="nothing") as session:
        for _ in range(40):
            await session.send("input_audio_buffer.commit")
        while session.fold.commits < 40:
            await asyncio.sleep(0.01)
        assert len(session.fold.opened) < 20
