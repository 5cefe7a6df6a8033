"""``means``: mean or share, n and an interval, for each setting and each peer.

A median hides what happens seldom and costs much; a mean counts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import BadArgument
from glmkit.lab.rows import SEED
from glmkit.lab.setting_groups import measured_groups
from glmkit.lab.summaries import check_seed
from glmkit.lab.worked_rows import check_columns, finite_numbers, runs_in
from glmkit.numeric import is_number
from glmkit.texts import text
from glmkit.turns.failed_runs import none_worked
from glmkit.turns.run_settings import settings_of
from glmkit.turns.statistics import Average, average, share

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_WHOM: Final = ("peer", "switches", "network")
_NUMBERS: Final = ("mean", "low", "high")


def means(
    table: DataFrame,
    of: str,
    *,
    by: str | Iterable[str] | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> DataFrame:
    """Mean, or share that is so, of one column.

    Of the runs that worked, a row for each setting and peer. A column of yes and no is a share
    from 0 to 1 with Wilson's interval, any other a mean with a bootstrap's, drawn from ``seed`` and
    widened by Student's t where runs are few (of one there is none: NaN).
    ``by``: the columns that make a group (None: the settings of the sweep). Columns: ``of``, ``n``,
    ``failed``, ``mean``, ``low`` to ``high`` at ``confidence``, and ``interval_seed``, from which
    a bootstrap was drawn. Raises BadArgument, also where no run worked.

    >>> glmkit.lab.means(table, "split", by="silence_ms")
    """
    table = runs_in(table)
    check_seed(seed)
    chosen = _chosen(table, by, of)
    check_columns(table, of, chosen)
    if not (is_number(confidence) and 0 < confidence < 1):
        raise BadArgument(text("lab.compare_confidence", found=confidence))
    if not (table["error"] == "").any():
        raise none_worked(of, table["error"])
    finite_numbers(table[of][table["error"] == ""], of)
    return _of_groups(table, of, chosen, float(confidence), seed)


def _chosen(table: DataFrame, by: str | Iterable[str] | None, of: str) -> list[str]:
    if by is None:
        return settings_of(table, of)
    return [by] if isinstance(by, str) or not isinstance(by, Iterable) else list(by)


def _of_groups(
    table: DataFrame, of: str, chosen: list[str], confidence: float, seed: int
) -> DataFrame:
    from pandas import DataFrame

    whom = [name for name in _WHOM if name in table.columns and name not in chosen]

    def measure(column: Series[Any]) -> dict[str, Any]:
        found = _average(column, confidence, seed)
        numbers = {name: round(getattr(found, name), 4) for name in _NUMBERS}
        return {"n": found.count, SEED: seed, **numbers}

    rows = measured_groups(table, of, chosen, whom, measure)
    return DataFrame(rows, columns=[*chosen, *whom, "of", "n", "failed", *_NUMBERS, SEED])


def _average(column: Series[Any], confidence: float, seed: int) -> Average:
    values = column.tolist()
    if all(isinstance(each, bool) for each in values):
        return share(values, confidence=confidence)
    if not all(map(is_number, values)):
        raise BadArgument(text("lab.not_numbers", name=column.name))
    return average(values, confidence=confidence, seed=seed)
