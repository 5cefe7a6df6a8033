"""The numbers of many measurements: median, 95th percentile, and how sure the median is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

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
