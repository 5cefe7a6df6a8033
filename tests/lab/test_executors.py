"""Executors of others: a cluster of Dask's, one that breaks, one that is shut down."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.errors import BadArgument, GlmWarning
from tests.lab.tasks import slow_to_answer

DEADLINE = 60


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two processes on this machine."""
    import distributed  # takes a second

    local = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.mark.long
@pytest.mark.filterwarnings("default")  # Dask's own
def test_a_cluster_carries_a_sweep_and_goes_on_where_a_worker_is_killed(
    cluster: Any, tmp_path: Path
) -> None:
    """No row that was written is lost or done twice; what ran is done again by the other."""
    out, killed = tmp_path / "runs.jsonl", threading.Event()
    executor = cluster.get_executor()

    def rows() -> list[dict[str, Any]]:
        lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
        return [json.loads(line) for line in lines]

    def kill_one() -> None:
        while not killed.wait(0.05):
            if len(found := rows()) >= 4:
                os.kill(found[-1]["pid"], getattr(signal, "SIGKILL", signal.SIGTERM))
                killed.set()

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    grid = {"number": range(16)}
    table = glm.lab.sweep(slow_to_answer, grid=grid, executor=executor, at_once=2, out=out)
    killed.set()
    killer.join(DEADLINE)
    assert (table["error"] == "").all()
    assert sorted(table["twice"]) == [2 * n for n in range(16)]
    assert len(rows()) == 16  # each was written once
    assert table["pid"].nunique() >= 2
    again = glm.lab.sweep(slow_to_answer, grid=grid, executor=executor, at_once=2, out=out)
    assert len(again) == len(rows()) == 16


@pytest.mark.long
@pytest.mark.filterwarnings("default")  # Dask's own
def test_minutes_hold_on_a_cluster(cluster: Any, tmp_path: Path) -> None:
    """What is left is done by a later call, on what is left of the file's minutes."""
    out, executor = tmp_path / "runs.jsonl", cluster.get_executor()
    options: dict[str, Any] = {"executor": executor, "at_once": 2, "out": out, "warm_up": 0}
    with pytest.warns(GlmWarning, match="time is over"):
        table = glm.lab.sweep(
            slow_to_answer, grid={"number": range(200)}, minutes=1 / 60, **options
        )
    assert len(table) == len(out.read_text(encoding="utf-8").splitlines()) < 200
    grid = {"number": range(len(table) + 4)}
    again = glm.lab.sweep(slow_to_answer, grid=grid, minutes=5, **options)
    assert sorted(again["number"]) == list(grid["number"])


class Shut(ThreadPoolExecutor):
    """Takes so many runs, then is shut down by somebody."""

    def __init__(self, takes: int) -> None:
        super().__init__(2)
        self.takes = takes

    def submit(self, *given: Any, **named: Any) -> Future[Any]:  # type: ignore[override]
        self.takes -= 1
        if self.takes < 0:
            self.shutdown(wait=False)
        return super().submit(*given, **named)


def test_an_executor_that_is_shut_down_loses_no_row_that_it_still_gives(tmp_path: Path) -> None:
    """What was under way is taken; a warning says how many rows there are."""
    out = tmp_path / "runs.jsonl"
    with Shut(5) as pool, pytest.warns(GlmWarning, match="5 of 12"):
        table = glm.lab.sweep(
            slow_to_answer,
            grid={"number": range(12)},
            executor=pool,
            at_once=3,
            warm_up=0,
            out=out,
        )
    assert len(table) == len(out.read_text(encoding="utf-8").splitlines()) == 5


class Cancelling(ThreadPoolExecutor):
    """Its runs from the fourth on are cancelled before they begin."""

    def __init__(self) -> None:
        super().__init__(1)
        self.asked = 0

    def submit(self, *given: Any, **named: Any) -> Future[Any]:  # type: ignore[override]
        self.asked += 1
        if self.asked < 4:
            return super().submit(*given, **named)
        cancelled: Future[Any] = Future()
        cancelled.cancel()
        cancelled.set_running_or_notify_cancel()
        return cancelled


def test_runs_that_were_cancelled_are_no_rows() -> None:
    """They are done by the next call."""
    with Cancelling() as pool, pytest.warns(GlmWarning, match="3 of 9"):
        table = glm.lab.sweep(
            slow_to_answer, grid={"number": range(9)}, executor=pool, at_once=2, warm_up=0
        )
    assert (table["error"] == "").all()


class Refusing(ThreadPoolExecutor):
    """Cannot send what it is given."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:  # type: ignore[override]
        raise TypeError("cannot pickle '_thread.lock' object")


def test_what_cannot_be_sent_is_said_at_once() -> None:
    """In words that say what to do."""
    with Refusing() as pool, pytest.raises(BadArgument, match="at the top of a module"):
        glm.lab.sweep(slow_to_answer, grid={"number": range(3)}, executor=pool)
