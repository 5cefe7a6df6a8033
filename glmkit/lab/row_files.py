"""A sweep's rows on disk: one JSON object a line, written as it comes, gone on with later.

Where the file asked for is ``.parquet``, which nothing can be appended to, the lines are beside it
until the sweep ends or is interrupted: then the table is written anew, with what it held before,
and the lines go. If the process is killed, table and lines together have every row.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glmkit.environment.features import needs
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile, Busy, warn
from glmkit.lab.account_places import free_place
from glmkit.lab.row_accounts import RowAccount
from glmkit.lab.rows import NAME, Row, Run
from glmkit.media.source import path_of
from glmkit.texts import text

PARQUET = ".parquet"
_NO_LINES = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".ods"})  # a spreadsheet opens none of it


@dataclass(frozen=True, slots=True)
class RowFile:
    """Where rows are kept; nowhere, if both paths are None.

    ``lines``: the file of JSON lines; ``parquet``: the table that is made of them in the end.
    """

    lines: Path | None = None
    parquet: Path | None = None

    @property
    def path(self) -> Path | None:
        """The file that was asked for."""
        return self.parquet or self.lines

    @property
    def account(self) -> RowAccount:
        """What is kept beside it."""
        return RowAccount.beside(self.path)

    @property
    def there(self) -> bool:
        """Whether any of it exists."""
        return any(each is not None and each.exists() for each in (self.lines, self.parquet))

    @classmethod
    def at(cls, out: str | os.PathLike[str] | None) -> RowFile:
        """The file of that name, by its suffix.

        Raises BadFile, BadArgument for a kind of table that is none of both, and Missing without
        pyarrow.
        """
        if out is None:
            return cls()
        path = path_of(out)
        if path.suffix.lower() in _NO_LINES:
            raise BadArgument(text("lab.bad_suffix", path=path))
        if path.suffix.lower() != PARQUET:
            return cls(path)
        needs("parquet")  # before anything runs, which may cost
        return cls(path.with_name(f"{path.name}.jsonl"), path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other sweeps of this machine out of the file. Raises Busy where one is at it."""
        with ExitStack() as until:
            if self.path is not None:
                until.callback(self._taken(self.path))
            yield

    @staticmethod
    def _taken(path: Path) -> Callable[[], object]:
        """Take the file; what gives it back."""
        digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
        try:
            place = free_place(f"rows-{digest}", 1)
        except BadFile:  # where no lock can be kept, nobody is kept out
            return lambda: None
        if place is None:
            raise Busy(text("lab.rows_busy", path=path))
        return place.release

    def append(self, row: Mapping[str, Any]) -> None:
        """Write a row behind the others. Raises BadFile."""
        self._write(json.dumps(row, ensure_ascii=False, default=repr) + "\n")

    def open(self) -> None:
        """Make sure that rows can be written, before any are paid for. Raises BadFile."""
        self._write("" if self._ends_a_line else "\n")

    @property
    def _ends_a_line(self) -> bool:
        """Whether the next row will be a line of its own: an editor may have cut the last end."""
        if self.lines is None or not self.lines.exists() or not self.lines.stat().st_size:
            return True
        with self.lines.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _write(self, words: str) -> None:
        if self.lines is None:
            return
        try:  # half a surrogate pair is written as JSON spells it
            with self.lines.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(words)
        except OSError as error:
            words = text("recordings.not_written", path=self.lines, why=why_refused(error))
            raise BadFile(words) from error

    def kept(self, runs: Sequence[Run]) -> list[Row]:
        """The rows of these runs that are there already. Raises BadFile."""
        wanted = {run.name: run.settings for run in runs}
        rows = self._latest()  # settings as given, not as a file has them
        return [{**row, **wanted[name]} for name, row in rows.items() if name in wanted]

    def every(self) -> list[Row]:
        """Every row that is on disk, those of runs that were done again too. Raises BadFile."""
        rows: list[Row] = []
        if self.parquet is not None and self.parquet.exists():
            from glmkit.lab.parquet_tables import read_table

            rows += read_table(self.parquet)
        if self.lines is not None and self.lines.exists():
            rows += _rows_in(self.lines)
        return rows

    def close(self, rows: Sequence[Row], names: Sequence[str], settings: Sequence[str]) -> None:
        """Write the table, if there is to be one, of ``rows`` and what else the files hold.

        ``names``: its columns, as far as known; ``settings``: those that were set. Where it cannot
        be written, the lines stay, and a warning says so.
        """
        if self.parquet is None or self.lines is None or not self.there:
            return
        from glmkit.lab.parquet_tables import write_table

        mine = {row[NAME] for row in rows}
        others = [row for name, row in self._latest().items() if name not in mine]
        try:
            write_table(self.parquet, [*rows, *others], names, settings)
            self.lines.unlink(missing_ok=True)
        except OSError as error:
            why = why_refused(error)
            warn(text("lab.not_tabled", path=self.parquet, why=why, lines=self.lines))

    def _latest(self) -> dict[str, Row]:
        """The latest row of each run."""
        return {row[NAME]: row for row in self.every()}


def _rows_in(path: Path) -> list[Row]:
    """The rows of a file; a torn last line is one that was not done. Raises BadFile."""
    lines = _lines(path)
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            _ = row[NAME], row["error"]
        except (ValueError, TypeError, KeyError):
            if number == len(lines):
                _mend(path)
                continue
            raise BadFile(text("lab.bad_row", path=path, number=number)) from None
        rows.append(row)
    return rows


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise BadFile(text("media.unreadable", name=path, why=why_refused(error))) from error


def _mend(path: Path) -> None:
    """End a torn line, so that the next row has one of its own."""
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"\n") + 1])
