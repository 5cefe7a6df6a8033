"""The runs of a table that worked and have a number, or what is missing from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.texts import text
from glmkit.turns.failed_runs import commonest, none_worked

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def runs_in(table: object) -> DataFrame:
    """The runs of a table with the error of each: "" where a file left it empty, or where none is.

    Raises BadArgument for what is no table, and Missing without pandas.
    """
    needs("tables")
    from pandas import DataFrame

    if not isinstance(table, DataFrame):
        raise BadArgument(text("lab.no_table", found=type(table).__name__))
    return table.assign(error=table["error"].fillna("") if "error" in table.columns else "")


def check_columns(table: DataFrame, of: object, others: Sequence[object]) -> None:
    """Raises BadArgument for columns that are not there; where no run worked, it says that."""
    unknown = [str(name) for name in (of, *others) if name not in table.columns]
    if not unknown:
        return
    if not (table["error"] == "").any() and unknown == [of]:
        raise none_worked(of, table["error"])  # what the task gives is not known then
    known = ", ".join(map(str, table.columns))
    raise BadArgument(text("lab.summary", names=", ".join(unknown), known=known))


def rows_that_have(table: DataFrame, of: str, others: Sequence[object] = ()) -> DataFrame:
    """The runs that have a number in ``of``; yes and no are 1 and 0. Raises BadArgument."""
    check_columns(table, of, others)
    found = table[(table["error"] == "") & table[of].notna()]
    if not len(found) and not (table["error"] == "").any():
        raise none_worked(of, table["error"])
    return found.assign(**{of: finite_numbers(found[of], of)})


def finite_numbers(column: Series[Any], of: str) -> Series[float]:
    """A column as numbers; what is missing stays so. Raises BadArgument where some are none."""
    try:
        found = column.astype(float)
    except (TypeError, ValueError):
        raise BadArgument(text("lab.not_numbers", name=of)) from None
    if infinite := sum(map(math.isinf, found)):
        raise BadArgument(text("lab.not_finite", name=of, count=infinite))
    return found


def enough_rows(table: DataFrame, of: str, others: Sequence[object], least: int) -> DataFrame:
    """The same, at least so many. Raises BadArgument, which says why there are fewer."""
    found = rows_that_have(table, of, others)
    if len(found) < least:
        errors = [each for each in table["error"] if each]
        why = (
            text("lab.compare_failed", count=len(errors), error=commonest(errors)) if errors else ""
        )
        raise BadArgument(text("lab.compare_few", of=of, found=len(found), least=least, why=why))
    return found
