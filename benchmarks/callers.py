"""Many callers in real time, and the server they call: what the capacity benchmark is made of.

Each caller sends 100 ms pieces at absolute deadlines without a pause, asks for an answer every
``CYCLE`` seconds, and notes how late each piece of sound comes: after the first piece, against
the moment at which the sound before it has played at the answer's pace.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from websockets.asyncio.client import ClientConnection, connect

KEY = "capacity." + "0" * 16
ROOT = Path(__file__).parents[1]
CHUNK = 0.1
CYCLE = 10.0  # seconds from one answer to the next
PACE = 2.0  # the emulator's default: sound is sent at twice real time
PIECE = 24_000 * 2  # bytes a second of an answer

Callers = tuple[int, list[bytes], bool]
"""How many, what they say, and whether what they hear is watched."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server in another process."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU it used so far, all threads."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def started(*words: str, **environment: str) -> Iterator[Server]:
    """A server; its address is the first line of its stdout."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=pipe,
        stdout=pipe,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "GLMKIT_EMULATOR_KEY": KEY, **environment},
    ) as running:
        assert running.stdout is not None
        try:
            yield Server(running.stdout.readline().strip(), psutil.Process(running.pid))
        finally:
            running.terminate()


@dataclass(slots=True)
class Heard:
    """What the callers got: answers that were complete, seconds each piece of sound was late."""

    answers: int = 0
    late: list[float] = field(default_factory=list)

    def p99(self) -> float:
        """Of the lateness, in ms."""
        return 1000 * float(np.percentile(self.late, 99)) if self.late else float("nan")


def appends(pcm: bytes) -> list[bytes]:
    """The messages of a recording, 100 ms each."""
    size = int(16_000 * CHUNK) * 2
    made = []
    for at in range(0, len(pcm), size):
        audio = base64.b64encode(pcm[at : at + size].ljust(size, b"\0")).decode()
        made.append(json.dumps({"type": "input_audio_buffer.append", "audio": audio}).encode())
    return made


async def call(
    url: str, sound: list[bytes], begin: float, heard: Heard | None, *, server_vad: bool
) -> None:
    """One caller: ``sound`` again and again, in real time; an answer each time it is over."""
    headers = {"Authorization": f"Bearer {KEY}"}
    options: dict[str, Any] = {"proxy": None, "compression": None, "ping_interval": None}
    async with connect(url, additional_headers=headers, **options) as socket:
        kind = "server_vad" if server_vad else "client_vad"
        session = {
            "input_audio_format": "pcm16",
            "turn_detection": {"type": kind},
            "beta_fields": {"chat_mode": "audio"},
        }
        await socket.send(json.dumps({"type": "session.update", "session": session}))
        async with asyncio.TaskGroup() as group:
            group.create_task(listen(socket, heard))
            group.create_task(speak(socket, sound, begin, server_vad=server_vad))


async def speak(
    socket: ClientConnection, sound: list[bytes], begin: float, *, server_vad: bool
) -> None:
    """The upload, at absolute deadlines."""
    number = 0
    while True:
        for message in sound:
            await asyncio.sleep(begin + number * CHUNK - time.perf_counter())
            await socket.send(message, text=True)
            number += 1
        if not server_vad:
            await socket.send('{"type":"input_audio_buffer.commit"}')
            await socket.send('{"type":"response.create"}')


async def listen(socket: ClientConnection, heard: Heard | None) -> None:
    """The download: how late each piece of sound is."""
    first = played = 0.0
    while True:
        head = await socket.recv(decode=False)
        now = time.perf_counter()
        kind = head[:120]
        if heard is None:
            continue
        if b"response.created" in kind:
            first = played = 0.0
        elif b"response.audio.delta" in kind:
            first = first or now
            heard.late.append(now - first - played / PACE)
            played += len(json.loads(head)["delta"]) * 0.75 / PIECE
        elif b"response.done" in kind:
            heard.answers += 1


async def load(
    server: Server, groups: list[Callers], seconds: float, *, server_vad: bool
) -> tuple[float, Heard]:
    """The server's CPU seconds a second with these callers, and what the watched ones heard."""
    heard = Heard()
    watching = Heard()  # what comes before the window is not counted
    begin = time.perf_counter() + 2
    count = sum(number for number, _, _ in groups)
    tasks, n = [], 0
    for number, sound, watched in groups:
        for _ in range(number):
            at = begin + n * CYCLE / count
            who = watching if watched else None
            tasks.append(
                asyncio.create_task(call(server.url, sound, at, who, server_vad=server_vad))
            )
            n += 1
    await asyncio.sleep(2 + CYCLE + 4)
    skipped, answers = len(watching.late), watching.answers
    before, since = server.cpu(), time.perf_counter()
    await asyncio.sleep(seconds)
    used = (server.cpu() - before) / (time.perf_counter() - since)
    if broken := [task for task in tasks if task.done()]:
        await broken[0]  # raises what ended it
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    heard.late, heard.answers = watching.late[skipped:], watching.answers - answers
    return used, heard


async def recorded(url: str, sound: list[bytes]) -> list[tuple[float, str]]:
    """One answer of the emulator's: seconds after response.create, and each message."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with connect(url, additional_headers=headers, proxy=None, compression=None) as socket:
        session = {"input_audio_format": "pcm16", "beta_fields": {"chat_mode": "audio"}}
        await socket.send(json.dumps({"type": "session.update", "session": session}))
        while "session.updated" not in await socket.recv():
            pass
        for message in sound:
            await socket.send(message, text=True)
        await socket.send('{"type":"input_audio_buffer.commit"}')
        await socket.send('{"type":"response.create"}')
        began = time.perf_counter()
        script: list[tuple[float, str]] = []
        while True:
            answer = str(await socket.recv())
            script.append((time.perf_counter() - began, answer))
            if '"response.done"' in answer:
                return script
