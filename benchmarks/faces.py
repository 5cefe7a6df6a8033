"""The ways to have a turn, side by side: the plain loops, ``glmkit.aio``, ``glmkit``.

Each measure takes a stub's address and gives one number; ``compared`` calls them in turns, so that
whatever else the machine does falls on all of them. ``ratio`` and ``ratio_of_medians`` set a face
beside its peer.
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
ROUNDS = 9
Found = dict[str, list[float]]


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


def compared(measures: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> Found:
    """What each face measured, round by round: name → numbers.

    One round more than asked, the first, warms everything up and does not count.
    """
    found: Found = {face: [] for face in measures}
    for _ in range(rounds + 1):
        for face, measure in measures.items():  # none ever follows itself, warm
            found[face].append(measure())
    return {face: values[1:] for face, values in found.items()}


def ratio(found: Found, face: str, peer: str = "plain") -> float:
    """The median over the rounds of ``face``'s number to its peer's."""
    return median(ours / theirs for ours, theirs in zip(found[face], found[peer], strict=True))


def ratio_of_medians(found: Found, face: str, peer: str = "plain") -> float:
    """``face``'s median to its peer's: for many short measurements."""
    return median(found[face]) / median(found[peer])
