"""What a person gave as a number: whether it is one, and which. numpy's numbers are numbers."""

from __future__ import annotations

import math
from numbers import Real
from typing import TypeGuard


def number(found: object) -> float:
    """``found`` as a float; NaN where it is no number, so that no comparison lets it pass."""
    if not isinstance(found, Real) or isinstance(found, bool):
        return math.nan
    try:
        return float(found)
    except OverflowError:  # a whole number can be larger than any float
        return -math.inf if found < 0 else math.inf


def is_number(found: object) -> TypeGuard[float]:
    """Whether it is a number one can reckon with: finite, and no bool."""
    return math.isfinite(number(found))
