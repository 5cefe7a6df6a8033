"""A bare websockets server that speaks just enough of the protocol to time a client against.

It does nothing a client's figure could be blamed for: prepared messages, no parsing beyond the
event's type. Runs in a process of its own; prints its address.

    python benchmarks/stub.py
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import sys
import time

from websockets.asyncio.server import ServerConnection, serve

SECOND = 24_000 * 2
NUMBERS = itertools.count()
DELTA = base64.b64encode(bytes(SECOND // 10)).decode()


def message(type: str, **fields: object) -> str:
    return json.dumps({"type": type, "event_id": "event" + "0" * 32, **fields})


async def session(connection: ServerConnection) -> None:
    await connection.send(message("session.created", session={"id": "s", "beta_fields": {}}))
    arrivals: list[float] = []
    async for words in connection:
        head = words[:200]
        if "append" in head:
            arrivals.append(time.perf_counter())
        elif "session.update" in head:
            await connection.send(message("session.updated", session=json.loads(words)["session"]))
        elif "commit" in head:
            await connection.send(message("input_audio_buffer.committed", item_id="i"))
        elif "stub.answer" in head:
            await answer(connection, json.loads(words)["deltas"])
        elif "stub.arrivals" in head:
            await connection.send(message("stub.arrivals", arrivals=arrivals))
            arrivals = []
        elif "response.create" in head:
            await answer(connection, 20)


async def answer(connection: ServerConnection, deltas: int) -> None:
    """An answer of so many 100 ms deltas, as fast as they are taken."""
    rid = f"resp{next(NUMBERS)}"
    said = {"response_id": rid, "item_id": "i", "output_index": 0, "content_index": 0}
    await connection.send(
        message("response.created", response={"id": rid, "status": "in_progress"})
    )
    for _ in range(deltas):
        sent = time.perf_counter()
        await connection.send(
            message("response.audio.delta", **said, client_timestamp=int(sent * 1e6), delta=DELTA)
        )
    await connection.send(message("response.audio_transcript.done", **said, transcript="words"))
    await connection.send(message("response.done", response={"id": rid, "status": "completed"}))


async def main() -> None:
    async with serve(session, "127.0.0.1", 0, compression=None, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        sys.stdout.write(f"ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
