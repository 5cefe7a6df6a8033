"""What passes through a relay: messages as they are, ends as they end, words where it breaks."""

from __future__ import annotations

import asyncio
import inspect
import json
from contextlib import suppress

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

import glmkit as glm
from glmkit.auth.tokens import make_token
from glmkit.relay.listener import MOST_MESSAGE
from glmkit.relay.running_relay import serve_relay
from glmkit.relay.upstream import OPENING
from tests.bare import KEY, SECONDS, running
from tests.relay.relayed import BEARER, CLIENT_KEY, bare_guest, before, guest, relayed, upstream_at

LARGE = MOST_MESSAGE


async def echo(socket: ServerConnection) -> None:
    async for message in socket:
        await socket.send(message)


async def test_messages_pass_unchanged_and_in_order() -> None:
    """Text as text, bytes as bytes, odd JSON and nothing at all, up to sixteen megabytes; one byte
    more ends its own session with 1009, and the next one comes in."""
    sent = ["", '{ "a" : 1.0, "ü": "\\u00fc" }', b"\x00\xff", "no JSON 你好 🙂", b"", "x" * LARGE]
    async with before(echo) as relay, guest(relay) as socket:
        for message in sent:
            await socket.send(message)
        got = [await asyncio.wait_for(socket.recv(), SECONDS) for _ in sent]
        with suppress(ConnectionClosed, AttributeError):  # see session/wire
            async with guest(relay) as larger:
                await larger.send("x" * (LARGE + 1))
                await asyncio.wait_for(larger.wait_closed(), SECONDS)
        assert larger.close_code == 1009
        async with guest(relay) as next_one:
            await next_one.send("here")
            assert await asyncio.wait_for(next_one.recv(), SECONDS) == "here"
    assert got == sent


async def test_who_reads_slowly_holds_up_who_sends() -> None:
    """A service that floods a client that does not read is held up, and all of it arrives."""
    sent = 0

    async def flood(socket: ServerConnection) -> None:
        nonlocal sent
        for _ in range(400):
            await socket.send("x" * 100_000)
            sent += 1

    async with before(flood) as relay, guest(relay) as socket:
        await asyncio.wait_for(socket.recv(), SECONDS)
        before_pause = -1
        while before_pause != sent:  # until nothing moves any more
            before_pause = sent
            await asyncio.sleep(0.1)
        assert sent < 200
        received = 1
        with pytest.raises(ConnectionClosed):
            while True:
                await asyncio.wait_for(socket.recv(), SECONDS)
                received += 1
    assert received == 400


async def test_a_close_is_passed_on_both_ways() -> None:
    """With its code and its reason, after everything that was said before."""
    endings, ended = list[tuple[int | None, str | None]](), asyncio.Event()

    async def part(socket: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            await socket.recv()
            await socket.send("last words")
            await socket.close(1003, "1234")
        endings.append((socket.close_code, socket.close_reason))
        ended.set()

    async with before(part) as relay:
        async with guest(relay) as socket:
            await socket.send("end")
            assert await asyncio.wait_for(socket.recv(), SECONDS) == "last words"
            await asyncio.wait_for(socket.wait_closed(), SECONDS)
            assert (socket.close_code, socket.close_reason) == (1003, "1234")
        async with guest(relay) as socket:
            ended.clear()
            await socket.close(4321, "mine")
        await asyncio.wait_for(ended.wait(), SECONDS)
    assert endings[-1] == (4321, "mine")


async def test_a_lost_service_is_told_in_words() -> None:
    """An error event in both languages, then a close; in one language to who asks for one."""

    async def lose(socket: ServerConnection) -> None:
        socket.transport.abort()

    for headers, both in ((BEARER, True), ({**BEARER, "Accept-Language": "zh-CN,en;q=0.5"}, False)):
        async with before(lose) as relay, guest(relay, headers) as socket:
            error = json.loads(await asyncio.wait_for(socket.recv(), SECONDS))
            await asyncio.wait_for(socket.wait_closed(), SECONDS)
        assert (error["type"], error["error"]["code"]) == ("error", "upstream_lost")
        assert "重新连接" in error["error"]["message"]
        assert ("connect again" in error["error"]["message"]) == both
        assert socket.close_code == 1011


async def test_a_service_out_of_reach_is_told_in_words() -> None:
    """The session reaches the relay, and the kit shows why it goes no further, without keys."""
    upstream = upstream_at("ws://127.0.0.1:9/api/paas/v4/realtime", "live")
    async with await serve_relay(upstream, [CLIENT_KEY]) as relay:
        with pytest.raises(glm.errors.Rejected, match="as far as the relay") as caught:
            await glm.aio.connect(relay.url, api_key=CLIENT_KEY)
    shown = str(caught.value)
    assert caught.value.peer == "relay → live"
    assert all(
        part not in shown for key in (KEY, CLIENT_KEY.reveal()) for part in key.split(".")[1:]
    )


def test_a_recording_behind_a_relay_is_called_a_file() -> None:
    """So that nobody takes its times for the service's."""
    assert upstream_at("ws://127.0.0.1:9", "replay").peer == "file"


async def test_what_reaches_the_service_is_said_to_be_charged() -> None:
    """Also where the one who pays is somebody else."""
    async with running() as server:
        async with await serve_relay(upstream_at(server.url, "live"), [CLIENT_KEY]) as relay:
            async with glm.aio.connect(relay.url, api_key=CLIENT_KEY) as session:
                assert session.peer == "relay → live"
                assert (session.cost.charged, session.address.live) == (True, False)
                assert (await session.ask("hello")).status == "completed"


async def test_only_its_own_keys_come_in() -> None:
    """The raw key, or a token of it; the service's own key is a stranger's."""
    token = make_token(CLIENT_KEY).reveal()
    async with before(echo) as relay:
        for headers in (BEARER, {"Authorization": f"Bearer {token}"}):
            async with guest(relay, headers) as socket:
                await socket.send("in")
                assert await asyncio.wait_for(socket.recv(), SECONDS) == "in"
        for credential, code in ((KEY, "1002"), ("", "1001"), ("guest-1.wrongwrongwrong", "1002")):
            with pytest.raises(InvalidStatus) as refused:
                async with guest(
                    relay, {"Authorization": credential} if credential else {"X": "y"}
                ):
                    pass
            assert refused.value.response.status_code == 401
            assert json.loads(refused.value.response.body)["error"]["code"] == code
        with pytest.raises(glm.errors.Refused, match="takes keys of its own") as told:
            await glm.aio.connect(relay.url, api_key=KEY)
        assert "bigmodel" not in str(told.value)


async def test_a_turn_through_a_relay_is_the_same_turn() -> None:
    """The kit talks through it as ever; the peer says by what way."""
    async with relayed() as relay, glm.aio.connect(relay.url, api_key=CLIENT_KEY) as session:
        turn = await session.say(glm.sample("joke_en"), speed=None)
    assert turn.status == "completed"
    assert turn.transcript
    assert turn.latency.peer == "relay → emulator"


async def test_events_come_as_the_service_sent_them() -> None:
    """A client that knows nothing of the kit sees session.created first, and its own errors."""
    async with relayed() as relay, bare_guest(relay) as bare:
        await bare.next("session.created")
        await bare.update()
        await bare.send("no.such.event")
        assert (await bare.error())["code"] == "1210"


def test_a_service_that_is_slow_is_named_before_its_client_gives_up() -> None:
    """Else the client says that the relay is slow, or speaks no such protocol."""
    waits = inspect.signature(glm.aio.connect).parameters["timeout"].default
    assert waits - 2 > OPENING
