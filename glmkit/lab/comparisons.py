"""``compare``: do two tables of runs differ, by how much, and are there enough runs to tell?

Rules
- Runs of the same prompt are compared with each other, wherever both tables have the same
  prompts: what one prompt takes longer than another is then in no interval.
- The interval is a percentile bootstrap of the median difference. The effect is Cohen's d: of
  pairs the mean difference by its own spread, else by the pooled spread of both.
- Enough: the interval does not hold 0. Else so many more as would find an effect of the size that
  was seen in four of five repetitions, at the usual 5 % (Cohen 1988: (1.96 + 0.84)² / d²).
- Times with different zero points, and runs that failed, are never compared.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lab.answer_origins import warn_of_waits
from glmkit.lab.rows import PLACE
from glmkit.lab.summaries import check_seed, check_table
from glmkit.numeric import is_number
from glmkit.texts import text
from glmkit.turns.labels import peer_name, reached
from glmkit.turns.latency import STAGES

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from pandas import DataFrame

    from glmkit.plots.drawing.palette import Theme

_RESAMPLES: Final = 4_000
_POWER: Final = 1.96 + 0.84
_SECONDS: Final = frozenset({*STAGES, "since_spoken", "round_trip", "took", PLACE})
_LEAST: Final = 3  # pairs or runs: of fewer no interval says anything


@dataclass(frozen=True, slots=True)
class Comparison:
    """How ``b`` differs from ``a``: positive where b has more; in the unit of the column ``of``.

    ``difference`` is the median, ``low`` to ``high`` its interval at ``confidence``, ``effect``
    Cohen's d. ``n``: pairs, or the smaller number of runs; ``paired_by``: the columns by which
    runs were paired. ``more``: how many more would decide, 0 where it is decided, None where
    nothing can be said. ``labels``: what tells a from b; ``values``: what was compared of each, in
    the pairs' order; ``peers``: whom they were measured against. ``plot()`` draws it.
    """

    of: str
    labels: tuple[str, str]
    medians: tuple[float, float]
    difference: float
    low: float
    high: float
    effect: float
    n: int
    paired_by: tuple[str, ...]
    confidence: float
    more: int | None
    values: tuple[tuple[float, ...], tuple[float, ...]]
    peers: tuple[str, ...]

    def plot(self, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
        """Both tables' runs, and their difference with its interval. Raises BadArgument."""
        needs("figures")
        from glmkit.plots.table_comparisons import comparison

        return comparison(self, ax=ax, theme=theme)

    @property
    def enough(self) -> bool:
        """Whether the runs decide it: the interval does not hold 0."""
        return self.more == 0

    def __str__(self) -> str:
        unit = text("lab.compare_seconds") if self.of in _SECONDS else ""
        pairs = text("lab.compare_pairs" if self.paired_by else "lab.compare_runs", n=self.n,
                     by=", ".join(self.paired_by))  # fmt: skip
        found = text(
            "lab.compared",
            of=self.of,
            a=self.labels[0],
            b=self.labels[1],
            difference=f"{self.difference:+.3g}{unit}",
            low=f"{self.low:+.3g}",
            high=f"{self.high:+.3g}",
            percent=100 * self.confidence,
            pairs=pairs,
            effect=self.effect,
        )
        verdict = "enough" if self.enough else "hopeless" if self.more is None else "more"
        return f"{found} {text(f'lab.compare_{verdict}', more=self.more)}"

    def __repr__(self) -> str:
        return str(self)


def compare(
    a: DataFrame,
    b: DataFrame,
    of: str = "first_audible",
    *,
    by: str | Iterable[str] | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> Comparison:
    """How two tables of runs differ in a column.

    ``by``: the columns that make a pair (None: the settings that both tables have with the same
    values; [] for no pairs). ``seed``: of the bootstrap. Warns as ``summary`` does. Raises
    BadArgument: too few runs, times from different zero points, no such column.

    >>> fast, slow = (glmkit.lab.sweep(...) for voice in ("tongtong", "xiaochen"))
    >>> glmkit.lab.compare(fast, slow)
    """
    for table in (a, b):
        check_table(table)
    check_seed(seed)
    if not (is_number(confidence) and 0 < confidence < 1):
        raise BadArgument(text("lab.compare_confidence", found=confidence))
    columns = _paired_by(a, b) if by is None else [by] if isinstance(by, str) else list(by)
    here, there = (_worked(each, of, columns) for each in (a, b))
    _check_zero(here, there, of)
    warn_of_waits(of, here, there, by=columns)
    values = _pairs(here, there, of, columns) if columns else None
    if values is None:
        columns, values = [], (here[of].to_numpy(float), there[of].to_numpy(float))
    peers = tuple(dict.fromkeys([*_peers(a), *_peers(b)]))
    return _compared(of, _labels(a, b), peers, values, tuple(columns), float(confidence), seed)


# -- which rows ----------------------------------------------------------------------------


def _paired_by(a: DataFrame, b: DataFrame) -> list[str]:
    """The settings that both have, with the same values in both."""
    settings = [name for name in a.attrs.get("settings", []) if name in b.columns]
    return [name for name in settings if _values(a, name) == _values(b, name)]


def _values(table: DataFrame, name: str) -> set[Hashable]:
    return set(map(repr, table[name]))


def _worked(table: DataFrame, of: str, by: list[str]) -> DataFrame:
    """The runs that have a number in ``of``. Raises BadArgument."""
    unknown = [str(name) for name in (of, "error", *by) if name not in table.columns]
    if unknown:
        known = ", ".join(map(str, table.columns))
        raise BadArgument(text("lab.summary", names=", ".join(unknown), known=known))
    found = table[(table["error"] == "") & table[of].notna()]
    try:
        found = found.assign(**{of: found[of].astype(float)})
    except (TypeError, ValueError):
        raise BadArgument(text("lab.not_numbers", name=of)) from None
    if len(found) < _LEAST:
        raise BadArgument(text("lab.compare_few", found=len(found), least=_LEAST))
    return found


def _check_zero(a: DataFrame, b: DataFrame, of: str) -> None:
    """Seconds that are counted from different moments are no difference of anything."""
    if of not in STAGES or not all("zero" in each.columns for each in (a, b)):
        return
    zeros = sorted({*map(str, a["zero"]), *map(str, b["zero"])})
    if len(zeros) > 1:
        raise BadArgument(text("lab.compare_zero", zeros=", ".join(zeros)))


def _pairs(
    a: DataFrame, b: DataFrame, of: str, by: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The medians of the prompts that both have; None for too few of them."""
    here, there = (each.groupby(by, dropna=False)[of].median() for each in (a, b))
    both = here.index.intersection(there.index)
    if len(both) < _LEAST:
        return None
    return here[both].to_numpy(float), there[both].to_numpy(float)


def _labels(a: DataFrame, b: DataFrame) -> tuple[str, str]:
    """What tells one table from the other, and whom each was measured against."""
    settings = dict.fromkeys((*a.attrs.get("settings", []), "model", "switches"))
    telling = [
        name
        for name in settings
        if all(name in each.columns and each[name].nunique(dropna=False) == 1 for each in (a, b))
        and _values(a, name) != _values(b, name)
    ]
    return _label(a, telling, "a"), _label(b, telling, "b")


def _label(table: DataFrame, telling: list[str], name: str) -> str:
    parts = [f"{each}={table[each].iloc[0]}" for each in telling]
    shown = ", ".join(map(peer_name, _peers(table)))
    return " · ".join(part for part in (", ".join(parts) or name, shown) if part)


def _peers(table: DataFrame) -> list[str]:
    """Whom it was measured against, and over which networks."""
    names = [name for name in ("peer", "network") if name in table.columns]
    rows = table[names].fillna("").drop_duplicates().astype(str).to_dict("records")
    return sorted(reached(row["peer"], row.get("network", "")) for row in rows if row.get("peer"))


# -- numbers -------------------------------------------------------------------------------


def _compared(
    of: str,
    labels: tuple[str, str],
    peers: tuple[str, ...],
    values: tuple[Any, Any],
    by: tuple[str, ...],
    confidence: float,
    seed: int,
) -> Comparison:
    import numpy as np

    here, there = values
    drawn = _drawn(here, there, seed, paired=bool(by))
    tail = 100 * (1 - confidence) / 2
    low, high = (float(each) for each in np.percentile(drawn, [tail, 100 - tail]))
    difference = np.median(there - here) if by else np.median(there) - np.median(here)
    effect = _effect(here, there, paired=bool(by))
    n = min(len(here), len(there))
    return Comparison(
        of=of,
        labels=labels,
        medians=(float(np.median(here)), float(np.median(there))),
        difference=float(difference),
        low=low,
        high=high,
        effect=effect,
        n=n,
        paired_by=by,
        confidence=confidence,
        more=0 if low > 0 or high < 0 else _more(effect, n, groups=1 if by else 2),
        values=(tuple(map(float, here)), tuple(map(float, there))),
        peers=peers,
    )


def _drawn(here: Any, there: Any, seed: int, *, paired: bool) -> Any:
    """Median differences of as many samples, drawn with replacement."""
    import numpy as np

    chance = np.random.default_rng(seed)
    if paired:
        differences = there - here
        picked = chance.choice(differences, (_RESAMPLES, len(differences)))
        return np.median(picked, axis=1)
    medians = [np.median(chance.choice(each, (_RESAMPLES, len(each))), axis=1)
               for each in (here, there)]  # fmt: skip
    return medians[1] - medians[0]


def _effect(here: Any, there: Any, *, paired: bool) -> float:
    """Cohen's d; infinite where nothing varies but the two differ, 0 where they don't."""
    import numpy as np

    apart = float(np.mean(there) - np.mean(here))
    if paired:
        spread = float(np.std(there - here, ddof=1))
    else:
        spread = math.sqrt((float(np.var(here, ddof=1)) + float(np.var(there, ddof=1))) / 2)
    if spread < 1e-12:
        return math.copysign(math.inf, apart) if abs(apart) > 1e-12 else 0.0
    return apart / spread


def _more(effect: float, n: int, *, groups: int) -> int | None:
    """How many more pairs, or runs of each, would decide; None where no number would."""
    if not effect or not math.isfinite(effect):
        return None
    return max(1, math.ceil(groups * (_POWER / effect) ** 2) - n)
