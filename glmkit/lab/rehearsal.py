"""``Rehearsal``: what ``glm.lab.rehearse`` gives, to be read, drawn, counted and handed to CI."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glmkit.cards.rehearsals import rehearsal_card
from glmkit.environment.features import needs
from glmkit.lab.junit_report import write_junit
from glmkit.lab.rehearsal_lines import lines_of
from glmkit.lab.rehearsed_lines import RehearsedLine, RehearsedRuns

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


@dataclass(frozen=True, repr=False)
class Rehearsal(RehearsedRuns):
    """What ``glm.lab.rehearse`` found: ``rows`` are lines of runs, in order.

    ``passed``; ``lines``: each over its runs; ``flaky``: those that passed in some runs only;
    ``table()``, ``plot()``, ``junit(path)``. ``titles``: of scripts, by name. ``stopped``: why
    not all of it was played, else empty.
    """

    def table(self) -> DataFrame:
        """A row a line a run: what was said, heard and answered, the wait, what is wrong.

        Raises Missing without pandas.
        """
        needs("tables")
        from pandas import DataFrame

        names = [*RehearsedLine.__dataclass_fields__, "passed", "wrong"]
        return DataFrame([row.to_row() for row in self.rows], columns=names)

    def plot(self, **options: Any) -> Axes:
        """Draw lines by runs: which passed, and how long each answer took; the axes."""
        from glmkit import plots

        return plots.rehearsal(self, **options)

    def junit(self, path: str | os.PathLike[str]) -> Path:
        """Write the result as JUnit XML, a test case a line; the file. Raises BadFile."""
        return write_junit(self, path)

    def __str__(self) -> str:
        return "\n".join(lines_of(self))

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return rehearsal_card(self, str(self))
