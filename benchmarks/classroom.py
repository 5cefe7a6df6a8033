"""Thirty pupils of a class within one minute: one key, few places, an answer for everybody.

Each pupil connects, waits for a place, says one of the kit's recordings in real time, hears the
answer to its end and leaves. The class stands before an emulator (or, with ``--to live``, before
the service, which costs about ¥1). What was waited for a place stands apart from what the answer
took. Thirty answers within a minute at five places is what a lesson needs.

    python -m benchmarks.classroom [--pupils 30] [--places 5] [--to live --key-file FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

import glmkit as glm
from benchmarks.callers import KEY, Server, appends, started
from benchmarks.pupils import one_turn
from glmkit.verify.raw_client import RawClient, open_socket

SAID: Final = ("joke_zh", "weather_zh", "hello_en", "two_questions_zh")
PATIENCE: Final = 180.0  # seconds for a place and an answer


class Answered(NamedTuple):
    """One pupil's: seconds for a place, from the end of speech to sound, and to the end of all."""

    waited: float
    first: float
    over: float


async def pupil(url: str, seat: dict[str, Any], said: list[bytes], begun: float) -> Answered:
    """One pupil from connecting to leaving."""
    headers = {"Authorization": f"Bearer {seat['key']}"}
    async with asyncio.timeout(PATIENCE), open_socket(url, headers) as socket:
        client = RawClient(socket, patience=PATIENCE)
        came = time.perf_counter()
        await client.next("session.created")
        waited = time.perf_counter() - came
        await client.update()
        first, _ = await one_turn(client, said)
        return Answered(waited, first, time.perf_counter() - begun)


async def lesson(url: str, seats: list[dict[str, Any]]) -> list[Answered | BaseException]:
    """All of them at once."""
    said = [appends(glm.sample(name).to_pcm()) for name in SAID]
    begun = time.perf_counter()
    every = [pupil(url, seat, said[n % len(said)], begun) for n, seat in enumerate(seats)]
    return await asyncio.gather(*every, return_exceptions=True)


@contextmanager
def taught(given: argparse.Namespace, folder: Path, to: str, key: str) -> Iterator[Server]:
    """A class that listens."""
    roster = folder / "roster.csv"
    roster.write_text("".join(f"{n},Pupil {n}\n" for n in range(given.pupils)), encoding="utf-8")
    words = ["glmkit", "class", str(roster), "--to", to, "--key-file", key, "--port", "0"]
    words += ["--host", "127.0.0.1", "--places", str(given.places)]
    with started(*words, "--seats-json", str(folder / "seats.json")) as server:
        while not (folder / "seats.json").exists():
            time.sleep(0.05)
        yield server


def measured(given: argparse.Namespace, to: str, key: str) -> None:
    """A lesson, and what was found."""
    with tempfile.TemporaryDirectory() as name, taught(given, Path(name), to, key) as server:
        seats = json.loads((Path(name) / "seats.json").read_text(encoding="utf-8"))
        done = asyncio.run(lesson(server.url, seats))
        cpu = server.cpu()
    answered = [each for each in done if isinstance(each, Answered)]
    print(f"{len(answered)} of {len(done)} answered, the class used {cpu:.1f} s of CPU")
    for each in done:
        if isinstance(each, BaseException):
            print(f"  {type(each).__name__}: {each}")
    if answered:
        last = max(each.over for each in answered)
        print(f"the last answer was over after {last:.1f} s; peer: class → {given.to}")
        for title, values in (
            ("for a place", [each.waited for each in answered]),
            ("from the end of speech to sound", [each.first for each in answered]),
        ):
            p50, p95 = np.percentile(values, (50, 95))
            print(f"{title}: p50 {p50:.1f} s, p95 {p95:.1f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--places", type=int, default=5)
    parser.add_argument("--to", default="emulator")
    parser.add_argument("--key-file", default="")
    given = parser.parse_args()
    if given.to != "emulator":
        measured(given, given.to, given.key_file)
        return
    with tempfile.TemporaryDirectory() as folder, started("glmkit", "emulator") as far:
        key = Path(folder) / "key"
        key.write_text(KEY, encoding="utf-8")
        measured(given, far.url, str(key))


if __name__ == "__main__":
    main()
