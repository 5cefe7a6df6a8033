"""Many runs: side by side, on executors, over sessions of their own, within one budget."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, GlmWarning
from tests.lab.tasks import asked, asked_async, deadly, where
from tests.pictured import a_turn


def test_as_many_run_at_once_as_asked_and_the_table_has_their_planned_order() -> None:
    """Each waits for four others, which come only if five run at once; never a sixth."""
    five, running, most = threading.Barrier(5), [0], [0]
    lock = threading.Lock()

    def task(number: int) -> dict[str, Any]:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        five.wait(20)
        with lock:
            running[0] -= 1
        return {"thread": threading.get_ident()}

    table = glm.lab.sweep(task, grid={"number": range(20)}, at_once=5, warm_up=0, seed=3)
    assert (table["error"] == "").all()
    assert most == [5]
    alone = glm.lab.sweep(
        lambda number: {"m": number}, grid={"number": range(20)}, warm_up=0, seed=3
    )
    assert list(table["number"]) == list(alone["number"])


async def test_an_async_task_runs_where_a_loop_already_does() -> None:
    """As in a notebook's cell: on a loop of its own."""

    async def task(number: int) -> dict[str, int]:
        return {"twice": 2 * number}

    for at_once in (1, 3):
        table = glm.lab.sweep(task, grid={"number": [1, 2, 3]}, at_once=at_once)
        assert sorted(table["twice"]) == [2, 4, 6]


@pytest.mark.slow
def test_processes_carry_a_sweep_and_one_that_dies_costs_only_what_ran(tmp_path: Path) -> None:
    """The rows that were done are in the file; a second call does the others, and no more."""
    out, grid = tmp_path / "runs.jsonl", {"number": range(12), "flag": [str(tmp_path / "died")]}
    with (
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
        pytest.warns(GlmWarning, match=r"out="),
    ):
        glm.lab.sweep(deadly, grid=grid, executor=pool, at_once=2, warm_up=0, out=out)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    well = [row["run"] for row in rows if not row["error"]]
    assert len(rows) - len(well) <= 2
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        table = glm.lab.sweep(deadly, grid=grid, executor=pool, at_once=2, out=out)
    assert sorted(table["twice"]) == [2 * n for n in range(12)]
    later = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()][len(rows) :]
    assert not {row["run"] for row in later} & set(well)
    assert 1 <= table["pid"].nunique() <= 4


def test_what_an_executor_cannot_take_is_said_at_once() -> None:
    """A lambda for a process, and what is no executor."""
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(BadArgument, match="at the top of a module"),
    ):
        glm.lab.repeat(lambda: {"n": 1}, 3, executor=pool)
    for wrong in ({"executor": 3}, {"at_once": 0}, {"at_once": 1.5}, {"at_once": 10_000},
                  {"connect": "emulator"}, {"connect": {"voise": 1}}, {"budget": 3}):  # fmt: skip
        with pytest.raises(BadArgument):
            glm.lab.repeat(lambda: {"n": 1}, 3, **wrong)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("task", [asked, asked_async], ids=["waits", "awaits"])
def test_each_run_has_a_session_of_its_own_with_its_settings(task: Any) -> None:
    """Five at once against one emulator; the grid's names that connect knows go to connect."""
    with Emulator.start(pace=0) as emulator:
        table = glm.lab.sweep(
            task,
            grid={"words": ["hi", "hello"], "model": ["glm-realtime-flash", "glm-realtime-air"]},
            repeat=3,
            at_once=5,
            connect={"to": emulator.url, "api_key": emulator.key, "modalities": ["text"]},
        )
    assert (table["error"] == "").all()
    assert len(table) == 12
    assert table["peer"].eq("emulator").all()
    assert table["transcript"].str.len().gt(0).all()
    assert sorted(table["model"].value_counts()) == [6, 6]
    assert list(table.columns).count("model") == 1


def test_a_row_says_what_was_said_for_how_long_and_what_was_odd() -> None:
    """Segments, seconds both ways, what it would cost, words, and findings."""
    row = glm.lab.repeat(a_turn, 1, warm_up=0).loc[0]
    assert (row["input_seconds"], row["audio_seconds"]) == (1.0, 2.0)
    assert row["yuan"] == pytest.approx(3.0 / 60 * 0.18, abs=1e-5)
    assert row["user_transcript"] == "Tell me a joke"
    assert row["transcript"].startswith("Why did the chicken")
    assert row["segments"] == 0  # client VAD hears none
    assert row["findings"] == ", ".join(a_turn().explain().names)


def test_one_budget_holds_over_all_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Foretold after the warm-up, stopped when it is used up, gone on with from the file."""
    out, budget = tmp_path / "runs.jsonl", glm.Budget(yuan=None, seconds=30)
    with pytest.warns(GlmWarning, match=r"seconds: 30\.00 of 30\).*9 of 20"):
        table = glm.lab.repeat(a_turn, 20, budget=budget, out=out)
    assert len(table) == 9  # and the warm-up
    assert "20 runs, about ¥0.00" in capsys.readouterr().out
    assert len(glm.lab.repeat(a_turn, 20, out=out)) == 20


def test_any_executor_will_do() -> None:
    """Also one of threads that is the person's own, which is left open."""
    with ThreadPoolExecutor(2) as pool:
        table = glm.lab.sweep(where, grid={"number": range(6)}, executor=pool, at_once=2)
        assert pool.submit(int, "1").result(5) == 1
    assert sorted(table["twice"]) == [0, 2, 4, 6, 8, 10]


async def test_an_async_task_over_a_session_runs_where_a_loop_already_does(
    glm_emulator: Emulator,
) -> None:
    """One at a time and several; also as an object, and with some of its arguments given."""

    class Asking:
        async def __call__(self, session: Any, words: str) -> glm.Turn:
            return await asked_async(session, words)

    connect = {"to": glm_emulator.url, "api_key": glm_emulator.key, "modalities": ["text"]}
    for task in (asked_async, Asking(), partial(asked_async)):
        table = glm.lab.sweep(task, grid={"words": ["hi"]}, connect=connect, warm_up=0)
        assert list(table["error"]) == [""]


def test_async_tasks_really_run_side_by_side() -> None:
    """Each waits for three others, which come only if four run at once."""
    four = threading.Barrier(4)

    async def task(number: int) -> dict[str, int]:
        await asyncio.to_thread(four.wait, 20)
        return {"twice": 2 * number}

    table = glm.lab.sweep(task, grid={"number": range(8)}, at_once=4, warm_up=0)
    assert (table["error"] == "").all()


def test_a_budget_is_stated_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Its limits first, what it will take after the first run, each once; a lost one tells
    nothing."""
    said: list[str] = []

    def task() -> glm.Turn:
        said.append(capsys.readouterr().out)
        return a_turn()

    budget = glm.Budget(yuan=3, turns=50, seconds=600)
    glm.lab.repeat(task, 3, warm_up=0, budget=budget)
    said.append(capsys.readouterr().out)
    assert said[0].startswith("3 runs; they stop at ¥3 or 50 turns or 600 s of sound")
    assert "minutes by the first" in said[1]
    assert "minutes" not in said[0] + "".join(said[2:])


@pytest.mark.parametrize(
    "options", [{}, {"warm_up": 0}, {"at_once": 3}, {"warm_up": 0, "at_once": 2}]
)
def test_a_task_of_a_wrong_kind_fails_on_the_first_run(options: dict[str, Any]) -> None:
    """Whichever run is the first."""
    calls: list[int] = []

    def task() -> Any:
        calls.append(1)
        return "a turn"

    with pytest.raises(BadArgument, match="returned str, expected a turn"):
        glm.lab.repeat(task, 30, **options)
    assert len(calls) <= options.get("at_once", 1)
