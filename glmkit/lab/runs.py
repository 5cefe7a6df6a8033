"""``repeat`` and ``sweep``: run a task many times and keep a row of every run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from glmkit.environment.features import needs
from glmkit.lab import account_places, tries
from glmkit.lab.opened_task import account_of, check_fit, opened
from glmkit.lab.planned_sweep import PlannedSweep
from glmkit.lab.row_files import RowFile
from glmkit.lab.rows import Task
from glmkit.lab.run_pool import Terms
from glmkit.lab.sweep_plan import check_counts, check_means, check_task, planned_runs
from glmkit.session.budget import Budget

if TYPE_CHECKING:
    from pandas import DataFrame


def repeat(
    task: Task,
    n: int = 10,
    *,
    warm_up: int = 1,
    at_once: int = 1,
    executor: Executor | None = None,
    connect: Mapping[str, Any] | None = None,
    account_limit: int | None = account_places.LIMIT,
    tries: int = tries.MOST,
    budget: Budget | None = None,
    minutes: float | None = None,
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
        account_limit=account_limit,
        tries=tries,
        budget=budget,
        minutes=minutes,
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
    account_limit: int | None = account_places.LIMIT,
    tries: int = tries.MOST,
    budget: Budget | None = None,
    minutes: float | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task(**settings)`` for every combination of settings, in random order.

    Those of ``grid``, each ``repeat`` times; values of any kind, sounds too, that
    differ. ``task``, which may be async, returns a Turn, a mapping of columns, or both as a pair.
    ``seed``: of the order. ``warm_up``: runs done first and
    thrown away. ``at_once``: runs side by side, in threads of this process, or on ``executor``,
    any of ``concurrent.futures`` (of processes, of a cluster such as Dask's; what it runs must be
    in a module). A run that raises is a row with its ``error``, one that leaves by ``sys.exit``
    too; Ctrl+C ends the sweep, and what was done is kept and returned. ``connect``: settings with
    which each run's session is opened, for ``task(session, …)``; names of the grid that ``connect``
    knows go there, too.

    ``account_limit``: how many sessions opened so an account has at once on this machine, with any
    peer but the kit's own emulator (5 at V0, documented; None: any number); others wait. ``tries``:
    of a run at most, where the service says of too much at once (1302); any other error is a row.
    ``budget``: over all runs; what they will take is said after the first. ``minutes``: of the
    clock, over all runs too; then none begins, and one under way has a minute to end. ``out``: a
    file of JSON lines each row is appended to, or ``.parquet``, which is made of these in the end;
    what is in it without an error is not run again, and what its runs took, as a file beside it
    (``….about``) knows, counts in ``budget`` and ``minutes``. Rows of another peer, other settings
    or another task are not mixed. ``progress``: draw one bar, or none; None: at a prompt.

    The table: the settings, ``repetition``, ``zero`` and the stages in seconds, ``since_spoken``,
    ``round_trip``, ``peer`` with its switches, ``network``, ``model``, what was said and for how
    long, ``yuan`` (what the live service would take), ``findings``, ``date``, ``error``,
    ``waited`` (seconds before the try that counts: in no other time) and ``tries``; and where a
    class let some of them wait, ``waited_for_place`` (seconds, in no latency; ``took`` holds them).
    Raises BadArgument, BadFile, Missing, Busy where another sweep writes to ``out``, and at once
    where there is no key for any run, NoKey.
    """
    needs("tables")  # before anything runs, which may cost
    check_task(task, grid)
    check_counts(repeat=repeat, warm_up=warm_up, seed=seed, at_once=at_once, tries=tries)
    if account_limit is not None:
        check_counts(account_limit=account_limit)
    check_means(executor, budget)
    runs, whole = planned_runs(grid, repeat, seed), opened(task, connect)
    check_fit(whole, grid)
    terms = Terms(at_once, executor, tries, seed, account_limit, account_of(whole))
    file = RowFile.at(out)
    with file.alone():
        planned = PlannedSweep(whole, runs, list(grid), terms, file, (budget, minutes))
        planned.run(warm_up, progress)
        return planned.table()
