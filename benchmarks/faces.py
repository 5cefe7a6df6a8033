"""The three ways to have a turn, side by side: the plain loop, ``glmkit.aio``, ``glmkit``.

Each measuring function takes a stub's address and gives one number; ``compared`` calls them in
turns, so that whatever else the machine does falls on all three, and gives ratios to the plain
loop's.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

KEY = "stub." + "0" * 16
ROOT = Path(__file__).parents[1]
ROUNDS = 5
FACES = ("plain", "aio", "blocking")


@contextmanager
def stub() -> Iterator[str]:
    """A stub in another process; its address."""
    command = [sys.executable, "-m", "benchmarks.stub"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8", cwd=ROOT) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def compared(measures: list[Callable[[], float]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """What each face measured, round by round, in ``FACES``' order.

    One round more than asked, the first, warms everything up and does not count.
    """
    found: dict[str, list[float]] = {face: [] for face in FACES}
    for _ in range(rounds + 1):
        for face, measure in zip(FACES, measures, strict=True):  # none ever follows itself, warm
            found[face].append(measure())
    return {face: values[1:] for face, values in found.items()}


def ratio(found: dict[str, list[float]], face: str) -> float:
    """The median over the rounds of ``face``'s number to the plain loop's."""
    return median(ours / theirs for ours, theirs in zip(found[face], found["plain"], strict=True))


def ratio_of_medians(found: dict[str, list[float]], face: str) -> float:
    """``face``'s median to the plain loop's: for many short measurements."""
    return median(found[face]) / median(found["plain"])
