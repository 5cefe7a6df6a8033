"""Servers that never stop, say little, or number from the start again: no deadline is missed."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

import glmkit as glm
from glmkit.errors import ServiceError, TurnTimeout, TurnTooLarge
from tests.odd_server import answered, talking, tell

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
