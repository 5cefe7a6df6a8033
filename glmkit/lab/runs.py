"""``repeat`` and ``sweep``: run a task many times and keep a row of every run."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path
from pickle import PicklingError
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument, warn
from glmkit.lab.opened_task import opened
from glmkit.lab.row_files import append_row, kept_rows
from glmkit.lab.rows import NAME, ROW, SUMMED, Row, Run, Task, WrongResult
from glmkit.lab.run_pool import BrokenExecutor, Done, done, lost
from glmkit.lab.spending import Spending
from glmkit.media.source import path_of
from glmkit.session.blocking.progress_bar import interactive, new_bar
from glmkit.session.budget import Budget
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from pandas import DataFrame

_MOST_RUNS: Final = 100_000
_MOST_AT_ONCE: Final = 200


def repeat(
    task: Task,
    n: int = 10,
    *,
    warm_up: int = 1,
    at_once: int = 1,
    executor: Executor | None = None,
    connect: Mapping[str, Any] | None = None,
    budget: Budget | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task()`` ``n`` times; a row a run.

    As ``sweep`` without settings. Raises BadArgument, BadFile.
    """
    return sweep(
        task,
        grid={},
        repeat=n,
        warm_up=warm_up,
        at_once=at_once,
        executor=executor,
        connect=connect,
        budget=budget,
        out=out,
        progress=progress,
    )


def sweep(
    task: Task,
    *,
    grid: Mapping[str, Iterable[Any]],
    repeat: int = 1,
    seed: int = 0,
    warm_up: int = 1,
    at_once: int = 1,
    executor: Executor | None = None,
    connect: Mapping[str, Any] | None = None,
    budget: Budget | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task(**settings)`` for every combination of settings, in random order.

    Those of ``grid``, each ``repeat`` times. ``task``, which may be async, returns a Turn, a
    mapping of columns, or both as a pair. ``seed``: of the order. ``warm_up``: runs done first and
    thrown away. ``at_once``: runs side by side, in threads of this process, or on ``executor``,
    any of ``concurrent.futures`` (of processes, of a cluster; what it runs must be in a module).
    ``connect``: settings with which each run's session is opened, for ``task(session, …)``; names
    of the grid that ``connect`` knows go there, too. ``budget``: over all runs; what they will
    take is said after the warm-up. ``out``: a JSONL file each row is appended to; what is in it
    without an error is not run again. ``progress``: draw a bar, or don't; None: at a prompt.

    The table: the settings, ``repetition``, ``zero`` and the stages in seconds, ``since_spoken``,
    ``round_trip``, ``peer`` with its switches, ``network``, ``model``, what was said and for how
    long, ``yuan`` (what the live service would take), ``findings``, ``date``, ``error``. Raises
    BadArgument, BadFile, Missing.
    """
    needs("tables")  # before anything runs, which may cost
    _check(task, grid, repeat=repeat, warm_up=warm_up, seed=seed, at_once=at_once)
    _check_executor(executor, at_once, budget)
    plan = _Plan(opened(task, connect), _runs(grid, repeat, seed), at_once, executor)
    out = None if out is None else path_of(out)
    rows = [row for row in kept_rows(out, plan.runs) if not row["error"]]
    done_before = {row[NAME] for row in rows}
    left = [run for run in plan.runs if run.name not in done_before]
    spending = Spending(budget)
    try:
        _warm_up(plan, left, warm_up, spending)
        _do(plan, left, rows, spending, out, progress)
    except (KeyboardInterrupt, BrokenExecutor) as error:
        stopped = "lab.interrupted" if isinstance(error, KeyboardInterrupt) else "lab.broken"
        warn(text(stopped, done=len(rows), runs=len(plan.runs)))
    order = {run.name: place for place, run in enumerate(plan.runs)}
    return _table(sorted(rows, key=lambda row: order[row[NAME]]), list(grid))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is run, and how."""

    task: Task
    runs: list[Run]
    at_once: int
    executor: Executor | None

    def done(self, runs: Iterable[Run]) -> Iterator[Done]:
        """(run, row) as they end."""
        return done(self.task, runs, at_once=self.at_once, executor=self.executor)


def _check(task: Task, grid: Mapping[str, Iterable[Any]], **counts: object) -> None:
    if not callable(task):
        raise BadArgument(text("lab.task", found=type(task).__name__))
    if not isinstance(grid, Mapping):
        raise BadArgument(text("lab.no_grid", found=type(grid).__name__))
    single = [str(name) for name, each in grid.items() if not isinstance(each, Iterable)]
    if single:
        raise BadArgument(text("lab.grid", names=", ".join(single)))
    for name, found in counts.items():
        if not isinstance(found, Integral):
            raise BadArgument(text("lab.count", name=name, found=found))


def _runs(grid: Mapping[str, Iterable[Any]], repeat: int, seed: int) -> list[Run]:
    """Every run, in the order of the seed: all settings once, then once more, and so on."""
    values = {name: list(each) for name, each in grid.items()}
    taken = sorted({*values} & ({*ROW, *SUMMED, NAME} - {"model"}))  # a setting and what it was
    empty = sorted(name for name, each in values.items() if not each)
    if taken or empty:
        raise BadArgument(text("lab.grid", names=", ".join(taken or empty)))
    products = itertools.product(*values.values())
    combinations = [dict(zip(values, each, strict=True)) for each in products]
    if repeat < 1 or len(combinations) * repeat > _MOST_RUNS:
        raise BadArgument(text("lab.runs", found=len(combinations) * repeat, most=_MOST_RUNS))
    order, runs = random.Random(seed), []
    for repetition in range(repeat):  # in blocks, so that slow drift meets all settings alike
        order.shuffle(combinations)
        runs += [Run(settings, repetition) for settings in combinations]
    return runs


def _check_executor(executor: object, at_once: int, budget: object) -> None:
    if executor is not None and not isinstance(executor, Executor):
        raise BadArgument(text("lab.executor", found=type(executor).__name__))
    if not 1 <= at_once <= _MOST_AT_ONCE:
        raise BadArgument(text("lab.at_once", found=at_once, most=_MOST_AT_ONCE))
    if budget is not None and not isinstance(budget, Budget):
        raise BadArgument(text("session.what", found=budget))


def _warm_up(plan: _Plan, left: Sequence[Run], times: int, spending: Spending) -> None:
    """Runs that don't count, but by what they cost; a task of a wrong kind fails here."""
    for run, found in plan.done([*left[:1]] * times):
        row = _row(run, found, strict=True)
        spending.add(row)
        if (words := spending.foretold(row, len(left), plan.at_once)) and not row["error"]:
            host.get().notice(words)


def _do(
    plan: _Plan,
    left: Sequence[Run],
    rows: list[Row],
    spending: Spending,
    out: Path | None,
    progress: bool | None,
) -> None:
    hidden = not (interactive() if progress is None else progress)
    done = f"{{n_fmt}}/{{total_fmt}} {text('lab.unit_runs')} · {{elapsed}}<{{remaining}}"
    with new_bar(len(left), text("lab.running"), done, hidden=hidden) as bar:
        for run, found in plan.done(_while_there_is_room(left, spending)):
            row = _row(run, found, strict=not rows)
            append_row(out, row)
            rows.append(row)
            spending.add(row)
            bar.update()
    if len(rows) < len(plan.runs) and spending.reached:
        warn(f"{spending.reached} {text('lab.interrupted', done=len(rows), runs=len(plan.runs))}")


def _while_there_is_room(left: Iterable[Run], spending: Spending) -> Iterator[Run]:
    return itertools.takewhile(lambda _: not spending.reached, left)


def _row(run: Run, found: Row | BaseException, *, strict: bool) -> Row:
    """The row of what came of a run.

    ``strict``: what no task should give is raised, before any time is spent on more of it.
    """
    if isinstance(found, KeyboardInterrupt):
        raise found
    if isinstance(found, PicklingError | AttributeError) and strict:
        raise BadArgument(text("lab.not_picklable", found=found)) from found
    if isinstance(found, WrongResult) and strict:
        raise found
    return lost(run, found) if isinstance(found, BaseException) else found


def _table(rows: Sequence[dict[str, Any]], settings: list[str]) -> DataFrame:
    from pandas import DataFrame

    shown = [{name: value for name, value in row.items() if name != NAME} for row in rows]
    extra = dict.fromkeys(name for row in shown for name in row)
    names = dict.fromkeys([*settings, "repetition", *ROW])
    table = DataFrame(shown, columns=[*names, *(name for name in extra if name not in names)])
    table.attrs["settings"] = settings
    return table
