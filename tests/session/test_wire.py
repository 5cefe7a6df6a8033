"""The WebSocket under a session, against servers that misbehave."""

from __future__ import annotations

import asyncio

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from glmkit.auth import Key
from glmkit.session.address import Address
from glmkit.session.wire import LARGEST_MESSAGE, open_wire
from glmkit.texts import text

STALLED = 1.0  # seconds without a byte taken
DEADLINE = 8.0  # seconds; the WebSocket's own keepalive would take longer


async def deaf(connection: ServerConnection) -> None:
    """Reads nothing."""
    await connection.wait_closed()


async def too_much(connection: ServerConnection) -> None:
    """Sends more than anybody takes in one message."""
    await connection.send("x" * (LARGEST_MESSAGE + 1))
    await connection.wait_closed()


async def test_a_message_that_is_too_large_is_what_ended_it() -> None:
    """This side refused it: the other one was not cut off."""
    async with serve(too_much, "127.0.0.1", 0, close_timeout=1) as server:
        port = server.sockets[0].getsockname()[1]
        address = Address(f"ws://127.0.0.1:{port}/", "here", Key.random())
        wire = await open_wire(address, None, timeout=5)
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(wire.receive(), DEADLINE)
        assert wire.ending == (1009, text("session.ended_1009"))


@pytest.mark.long
async def test_a_server_that_reads_nothing_is_left_all_the_same() -> None:
    """Closing does not wait for room in a full socket."""
    async with serve(deaf, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = Address(f"ws://127.0.0.1:{port}/", "here", Key.random())
        wire = await open_wire(address, None, timeout=5)
        with pytest.raises(TimeoutError):
            while True:
                await asyncio.wait_for(wire.send(bytes(100_000)), STALLED)
        async with asyncio.timeout(DEADLINE):
            await wire.close()


@pytest.mark.slow
async def test_a_server_that_leaves_and_reads_on_has_ended_the_connection() -> None:
    """The socket closes with the last byte that was waiting: the end is one like any other."""
    full = asyncio.Event()

    async def leaving(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        await full.wait()
        connection.transport.write_eof()
        await asyncio.sleep(STALLED / 10)  # it is seen before anything is read
        connection.transport.resume_reading()
        await connection.wait_closed()

    async with serve(leaving, "127.0.0.1", 0, max_queue=None) as server:
        port = server.sockets[0].getsockname()[1]
        address = Address(f"ws://127.0.0.1:{port}/", "here", Key.random())
        wire = await open_wire(address, None, timeout=5)
        asyncio.get_running_loop().call_later(STALLED, full.set)
        with pytest.raises(ConnectionClosed):
            while True:
                await asyncio.wait_for(wire.send(bytes(100_000)), DEADLINE)
        await wire.close()
