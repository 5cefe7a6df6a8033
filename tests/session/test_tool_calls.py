"""Calls of the model: what reaches it, what whoever wrote the tool is told, and what is refused."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

import glmkit as glm
from glmkit import events
from glmkit.aio import Session
from glmkit.auth import Key
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.errors import BadArgument, BadState, GlmWarning, TurnTimeout
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import is_tool_output
from glmkit.protocol.settings import Settings
from glmkit.protocol.tools.tool import as_tool
from glmkit.turns.turn import ToolCall

KEY = Key.random()
WEATHER = "北京的天气怎么样？"


@pytest.fixture
async def server() -> AsyncIterator[RunningServer]:
    async with await serve(Options(key=KEY, pace=0)) as running:
        yield running


def connected(server: RunningServer, weather: Callable[..., Any]) -> glm.aio.Connecting:
    tool = as_tool(weather, name="get_weather", description="Tells the weather of a city.")
    return glm.aio.connect(server.url, api_key=KEY, tools=[tool], modalities=["text"])


def sent(session: Session) -> list[Event]:
    return [event for event in session.trace if event.direction == "client"]


async def test_an_asynchronous_generator_is_a_list(server: RunningServer) -> None:
    """Its items are awaited, as many as there are."""

    async def weather(city: str) -> AsyncIterator[str]:
        for each in ("sun", "rain"):
            yield each

    async with connected(server, weather) as session:
        turn = await session.ask(WEATHER)
    assert json.loads(str(turn.tool_calls[0].output)) == ["sun", "rain"]


@pytest.mark.parametrize(("size", "words"), [(9_000, "good part"), (90_000, "cut off")])
async def test_a_long_output_warns_its_author(server: RunningServer, size: int, words: str) -> None:
    """Over 8 kB; what no conversation holds is cut, and the model is told so."""

    def weather(city: str) -> str:
        return "a" * size

    async with connected(server, weather) as session:
        with pytest.warns(GlmWarning, match=rf"get_weather returned .*{words}"):
            turn = await session.ask(WEATHER)
    output = str(turn.tool_calls[0].output)
    assert len(output) == size if size < 20_000 else "[cut here" in output
    assert turn.status == "completed"


@pytest.mark.slow
async def test_a_tool_does_not_answer_its_own_call(server: RunningServer) -> None:
    """To ask for the answer, or to give the output by hand, is refused at once."""

    async def weather(city: str) -> list[str]:
        refused = []
        by_hand = (events.response_create(), events.commit(), events.tool_output("x", call_id="a"))
        for event in by_hand:
            with pytest.raises(BadState, match="get_weather is running") as caught:
                await session.send(event)
            refused.append(str(caught.value))
        return refused

    async with connected(server, weather) as session:
        turn = await session.ask(WEATHER)
        await session.send("response.create")  # afterwards it is anybody's
    assert turn.status == "completed"
    assert len(json.loads(str(turn.tool_calls[0].output))) == 3
    assert len(list(filter(is_tool_output, sent(session)))) == 1


async def test_an_interrupted_call_is_answered(server: RunningServer) -> None:
    """The model is told, no answer is asked for, explain() says so, and the next turn is well."""
    begun, end = asyncio.Event(), asyncio.Event()

    async def weather(city: str) -> None:
        begun.set()
        await end.wait()

    async with connected(server, weather) as session:
        asking = asyncio.create_task(session.ask(WEATHER))
        await asyncio.wait_for(begun.wait(), 10)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        (turn,) = session.turns
        assert "interrupted" in str(turn.tool_calls[0].output)
        assert is_tool_output(sent(session)[-1])
        assert turn.explain().names == ("interrupted_tool",)
        assert "2" in (await session.ask("一加一等于几？")).transcript


@pytest.mark.slow
def test_a_call_that_a_cell_interrupts_is_answered() -> None:
    """As in a notebook: the tool runs in the cell's thread, and the interrupt lands in it."""

    def get_weather(city: str) -> None:
        """Tells the weather of a city."""
        signal.raise_signal(signal.SIGINT)

    assert threading.current_thread() is threading.main_thread()
    with glm.connect("emulator", tools=[get_weather], modalities=["text"]) as session:
        with pytest.raises(KeyboardInterrupt):
            session.ask(WEATHER)
        assert is_tool_output(sent(session.core)[-1])
        assert "interrupted_tool" in session.turns[0].explain().names
        assert session.ask("你好").status == "completed"


@pytest.mark.slow
def test_a_blocking_tool_is_refused_the_same() -> None:
    """With the blocking session, from the thread that waits."""
    refused: list[str] = []

    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        try:
            session.send("response.create")
        except BadState as error:
            refused.append(str(error))
        return "sun"

    with glm.connect("emulator", tools=[get_weather], modalities=["text"]) as session:
        assert session.ask(WEATHER).status == "completed"
    assert "get_weather is running" in refused[0]


async def test_a_tool_may_run_out(server: RunningServer) -> None:
    """StopIteration, which no coroutine can raise, is told like any other failure."""

    def weather(city: str) -> object:
        return next(iter(()))

    async with connected(server, weather) as session:
        turn = await session.ask(WEATHER)
    assert "StopIteration" in str(turn.tool_calls[0].output)
    assert "coroutine" not in str(turn.tool_calls[0].output)


async def test_json_as_text_is_no_event(server: RunningServer) -> None:
    """It would be sent as a type that nobody knows."""
    async with glm.aio.connect(server.url, api_key=KEY) as session:
        with pytest.raises(BadArgument, match=r"json\.loads"):
            await session.send('{"type": "response.create"}')


@pytest.mark.slow
def test_what_the_model_calls_is_shown_masked_and_bounded() -> None:
    """A key that came back, and a name of a megabyte."""
    call = ToolCall("\x1b[2J" + "x" * 1_000_000, {"key": KEY.reveal()}, "c")
    assert KEY.reveal().partition(".")[2] not in repr(call)
    assert "\x1b" not in repr(call)
    assert len(repr(call)) < 10_000
    with pytest.warns(GlmWarning, match="not in the documentation"):
        misplaced = Settings(model=KEY.reveal())
    assert KEY.reveal().partition(".")[2] not in repr(misplaced)


async def test_a_tool_that_cancels_itself_is_told_and_one_past_the_deadline_is_named(
    server: RunningServer,
) -> None:
    """CancelledError of its own is a failure like others; a turn's deadline names who ran."""

    async def weather(city: str) -> str:
        if city == "上海":
            await asyncio.sleep(20)
        raise asyncio.CancelledError

    async with connected(server, weather) as session:
        turn = await session.ask(WEATHER)
        assert "CancelledError" in str(turn.tool_calls[0].output)
        with pytest.raises(TurnTimeout, match="get_weather was still running"):
            await session.ask("上海的天气怎么样？", timeout=0.5)
