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

import numpy as np
import psutil

from glmkit.verify.raw_client import RawClient, configuration, open_socket

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
    async with open_socket(url, headers) as socket:
        client = RawClient(socket)
        kind = "server_vad" if server_vad else "client_vad"
        await client.send("session.update", session=configuration(turn_detection={"type": kind}))
        async with asyncio.TaskGroup() as group:
            group.create_task(listen(client, heard))
            group.create_task(speak(client, sound, begin, server_vad=server_vad))


async def speak(client: RawClient, sound: list[bytes], begin: float, *, server_vad: bool) -> None:
    """The upload, at absolute deadlines."""
    number = 0
    while True:
        for message in sound:
            await asyncio.sleep(begin + number * CHUNK - time.perf_counter())
            await client.put(message)
            number += 1
        if not server_vad:
            await client.send("input_audio_buffer.commit")
            await client.send("response.create")


async def listen(client: RawClient, heard: Heard | None) -> None:
    """The download: how late each piece of sound is."""
    first = played = 0.0
    while True:
        head = await client.receive()
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
    async with open_socket(url, headers) as socket:
        client = RawClient(socket)
        await client.update()
        for message in sound:
            await client.put(message)
        await client.send("input_audio_buffer.commit")
        await client.send("response.create")
        began = time.perf_counter()
        script: list[tuple[float, str]] = []
        while True:
            answer = (await client.receive()).decode()
            script.append((time.perf_counter() - began, answer))
            if '"response.done"' in answer:
                return script
