"""``repeat`` and ``sweep``: run a task serially and keep a row of every run."""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument, BadFile, warn
from glmkit.lab.rows import ROW, SUMMED, facts, failure
from glmkit.media.source import path_of
from glmkit.session.blocking.progress_bar import interactive, new_bar
from glmkit.texts import text

if TYPE_CHECKING:
    from pandas import DataFrame

Task = Callable[..., Any]
_MOST_RUNS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Run:
    """One run to do: its settings and which repetition of them it is."""

    settings: dict[str, Any]
    repetition: int

    @property
    def name(self) -> str:
        """What tells it from every other, as text."""
        return json.dumps([self.settings, self.repetition], sort_keys=True, default=repr)


def repeat(
    task: Task,
    n: int = 10,
    *,
    warm_up: int = 1,
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task()`` ``n`` times, one after the other; a row a run.

    As ``sweep`` without settings. Raises BadArgument, BadFile.
    """
    return sweep(task, grid={}, repeat=n, warm_up=warm_up, out=out, progress=progress)


def sweep(
    task: Task,
    *,
    grid: Mapping[str, Iterable[Any]],
    repeat: int = 1,
    seed: int = 0,
    warm_up: int = 1,
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> DataFrame:
    """Run ``task(**settings)`` for every combination of settings, in random order.

    Those of ``grid``, each ``repeat`` times. ``task`` returns a Turn (or a mapping of numbers).
    ``seed``: of the order. ``warm_up``: runs done first and thrown away. ``out``: a JSONL file
    each row is appended to; what is in it without an error is not run again. ``progress``: draw a
    bar, or don't; None: at a prompt. The table: the settings, ``repetition``, ``zero`` and the
    stages in seconds, ``round_trip``, ``peer``, ``model``, ``date``, ``error``. Raises
    BadArgument, BadFile, Missing.
    """
    needs("tables")  # before anything runs, which may cost
    _check(task, grid, repeat=repeat, warm_up=warm_up, seed=seed)
    runs = _runs(grid, repeat, seed)
    out = None if out is None else path_of(out)
    rows = _kept(out, runs)
    done = {row[_NAME] for row in rows if not row["error"]}
    rows = [row for row in rows if row[_NAME] in done]
    left = [run for run in runs if run.name not in done]
    try:
        _warm_up(task, left[:1], warm_up)
        _do(task, left, rows, out, progress)
    except KeyboardInterrupt:
        words = text("lab.interrupted", done=len(rows), runs=len(runs))
        warn(words)
    return _table(rows, list(grid))


_NAME = "run"


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
    taken = sorted({*values} & {*ROW, *SUMMED, _NAME})
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


def _warm_up(task: Task, first: Sequence[Run], times: int) -> None:
    """Runs that don't count; what fails here fails again where it is counted."""
    for run in [*first] * times:
        _row(task, run)


def _do(
    task: Task,
    left: Sequence[Run],
    rows: list[dict[str, Any]],
    out: Path | None,
    progress: bool | None,
) -> None:
    hidden = not (interactive() if progress is None else progress)
    done = f"{{n_fmt}}/{{total_fmt}} {text('lab.unit_runs')} · {{elapsed}}<{{remaining}}"
    with new_bar(len(left), text("lab.running"), done, hidden=hidden) as bar:
        for run in left:
            row = _row(task, run)
            _append(out, row)
            rows.append(row)
            bar.update()


def _row(task: Task, run: Run) -> dict[str, Any]:
    date = datetime.now(UTC).isoformat(timespec="milliseconds")
    begun = time.perf_counter()
    try:
        found = facts(task(**run.settings))
    except Exception as error:  # noqa: BLE001 - a run that fails is a row
        found = failure(error)
    took = round(time.perf_counter() - begun, 3)
    named = {_NAME: run.name, **run.settings, "repetition": run.repetition}
    return {**named, **found, "date": date, "took": took}


# -- rows on disk --------------------------------------------------------------------------


def _append(out: Path | None, row: dict[str, Any]) -> None:
    if out is None:
        return
    try:  # half a surrogate pair is written as JSON spells it
        with out.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(row, ensure_ascii=False, default=repr) + "\n")
    except OSError as error:
        raise BadFile(text("recordings.not_written", path=out, why=error.strerror)) from error


def _kept(out: Path | None, runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The rows of this sweep that are in the file; a torn last line is one that was not done."""
    if out is None or not out.exists():
        return []
    wanted = {run.name: run.settings for run in runs}
    lines = _lines(out)
    rows: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, _ = row[_NAME], row["error"]
        except (ValueError, TypeError, KeyError):
            if number == len(lines):
                _mend(out)
                continue
            raise BadFile(text("lab.bad_row", path=out, number=number)) from None
        if name in wanted:
            rows[name] = {**row, **wanted[name]}  # settings as given, not as JSON has them
    return list(rows.values())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise BadFile(text("media.unreadable", name=path, why=error.strerror)) from error


def _mend(path: Path) -> None:
    """End a torn line, so that the next row has one of its own."""
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"\n") + 1])


def _table(rows: Sequence[dict[str, Any]], settings: list[str]) -> DataFrame:
    from pandas import DataFrame

    shown = [{name: value for name, value in row.items() if name != _NAME} for row in rows]
    extra = dict.fromkeys(name for row in shown for name in row)
    names = dict.fromkeys([*settings, "repetition", *ROW])
    table = DataFrame(shown, columns=[*names, *(name for name in extra if name not in names)])
    table.attrs["settings"] = settings
    return table
