"""How many sessions one emulator carries, beside a bare server that sends the very same answers.

One answer of the emulator's is recorded first; a bare server (``benchmarks.bare``: it says what it
does and what it spares itself) gives it to whoever asks. Both then get the same callers in turns:
sessions in real time, 100 ms up without a pause, an answer asked for every ``CYCLE`` seconds.
What counts is the server process's own CPU time, and how late each piece of sound is by the
callers' clock.

    python -m benchmarks.capacity [--sessions 100] [--seconds 20] [--rounds 3] [PART …]

Parts: ``client`` (client VAD, no speech models, so that every answer is in stock and the
question is known by its sound), ``server`` (the same under server VAD, 50 sessions), ``hearing``
(client VAD with the models: some callers are recognised and get answers that must be made, and
the others' sound is watched). The bare server comes twice: with json and base64 (that is the
limit's), and with the emulator's own codecs. Run it with few other things running; ratios within
one run are what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import glmkit as glm
from benchmarks.callers import (
    CYCLE,
    Callers,
    Heard,
    Server,
    appends,
    load,
    recorded,
    started,
)

BARE, FAST, OURS = "bare", "bare, our codecs", "emulator"
Found = dict[str, list[tuple[float, Heard]]]
"""Server → each round's CPU seconds a second, and what the callers heard."""


def question(name: str) -> list[bytes]:
    """A recording and silence after it, ``CYCLE`` seconds together, as messages."""
    clip = glm.sample(name)
    return appends((clip + glm.Clip.silence(CYCLE - clip.seconds)).to_pcm())


def beside_the_bare(sessions: int, seconds: float, rounds: int, *, server_vad: bool) -> None:
    """CPU of the emulator and of the bare servers, in turns."""
    sound = question("hello_en")
    found: Found = {BARE: [], FAST: [], OURS: []}
    with tempfile.TemporaryDirectory() as empty, both(sound, GLMKIT_CACHE=empty) as servers:
        for _ in range(rounds):
            for name, server in servers.items():
                vad = server_vad and name == OURS
                found[name].append(_measured(name, server, [(sessions, sound, True)], seconds, vad))
    _sum_up(found, server_vad=server_vad)


@contextmanager
def both(sound: list[bytes], **environment: str) -> Iterator[dict[str, Server]]:
    """The emulator, and bare servers that answer as it answered ``sound``."""
    with ExitStack() as running:
        emulator = running.enter_context(started("glmkit", "emulator", **environment))
        asyncio.run(recorded(emulator.url, sound))  # what is loaded at the first turn is not ours
        script = Path(running.enter_context(tempfile.TemporaryDirectory())) / "answer.json"
        script.write_text(json.dumps(asyncio.run(recorded(emulator.url, sound))), "utf-8")
        yield {
            BARE: running.enter_context(started("benchmarks.bare", str(script))),
            FAST: running.enter_context(started("benchmarks.bare", str(script), "--fast")),
            OURS: emulator,
        }


def _measured(
    name: str, server: Server, callers: list[Callers], seconds: float, server_vad: bool
) -> tuple[float, Heard]:
    used, heard = asyncio.run(load(server, callers, seconds, server_vad=server_vad))
    print(
        f"  {name:16} {used:6.3f} cores, {heard.answers} answers, p99 {heard.p99():.1f} ms late",
        flush=True,
    )
    return used, heard


def _sum_up(found: Found, *, server_vad: bool) -> None:
    wanted = "≤ 0.3 cores more" if server_vad else "≤ 1.3 ×"
    ours = found[OURS]
    for name in (BARE, FAST):
        pairs = [(mine[0], its[0]) for mine, its in zip(ours, found[name], strict=True)]
        ratio = median(mine / its for mine, its in pairs)
        more = median(mine - its for mine, its in pairs)
        limit = f" ({wanted})" if name == BARE else ""
        print(f"{ratio:.2f} × {name}, {more:+.3f} cores{limit}")
    print(f"p99 {_late(ours) - _late(found[BARE]):+.1f} ms (≤ 20 ms)")


def _late(rounds: list[tuple[float, Heard]]) -> float:
    return median(heard.p99() for _, heard in rounds)


def while_others_are_heard(sessions: int, seconds: float, rounds: int) -> None:
    """How late sound is while questions are recognised and answered by the voices.

    A fifth of ``sessions`` is watched, their questions are recognised and their answers in stock;
    of the emulator, a tenth more asks what must be spoken anew."""
    watched = question("joke_zh")
    clip = glm.speak("请跟我说，西红柿炒鸡蛋要放三个鸡蛋。", lang="zh")
    asking = (clip.resample(16_000) + glm.Clip.silence(CYCLE - clip.seconds)).to_pcm()
    callers: list[Callers] = [(sessions // 5, watched, True)]
    busy = [*callers, (sessions // 10, appends(asking), False)]
    found: Found = {BARE: [], OURS: []}
    with both(watched) as servers:
        for _ in range(rounds):
            found[BARE].append(_measured(BARE, servers[BARE], callers, seconds, False))
            found[OURS].append(_measured(OURS, servers[OURS], busy, seconds, False))
    print(f"p99 {_late(found[OURS]) - _late(found[BARE]):+.1f} ms (≤ 20 ms)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("parts", nargs="*", metavar="PART", default=["client", "server", "hearing"])
    given = parser.parse_args()
    parts = {
        "client": lambda n: beside_the_bare(n, given.seconds, given.rounds, server_vad=False),
        "server": lambda n: beside_the_bare(n // 2, given.seconds, given.rounds, server_vad=True),
        "hearing": lambda n: while_others_are_heard(n, given.seconds, given.rounds),
    }
    for name in given.parts:
        print(name)
        parts[name](given.sessions)


if __name__ == "__main__":
    main()
