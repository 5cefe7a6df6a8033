"""``compare``: do two tables of runs differ, by how much, and are there enough runs to tell?

Rules
- Runs of the same prompt are compared with each other, wherever both tables have the same
  prompts: what one prompt takes longer than another is then in no interval.
- Times by their median, what is yes or no by its share; a mean where the question asks for one, for
  it counts what is seldom and dear. The interval is of that statistic (``difference_intervals``).
- Times with different zero points, and runs that failed, are never compared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lab.answer_origins import warn_of_waits
from glmkit.lab.difference_intervals import STATISTICS, Numbers, Statistic, apart, is_yes_no
from glmkit.lab.setting_groups import groups_of, told_apart, value_name
from glmkit.lab.summaries import check_seed
from glmkit.lab.worked_rows import enough_rows, runs_in
from glmkit.numeric import is_number
from glmkit.texts import text
from glmkit.texts.layout.lines import in_a_row
from glmkit.turns.column_units import unit_of
from glmkit.turns.labels import peer_name, reached
from glmkit.turns.latency import STAGES
from glmkit.turns.run_settings import settings_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from glmkit.plots.drawing.palette import Theme

_LEAST: Final = 3  # pairs or runs: of fewer no interval says anything
_COLUMNS: Final = (
    *("of", "statistic", "a", "b", "middle_a", "middle_b", "difference", "low", "high"),
    *("confidence", "seed", "n", "paired_by", "effect", "more", "peers", "network", "switches"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How ``b`` differs from ``a``: positive where b has more; in the unit of the column ``of``.

    ``difference`` is that of the ``statistic`` (median, mean or share; of pairs, that of their
    differences), ``low`` to ``high`` its interval at ``confidence``, drawn from ``seed`` where a
    bootstrap is; ``middles``: the statistic of a and of b; ``effect``: Cohen's d. ``n``: pairs, or
    the smaller number of runs; ``paired_by``: the columns by which runs were paired. ``more``: how
    many more would decide, 0 where it is decided, None where nothing can be said. ``labels``: what
    tells a from b; ``values``: what was compared of each, in the pairs' order; ``peers``: whom they
    were measured against; ``stated``: the networks and switches that rows name, by column.
    ``plot()`` draws it, ``table()`` has it in columns.
    """

    of: str
    labels: tuple[str, str]
    statistic: Statistic
    middles: tuple[float, float]
    difference: float
    low: float
    high: float
    effect: float
    n: int
    paired_by: tuple[str, ...]
    confidence: float
    seed: int
    more: int | None
    values: tuple[tuple[float, ...], tuple[float, ...]]
    peers: tuple[str, ...]
    stated: Mapping[str, list[str]]

    def plot(self, *, ax: Axes | None = None, theme: Theme | None = None) -> Axes:
        """Both tables' runs, and their difference with its interval. Raises BadArgument."""
        needs("figures")
        from glmkit.plots.table_comparisons import comparison

        return comparison(self, ax=ax, theme=theme)

    def table(self) -> DataFrame:
        """The numbers in one row, with peers, networks and seed, to keep beside others."""
        from pandas import DataFrame

        row = {name: getattr(self, name, None) for name in _COLUMNS}
        row |= dict(zip(("a", "b"), self.labels, strict=True))
        row |= dict(zip(("middle_a", "middle_b"), self.middles, strict=True))
        several = {"paired_by": self.paired_by, "peers": self.peers, **self.stated}
        row |= {name: ", ".join(each) for name, each in several.items()}
        return DataFrame([row], columns=list(_COLUMNS))

    @property
    def enough(self) -> bool:
        """Whether the runs decide it: the interval does not hold 0."""
        return self.more == 0

    @property
    def counts(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Of yes and no: how many are so, of how many, in a and in b; None of other numbers."""
        if self.statistic != "share" or not all(is_yes_no(np.array(v)) for v in self.values):
            return None
        here, there = ((int(sum(each)), len(each)) for each in self.values)
        return here, there

    def __str__(self) -> str:
        timed = self.statistic != "share" and unit_of(self.of) == "seconds"
        unit = text("lab.compare_seconds") if timed else ""
        found = text(
            "lab.compared",
            of=self.of,
            statistic=text(f"lab.statistic_{self.statistic}"),
            a=self.labels[0],
            b=self.labels[1],
            difference=f"{self.difference:+.3g}{unit}",
            low=f"{self.low:+.3g}",
            high=f"{self.high:+.3g}",
            percent=100 * self.confidence,
            pairs=self._pairs(),
            effect=self.effect,
            seed=self.seed,
        )
        verdict = "enough" if self.enough else "hopeless" if self.more is None else "more"
        return in_a_row(found, text(f"lab.compare_{verdict}", more=self.more))

    def _pairs(self) -> str:
        kind = "lab.compare_pairs" if self.paired_by else "lab.compare_runs"
        pairs = text(kind, n=self.n, by=", ".join(self.paired_by))
        if self.counts is None:
            return pairs
        (few, of_few), (many, of_many) = self.counts
        counts = {"yes_b": many, "n_b": of_many, "yes_a": few, "n_a": of_few}
        return text("lab.compare_counts", pairs=pairs, **counts)

    def __repr__(self) -> str:
        return str(self)


def compare(
    a: DataFrame,
    b: DataFrame,
    of: str = "first_audible",
    *,
    by: str | Iterable[str] | None = None,
    statistic: Statistic | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> Comparison:
    """How two tables of runs differ in a column.

    ``by``: the columns that make a pair (None: the settings that both tables have with the same
    values, where that makes enough; [] for no pairs). ``statistic``: ``"median"``, ``"mean"`` or,
    of yes and no, ``"share"`` (None: the share of those, else the median). ``seed``: of the
    bootstrap. Warns as ``summary`` does. Raises BadArgument: too few runs or pairs, times from
    different zero points, no such column.

    >>> fast, slow = (glmkit.lab.sweep(...) for voice in ("tongtong", "xiaochen"))
    >>> glmkit.lab.compare(fast, slow)
    """
    a, b = _asked(a, b, confidence, seed)
    columns = _paired_by(a, b, of) if by is None else [by] if isinstance(by, str) else list(by)
    here, there = (enough_rows(each, of, columns, _LEAST) for each in (a, b))
    chosen = _statistic(statistic, of, a.loc[here.index], b.loc[there.index])
    _check_zero(here, there, of)
    warn_of_waits(of, here, there, by=columns)
    values = _pairs(here, there, of, columns, chosen) if columns else None
    if values is None or len(values[0]) < _LEAST:
        if by is not None and values is not None:
            raise _too_few_pairs(len(values[0]), columns)
        columns, values = [], (here[of].to_numpy(float), there[of].to_numpy(float))
    how: dict[str, Any] = {"confidence": float(confidence), "seed": int(seed)}
    found_apart = apart(*values, chosen, paired=bool(columns), **how)
    return Comparison(
        of=of,
        labels=_labels(a, b),
        statistic=chosen,
        middles=found_apart.middles,
        difference=found_apart.difference,
        low=found_apart.low,
        high=found_apart.high,
        effect=found_apart.effect,
        n=min(map(len, values)),
        paired_by=tuple(columns),
        more=found_apart.more,
        values=(tuple(map(float, values[0])), tuple(map(float, values[1]))),
        peers=tuple(dict.fromkeys([*_peers(a), *_peers(b)])),
        stated={name: _stated(name, a, b) for name in ("network", "switches")},
        **how,
    )


def _too_few_pairs(found: int, columns: list[str]) -> BadArgument:
    words = ", ".join(columns)
    return BadArgument(text("lab.compare_few_pairs", found=found, by=words, least=_LEAST))


def _asked(a: DataFrame, b: DataFrame, confidence: float, seed: int) -> list[DataFrame]:
    """The runs of both. Raises BadArgument also for what no interval is drawn with."""
    found = [runs_in(a), runs_in(b)]
    check_seed(seed)
    if not (is_number(confidence) and 0 < confidence < 1):
        raise BadArgument(text("lab.compare_confidence", found=confidence))
    return found


# -- which rows ----------------------------------------------------------------------------


def _paired_by(a: DataFrame, b: DataFrame, of: str) -> list[str]:
    """The settings that both have, with the same values in both."""
    settings = [name for name in settings_of(a, of) if name in b.columns]
    return [name for name in settings if _values(a, name) == _values(b, name)]


def _values(table: DataFrame, name: str) -> set[Hashable]:
    return set(told_apart(table[name]))


def _statistic(asked: Statistic | None, of: str, *tables: DataFrame) -> Statistic:
    """The one that was asked for; else of yes and no their share, of numbers the median."""
    if asked is not None and asked not in STATISTICS:
        raise BadArgument(text("lab.statistic", found=asked, known=", ".join(STATISTICS)))
    values = [each for table in tables for each in table[of].dropna()]
    yes_no = bool(values) and all(isinstance(each, bool | np.bool_) for each in values)
    if asked == "share" and not yes_no and not set(values) <= {0, 1}:
        raise BadArgument(text("lab.no_share", name=of))
    return asked or ("share" if yes_no else "median")


def _check_zero(a: DataFrame, b: DataFrame, of: str) -> None:
    """Seconds that are counted from different moments are no difference of anything."""
    if of not in STAGES or not all("zero" in each.columns for each in (a, b)):
        return
    zeros = sorted({*map(str, a["zero"]), *map(str, b["zero"])})
    if len(zeros) > 1:
        raise BadArgument(text("lab.compare_zero", zeros=", ".join(zeros)))


def _pairs(
    a: DataFrame, b: DataFrame, of: str, by: list[str], statistic: Statistic
) -> tuple[Numbers, Numbers]:
    """What of each prompt that both tables have: the median of its runs, or their mean."""
    here, there = (_by_pair(each, of, by, statistic) for each in (a, b))
    both = [pair for pair in here if pair in there]
    return np.array([here[pair] for pair in both]), np.array([there[pair] for pair in both])


def _by_pair(
    table: DataFrame, of: str, by: list[str], statistic: Statistic
) -> dict[tuple[str, ...], float]:
    """In the order of what makes a pair, which decides what a bootstrap draws."""
    return {
        tuple(map(value_name, named.values())): float(
            rows[of].median() if statistic == "median" else rows[of].mean()
        )
        for named, rows in groups_of(table, by)
    }


def _labels(a: DataFrame, b: DataFrame) -> tuple[str, str]:
    """What tells one table from the other, and whom each was measured against."""
    settings = dict.fromkeys((*settings_of(a), "model", "switches"))
    telling = [
        name
        for name in settings
        if all(name in each.columns and len(_values(each, name)) == 1 for each in (a, b))
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
    rows = table[names].astype(object).fillna("").drop_duplicates().astype(str).to_dict("records")
    return sorted(reached(row["peer"], row.get("network", "")) for row in rows if row.get("peer"))


def _stated(name: str, *tables: DataFrame) -> list[str]:
    """The networks, or switches, that rows name."""
    found = (each for table in tables if name in table.columns for each in table[name])
    return sorted({each for each in found if isinstance(each, str) and each})
