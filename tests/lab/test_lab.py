"""Measurements: seeded order, kept failures, resumed files, honest summaries."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import glmkit as glm
from glmkit.errors import BadArgument, BadFile, GlmWarning, Rejected
from glmkit.protocol.event import Event
from glmkit.turns.turn import Turn
from tests.listed import check_each
from tests.pictured import a_turn


class Task:
    """A task that notes its calls and answers with turns."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def __call__(self, **settings: Any) -> Turn:
        self.calls.append(settings)
        return a_turn(wait=0.5 + len(self.calls) / 1000, peer="emulator")


GRID = {"chunk_ms": [20, 100, 500], "vad": ["client", "server"]}


def test_every_combination_runs_as_often_as_asked() -> None:
    """Rows have settings, zero point, stages, peer and date; the warm-up is no row."""
    task = Task()
    table = glm.lab.sweep(task, grid=GRID, repeat=2, seed=7)
    assert len(table) == 12
    assert len(task.calls) == 13
    assert table.groupby(["chunk_ms", "vad"]).size().eq(2).all()
    assert list(table["zero"].unique()) == ["commit"]
    assert list(table["peer"].unique()) == ["emulator"]
    assert table["first_audible"].gt(0.5).all()
    assert (table["error"] == "").all()
    assert list(table.columns[:3]) == ["chunk_ms", "vad", "repetition"]


def test_a_wait_for_a_place_of_a_class_is_a_column_where_there_is_one() -> None:
    """In seconds; the other runs' cells are empty, and a table without any has no such column."""
    waits = iter((0.0, 2.5))

    def task() -> Turn:
        turn, seconds = a_turn(peer="emulator"), next(waits)
        said = Event("heartbeat", {"glmkit": {"place": {"waited": seconds}}}, direction="server")
        return replace(turn, events=(*turn.events, said)) if seconds else turn

    table = glm.lab.repeat(task, 2, warm_up=0)
    assert table["waited_for_place"].fillna(0).tolist() == [0, 2.5]
    assert "waited_for_place" not in glm.lab.repeat(Task(), 2, warm_up=0)
    with pytest.raises(BadArgument, match="waited_for_place"):
        glm.lab.sweep(Task(), grid={"waited_for_place": [1]})


def test_the_order_is_the_seeds() -> None:
    """Shuffled, the same for the same seed, and each repetition complete before the next."""
    first, second, other = Task(), Task(), Task()
    for task, seed in ((first, 1), (second, 1), (other, 2)):
        glm.lab.sweep(task, grid=GRID, repeat=2, seed=seed, warm_up=0)
    assert first.calls == second.calls != other.calls
    assert first.calls[:6] != first.calls[6:]
    assert sorted(map(str, first.calls[:6])) == sorted(map(str, first.calls[6:]))


def test_a_failure_is_a_row_and_the_rest_goes_on() -> None:
    """With its error, its peer where there is one, and no key in it."""
    key = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"

    def task(size: int) -> Turn:
        if size == 2:
            raise Rejected("refused", peer="emulator", turn=a_turn())
        if size == 3:
            raise ValueError(f"a bug with {key}")
        return a_turn()

    table = glm.lab.sweep(task, grid={"size": [1, 2, 3]}).set_index("size")
    assert table.loc[1, "error"] == ""
    assert table.loc[2, "error"] == "Rejected: refused"
    assert table.loc[2, "peer"] == "emulator"
    assert table.loc[3, "error"].startswith("ValueError: a bug")
    assert "ABCDEFGHIJKLMNOP" not in table.loc[3, "error"]


def test_a_run_that_leaves_by_exit_is_a_row_wherever_it_runs() -> None:
    """One after the other, side by side, or async: no other run is lost, and it is told."""

    def leaves(size: int) -> dict[str, int]:
        if size == 2:
            sys.exit("no such file")
        return {"twice": 2 * size}

    async def awaited(size: int) -> dict[str, int]:
        return leaves(size)

    def check(task: Any, at_once: int) -> None:
        table = glm.lab.sweep(task, grid={"size": [1, 2, 3]}, at_once=at_once).set_index("size")
        assert list(table["error"].sort_values()) == ["", "", "SystemExit: no such file"]
        assert table.loc[3, "twice"] == 6

    check_each(check, [(leaves, 1), (leaves, 2), (awaited, 1)])


def test_an_error_without_words_is_its_name() -> None:
    """No colon leads to nothing."""

    def task() -> None:
        raise TimeoutError

    assert list(glm.lab.repeat(task, 2, warm_up=0)["error"]) == ["TimeoutError"] * 2


class AllAtOnce(ThreadPoolExecutor):
    """An executor of four, of whose runs none is seen to end before all have."""

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        begun = super().submit(work, *given, **named)
        self.begun = [*getattr(self, "begun", ()), begun]
        if len(self.begun) == 4:
            wait(self.begun)
        return begun


def test_an_interrupt_in_one_run_keeps_those_that_ended_beside_it() -> None:
    """What was done when it came is a row, whichever is looked at first."""

    def task(size: int) -> dict[str, int]:
        if size == 0:
            raise KeyboardInterrupt
        return {"twice": 2 * size}

    for seed in range(6):
        with AllAtOnce(4) as pool, pytest.warns(GlmWarning, match="3 of 4"):
            table = glm.lab.sweep(
                task, grid={"size": range(4)}, seed=seed, warm_up=0, at_once=4, executor=pool
            )
        assert sorted(table["twice"]) == [2, 4, 6]


def test_an_interrupt_keeps_what_is_done(tmp_path: Path) -> None:
    """The rows so far come back with a warning, and are in the file."""
    task, fingers = Task(), iter([KeyboardInterrupt()])

    def interrupted() -> Turn:
        if len(task.calls) == 3 and (pressed := next(fingers, None)) is not None:
            raise pressed
        return task()

    out = tmp_path / "runs.jsonl"
    with pytest.warns(GlmWarning, match=r"3 of 10(.|\n)*same out= \(.*runs\.jsonl"):
        table = glm.lab.repeat(interrupted, 10, warm_up=0, out=out)
    assert len(table) == 3
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    again = glm.lab.repeat(interrupted, 10, warm_up=0, out=out)
    assert len(again) == 10
    assert len(task.calls) == 10


def test_a_file_is_gone_on_with_but_failures_are_tried_again(tmp_path: Path) -> None:
    """A torn last line is a run that was not done; other lines must be rows."""
    out = tmp_path / "runs.jsonl"
    glm.lab.sweep(Task(), grid=GRID, out=out)
    lines = out.read_text(encoding="utf-8").splitlines()
    failed = json.dumps({**json.loads(lines[0]), "error": "Rejected: busy"})
    torn = "\n".join([failed, *lines[1:5], lines[5][:40]])
    out.write_text(torn, encoding="utf-8")
    task = Task()
    table = glm.lab.sweep(task, grid=GRID, out=out, warm_up=0)
    assert len(task.calls) == 2
    assert len(table) == 6
    assert (table["error"] == "").all()
    assert len(glm.lab.sweep(task, grid=GRID, out=out)) == 6
    out.write_text("hello\n" + out.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadFile, match="line 1"):
        glm.lab.sweep(task, grid=GRID, out=out)


def test_a_task_may_return_numbers_of_its_own() -> None:
    """A mapping becomes columns, numpy's numbers too; anything else is a failed row."""
    table = glm.lab.repeat(lambda: {"loudness": np.float32(0.5)}, 3)
    assert table["loudness"].eq(0.5).all()
    assert glm.lab.summary(table, "loudness").loc[0, "n"] == 3
    table = glm.lab.repeat(lambda: (a_turn(), {"loudness": 1}), 2)
    assert table["loudness"].eq(1).all()
    assert list(table["peer"]) == ["emulator"] * 2
    with pytest.raises(BadArgument, match="expected a turn"):  # at once, and not in every row
        glm.lab.repeat(lambda: None, 1)


def test_a_task_says_nothing_of_its_run_but_whether_it_failed() -> None:
    """What was set, and which run it was, stays; no error is none, however it is written."""
    for columns in ({"run": 5}, {"repetition": 7}, {"took": "long"}, {"a": 2}):
        with pytest.raises(BadArgument, match=next(iter(columns))):
            glm.lab.sweep(lambda a, found=columns: found, grid={"a": [1]})
    table = glm.lab.sweep(lambda a: {"a": a, "error": None}, grid={"a": [1, 2]})
    assert (table["error"] == "").all()
    assert sorted(table["a"]) == [1, 2]


@pytest.mark.parametrize(
    "options",
    [
        {"grid": {"peer": [1]}},
        {"grid": {"n": [1]}},
        {"grid": {"a": []}},
        {"grid": {"a": 5}},
        {"grid": {"voice": "tongtong"}},
        {"grid": {"a": {"x": 1}}},
        {"grid": {1: [1]}},
        {"grid": {}, "out": "runs.csv"},
        {"grid": {}, "out": "runs.XLSX"},
        {"grid": [20, 100]},
        {"grid": {}, "repeat": 0},
        {"grid": {}, "repeat": "3"},
        {"grid": {}, "warm_up": None},
        {"grid": {}, "out": 5},
        {"grid": {}, "out": "."},
        {"grid": {}, "out": "x" * 300},
    ],
)
def test_a_sweep_that_cannot_be_is_refused(options: dict[str, Any]) -> None:
    """Before anything runs."""
    task = Task()
    with pytest.raises(BadArgument):
        glm.lab.sweep(task, **options)
    assert task.calls == []


@pytest.mark.parametrize(
    ("grid", "connect", "said"),
    [
        ({"sise": [1]}, None, "takes no sise. Does the grid mean: size"),
        ({"size": [1], "chunk_ms": [20]}, None, "takes no chunk_ms"),
        ({"sise": [1], "voice": ["tongtong"]}, {"to": "emulator"}, "takes no sise"),
        ({"voise": ["tongtong"]}, {"to": "emulator"}, "Does the grid mean: voice"),
        ({}, None, "the task needs size"),
    ],
)
def test_a_grid_that_fits_no_run_is_refused_before_the_first(
    grid: dict[str, list[Any]], connect: dict[str, Any] | None, said: str
) -> None:
    """A misspelt name is not a table of errors."""

    def alone(size: int, more: int = 0) -> None:
        raise AssertionError

    def with_session(session: object, size: int = 1) -> None:
        raise AssertionError

    with pytest.raises(BadArgument, match=said):
        glm.lab.sweep(with_session if connect else alone, grid=grid, connect=connect)


def test_what_takes_anything_is_given_anything() -> None:
    """Names past the task's own go to its keywords; a built-in tells nothing of what it takes."""
    grid = {"size": [1], "more": [2]}
    assert list(glm.lab.sweep(lambda size, **rest: rest, grid=grid, warm_up=0)["error"]) == [""]


def test_a_task_is_a_function() -> None:
    """The answer itself, given instead, is said at once and not in every row."""
    with pytest.raises(BadArgument, match="found a value of type dict, expected a function"):
        glm.lab.repeat({"loudness": 1}, 2)  # type: ignore[arg-type]


def test_half_a_character_loses_no_row(tmp_path: Path) -> None:
    """What a service spells in JSON can be kept in a file, and read again."""
    out = tmp_path / "runs.jsonl"
    for _ in range(2):
        table = glm.lab.repeat(lambda: {"said": "\ud83d"}, 2, out=out)
        assert list(table["said"]) == ["\ud83d"] * 2


@pytest.mark.parametrize(
    "options",
    [{"of": "said"}, {"of": 5}, {"by": 5}, {"confidence": "0.9"}, {"seed": -1}, {"seed": "x"}],
)
def test_a_summary_that_cannot_be_is_refused(options: dict[str, Any]) -> None:
    """Of words, by what is no column, or of what is no table."""
    table = glm.lab.repeat(lambda: {"loudness": 1, "said": "yes"}, 2)
    with pytest.raises(BadArgument):
        glm.lab.summary(table, **{"of": "loudness", **options})
    with pytest.raises(BadArgument, match="found a value of type list, expected the table"):
        glm.lab.summary([table])  # type: ignore[arg-type]


def test_a_summary_has_median_p95_n_and_an_interval() -> None:
    """A row for each setting, zero point and peer: numbers of two peers are never one."""
    chance = np.random.default_rng(1)
    rows = [
        {"n_": n, "first_audible": value, "zero": "commit", "peer": peer, "error": ""}
        for n, peer, middle in ((1, "emulator", 1.0), (1, "live", 2.0), (2, "live", 3.0))
        for value in chance.normal(middle, 0.1, 50)
    ]
    rows.append({"n_": 2, "first_audible": None, "zero": None, "peer": "live", "error": "X: y"})
    table = pd.DataFrame(rows)
    found = glm.lab.summary(table, by="n_")
    assert list(found["peer"]) == ["emulator", "live", "live"]
    assert list(found["n"]) == [50, 50, 50]
    assert list(found["failed"]) == [0, 0, 1]
    assert found["median"].tolist() == pytest.approx([1.0, 2.0, 3.0], abs=0.06)
    assert (found["low"] <= found["median"]).all()
    assert (found["median"] <= found["high"]).all()
    assert (found["high"] - found["low"] < 0.15).all()
    assert glm.lab.summary(table, by="n_").equals(found)
    with pytest.raises(BadArgument, match="seconds"):
        glm.lab.summary(table, "seconds")


def test_settings_under_which_nothing_worked_are_summed_up_too() -> None:
    """n is 0, failed is the number of runs."""

    def task(size: int) -> Turn:
        if size == 1:
            raise Rejected("refused", peer="emulator")
        return a_turn()

    table = glm.lab.sweep(task, grid={"size": [1, 2]}, repeat=3)
    found = glm.lab.summary(table).set_index("size")
    assert found.index.tolist() == [1, 2]
    assert found["failed"].tolist() == [3, 0]


@pytest.mark.slow
def test_the_lab_measures_a_real_session() -> None:
    """Against the emulator, with the figure that shows it."""
    with glm.connect(to="emulator", modalities=["text"]) as session:
        clip = glm.sample("hello_en")
        table = glm.lab.repeat(lambda: session.say(clip, speed=None), 2)
    assert table["done"].gt(0).all()
    assert table["peer"].eq("emulator").all()
    assert glm.plots.latency(table) is not None


@pytest.mark.parametrize("module", [glm.lab, glm.plots], ids=["lab", "plots"])
def test_only_public_functions_are_offered(module: Any) -> None:
    """``dir()`` lists what is public, and each says in a dozen words what it is for."""
    assert dir(module) == sorted(module.__all__)
    firsts = [getattr(module, name).__doc__.partition("\n")[0] for name in dir(module)]
    assert [first for first in firsts if len(first.split()) > 12] == []
