"""What ``glm.lab`` costs, and how many turns a minute it does, on a steady emulator without models.

Every answer begins after the same wait, so runs side by side should do as many times more as there
are of them. The peer of the lab's own cost is the same turns in a bare loop over ``connect`` and
``ask`` (or ``say``), taken in turns with it in one process; of both the CPU time of this process.

    python -m benchmarks.lab [--runs 8]

No key, no network, no models: what is asked is answered from stock, a recording of the kit is
looked up.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import Any, Final

import psutil

import glmkit as glm

AT_ONCE: Final = 5
ROUNDS: Final = 5
Task = Callable[[glm.Session], glm.Turn]


@contextmanager
def without_models() -> Iterator[None]:
    """Nothing that is installed is found, and nothing is loaded ahead."""
    with tempfile.TemporaryDirectory() as empty:
        os.environ.pop("GLMKIT_MODELS", None)
        os.environ |= {"GLMKIT_CACHE": empty, "GLMKIT_LAZY": "1", "GLMKIT_TO": "emulator"}
        yield


def ask(session: glm.Session) -> glm.Turn:
    """A question in writing, answered with sound."""
    return session.ask("Tell me a joke.")


def say(session: glm.Session) -> glm.Turn:
    """A recording, as fast as it can be sent."""
    return session.say(glm.sample("hello_en"), speed=None)


def turns_a_minute(task: Task, there: dict[str, Any], runs: int, at_once: int) -> float:
    """What a sweep does with so many runs side by side."""
    begun = time.perf_counter()
    table = glm.lab.repeat(task, runs, warm_up=0, at_once=at_once, connect=there, progress=False)
    assert (table["error"] == "").all(), list(table["error"])
    return 60 * runs / (time.perf_counter() - begun)


def bare_loop(task: Task, there: dict[str, Any], runs: int) -> None:
    """The same turns by hand."""
    for _ in range(runs):
        with glm.connect(**there) as session:
            task(session)


def swept(task: Task, there: dict[str, Any], runs: int) -> None:
    """The same turns by the lab."""
    glm.lab.repeat(task, runs, warm_up=0, connect=there, progress=False)


def cpu(work: Callable[[], None]) -> float:
    """Seconds of this process, all threads."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def own_cost(task: Task, there: dict[str, Any], runs: int) -> tuple[float, float]:
    """CPU ms a turn: of the loop, and what the lab adds; medians of rounds in turns."""
    loop, added = [], []
    for _ in range(ROUNDS):
        alone = cpu(partial(bare_loop, task, there, runs))
        loop.append(alone)
        added.append(cpu(partial(swept, task, there, runs)) - alone)
    return 1000 * median(loop) / runs, 1000 * median(added) / runs


def measure(runs: int) -> None:
    """Print all of it."""
    with without_models(), glm.Emulator.start(steady=True, wait=1.6, seed=1) as emulator:
        there = {"to": emulator.url, "api_key": emulator.key}
        for task in (ask, say):
            turns_a_minute(task, there, 2, 1)  # what is loaded at the first counts for nobody
            alone = turns_a_minute(task, there, runs, 1)
            together = turns_a_minute(task, there, AT_ONCE * runs, AT_ONCE)
            print(f"{task.__name__}: {alone:.1f} turns a minute, {together:.1f} with {AT_ONCE} at "
                  f"once: {together / alone:.2f} x (limit 4 x)")  # fmt: skip
    with without_models(), glm.Emulator.start(steady=True, wait=0.05, pace=0) as emulator:
        there = {"to": emulator.url, "api_key": emulator.key}
        for task in (ask, say):
            bare_loop(task, there, 2)
            loop, added = own_cost(task, there, runs)
            print(f"{task.__name__}: {loop:.1f} ms of CPU a turn in a bare loop, the lab adds "
                  f"{added:.1f} ms (limit 5 ms)")  # fmt: skip
    print(f"load {psutil.getloadavg()[0]:.1f} on {psutil.cpu_count()} cores")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.lab", description=__doc__)
    parser.add_argument("--runs", type=int, default=8, help="turns in each figure")
    measure(parser.parse_args().runs)


if __name__ == "__main__":
    main()
