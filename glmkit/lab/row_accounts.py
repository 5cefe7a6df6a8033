"""What is kept beside a sweep's file of rows, ``runs.jsonl.about``: lines of JSON.

Rules
- A call begins with a line of the conditions that its rows are made under. Each run has a line of
  what it took: warm-ups and failures, too, which cost as much and stay in no table.
- Rows without such a file, an older sweep's, are counted as they are: the lines are made of them.
- It goes with its rows: where these are gone, it begins anew. Without it, rows are rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.lab.rows import Row
from glmkit.texts import text

_SUFFIX: Final = ".about"
_TAKEN: Final = ("peer", "yuan", "input_seconds", "audio_seconds", "date", "took", "waited")
_CONDITIONS: Final = "conditions"


@dataclass(frozen=True, slots=True)
class RowAccount:
    """Conditions and expenses of a file of rows; nothing is kept where ``path`` is None."""

    path: Path | None = None

    @classmethod
    def beside(cls, rows: Path | None) -> RowAccount:
        """That of a file of rows."""
        return cls(None if rows is None else Path(f"{rows}{_SUFFIX}"))

    @property
    def kept(self) -> bool:
        """Whether there is one."""
        return self.path is not None and self.path.exists()

    def conditions(self) -> Mapping[str, Any]:
        """Those of the calls before; empty where nobody knows them. Raises BadFile."""
        for line in self._lines():
            if isinstance(found := line.get(_CONDITIONS), Mapping):
                return found
        return {}

    def runs(self) -> list[Row]:
        """What every run took. Raises BadFile."""
        return [line for line in self._lines() if _CONDITIONS not in line]

    def begin(self, conditions: Mapping[str, Any], earlier: Sequence[Row]) -> None:
        """Begin a call under ``conditions``; ``earlier``: rows of before, counted where nobody
        has yet. Raises BadFile."""
        known = () if self.kept else earlier
        self._write("", {_CONDITIONS: conditions}, *map(_taken, known))

    def forget(self) -> None:
        """Begin anew: the rows that it was of are gone."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def add(self, row: Row) -> None:
        """Write down what a run took. Raises BadFile."""
        self._write(_taken(row))

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Those that can be read; a torn one is a run that nobody knows of."""
        if self.path is None or not self.path.exists():
            return
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            words = text("media.unreadable", name=self.path, why=why_refused(error))
            raise BadFile(words) from error
        for line in lines:
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found

    def _write(self, *lines: Any) -> None:
        if self.path is None:
            return
        written = "".join(f"{line and json.dumps(line, default=repr)}\n" for line in lines)
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(written)
        except OSError as error:
            words = text("recordings.not_written", path=self.path, why=why_refused(error))
            raise BadFile(words) from error


def _taken(row: Row) -> Row:
    return {name: row[name] for name in _TAKEN if row.get(name) is not None}
