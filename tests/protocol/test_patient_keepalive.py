"""A keepalive on a slow line, on a dead one, and where this side reads nothing."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from glmkit.auth import Key
from glmkit.session.address import Address
from glmkit.session.wire import open_socket_to

PING = {"ping_interval": 0.1, "ping_timeout": 0.5}
UNHURRIED = {"ping_interval": 0.2, "ping_timeout": 1.0}
PIECE = 20_000  # bytes
RATE = 100_000  # bytes a second
DEADLINE = 20.0


class Slow:
    """A line in front of a server; ``dead`` lets nothing through any more, either way."""

    def __init__(self, port: int) -> None:
        self._port, self.dead = port, asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._ends: list[asyncio.StreamWriter] = []

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends += [writer, far_writer]
        loop = asyncio.get_running_loop()
        self._tasks += [
            loop.create_task(self._carry(reader, far_writer)),
            loop.create_task(self._carry(far_reader, writer)),
        ]

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(RATE // 20):
            await asyncio.sleep(len(data) / RATE)
            if self.dead.is_set():
                await asyncio.sleep(DEADLINE)
            target.write(data)
        target.close()

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def slow_line(handler: Any) -> AsyncIterator[tuple[Slow, Address]]:
    async with serve(handler, "127.0.0.1", 0, ping_interval=None) as server:
        line = Slow(server.sockets[0].getsockname()[1])
        door = socket.create_server(("127.0.0.1", 0))
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)  # what a line holds is little
        near = await asyncio.start_server(line.take, sock=door, limit=PIECE // 10)
        port = near.sockets[0].getsockname()[1]
        try:
            yield line, Address(f"ws://127.0.0.1:{port}/", "here", Key.random())
        finally:
            await line.end()
            near.close()


@pytest.mark.slow
async def test_a_pong_may_wait_behind_what_comes() -> None:
    """Ten pieces take two seconds, and a pong behind them four times what it may; all arrive."""

    async def speaks(connection: ServerConnection) -> None:
        for _ in range(10):
            await connection.send(bytes(PIECE))
        await connection.wait_closed()

    async with slow_line(speaks) as (line, address), asyncio.timeout(DEADLINE):
        connection = await open_socket_to(address, None, timeout=5, **PING)
        for _ in range(10):
            assert len(await connection.recv()) == PIECE
        line.dead.set()
        with pytest.raises(ConnectionClosed):
            await connection.recv()
        assert connection.close_code == 1006


@pytest.mark.slow
async def test_a_pong_may_wait_behind_what_goes() -> None:
    """What this side sends holds it up as well; the service's heartbeat is a sign of life."""

    async def beats(connection: ServerConnection) -> None:
        while True:
            await connection.send("heartbeat")
            await asyncio.sleep(PING["ping_timeout"] / 2)

    async def listens(connection: ServerConnection) -> None:
        beating = asyncio.create_task(beats(connection))
        for _ in range(20):
            await connection.recv()
        beating.cancel()
        await connection.send("all")
        await connection.wait_closed()

    async with slow_line(listens) as (_, address), asyncio.timeout(DEADLINE):
        connection = await open_socket_to(address, None, timeout=5, **PING)
        for _ in range(20):
            await connection.send(bytes(PIECE))
        while (message := await connection.recv()) != "all":
            assert message == "heartbeat"
        await connection.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what has arrived")
async def test_a_pong_may_wait_behind_what_the_system_has_still_to_send() -> None:
    """A service without a heartbeat takes an upload eight times as long as a pong may; then the
    line is dead, with a ping under way that nobody confirms."""

    async def listens(connection: ServerConnection) -> None:
        for _ in range(40):
            await connection.recv()
        await connection.send("all")
        await connection.wait_closed()

    async with slow_line(listens) as (line, address), asyncio.timeout(DEADLINE):
        connection = await open_socket_to(
            address, None, timeout=5, ping_interval=0.2, ping_timeout=1
        )
        sending = asyncio.get_running_loop().time()
        for _ in range(40):
            await connection.send(bytes(PIECE))
        taken = asyncio.get_running_loop().time() - sending
        assert await connection.recv() == "all"
        assert taken < 2, "the system took it all at once"
        line.dead.set()
        with pytest.raises(ConnectionClosed):
            await connection.send(bytes(10 * PIECE))
            await connection.recv()
        assert connection.close_code == 1006


@pytest.mark.slow
async def test_who_reads_nothing_for_now_is_not_taken_for_dead() -> None:
    """Where more came than this side has room for, a pong cannot come either."""

    async def speaks(connection: ServerConnection) -> None:
        for number in range(8):
            await connection.send(str(number))
        await connection.wait_closed()

    async with slow_line(speaks) as (_, address), asyncio.timeout(DEADLINE):
        connection = await open_socket_to(address, None, timeout=5, max_queue=2, **PING)
        await asyncio.sleep(4 * PING["ping_timeout"])
        assert [await connection.recv() for _ in range(8)] == list("01234567")
        await connection.close()
