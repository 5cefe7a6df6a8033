"""What passes through a class is as large, as slow and as odd as what passes through a relay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.bare import SECONDS
from tests.classroom.taught import pupil, taught, until

LARGE = "x" * (15 * 2**20)


async def echo(socket: ServerConnection) -> None:
    with suppress(ConnectionClosed):
        async for message in socket:
            await socket.send(message)


async def test_large_and_odd_messages_pass_unchanged(tmp_path: Path) -> None:
    """Also those that came before there was a place at the service."""
    sent: list[str | bytes] = [LARGE, b"\x00\xff", '{ "type" : 1.0 }', "no JSON 你好", LARGE]
    async with serve(echo, "127.0.0.1", 0, max_size=None, compression=None) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with taught(tmp_path, url=url) as taking, pupil(taking) as bare:
            sending = asyncio.create_task(_send(bare.socket, sent))
            got = [await asyncio.wait_for(bare.socket.recv(), SECONDS) for _ in sent]
            await sending
    assert got == sent


async def _send(socket: ClientConnection, messages: Sequence[str | bytes]) -> None:
    with suppress(ConnectionClosed):
        for message in messages:
            await socket.send(message)


async def test_a_service_that_is_lost_is_told_and_its_place_given_back(tmp_path: Path) -> None:
    """Whether it goes at once, with something still to be sent, or after an answer."""

    async def lose(socket: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            if await socket.recv() != "at once":
                await socket.send("answer")
            socket.transport.abort()

    async with serve(lose, "127.0.0.1", 0, max_size=None, compression=None) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with taught(tmp_path, url=url) as taking:
            for words in ("at once", "later"):
                async with pupil(taking) as bare:
                    await _send(bare.socket, [words, LARGE])
                    got = [message async for message in _until_closed(bare.socket)]
                assert json.loads(got[-1])["error"]["code"] == "upstream_lost"
                assert bare.socket.close_code == 1011
                await until(taking, lambda: taking.classroom.places.taken == 0)


async def _until_closed(socket: ClientConnection) -> AsyncIterator[str | bytes]:
    with suppress(ConnectionClosed):
        async with asyncio.timeout(SECONDS):
            while True:
                yield await socket.recv()


async def test_a_pupil_who_reads_slowly_holds_up_nobody_else(tmp_path: Path) -> None:
    """The service is held up for this one alone, and all of it arrives."""
    sent = 0

    async def flood(socket: ServerConnection) -> None:
        nonlocal sent
        async for message in socket:
            for _ in range(300 if message == "flood" else 1):
                await socket.send("x" * 100_000)
                sent += 1

    async with serve(flood, "127.0.0.1", 0, compression=None) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with taught(tmp_path, url=url) as taking:
            async with pupil(taking) as slow, pupil(taking, "seat-08") as other:
                await slow.socket.send("flood")
                before = -1
                while before != sent:  # until nothing moves any more
                    before = sent
                    await asyncio.sleep(0.1)
                assert sent < 200
                await other.socket.send("one")
                assert len(await asyncio.wait_for(other.socket.recv(), SECONDS)) == 100_000
                for _ in range(300):
                    await asyncio.wait_for(slow.socket.recv(), SECONDS)
