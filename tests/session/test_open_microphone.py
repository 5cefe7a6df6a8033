"""An open microphone: turns come as the service hears them, and whoever speaks interrupts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

import glmkit as glm
from glmkit.errors import BadState, TooMuch
from glmkit.session.open_microphone import live


async def microphone(*clips: glm.Clip) -> AsyncIterator[glm.Clip]:
    """Clips one after the other, as fast as a microphone gives them."""
    for clip in clips:
        for chunk in clip.chunks(100):
            yield glm.Clip.from_pcm(chunk, 16_000)
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.voices
@pytest.mark.filterwarnings("ignore:with tools")
async def test_many_turns_on_one_open_microphone() -> None:
    """Each is answered; speaking into an answer cancels it, at most once; tools are called."""
    async with glm.aio.connect("emulator", vad="server") as session:

        @session.tool
        def get_weather(city: str) -> str:
            """Tells the weather of a city."""
            return f"sunny in {city}"

        await session.update()
        spoken = (
            *(glm.sample("story_zh"), glm.Clip.silence(4)),
            *(glm.sample("weather_zh"), glm.Clip.silence(0.5)),
        )
        await live(session, microphone(*spoken))
        first, second = session.turns
        assert (first.status, second.status) == ("cancelled", "completed")
        assert "故事" in first.user_transcript
        assert [call.name for call in second.tool_calls] == ["get_weather"]
        sent = [event.type for event in session.trace.events if event.direction == "client"]
        assert sent.count("response.cancel") <= 1
        assert sent[-1] == "input_audio_buffer.clear"
        assert session.cost.seconds > 8


@pytest.mark.slow
async def test_a_cancelled_microphone_leaves_the_session_clean() -> None:
    """The next say works."""
    async with glm.aio.connect("emulator", vad="server") as session:
        task = asyncio.create_task(live(session, microphone(glm.sample("story_zh"))))
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await session.update(vad="client")
        turn = await session.say(glm.sample("joke_zh"), speed=None)
        assert turn.status == "completed"


async def test_it_needs_server_vad() -> None:
    """Under client VAD nobody would ever answer."""
    async with glm.aio.connect("emulator") as session:
        with pytest.raises(BadState, match="server VAD"):
            await live(session, microphone())


@pytest.mark.slow
async def test_a_conversation_is_one_turn_on_the_bill() -> None:
    """A budget of one turn lets it go on to its end, and refuses the next."""
    budget = glm.Budget(turns=1)
    async with glm.aio.connect("emulator", vad="server", budget=budget) as session:
        await live(session, microphone(glm.sample("hello_en")))
        assert [turn.status for turn in session.turns] == ["completed"]
        with pytest.raises(TooMuch, match="turns 1"):
            await live(session, microphone())


async def test_a_conversation_ends_where_the_budget_does() -> None:
    """What it costs is looked at while it goes on."""
    budget = glm.Budget(seconds=0.5)
    async with glm.aio.connect("emulator", vad="server", budget=budget) as session:
        with pytest.raises(TooMuch, match="seconds"):
            await live(session, microphone(glm.sample("story_zh")))
        assert 0.5 <= session.cost.seconds < 2
