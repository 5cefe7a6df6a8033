"""A bare websockets server that speaks just enough of the protocol to time a client against.

Messages are prepared, and what comes is hashed, so that a client that leaves something out is found
out. It runs in a process of its own, whose work is on nobody's bill and prints its address;
it ends when its stdin does. The address takes a query: ``?deltas=6000`` is how many 100 ms deltas
an answer has, ``&pause_ms=5`` how long the first of them waits.

    python -m benchmarks.stub
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import json
import sys
import time
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

SECOND = 24_000 * 2  # bytes of an answer's sound
DELTA = base64.b64encode(bytes(SECOND // 10)).decode("ascii")
NUMBERS = itertools.count()
NOW = 10**15 + 7  # stands where the time goes


def message(type: str, **fields: object) -> bytes:
    """One server event as the service writes them."""
    event = {"event_id": "event" + "0" * 32, "type": type, **fields}
    return json.dumps(event, ensure_ascii=False).encode("utf-8")


async def serve_one(connection: ServerConnection) -> None:
    """Everything one client asks for, until it goes."""
    with suppress(ConnectionClosed):
        await session(connection)


async def session(connection: ServerConnection) -> None:
    """Answer each event."""
    deltas, pause = asked_for(connection)
    await send(connection, message("session.created", session={"id": "s", "beta_fields": {}}))
    arrivals: list[float] = []
    heard = hashlib.sha256()  # of the samples that came
    while True:
        words = await connection.recv(decode=False)
        head = words[:120]
        if b"input_audio_buffer.append" in head:
            arrivals.append(time.perf_counter())
            heard.update(samples(words))
        elif b"session.update" in head:
            asked = json.loads(words)["session"]
            await send(connection, message("session.updated", session=asked))
        elif b"input_audio_buffer.commit" in head:
            await committed(connection)
        elif b"response.create" in head:
            await answer(connection, deltas, pause)
        elif b"stub.heard" in head:
            await send(connection, message("stub.heard", sha256=heard.hexdigest()))
            heard = hashlib.sha256()
        elif b"stub.arrivals" in head:
            await send(connection, message("stub.arrivals", arrivals=arrivals))
            arrivals = []


def samples(append: bytes) -> bytes:
    """The samples in an append, less a WAV's header."""
    sound = base64.b64decode(json.loads(append)["audio"])
    return sound[44:] if sound.startswith(b"RIFF") else sound


def asked_for(connection: ServerConnection) -> tuple[int, float]:
    """How many deltas an answer has, and the seconds before it."""
    query = parse_qs(urlsplit(connection.request.path if connection.request else "").query)
    return int(query.get("deltas", ["1"])[0]), float(query.get("pause_ms", ["0"])[0]) / 1000


async def committed(connection: ServerConnection) -> None:
    """Confirm a commit and say what was understood."""
    item = f"item{next(NUMBERS)}"
    await send(connection, message("input_audio_buffer.committed", item_id=item))
    heard = "conversation.item.input_audio_transcription.completed"
    await send(connection, message(heard, item_id=item, transcript="words"))


async def answer(connection: ServerConnection, deltas: int, pause: float) -> None:
    """An answer of so many 100 ms deltas, as fast as they are taken, after a pause in seconds.

    The first says when it was sent (``client_timestamp``, µs of ``perf_counter``, which every
    process of a machine shares).
    """
    rid = f"resp{next(NUMBERS)}"
    said = {"response_id": rid, "item_id": "i", "output_index": 0, "content_index": 0}
    status = {"id": rid, "status": "in_progress"}
    await send(connection, message("response.created", response=status))
    delta = message("response.audio.delta", **said, client_timestamp=NOW, delta=DELTA)
    for number in range(deltas):
        if number == 0:
            await asyncio.sleep(pause)
            delta = delta.replace(b"%d" % NOW, b"%d" % (time.perf_counter() * 1e6), 1)
        await send(connection, delta)
    await send(connection, message("response.audio_transcript.done", **said, transcript="words"))
    status = {"id": rid, "status": "completed"}
    await send(connection, message("response.done", response=status))


async def send(connection: ServerConnection, words: bytes) -> None:
    """Send a text frame; ``text=True`` spares encoding it again."""
    await connection.send(words, text=True)


async def main() -> None:
    """Serve until stdin ends."""
    async with serve(serve_one, "127.0.0.1", 0, compression=None, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        sys.stdout.write(f"ws://127.0.0.1:{port}/\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
