"""The interval of a mean, a median, a share: how often it holds the truth."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from glmkit.turns.statistics import Average, Quantiles, average, quantiles, share, student_t
from tests.listed import check_each


def held(
    of: Callable[[list[float]], Average | Quantiles], count: int, draw: str, truth: float
) -> float:
    """In what share of 400 repetitions, from a seed, the interval holds the truth."""
    chance = np.random.default_rng(count)
    found = 0
    for _ in range(400):
        interval = of(list(getattr(chance, draw)(size=count)))
        found += interval.low <= truth <= interval.high
    return found / 400


@pytest.mark.slow
def test_the_interval_of_a_mean_of_few_holds_the_truth_about_as_often_as_it_says() -> None:
    """As a bootstrap alone gives it, it held that of two 50, of five 84 times in a hundred."""

    def holds(count: int, draw: str, truth: float, least: float) -> None:
        found = held(average, count, draw, truth)
        assert least <= found <= 0.985, found

    few = [(count, "normal", 0.0, 0.92) for count in (2, 3, 4, 5, 8, 20)]
    check_each(holds, [*few, (5, "uniform", 0.5, 0.91), (20, "exponential", 1.0, 0.9)])


@pytest.mark.slow
def test_the_interval_of_a_median_of_few_holds_it_as_often_as_is_written() -> None:
    """From the least to the greatest of five 94 times in a hundred, of three 75."""

    def holds(count: int, expected: float) -> None:
        assert held(quantiles, count, "normal", 0.0) == pytest.approx(expected, abs=0.04)

    check_each(holds, [(3, 0.75), (5, 0.9375), (20, 0.95)])


def test_one_value_has_a_mean_and_no_interval() -> None:
    """And what doesn't vary is as it is."""
    one = average([3.0])
    assert (one.count, one.mean) == (1, 3.0)
    assert math.isnan(one.low)
    assert math.isnan(one.high)
    assert average([4.0, 4.0, 4.0]) == Average(3, 4.0, 4.0, 4.0)
    assert share([False]).high > 0.7


def test_the_interval_is_the_seeds_and_wider_where_one_wants_to_be_surer() -> None:
    """The same seed gives the same; 0.99 holds 0.95."""
    values = [1.0, 2.0, 4.0, 8.0, 9.0]
    assert average(values, seed=3) == average(values, seed=3)
    usual, surer = average(values), average(values, confidence=0.99)
    assert surer.low < usual.low < usual.mean < usual.high < surer.high


def test_students_t_is_that_of_the_tables() -> None:
    """For few degrees of freedom and many."""
    for below, freedom, known in ((0.975, 1, 12.706), (0.975, 9, 2.262), (0.995, 4, 4.604)):
        assert student_t(below, freedom) == pytest.approx(known, abs=1e-3)
    assert student_t(0.975, 10_000) == pytest.approx(1.960, abs=1e-3)
