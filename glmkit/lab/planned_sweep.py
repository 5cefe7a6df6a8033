"""A sweep under way: the runs that were planned, the rows there are of them, and why it stops.

Rules
- Nothing runs before it is known that rows can be written, and go with those that are there.
- A bound, an interrupt or a broken executor ends it with a warning, which says what is left and how
  to go on; every row that was done is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pickle import PicklingError
from typing import TYPE_CHECKING

from glmkit.errors import BadArgument, BadKey, NoKey, warn
from glmkit.lab.row_files import RowFile
from glmkit.lab.rows import NAME, ROW, Row, Run, Task, WrongResult
from glmkit.lab.run_pool import WAITS, BrokenExecutor, Terms, done, lost
from glmkit.lab.spending import Spending
from glmkit.lab.sweep_conditions import Conditions, MeasuredAlike, check_alike, conditions_of
from glmkit.session.blocking.progress_bar import interactive, new_bar
from glmkit.session.budget import Budget
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from pandas import DataFrame

Bounds = tuple[Budget | None, float | None]  # and minutes


class PlannedSweep:
    """The runs of a sweep over ``settings``, and the rows of them.

    ``bounds``: a budget and minutes, for all calls with this file. Raises BadArgument for a file of
    rows that were made otherwise, BadFile, and what ``connect`` would of an address or a key.
    """

    def __init__(
        self,
        task: Task,
        runs: Sequence[Run],
        settings: list[str],
        terms: Terms,
        file: RowFile,
        bounds: Bounds,
    ) -> None:
        self._task, self._runs, self._settings, self._file = task, runs, settings, file
        self._account = file.account
        if not file.there:
            self._account.forget()
        self._rows = [row for row in file.kept(runs) if not row["error"]]
        done_before = {row[NAME] for row in self._rows}
        self._left = [run for run in runs if run.name not in done_before]
        self._conditions = self._checked_conditions()
        self._alike = MeasuredAlike(self._rows, settings, file.path)
        self._earlier = self._account.runs() if self._account.kept else file.every()
        self._spending = Spending(*bounds, self._earlier)
        self._terms = replace(terms, until=self._spending.until)
        self._begun, self._ended, self._full = 0, 0, ""

    def _checked_conditions(self) -> Conditions:
        """What is asked, which must be what was; rows that are all there are read without a key."""
        try:
            found = conditions_of(self._task, self._runs)
        except NoKey:
            if self._left:
                raise
            return {}
        check_alike(self._account.conditions(), found, self._file.path)
        return found

    def run(self, warm_up: int, progress: bool | None) -> None:
        """Do what is left. Raises what no other run would fare better with."""
        if not self._left:
            return
        if words := self._spending.limits(len(self._left)):
            host.get().notice(words)
        self._file.open()
        self._account.begin(self._conditions, self._earlier)
        try:
            self._do(warm_up, progress)
        except KeyboardInterrupt:
            warn(f"{self._so_far('lab.interrupted')} {self._how_to_go_on('lab.go_on_interrupted')}")
        except BrokenExecutor:
            warn(self._so_far("lab.broken"))

    def table(self) -> DataFrame:
        """The rows in the order that was planned, also in the file where that is one table."""
        order = {run.name: place for place, run in enumerate(self._runs)}
        rows = sorted(self._rows, key=lambda row: order[row[NAME]])
        names = _columns(rows, self._settings)
        self._file.close(rows, [NAME, *names], self._settings)
        return _table(rows, names, self._settings, self._terms.seed)

    def _do(self, warm_up: int, progress: bool | None) -> None:
        hidden = not (interactive() if progress is None else progress)
        shown = f"{{n_fmt}}/{{total_fmt}} {text('lab.unit_runs')} · {{elapsed}}<{{remaining}}"
        with new_bar(len(self._left), text("lab.running"), shown, hidden=hidden) as bar:
            self._warm_up(warm_up)
            for row in self._done(self._left):
                self._file.append(row)
                self._rows.append(row)
                self._foretell(row)
                bar.update()
        if len(self._rows) < len(self._runs) and (why := self._full or self._spending.reached):
            warn(f"{why} {self._what_is_left()}")

    def _warm_up(self, times: int) -> None:
        """Runs that don't count, but by what they cost; a task of a wrong kind fails here."""
        first = self._alike.among(self._runs) or self._left[0]
        for row in self._done([first] * times):
            self._foretell(row)

    def _done(self, runs: Sequence[Run]) -> Iterator[Row]:
        """The rows of runs while there is room for them, counted."""
        for run, found in done(self._task, self._while_there_is_room(runs), self._terms):
            row = _row(run, found, strict=not self._ended)
            self._ended += 1
            self._spending.add(row)
            self._account.add(row)
            self._alike.check(row)
            yield row

    def _while_there_is_room(self, runs: Sequence[Run]) -> Iterator[Run]:
        """Those that the bounds let begin."""
        for run in runs:
            if full := self._spending.full(self._begun - self._ended):
                self._full = full
                return
            self._begun += 1
            yield run

    def _foretell(self, row: Row) -> None:
        """Say what all will take, after the first that worked."""
        left = len(self._runs) - len(self._rows)
        if words := self._spending.foretold(row, left, self._terms.at_once):
            host.get().notice(words)

    def _what_is_left(self) -> str:
        return f"{self._so_far('lab.left')} {self._how_to_go_on('lab.go_on')}"

    def _so_far(self, sentence: str) -> str:
        done, runs = len(self._rows), len(self._runs)
        return text(sentence, done=done, runs=runs, left=runs - done)

    def _how_to_go_on(self, sentence: str) -> str:
        path = self._file.path
        return text(sentence, path=path) if path else text("lab.go_on_nowhere")


def _row(run: Run, found: Row | BaseException, *, strict: bool) -> Row:
    """The row of what came of a run.

    ``strict``: what no task should give is raised, before any time is spent on more of it.
    """
    if isinstance(found, KeyboardInterrupt):
        raise found
    if isinstance(found, PicklingError | AttributeError | TypeError) and strict:
        raise BadArgument(text("lab.not_picklable", found=found)) from found
    if isinstance(found, WrongResult | BadKey) and strict:
        raise found
    return lost(run, found) if isinstance(found, BaseException) else found


def _columns(rows: Sequence[Row], settings: list[str]) -> list[str]:
    every = dict.fromkeys(name for row in rows for name in row)
    names = dict.fromkeys([*settings, "repetition", *ROW, *WAITS, *every])
    return [name for name in names if name != NAME]


def _table(rows: Sequence[Row], names: list[str], settings: list[str], seed: int) -> DataFrame:
    from pandas import DataFrame, option_context

    shown = [{name: value for name, value in row.items() if name != NAME} for row in rows]
    with option_context("mode.string_storage", "python"):  # pyarrow's takes no half a character
        table = DataFrame(shown, columns=names)
    table.attrs.update(settings=settings, seed=seed)
    return table
