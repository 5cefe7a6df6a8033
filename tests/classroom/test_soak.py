"""A class for minutes with a hundred seats: memory, open files, recordings and ledger.

``make soak`` does the same for an hour. It takes about a sixth of a core and mostly waits.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.growth import LIMIT, growth
from benchmarks.soak import Times, soaked


def _samples(kilobytes: float, *, seed: int) -> np.ndarray:
    """(sessions, kB) of a process that keeps so many of each session, and breathes."""
    random = np.random.default_rng(seed)
    sessions = np.arange(300.0)
    breath = np.repeat(random.normal(0, 200, 30), 10)  # an allocator gives and takes for a while
    return np.stack([sessions, 60_000 + kilobytes * sessions + breath], axis=1)


def test_growth_is_told_by_its_interval_and_noise_is_none() -> None:
    """A leak is told in every one of twenty runs; what only breathes in at most one of them."""
    told = {
        kept: sum(growth(_samples(kept, seed=n)).told for n in range(20)) for kept in (0.0, 12.0)
    }
    assert told[0.0] <= 1
    assert told[12.0] == 20
    leak = growth(_samples(12.0, seed=1))
    assert leak.slope - leak.half > LIMIT
    assert abs(leak.slope - 12.0) < 2 * leak.half


@pytest.mark.long
def test_a_class_of_a_hundred_does_not_grow() -> None:
    """For five minutes, through a relay that records; counted right, and nothing left open."""
    found = soaked(Times(minutes=5, least=260))
    assert found.watched["class"].growth() is not None
    assert found.faults() == [], str(found)
