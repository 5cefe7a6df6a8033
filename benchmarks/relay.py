"""What a relay, one that records, and a class add to a message, beside the straight way.

An echo server in a process of its own sends back what comes. A piece of sound (100 ms, as an
append) goes there and back straight, through each of the three, and straight again, in turns: the
difference is what two passings cost. Then many go one behind the other, and the process's CPU time
is divided by how often a message passed.

    python -m benchmarks.relay [--messages 200]

A relay is to add at most 5 ms (p50, there and back) and 0.5 ms of CPU a message.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Final

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from benchmarks.callers import KEY, Server, started
from glmkit.verify.raw_client import open_socket

GAP: Final = 0.02  # seconds between two messages: the line is idle, as sound comes
BURST: Final = 4_000  # messages for the CPU time
HEADERS: Final = {"Authorization": f"Bearer {KEY}"}
UPDATE: Final = '{"type":"session.update","session":{"turn_detection":{"type":"client_vad"}}}'


def append() -> bytes:
    """One piece of sound as it is sent."""
    audio = base64.b64encode(os.urandom(3_200)).decode("ascii")
    return json.dumps({"type": "input_audio_buffer.append", "audio": audio}).encode("ascii")


async def echo(socket: ServerConnection) -> None:
    """Send back what comes."""
    with suppress(ConnectionClosed):
        async for message in socket:
            await socket.send(message)


async def echo_until_stopped() -> None:
    """The server's process: its address is the first line."""
    async with serve(echo, "127.0.0.1", 0, compression=None, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().create_future()


async def there_and_back(socket: ClientConnection, message: bytes) -> float:
    """Milliseconds of one message and its echo."""
    begun = time.perf_counter()
    await socket.send(message, text=True)
    await socket.recv(decode=False)
    return 1000 * (time.perf_counter() - begun)


async def burst(socket: ClientConnection, message: bytes) -> None:
    """Many messages, and their echoes."""

    async def send() -> None:
        for _ in range(BURST):
            await socket.send(message, text=True)

    sending = asyncio.create_task(send())
    for _ in range(BURST):
        await socket.recv(decode=False)
    await sending


@asynccontextmanager
async def joined(server: Server, key: str = KEY) -> AsyncIterator[ClientConnection]:
    """A client there, configured as a session is."""
    async with open_socket(server.url, {"Authorization": f"Bearer {key}"}) as socket:
        await socket.send(UPDATE)
        await socket.recv()
        yield socket


def words(folder: Path, upstream: str) -> dict[str, tuple[str, ...]]:
    """The commands that are measured."""
    to = ("--to", upstream, "--key-file", str(folder / "key"), "--port", "0")
    relay = ("glmkit", "relay", *to, "--client-keys", str(folder / "key"))
    return {
        "relay": relay,
        "relay --save": (*relay, "--save", str(folder / "kept")),
        "class": ("glmkit", "class", str(folder / "roster.csv"), *to, "--host", "127.0.0.1"),
    }


async def measured(messages: int) -> None:
    """All of them once, and what was found."""
    with tempfile.TemporaryDirectory() as name, started("benchmarks.relay", "--echo") as far:
        folder = Path(name)
        (folder / "key").write_text(KEY, encoding="utf-8")
        (folder / "roster.csv").write_text("07,A\n", encoding="utf-8")
        for what, command in words(folder, far.url).items():
            seats = ("--seats-json", str(folder / "seats")) if what == "class" else ()
            with started(*command, *seats) as near:
                key = KEY if what != "class" else seat_key(folder / "seats")
                print(what, await compared(far, near, key, messages), sep=": ")


def seat_key(path: Path) -> str:
    """The key of the one seat, once the class has written it."""
    while not path.exists():
        time.sleep(0.05)
    return str(json.loads(path.read_text(encoding="utf-8"))[0]["key"])


async def compared(far: Server, near: Server, key: str, messages: int) -> str:
    """What one of them adds."""
    message = append()
    async with AsyncExitStack() as stack:
        straight = await stack.enter_async_context(joined(far))
        through = await stack.enter_async_context(joined(near, key))
        pairs = []
        for _ in range(messages):
            await asyncio.sleep(GAP)
            pair = await there_and_back(straight, message), await there_and_back(through, message)
            pairs.append(pair)
        before = near.cpu()
        await burst(through, message)
        cpu = 1000 * (near.cpu() - before) / (2 * BURST)
    way, there = median(a for a, _ in pairs), median(b for _, b in pairs)
    return f"p50 {there:.2f} ms there and back, straight {way:.2f} ms; {cpu:.3f} ms CPU a message"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relay")
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--echo", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    asyncio.run(echo_until_stopped() if given.echo else measured(given.messages))


if __name__ == "__main__":
    main()
