"""The runs of a sweep, in the order of its seed, and what a sweep may be asked for."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from numbers import Integral
from typing import Any, Final

from glmkit.errors import BadArgument
from glmkit.lab.rows import NAME, PLACE, ROW, SUMMED, Run
from glmkit.lab.run_pool import WAITS
from glmkit.session.budget import Budget
from glmkit.texts import text
from glmkit.turns.setting_names import setting_name

_MOST_RUNS: Final = 100_000
_MOST_AT_ONCE: Final = 200
_SHOWN: Final = 80  # letters of a value in a sentence
_MOST: Final = {"at_once": _MOST_AT_ONCE, "tries": 100, "account_limit": 1000}


def planned_runs(grid: Mapping[str, Iterable[Any]], repeat: int, seed: int) -> list[Run]:
    """Every run, in the order of the seed: all settings once, then once more, and so on.

    Raises BadArgument.
    """
    values = {name: list(each) for name, each in grid.items()}
    taken = sorted(
        {*values} & ({*ROW, PLACE, *WAITS, *SUMMED, NAME} - {"model"})
    )  # set, and what it was
    empty = sorted(name for name, each in values.items() if not each)
    if taken or empty:
        raise BadArgument(text("lab.grid", names=", ".join(taken or empty)))
    _check_told_apart(values)
    products = itertools.product(*values.values())
    combinations = [dict(zip(values, each, strict=True)) for each in products]
    if repeat < 1 or len(combinations) * repeat > _MOST_RUNS:
        raise BadArgument(text("lab.runs", found=len(combinations) * repeat, most=_MOST_RUNS))
    order, runs = random.Random(seed), []
    for repetition in range(repeat):  # in blocks, so that slow drift meets all settings alike
        order.shuffle(combinations)
        runs += [Run(settings, repetition) for settings in combinations]
    return runs


def _check_told_apart(values: Mapping[str, list[Any]]) -> None:
    """Raises BadArgument for values that a file of rows would take for one, and for keys."""
    if "api_key" in values:
        raise BadArgument(text("lab.grid_key"))
    for name, each in values.items():
        counted = Counter(map(setting_name, each))
        found, times = counted.most_common(1)[0]
        if times > 1:
            raise BadArgument(text("lab.grid_alike", name=name, times=times, found=found[:_SHOWN]))


def check_task(task: object, grid: object) -> None:
    """Raises BadArgument for what is no task, or no grid."""
    if not callable(task):
        raise BadArgument(text("lab.task", found=type(task).__name__))
    if not isinstance(grid, Mapping):
        raise BadArgument(text("lab.no_grid", found=type(grid).__name__))
    if strange := [name for name in grid if not isinstance(name, str)]:
        raise BadArgument(text("lab.grid_name", found=strange[0]))
    for name, values in grid.items():  # of words and mappings it would take letters and keys
        if not isinstance(values, Iterable) or isinstance(values, str | bytes | Mapping):
            raise BadArgument(text("lab.grid_values", name=name, found=type(values).__name__))


def check_counts(**counts: object) -> None:
    """Raises BadArgument for what is no whole number, or none that a sweep can do with."""
    for name, found in counts.items():
        if not isinstance(found, Integral) or isinstance(found, bool):
            raise BadArgument(text("lab.count", name=name, found=found))
        if name in _MOST and not 1 <= int(found) <= _MOST[name]:
            raise BadArgument(text("lab.limits", name=name, found=found, most=_MOST[name]))


def check_means(executor: object, budget: object) -> None:
    """Raises BadArgument for what is no executor, or no budget."""
    if executor is not None and not isinstance(executor, Executor):
        raise BadArgument(text("lab.executor", found=type(executor).__name__))
    if budget is not None and not isinstance(budget, Budget):
        raise BadArgument(text("session.what", found=budget))
