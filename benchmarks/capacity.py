"""How many sessions one emulator carries, beside a bare server that sends the very same bytes.

One answer of the emulator's is recorded first; the bare server plays it back to whoever asks,
each message at its time, and looks at nothing but the first bytes of what comes. Both then get
the same callers in turns: sessions in real time, 100 ms up without a pause, an answer asked for
every ``CYCLE`` seconds. What counts is the server process's own CPU time, and how late each piece
of sound is by the callers' clock: after the first piece, when the sound before it has played at
the answer's pace.

    python -m benchmarks.capacity [--sessions 100] [--seconds 20] [--rounds 3] [PART …]

Parts: ``client`` (client VAD, no speech models, so that every answer is in stock and nothing is
recognised), ``server`` (the same under server VAD, 50 sessions), ``hearing`` (client VAD with
the models: some callers are recognised and get answers that must be made, and the others' sound
is watched). Run it with few other things running; ratios within one run are what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

import glmkit as glm

KEY = "capacity." + "0" * 16
ROOT = Path(__file__).parents[1]
CHUNK = 0.1
CYCLE = 10.0  # seconds from one answer to the next
PACE = 2.0  # the emulator's default: sound is sent at twice real time
PIECE = 24_000 * 2  # bytes a second of an answer


# -- the bare server -----------------------------------------------------------------------


async def play_back(recording: str) -> None:
    """Serve a recorded answer until stdin ends."""
    script = [(at, message.encode()) for at, message in json.loads(recording)]

    async def answer(connection: ServerConnection) -> None:
        began = time.perf_counter()
        with contextlib.suppress(ConnectionClosed):
            for at, message in script:
                if (left := began + at - time.perf_counter()) > 0:
                    await asyncio.sleep(left)
                await connection.send(message, text=True)

    async def session(connection: ServerConnection) -> None:
        answers = set()
        with contextlib.suppress(ConnectionClosed):
            await connection.send('{"type":"session.created","session":{}}')
            while True:
                head = (await connection.recv(decode=False))[:60]
                if b"session.update" in head:
                    await connection.send('{"type":"session.updated","session":{}}')
                elif b"response.create" in head:
                    answers.add(task := asyncio.create_task(answer(connection)))
                    task.add_done_callback(answers.discard)

    options: dict[str, Any] = {"compression": None, "max_size": None}
    async with serve(session, "127.0.0.1", 0, **options) as server:
        print(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@dataclass(frozen=True, slots=True)
class Server:
    """A server in another process."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU it used so far, all threads."""
        times = self.process.cpu_times()
        return times.user + times.system


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


# -- callers -------------------------------------------------------------------------------


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
    server: Server, groups: list[tuple[int, list[bytes], bool]], seconds: float, *, server_vad: bool
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
        began, script = time.perf_counter(), []
        while True:
            message = str(await socket.recv())
            script.append((time.perf_counter() - began, message))
            if '"response.done"' in message:
                return script


# -- parts ---------------------------------------------------------------------------------


def question(name: str) -> list[bytes]:
    """A recording and silence after it, ``CYCLE`` seconds together, as messages."""
    clip = glm.sample(name)
    return appends((clip + glm.Clip.silence(CYCLE - clip.seconds)).to_pcm())


def beside_the_stub(sessions: int, seconds: float, rounds: int, *, server_vad: bool) -> None:
    """CPU a session of the emulator and of the bare server, in turns."""
    sound = question("hello_en")
    groups = [(sessions, sound, True)]
    cpu: dict[str, list[float]] = {"bare": [], "emulator": []}
    late: dict[str, list[float]] = {"bare": [], "emulator": []}
    with (
        tempfile.TemporaryDirectory() as empty,
        started("glmkit", "emulator", GLMKIT_CACHE=empty) as emulator,
    ):
        script = Path(empty) / "answer.json"
        asyncio.run(recorded(emulator.url, sound))  # what is loaded at the first turn is not ours
        script.write_text(json.dumps(asyncio.run(recorded(emulator.url, sound))), "utf-8")
        with started("benchmarks.capacity", "--play", str(script)) as bare:
            for _ in range(rounds):
                for name, server in (("bare", bare), ("emulator", emulator)):
                    vad = server_vad and name == "emulator"
                    used, heard = asyncio.run(load(server, groups, seconds, server_vad=vad))
                    cpu[name].append(used)
                    late[name].append(heard.p99())
                    print(
                        f"  {name:9} {used:6.3f} cores, {heard.answers} answers, "
                        f"p99 {heard.p99():.1f} ms late",
                        flush=True,
                    )
    _sum_up(cpu, late, server_vad=server_vad)


def _sum_up(cpu: dict[str, list[float]], late: dict[str, list[float]], *, server_vad: bool) -> None:
    pairs = list(zip(cpu["emulator"], cpu["bare"], strict=True))
    ratio = median(ours / theirs for ours, theirs in pairs)
    more = median(ours - theirs for ours, theirs in pairs)
    later = median(late["emulator"]) - median(late["bare"])
    wanted = "≤ 0.3 cores more" if server_vad else "≤ 1.3 ×"
    print(f"{ratio:.2f} ×, {more:+.3f} cores ({wanted}); p99 {later:+.1f} ms (≤ 20 ms)")


def while_others_are_heard(sessions: int, seconds: float, rounds: int) -> None:
    """How late sound is while a few callers are recognised and answered by the voices."""
    watched = question("joke_zh")
    clip = glm.speak("请跟我说，西红柿炒鸡蛋要放三个鸡蛋。", lang="zh")
    asking = (clip.resample(16_000) + glm.Clip.silence(CYCLE - clip.seconds)).to_pcm()
    groups = {
        "quiet": [(20, watched, True)],
        "busy": [(20, watched, True), (10, appends(asking), False)],
    }
    found: dict[str, list[float]] = {name: [] for name in groups}
    with started("glmkit", "emulator") as emulator:
        asyncio.run(recorded(emulator.url, watched))
        for _ in range(rounds):
            for name, callers in groups.items():
                used, heard = asyncio.run(load(emulator, callers, seconds, server_vad=False))
                found[name].append(heard.p99())
                print(
                    f"  {name:9} {used:6.3f} cores, {heard.answers} answers, "
                    f"p99 {heard.p99():.1f} ms late",
                    flush=True,
                )
    print(f"p99 {median(found['busy']) - median(found['quiet']):+.1f} ms (≤ 20 ms)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--play", help=argparse.SUPPRESS)
    parser.add_argument("parts", nargs="*", metavar="PART", default=["client", "server", "hearing"])
    given = parser.parse_args()
    if given.play:
        asyncio.run(play_back(Path(given.play).read_text("utf-8")))
        return
    parts = {
        "client": lambda n: beside_the_stub(n, given.seconds, given.rounds, server_vad=False),
        "server": lambda n: beside_the_stub(n // 2, given.seconds, given.rounds, server_vad=True),
        "hearing": lambda n: while_others_are_heard(n, given.seconds, given.rounds),
    }
    for name in given.parts:
        print(name)
        parts[name](given.sessions)


if __name__ == "__main__":
    main()
