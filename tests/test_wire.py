"""The WebSocket under a session, against servers that misbehave."""

from __future__ import annotations

import asyncio

import pytest
from websockets.asyncio.server import ServerConnection, serve

from glmkit.auth import Key
from glmkit.wire import Address, open_wire

STALLED = 1.0  # seconds without a byte taken
DEADLINE = 8.0  # seconds; the WebSocket's own keepalive would take longer


async def deaf(connection: ServerConnection) -> None:
    """Reads nothing."""
    await connection.wait_closed()


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
