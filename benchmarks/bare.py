"""The least that a server of this protocol can do: what the emulator's CPU time is compared with.

It does the work that every such server has. It parses the JSON of each event, decodes the sound,
keeps it until the commit, and answers with a recorded answer of the emulator's: the same events
at the same times, each written anew as JSON with an id of its own, the sound put into base64 piece
by piece. It is what a careful person writes without a kit: websockets, json and base64. With
``--fast`` it uses the emulator's codecs instead (msgspec, pybase64), so that the difference shows
what all the rest of the emulator costs.

It does nothing else: it checks no field, hears and thinks nothing, keeps no log, cannot be
interrupted, and neither chooses nor makes the sound: that is cut up beforehand. Events that were
recorded within ``TOGETHER`` leave together, so that it never sleeps more often than it must.

    python -m benchmarks.bare ANSWER.json [--fast]

The file lists ``[seconds after response.create, message]``. The address is the first line on
stdout; it serves until stdin ends.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pybase64
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from benchmarks.callers import PACE, PIECE

TOGETHER = 0.01  # seconds
NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Codecs:
    """JSON and base64, both ways."""

    parse: Callable[[bytes], dict[str, Any]]
    write: Callable[[dict[str, Any]], bytes]
    bytes_of: Callable[[str], bytes]
    text_of: Callable[[bytes], str]


PLAIN = Codecs(
    json.loads,
    lambda event: json.dumps(event, ensure_ascii=False).encode("utf-8"),
    lambda text: base64.b64decode(text, validate=True),
    lambda sound: base64.b64encode(sound).decode("ascii"),
)
FAST = Codecs(
    msgspec.json.Decoder().decode,
    msgspec.json.Encoder().encode,
    lambda text: pybase64.b64decode(text, validate=True),
    pybase64.b64encode_as_string,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A recorded event: seconds after response.create, its fields, and its sound if it has one."""

    at: float
    fields: dict[str, Any]
    sound: bytes = b""

    def message(self, codecs: Codecs) -> bytes:
        """The event, written as if for the first time."""
        event = {**self.fields, "event_id": f"event{next(NUMBERS):032x}"}
        if self.sound:
            event["delta"] = codecs.text_of(self.sound)
        return codecs.write(event)


def read(recording: str) -> list[Said]:
    """What a recording says, its sound decoded and due at its pace (the recording was late)."""
    said: list[Said] = []
    first = played = 0.0
    for at, message in json.loads(recording):
        fields, sound = json.loads(message), b""
        if fields["type"] == "response.audio.delta":
            sound = base64.b64decode(fields["delta"])
            first = first or at
            at = first + played / PACE
            played += len(sound) / PIECE
        elif said and at - said[-1].at < TOGETHER:
            at = said[-1].at
        said.append(Said(at, fields, sound))
    return said


async def answer(connection: ServerConnection, script: Sequence[Said], codecs: Codecs) -> None:
    """One answer, at its pace."""
    began = time.perf_counter()
    with contextlib.suppress(ConnectionClosed):
        for said in script:
            if (left := began + said.at - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            await connection.send(said.message(codecs), text=True)


async def session(connection: ServerConnection, script: Sequence[Said], codecs: Codecs) -> None:
    """One client, until it goes."""
    kept: list[bytes] = []
    answers = set()
    await connection.send(codecs.write({"type": "session.created", "session": {}}), text=True)
    while True:
        event = codecs.parse(await connection.recv(decode=False))
        match event["type"]:
            case "input_audio_buffer.append":
                kept.append(codecs.bytes_of(event["audio"]))
            case "input_audio_buffer.commit":
                kept.clear()
            case "session.update":
                updated = {"type": "session.updated", "session": event["session"]}
                await connection.send(codecs.write(updated), text=True)
            case "response.create":
                answers.add(task := asyncio.create_task(answer(connection, script, codecs)))
                task.add_done_callback(answers.discard)


async def main(script: Sequence[Said], codecs: Codecs) -> None:
    """Serve until stdin ends."""

    async def serve_one(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await session(connection, script, codecs)

    async with serve(serve_one, "127.0.0.1", 0, compression=None, max_size=None) as server:
        sys.stdout.write(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    recorded = read(Path(sys.argv[1]).read_text(encoding="utf-8"))
    asyncio.run(main(recorded, FAST if "--fast" in sys.argv else PLAIN))
