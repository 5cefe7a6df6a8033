"""The numbers of many measurements: median, 95th percentile, mean, share, and how sure they are.

Rules
- The interval of a median is a percentile bootstrap's. No interval between measured values holds
  the truth 95 times in 100 of fewer than six: from the least to the greatest 94 of five, 75 of
  three, and it reaches no further.
- That of a mean is a percentile bootstrap's, too, which alone would hold it 84 times in 100 of
  five, 92 of twenty. So it is widened on both sides by √(n / (n − 1)) and by Student's t over the
  normal's (the correction of Hesterberg, The American Statistician 69, 2015, here of the
  interval's halves): ``mean_interval``, which a difference of means shares. As Student's, it may
  reach where no value can be, below 0 for one. Of one value there is none.
- That of a share is Wilson's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from glmkit.environment.features import needs

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RESAMPLES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Quantiles:
    """In the unit of what was measured; ``low`` to ``high``: the median's bootstrap interval."""

    count: int
    median: float
    p95: float
    low: float
    high: float


def quantiles(
    values: Sequence[float] | NDArray[np.float64], *, confidence: float = 0.95, seed: int = 0
) -> Quantiles:
    """The quantiles of at least one value; the same for the same ``seed``."""
    measured = np.asarray(values, float)
    drawn = np.random.default_rng(seed).choice(measured, (_RESAMPLES, len(measured)))
    tail = 100 * (1 - confidence) / 2
    low, high = np.percentile(np.median(drawn, axis=1), [tail, 100 - tail])
    median, late = np.percentile(measured, [50, 95])
    return Quantiles(len(measured), float(median), float(late), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Average:
    """In the unit of what was measured; ``low`` to ``high``: the interval of the mean."""

    count: int
    mean: float
    low: float
    high: float


def average(
    values: Sequence[float] | NDArray[np.float64], *, confidence: float = 0.95, seed: int = 0
) -> Average:
    """The mean of at least one value, with ``mean_interval`` from ``seed``; of one it is NaN."""
    measured = np.asarray(values, float)
    mean, count = float(measured.mean()), len(measured)
    if count == 1:
        return Average(1, mean, math.nan, math.nan)
    drawn = np.random.default_rng(seed).choice(measured, (_RESAMPLES, count)).mean(axis=1)
    return Average(count, mean, *mean_interval(drawn, mean, [count], confidence))


def mean_interval(
    drawn: NDArray[np.float64], found: float, sizes: Sequence[int], confidence: float
) -> tuple[float, float]:
    """The interval of a mean, or of a difference of two.

    ``drawn``: that of as many samples as a bootstrap drew; ``found``: that of the measurements;
    ``sizes``: how many measurements, at least two, of each group.
    """
    tail = 100 * (1 - confidence) / 2
    least, upper = min(sizes), 0.5 + confidence / 2
    t = student_t(upper, sum(sizes) - len(sizes))
    wider = t / NormalDist().inv_cdf(upper) * math.sqrt(least / (least - 1))
    low, high = (float(end) for end in np.percentile(drawn, [tail, 100 - tail]))
    return found + wider * (low - found), found + wider * (high - found)


def student_t(share: float, freedom: int) -> float:
    """Below what so large a ``share`` of Student's t with ``freedom`` lies. Raises Missing."""
    needs("means")
    from scipy.special import stdtrit

    return float(stdtrit(freedom, share))


def share(values: Sequence[bool], *, confidence: float = 0.95) -> Average:
    """How many of at least one are so, from 0 to 1.

    With Wilson's interval, which also of none in ten doesn't say that it never happens (E. B.
    Wilson, 1927).
    """
    count, z = len(values), NormalDist().inv_cdf(0.5 + confidence / 2)
    found, weight = sum(map(bool, values)) / count, z * z / count
    middle = (found + weight / 2) / (1 + weight)
    half = z * math.sqrt(found * (1 - found) / count + weight / (4 * count)) / (1 + weight)
    return Average(count, found, max(0.0, middle - half), min(1.0, middle + half))
