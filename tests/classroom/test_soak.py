"""A class for minutes with a hundred seats: memory, open files, recordings and ledger.

``make soak`` does the same for an hour. It takes about a sixth of a core and mostly waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.growth import LIMIT, Growth, growth
from benchmarks.soak import Times, soaked

Memory = NDArray[np.float64]


_SESSIONS: Final = np.arange(150.0, 450.0)


def _breath(random: np.random.Generator) -> Memory:
    """An allocator gives and takes for a while."""
    return np.repeat(random.normal(0, 200, 30), 10)


def _highest(random: np.random.Generator) -> Memory:
    """What the largest so far took is kept."""
    return np.maximum.accumulate(random.exponential(1_500, 450))[150:]


def _wandering(random: np.random.Generator) -> Memory:
    """Now and then something large is taken or given back, and it stays so."""
    return np.cumsum((random.random(300) < 0.03) * random.normal(0, 500, 300))


def _collected(random: np.random.Generator) -> Memory:
    """What goes round in circles is kept until the collector comes."""
    return (np.arange(300) + random.integers(80)) % 80 * 8.0


_BOUNDED: Final = (_breath, _highest, _wandering, _collected)


def _growths(kilobytes: float, rest: Callable[[np.random.Generator], Memory]) -> list[Growth]:
    """Of twenty processes that keep so many of each session, and do ``rest``."""
    kept = 60_000 + kilobytes * _SESSIONS
    every = (kept + rest(np.random.default_rng(seed)) for seed in range(20))
    return [growth(np.stack([_SESSIONS, memory], axis=1)) for memory in every]


def test_growth_is_told_by_its_interval_and_getting_warm_is_none() -> None:
    """Of twenty processes that only take more than ever, wander or breathe at most one is told."""
    told = {rest.__name__: sum(each.told for each in _growths(0.0, rest)) for rest in _BOUNDED}
    assert max(told.values()) <= 1, told


def test_a_leak_is_told() -> None:
    """In every one of twenty runs, with its size, whether it breathes or is collected meanwhile."""
    for rest in (_breath, _collected):
        found = _growths(12.0, rest)
        assert all(each.told for each in found), rest.__name__
        assert all(abs(each.slope - 12.0) < 2 * each.half for each in found), rest.__name__
    assert found[0].slope - found[0].half > LIMIT


@pytest.mark.long(minutes=5)
def test_a_class_of_a_hundred_does_not_grow() -> None:
    """For five minutes, through a relay that records; counted right, and nothing left open."""
    found = soaked(Times(minutes=5, least=260))
    assert found.watched["class"].growth() is not None
    assert found.faults() == [], str(found)
