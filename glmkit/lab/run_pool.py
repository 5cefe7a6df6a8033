"""Runs one after the other, several at once, or on an executor of the person's own.

Rows come as they are done. Never more runs are under way than asked for, so that an interrupt, or
a worker that dies, costs no others, and a thousand runs take no more memory than a few.
"""

from __future__ import annotations

import contextvars
import inspect
import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from concurrent.futures import BrokenExecutor as BrokenExecutor
from typing import Any, Final

from glmkit.lab.rows import Row, Run, Task, failure, named, row_of_run

_LOOK: Final = 0.5  # seconds after which Ctrl+C is looked for, on Windows
Done = tuple[Run, Row | BaseException]


def done(
    task: Task, runs: Iterable[Run], *, at_once: int = 1, executor: Executor | None = None
) -> Iterator[Done]:
    """(run, row) of each as it ends; in a row's place what keeps it from being one."""
    if executor is not None:
        yield from _side_by_side(executor.submit, task, runs, at_once)
    elif at_once == 1 and not inspect.iscoroutinefunction(_called(task)):
        yield from ((run, _row(task, run)) for run in runs)
    else:
        pool = ThreadPoolExecutor(at_once, thread_name_prefix="glmkit-lab")
        try:
            yield from _side_by_side(_in_this_context(pool), task, runs, at_once)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _called(task: Task) -> Any:
    """What runs when a task is called: a function, or an object's ``__call__``."""
    return task if inspect.isroutine(task) else getattr(task, "__call__", task)  # noqa: B004


def _row(task: Task, run: Run) -> Row | BaseException:
    try:
        return row_of_run(task, run)
    except Exception as error:  # noqa: BLE001 - whoever reads it decides
        return error


def _in_this_context(pool: ThreadPoolExecutor) -> Callable[..., Future[Any]]:
    """``submit``, with the caller's context variables."""

    def submit(work: Callable[..., Any], *given: Any) -> Future[Any]:
        return pool.submit(contextvars.copy_context().run, work, *given)

    return submit


def _side_by_side(
    submit: Callable[..., Future[Any]], task: Task, runs: Iterable[Run], at_once: int
) -> Iterator[Done]:
    left = iter(runs)
    under_way: dict[Future[Any], Run] = {
        submit(row_of_run, task, run): run for run in itertools.islice(left, at_once)
    }
    try:
        while under_way:
            ended, _ = wait(under_way, timeout=_LOOK, return_when=FIRST_COMPLETED)
            for future in ended:
                run = under_way.pop(future)
                yield run, future.exception() or future.result()
                if (following := next(left, None)) is not None:
                    under_way[submit(row_of_run, task, following)] = following
    finally:
        for future in under_way:
            future.cancel()


def lost(run: Run, error: BaseException) -> Row:
    """The row of a run whose worker died."""
    return {**named(run), **failure(error)}
