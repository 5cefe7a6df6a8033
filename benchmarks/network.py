"""What ``glm.lab.network`` costs and how well it keeps what is set, beside a straight connection.

An echo server in the same process answers each byte at once. Small messages go there and back
straight and over the unshaped line in turns: their difference is what the line adds. Then lines
with a set delay, and with a set bandwidth, are measured against what was set.

    python -m benchmarks.network [--messages 300]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from contextlib import suppress
from statistics import median
from typing import Final

import glmkit as glm

SMALL: Final = b"x" * 200
DELAYS: Final = (0.010, 0.050, 0.300)  # seconds, one way
BANDWIDTHS: Final = (0.5e6, 5e6, 20e6)  # bits a second
SECONDS: Final = 3.0  # that a bandwidth is measured for

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send back what comes, at once."""
    with suppress(ConnectionError, asyncio.CancelledError):  # until it is over
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()


async def there_and_back(streams: Streams) -> float:
    """Seconds of one small message, and of its echo."""
    reader, writer = streams
    begun = time.perf_counter()
    writer.write(SMALL)
    await reader.readexactly(len(SMALL))
    return time.perf_counter() - begun


async def added(port: int, messages: int) -> tuple[float, float]:
    """Medians straight and over the unshaped line, the one after the other."""
    with glm.lab.network("unshaped") as line:
        straight = await asyncio.open_connection("127.0.0.1", port)
        over = await asyncio.open_connection(*await line.near_end(f"ws://127.0.0.1:{port}"))
        await there_and_back(over)
        found: list[tuple[float, float]] = []
        for _ in range(messages):
            await asyncio.sleep(0.005)  # as sound comes: the line was idle
            found.append((await there_and_back(straight), await there_and_back(over)))
        return median(a for a, _ in found), median(b for _, b in found)


async def delay(port: int, seconds: float) -> float:
    """The median of a way there and back over a line with this delay each way."""
    with glm.lab.network("unshaped", delay=seconds) as line:
        over = await asyncio.open_connection(*await line.near_end(f"ws://127.0.0.1:{port}"))
        await there_and_back(over)
        return median([await there_and_back(over) for _ in range(15)])


async def bandwidth(port: int, bits: float) -> float:
    """Bits a second that came back over a line with this bandwidth up."""
    with glm.lab.network("unshaped", up_bandwidth=bits) as line:
        reader, writer = await asyncio.open_connection(
            *await line.near_end(f"ws://127.0.0.1:{port}")
        )
        sending = asyncio.create_task(pour(writer, int(bits / 8 * SECONDS * 2)))
        await reader.readexactly(10_000)  # it is under way
        begun, count = time.perf_counter(), 0
        while (took := time.perf_counter() - begun) < SECONDS:
            count += len(await reader.read(65_536))
        sending.cancel()
        return count * 8 / took


async def pour(writer: asyncio.StreamWriter, size: int) -> None:
    """Write as fast as it is taken."""
    for _ in range(size // 10_000 + 1):
        writer.write(b"y" * 10_000)
        await writer.drain()


async def measure(messages: int) -> None:
    """Print all of it."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    straight, over = await added(port, messages)
    print(f"unshaped: {1000 * straight:.2f} ms there and back straight, {1000 * over:.2f} ms over "
          f"the line: adds {1000 * (over - straight):.2f} ms (limit 1 ms)")  # fmt: skip
    for seconds in DELAYS:
        found = await delay(port, seconds)
        print(f"delay {1000 * seconds:.0f} ms each way: {1000 * found / 2:.2f} ms, "
              f"{100 * (found / 2 / seconds - 1):+.1f} % (limit 5 %)")  # fmt: skip
    for bits in BANDWIDTHS:
        got = await bandwidth(port, bits)
        print(f"bandwidth {bits / 1e6:g} Mbit/s: {got / 1e6:.3f}, {100 * (got / bits - 1):+.1f} % "
              "(limit 5 %)")  # fmt: skip
    server.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.network", description=__doc__)
    parser.add_argument("--messages", type=int, default=300)
    asyncio.run(measure(parser.parse_args().messages))


if __name__ == "__main__":
    main()
