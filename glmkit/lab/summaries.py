"""``summary``: median, 95th percentile, n and an interval, for each setting and each peer."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import BadArgument
from glmkit.lab.answer_origins import warn_of_waits
from glmkit.lab.rows import SEED, SUMMED
from glmkit.lab.setting_groups import measured_groups
from glmkit.lab.worked_rows import check_columns, finite_numbers, runs_in
from glmkit.numeric import is_number
from glmkit.texts import text
from glmkit.turns.failed_runs import none_worked
from glmkit.turns.run_settings import settings_of
from glmkit.turns.statistics import quantiles

_WHOM: Final = ("zero", "peer", "switches", "network")

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pandas import DataFrame, Series


def summary(
    table: DataFrame,
    of: str = "first_audible",
    *,
    by: str | list[str] | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> DataFrame:
    """Median, 95th percentile and count of one column of a table.

    What a table of runs says about the column ``of``, a row for each setting, zero and peer.
    ``by``: the columns that make a group (None: the settings of the sweep). Columns: ``n``,
    ``failed``, ``median``, ``p95``, and ``low`` to ``high``, the bootstrap interval of the median
    at ``confidence``, drawn from ``interval_seed``; ``n`` below 20 makes a poor ``p95``. Warns
    where an emulator that is not steady gave some answers from stock and synthesised others (more
    than a quarter of a group, or of one group and not of another), or a steady one was late.
    Raises BadArgument.
    """
    table = runs_in(table)
    chosen = settings_of(table, of) if by is None else _names(by)
    check_columns(table, of, list(chosen))
    if not (is_number(confidence) and 0 < confidence < 1):
        raise BadArgument(text("lab.compare_confidence", found=confidence))
    if not len(table):
        raise none_worked(of, ())
    check_seed(seed)
    finite_numbers(table[of][table["error"] == ""], of)
    warn_of_waits(of, table, by=chosen)
    return _summed(table, of, list(chosen), confidence, seed)


def check_seed(seed: object) -> None:
    """Raises BadArgument for what no bootstrap begins with."""
    if not isinstance(seed, Integral) or seed < 0:
        raise BadArgument(text("lab.count", name="seed", found=seed))


def _names(by: object) -> list[Any]:
    return list(by) if isinstance(by, Iterable) and not isinstance(by, str) else [by]


def _summed(
    table: DataFrame, of: str, chosen: list[str], confidence: float, seed: int
) -> DataFrame:
    from pandas import DataFrame

    whom = [name for name in _WHOM if name in table.columns and name not in chosen]

    def measure(column: Series[Any]) -> dict[str, float]:
        return _numbers(column.to_numpy(float), confidence, seed)

    rows = measured_groups(table, of, chosen, whom, measure)
    return DataFrame(rows, columns=[*chosen, *whom, *SUMMED])


def _numbers(values: NDArray[np.float64], confidence: float, seed: int) -> dict[str, float]:
    found = quantiles(values, confidence=confidence, seed=seed)
    each = {name: round(getattr(found, name), 4) for name in ("median", "p95", "low", "high")}
    return {"n": found.count, **each, SEED: seed}
