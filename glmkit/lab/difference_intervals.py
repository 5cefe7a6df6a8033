"""How far apart two series of numbers are, and how sure that is. Pure.

Rules
- The interval of a median or a mean is a percentile bootstrap of that same statistic's difference,
  that of a mean widened where runs are few (``turns.statistics``).
- That of a share is Newcombe's hybrid of two Wilson intervals (1998, method 10, for pairs with
  their correlation), which of 0 in 20 beside 0 in 20 doesn't say that they are alike. Where a pair
  has several runs it is a share of its own, and the interval that of a mean over pairs.
- The effect is Cohen's d: of pairs the mean difference by its own spread, else by the pooled
  spread of both.
- Enough: the interval does not hold 0. Else so many more as would find an effect of the size that
  was seen in four of five repetitions, at the usual 5 % (Cohen 1988: (1.96 + 0.84)² / d²).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from glmkit.turns.statistics import mean_interval, share

Statistic = Literal["median", "mean", "share"]
STATISTICS: Final = ("median", "mean", "share")
Numbers = NDArray[np.float64]
_RESAMPLES: Final = 4_000
_POWER: Final = 1.96 + 0.84


@dataclass(frozen=True, slots=True)
class ApartBy:
    """``there`` less ``here``, with its interval; ``more``: how many more would decide."""

    middles: tuple[float, float]
    difference: float
    low: float
    high: float
    effect: float
    more: int | None


def apart(
    here: Numbers,
    there: Numbers,
    statistic: Statistic,
    *,
    paired: bool,
    confidence: float,
    seed: int,
) -> ApartBy:
    """How far two series are apart; of pairs both are in the pairs' order."""
    middle = np.median if statistic == "median" else np.mean
    middles = float(middle(here)), float(middle(there))
    difference = float(middle(there - here)) if paired else middles[1] - middles[0]
    if statistic == "share" and is_yes_no(here) and is_yes_no(there):
        low, high = _of_shares(here, there, confidence, paired=paired)
    else:
        drawn = _drawn(here, there, middle, seed, paired=paired)
        if statistic == "median":
            tail = 100 * (1 - confidence) / 2
            low, high = (float(each) for each in np.percentile(drawn, [tail, 100 - tail]))
        else:
            sizes = [len(there)] if paired else [len(here), len(there)]
            low, high = mean_interval(drawn, difference, sizes, confidence)
        if statistic == "share":
            low, high = max(-1.0, low), min(1.0, high)
    effect, n = _effect(here, there, paired=paired), min(len(here), len(there))
    decided = low > 0 or high < 0
    more = 0 if decided else _more(effect, n, groups=1 if paired else 2)
    return ApartBy(middles, difference, low, high, effect, more)


def is_yes_no(values: Numbers) -> bool:
    """Whether they are ones and zeros alone."""
    return bool(np.isin(values, (0.0, 1.0)).all())


def _drawn(here: Numbers, there: Numbers, middle: Any, seed: int, *, paired: bool) -> Any:
    """Differences of as many samples, drawn with replacement."""
    chance = np.random.default_rng(seed)
    if paired:
        differences = there - here
        return middle(chance.choice(differences, (_RESAMPLES, len(differences))), axis=1)
    middles = [middle(chance.choice(each, (_RESAMPLES, len(each))), axis=1)
               for each in (here, there)]  # fmt: skip
    return middles[1] - middles[0]


def _of_shares(
    here: Numbers, there: Numbers, confidence: float, *, paired: bool
) -> tuple[float, float]:
    """Newcombe's interval of the difference of two shares."""
    a, b = (share([bool(each) for each in side], confidence=confidence) for side in (here, there))
    below, above = (b.mean - b.low, a.high - a.mean), (b.high - b.mean, a.mean - a.low)
    alike = _correlation(here > 0, there > 0) if paired else 0.0
    down, up = (math.sqrt(max(0.0, x * x - 2 * alike * x * y + y * y)) for x, y in (below, above))
    difference = b.mean - a.mean
    return max(-1.0, difference - down), min(1.0, difference + up)


def _correlation(here: NDArray[np.bool_], there: NDArray[np.bool_]) -> float:
    """Newcombe's φ of pairs of yes and no, nearer to 0 by half a pair where it is positive."""
    both, neither = float(np.sum(here & there)), float(np.sum(~here & ~there))
    one, other = float(np.sum(here & ~there)), float(np.sum(~here & there))
    margins = (both + one) * (other + neither) * (both + other) * (one + neither)
    if not margins:
        return 0.0
    found = both * neither - one * other
    return (max(found - len(here) / 2, 0.0) if found > 0 else found) / math.sqrt(margins)


def _effect(here: Numbers, there: Numbers, *, paired: bool) -> float:
    """Cohen's d; infinite where nothing varies but the two differ, 0 where they don't."""
    apart_by = float(np.mean(there) - np.mean(here))
    if paired:
        spread = float(np.std(there - here, ddof=1))
    else:
        spread = math.sqrt((float(np.var(here, ddof=1)) + float(np.var(there, ddof=1))) / 2)
    if spread < 1e-12:
        return math.copysign(math.inf, apart_by) if abs(apart_by) > 1e-12 else 0.0
    return apart_by / spread


def _more(effect: float, n: int, *, groups: int) -> int | None:
    """How many more pairs, or runs of each, would decide; None where no number would."""
    if not effect or not math.isfinite(effect):
        return None
    return max(1, math.ceil(groups * (_POWER / effect) ** 2) - n)
