"""Thirty pupils who speak within one minute, through a class to the emulator: clean, among
neighbours, and with five places.

Four lessons in one run, before one emulator with its models; in each, every pupil connects, says
one of the kit's recordings in real time, hears the answer to its end and leaves:

    alone        one pupil after the other: what the others are compared with
    clean        all of them within a minute, a place for everybody
    neighbours   the same, three neighbours talking 10 dB under each voice
    five places  all of them at once, five sessions at the service

Printed are ratios: the first audible sound (p95, after the end of what was said) beside one pupil's
alone; how long places stood empty while somebody waited, beside all the time there was; and whether
everybody was told their place, was served in the order of asking, and what ``explain`` found.

    python -m benchmarks.classroom [--pupils 30] [--places 5] [--to live --key-file FILE]

With ``--to live`` it stands before the service, which costs about ¥3 (never tried so far).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

import glmkit as glm
from benchmarks.callers import KEY, Server, started

SAID: Final = ("joke_zh", "weather_zh", "hello_en", "two_questions_zh")
PATIENCE: Final = 300.0  # seconds for a place and an answer
WITHIN: Final = 60.0  # seconds in which all of them begin
_AT_ONCE: Final = 0.3  # seconds
SNR: Final = 10.0  # dB of a voice over its neighbours


class Lesson(NamedTuple):
    """Whose clips are said, how far apart they begin, and with how many places."""

    clips: Sequence[glm.Clip]
    apart: float
    places: int


class Answered(NamedTuple):
    """One pupil's: when they came, had a place and left, and the turn."""

    came: float
    placed: float
    left: float
    turn: glm.Turn
    told: bool


async def pupil(line: str, clip: glm.Clip, begin: float) -> Answered:
    """One pupil from connecting to leaving."""
    await asyncio.sleep(begin - time.perf_counter())
    came = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        async with glm.aio.connect("class", api_key=line, timeout=PATIENCE) as session:
            placed = time.perf_counter()
            turn = await session.say(clip, timeout=PATIENCE)
            left = time.perf_counter()
            told = any("place" in (e.get("glmkit") or {}) for e in session.trace)
    return Answered(came, placed, left, turn, told)


async def held(lesson: Lesson, lines: Sequence[str]) -> list[Answered | BaseException]:
    """All pupils of a lesson; what is said to them meanwhile is shown to nobody."""
    begin = time.perf_counter() + 1
    with contextlib.redirect_stdout(io.StringIO()):
        every = [
            pupil(lines[n], clip, begin + n * lesson.apart) for n, clip in enumerate(lesson.clips)
        ]
        if lesson.places == 1:  # one after the other
            return [await each for each in every]
        return await asyncio.gather(*every, return_exceptions=True)


def idle_share(done: Sequence[Answered], places: int) -> float | None:
    """How much of the places nobody spoke or heard in while somebody waited; None: nobody did.

    It takes in how one leaves and the next one connects and configures.
    """
    waiting = [each for each in done if each.told]
    if not waiting:
        return None
    begin, end = min(each.came for each in waiting), max(each.placed for each in waiting)
    busy = sum(max(0.0, min(each.left, end) - max(each.placed, begin)) for each in done)
    return 1 - busy / (places * (end - begin))


def in_order(done: Sequence[Answered]) -> bool:
    """Whether who came first was served first; of two at once either may configure first."""
    placed = [each.placed for each in sorted(done, key=lambda each: each.came)]
    return all(after - before > -_AT_ONCE for before, after in pairwise(placed))


@contextmanager
def taught(lesson: Lesson, to: str, key: str) -> Iterator[tuple[Server, list[str]]]:
    """A class that listens, and its pupils' lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster, seats = folder / "roster.csv", folder / "seats.json"
        names = (f"{n},Pupil {n}\n" for n in range(len(lesson.clips)))
        roster.write_text("".join(names), encoding="utf-8")
        words = ["glmkit", "class", str(roster), "--to", to, "--key-file", key, "--port", "0"]
        words += ["--host", "127.0.0.1", "--places", str(lesson.places)]
        with started(*words, "--seats-json", str(seats)) as server:
            while not seats.exists():
                time.sleep(0.05)
            found = json.loads(seats.read_text(encoding="utf-8"))
            yield server, [each["line"] for each in found]


def lessons(pupils: int, places: int) -> dict[str, Lesson]:
    """The four of them."""
    clean = [glm.sample(SAID[n % len(SAID)]) for n in range(pupils)]
    among = [clip.voices(SNR, seed=n) for n, clip in enumerate(clean)]
    apart = WITHIN / pupils
    return {
        "alone": Lesson([*clean[: len(SAID)], *clean[: 2 * len(SAID)]], 0.0, 1),
        "clean": Lesson(clean, apart, pupils),
        "neighbours": Lesson(among, apart, pupils),
        "five places": Lesson(clean, 0.02, places),
    }


class Audible(NamedTuple):
    """Seconds from the end of what was said to the first audible sound."""

    p50: float
    p95: float

    def beside(self, alone: Audible) -> str:
        """These as they are, and as so many times one pupil's alone."""
        ratios = f"p50 {self.p50 / alone.p50:.2f} ×, p95 {self.p95 / alone.p95:.2f} × one alone's"
        return f"p50 {self.p50:.2f} s, p95 {self.p95:.2f} s; {ratios}"


def measured(name: str, lesson: Lesson, to: str, key: str, alone: Audible | None) -> Audible:
    """A lesson, and what was found; how soon answers could be heard."""
    with taught(lesson, to, key) as (server, lines):
        done = asyncio.run(held(lesson, lines))
        cpu = server.cpu()
    good = [each for each in done if isinstance(each, Answered)]
    for each in done:
        if isinstance(each, BaseException):
            sys.stdout.write(f"  {type(each).__name__}: {each}\n")
    counted = good if alone else good[len(SAID) :]  # what is loaded first counts for nobody
    first = [each.turn.latency.first_audible for each in counted]
    heard = [float(each) for each in first if each is not None]
    if not heard:
        raise SystemExit(f"{name}: nobody was answered")
    found = Audible(*map(float, np.percentile(heard, (50, 95))))
    sys.stdout.write(
        f"{name}: {len(good)} of {len(done)} answered, the class used {cpu:.1f} s of CPU\n"
        f"  first audible {found.beside(alone or found)}\n{_about(good, lesson)}"
    )
    sys.stdout.flush()
    return found


def _about(done: Sequence[Answered], lesson: Lesson) -> str:
    """Places, order and findings of a lesson, a line each."""
    found = Counter(name for each in done for name in each.turn.explain().names)
    said = "".join(f"  found {count} ×: {name}\n" for name, count in found.most_common())
    idle = idle_share(done, lesson.places)
    if idle is None or lesson.places == 1:
        return said
    over = max(each.left for each in done) - min(each.came for each in done)
    p50, p95 = np.percentile([each.placed - each.came for each in done], (50, 95))
    told = sum(each.told for each in done)
    return (
        f"  over after {over:.1f} s; for a place p50 {p50:.1f} s, p95 {p95:.1f} s, {told} were "
        f"told; places stood empty {idle:.1%} of the time that somebody waited; "
        f"{'in order' if in_order(done) else 'NOT in order'}\n{said}"
    )


def all_measured(given: argparse.Namespace, to: str, key: str) -> None:
    """The four lessons."""
    alone: Audible | None = None
    for name, lesson in lessons(given.pupils, given.places).items():
        found = measured(name, lesson, to, key, alone)
        alone = alone or found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--places", type=int, default=5)
    parser.add_argument("--to", default="emulator")
    parser.add_argument("--key-file", default="")
    given = parser.parse_args()
    if given.to != "emulator":
        all_measured(given, given.to, given.key_file)
        return
    with tempfile.TemporaryDirectory() as folder, started("glmkit", "emulator", "--quiet") as far:
        key = Path(folder) / "key"
        key.write_text(KEY, encoding="utf-8")
        all_measured(given, far.url, str(key))


if __name__ == "__main__":
    main()
