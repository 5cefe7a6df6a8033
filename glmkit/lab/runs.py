"""``repeat`` and ``sweep``: run a task many times and keep a row of every run."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pickle import PicklingError
from typing import TYPE_CHECKING, Any

from glmkit.environment.features import needs
from glmkit.errors import BadArgument, warn
from glmkit.lab import account_places, tries
from glmkit.lab.opened_task import account_of, opened
from glmkit.lab.row_files import RowFile
from glmkit.lab.rows import NAME, ROW, Row, Run, Task, WrongResult
from glmkit.lab.run_pool import WAITS, BrokenExecutor, Terms, done, lost
from glmkit.lab.spending import Spending
from glmkit.lab.sweep_plan import check_counts, check_means, check_task, planned_runs
from glmkit.session.blocking.progress_bar import interactive, new_bar
from glmkit.session.budget import Budget
from glmkit.session.host import host
from glmkit.texts import text

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
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task(**settings)`` for every combination of settings, in random order.

    Those of ``grid``, each ``repeat`` times. ``task``, which may be async, returns a Turn, a
    mapping of columns, or both as a pair. ``seed``: of the order. ``warm_up``: runs done first and
    thrown away. ``at_once``: runs side by side, in threads of this process, or on ``executor``,
    any of ``concurrent.futures`` (of processes, of a cluster such as Dask's; what it runs must be
    in a module). ``connect``: settings with which each run's session is opened, for
    ``task(session, …)``; names of the grid that ``connect`` knows go there, too.

    ``account_limit``: how many sessions opened so an account has at once on this machine, with any
    peer but the kit's own emulator (5 at V0, documented; None: any number); others wait. ``tries``:
    of a run at most, where the service says of too much at once (1302); any other error is a row.
    ``budget``: over all runs; what they will take is said after the first. ``out``: a file of JSON
    lines each row is appended to, or ``.parquet``, which is made of these in the end; what is in
    it without an error is not run again. ``progress``: draw a bar, or don't; None: at a prompt.

    The table: the settings, ``repetition``, ``zero`` and the stages in seconds, ``since_spoken``,
    ``round_trip``, ``peer`` with its switches, ``network``, ``model``, what was said and for how
    long, ``yuan`` (what the live service would take), ``findings``, ``date``, ``error``,
    ``waited`` (seconds before the try that counts: in no other time) and ``tries``; and where a
    class let some of them wait, ``waited_for_place`` (seconds, in no latency; ``took`` holds them).
    Raises BadArgument, BadFile, Missing.
    """
    needs("tables")  # before anything runs, which may cost
    check_task(task, grid)
    check_counts(repeat=repeat, warm_up=warm_up, seed=seed, at_once=at_once, tries=tries)
    if account_limit is not None:
        check_counts(account_limit=account_limit)
    check_means(executor, budget)
    runs, whole = planned_runs(grid, repeat, seed), opened(task, connect)
    terms = Terms(at_once, executor, tries, seed, account_limit, account_of(whole))
    going = _Sweep(whole, runs, terms, RowFile.at(out), Spending(budget))
    going.run(warm_up, progress)
    return going.table(list(grid))


class _Sweep:
    """The runs of a sweep, and the rows there are of them."""

    def __init__(
        self, task: Task, runs: Sequence[Run], terms: Terms, file: RowFile, spending: Spending
    ) -> None:
        self._task, self._runs, self._terms = task, runs, terms
        self._file, self._spending = file, spending
        self._rows = [row for row in file.kept(runs) if not row["error"]]
        done_before = {row[NAME] for row in self._rows}
        self._left = [run for run in runs if run.name not in done_before]

    def run(self, warm_up: int, progress: bool | None) -> None:
        """Do what is left; an interrupt, or a broken executor, ends it with a warning."""
        if self._left and (words := self._spending.limits(len(self._left))):
            host.get().notice(words)
        try:
            self._warm_up(warm_up)
            self._do(progress)
        except (KeyboardInterrupt, BrokenExecutor) as error:
            stopped = "lab.interrupted" if isinstance(error, KeyboardInterrupt) else "lab.broken"
            warn(self._so_far(stopped))

    def table(self, settings: list[str]) -> DataFrame:
        """The rows in the order that was planned, also in the file where that is one table."""
        order = {run.name: place for place, run in enumerate(self._runs)}
        rows = sorted(self._rows, key=lambda row: order[row[NAME]])
        names = _columns(rows, settings)
        self._file.close(rows, [NAME, *names], settings)
        return _table(rows, names, settings)

    def _warm_up(self, times: int) -> None:
        """Runs that don't count, but by what they cost; a task of a wrong kind fails here."""
        for run, found in done(self._task, [*self._left[:1]] * times, self._terms):
            self._count(_row(run, found, strict=True))

    def _do(self, progress: bool | None) -> None:
        hidden = not (interactive() if progress is None else progress)
        shown = f"{{n_fmt}}/{{total_fmt}} {text('lab.unit_runs')} · {{elapsed}}<{{remaining}}"
        with new_bar(len(self._left), text("lab.running"), shown, hidden=hidden) as bar:
            for run, found in done(self._task, self._while_there_is_room(), self._terms):
                row = _row(run, found, strict=not self._rows)
                self._file.append(row)
                self._rows.append(row)
                self._count(row)
                bar.update()
        if len(self._rows) < len(self._runs) and self._spending.reached:
            warn(f"{self._spending.reached} {self._so_far('lab.interrupted')}")

    def _while_there_is_room(self) -> Iterator[Run]:
        return itertools.takewhile(lambda _: not self._spending.reached, self._left)

    def _count(self, row: Row) -> None:
        """Add up what a row took; the first that worked foretells what all will take."""
        self._spending.add(row)
        left = len(self._runs) - len(self._rows)
        if words := self._spending.foretold(row, left, self._terms.at_once):
            host.get().notice(words)

    def _so_far(self, words: str) -> str:
        return text(words, done=len(self._rows), runs=len(self._runs))


def _row(run: Run, found: Row | BaseException, *, strict: bool) -> Row:
    """The row of what came of a run.

    ``strict``: what no task should give is raised, before any time is spent on more of it.
    """
    if isinstance(found, KeyboardInterrupt):
        raise found
    if isinstance(found, PicklingError | AttributeError | TypeError) and strict:
        raise BadArgument(text("lab.not_picklable", found=found)) from found
    if isinstance(found, WrongResult) and strict:
        raise found
    return lost(run, found) if isinstance(found, BaseException) else found


def _columns(rows: Sequence[Row], settings: list[str]) -> list[str]:
    every = dict.fromkeys(name for row in rows for name in row)
    names = dict.fromkeys([*settings, "repetition", *ROW, *WAITS, *every])
    return [name for name in names if name != NAME]


def _table(rows: Sequence[Row], names: list[str], settings: list[str]) -> DataFrame:
    from pandas import DataFrame, option_context

    shown = [{name: value for name, value in row.items() if name != NAME} for row in rows]
    with option_context("mode.string_storage", "python"):  # pyarrow's takes no half a character
        table = DataFrame(shown, columns=names)
    table.attrs["settings"] = settings
    return table
