"""Whose an error is: the oldest request that waits, else the exchange's, else everybody's.

And a request that nobody answers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as websocket_server

from glmkit import aio, events
from glmkit.auth import Key
from glmkit.errors import ConnectFailed, NoAnswer, Rejected
from glmkit.protocol.event import Event
from glmkit.session.asyncio_session import Session
from glmkit.session.request import Request
from glmkit.session.waits import Waits

KEY = Key.random()


def error(code: str = "1214") -> Event:
    return Event.from_json(json.dumps({"type": "error", "error": {"code": code, "message": "no"}}))


async def refusing(socket: ServerConnection) -> None:
    """Echoes a configuration, but not one that says no; does as an instruction tells it."""
    await socket.send('{"type": "session.created"}')
    async for message in socket:
        event = json.loads(message)
        if event["type"] == "session.update":
            refused = event["session"].get("instructions") == "no"
            await socket.send(bytes(error().to_json()).decode() if refused else echo(event))
        if event["type"] == "conversation.item.create":
            await socket.send('{"type": "conversation.item.created", "item": {}}')


async def deaf(socket: ServerConnection) -> None:
    """Takes the first configuration and begins every answer; says no more to whatever comes."""
    await socket.send('{"type": "session.created"}')
    await socket.send(echo(json.loads(await socket.recv())))
    async for message in socket:
        if json.loads(message)["type"] == "response.create":
            await socket.send('{"type": "response.created", "response": {"id": "r"}}')


async def mute(socket: ServerConnection) -> None:
    """Accepts a connection, and nothing else."""
    await socket.wait_closed()


def echo(event: dict[str, object]) -> str:
    return json.dumps({"type": "session.updated", "session": event["session"]})


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with connected(refusing, timeout=5) as session:
        yield session


@asynccontextmanager
async def connected(
    server: Callable[[ServerConnection], Awaitable[None]], **options: Any
) -> AsyncIterator[Session]:
    async with websocket_server(server, "127.0.0.1", 0) as running:
        port = next(iter(running.sockets)).getsockname()[1]
        async with aio.connect(f"ws://127.0.0.1:{port}", api_key=KEY, **options) as session:
            yield session


async def test_an_update_that_is_refused_is_not_the_exchanges_affair(session: Session) -> None:
    """The update raises; what the exchange waits for still comes."""
    async with session.exchange(5) as exchange:
        waiting = asyncio.create_task(
            exchange.until(lambda: session.trace.select("conversation.item.created"))
        )
        with pytest.raises(Rejected):
            await session.update(instructions="no")
        assert not waiting.done()
        await session.send(events.user_message("hello"))
        assert await waiting


async def test_two_updates_at_once_get_each_its_own_answer(session: Session) -> None:
    """The service answers in order: the first is refused, the second is not."""
    first = asyncio.create_task(session.update(instructions="no"))
    second = asyncio.create_task(session.update(instructions="yes"))
    with pytest.raises(Rejected):
        await first
    assert (await second)["instructions"] == "yes"


async def test_a_refused_update_is_forgotten_by_the_next(session: Session) -> None:
    """An error goes with the request it refused."""
    with pytest.raises(Rejected):
        await session.update(instructions="no")
    assert (await session.update(instructions="yes"))["instructions"] == "yes"


def test_a_request_takes_one_answer_or_one_error() -> None:
    """What comes after it is settled is for the next one; a harmless error is nobody's."""
    updated = Event.from_json('{"type": "session.updated", "session": {}}')
    request = Request("session.updated")
    assert not request.takes(error("response_cancel_not_active"))
    assert request.takes(updated)
    assert not request.takes(error())
    assert (request.answer, request.error) == (updated, None)


def test_an_exchange_leaves_errors_in_mid_answer_to_the_answer() -> None:
    """What refuses nothing is not taken."""
    assert not Request(refuses=lambda error: False).takes(error())


@pytest.mark.slow
async def test_a_request_that_nobody_answers_says_what_to_do() -> None:
    """Its error is no failed connection: the session is open, and is used again."""
    async with connected(deaf, timeout=0.2, waits=Waits(clean_up=0.2)) as session:
        await session.send(events.response_create())
        while session.fold.answering is None:
            await asyncio.sleep(0.01)
        asked = {
            "session.updated": lambda: session.update(voice="xiaochen"),
            "input_audio_buffer.cleared": session.clear,
            "response.done": session.cancel,
        }
        for awaited, ask in asked.items():
            with pytest.raises(NoAnswer, match=rf"{awaited} .* 0\.2 s.*session\.reset") as caught:
                await ask()
            assert (caught.value.awaited, isinstance(caught.value, ConnectFailed)) == (
                awaited,
                False,
            )
        assert session.settings.voice == "tongtong"
        assert not session.closed


async def test_a_server_that_says_nothing_is_no_connection() -> None:
    """Before the session is open the error is that of opening it."""
    with pytest.raises(ConnectFailed, match=r"session\.created did not arrive"):
        async with connected(mute, timeout=0.2):
            pass
