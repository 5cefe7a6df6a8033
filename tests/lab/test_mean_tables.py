"""means: a mean or a share, its n and its interval, for each setting and peer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import glmkit as glm
from glmkit.errors import BadArgument
from tests.listed import check_each


def table(**columns: Any) -> pd.DataFrame:
    """Six runs of two settings, against one peer."""
    found = pd.DataFrame(
        {
            "silence_ms": [200] * 3 + [700] * 3,
            "repetition": [0, 1, 2] * 2,
            "peer": "emulator",
            "switches": "",
            "network": "",
            "error": "",
            "cost": [1.0, 2.0, 6.0, 4.0, 4.0, 4.0],
            "split": [True, True, False, False, False, False],
            **columns,
        }
    )
    found.attrs["settings"] = ["silence_ms"]
    return found


def test_a_number_has_its_mean_and_the_bootstraps_interval() -> None:
    """The interval holds the mean and is the seed's; peers have rows of their own."""
    found = glm.lab.means(table(), "cost", seed=3)
    assert list(found["mean"]) == [3.0, 4.0]
    assert list(found["n"]) == [3, 3]
    assert found["low"][0] < 3.0 < found["high"][0]
    assert (found["low"][1], found["high"][1]) == (4.0, 4.0)
    pd.testing.assert_frame_equal(found, glm.lab.means(table(), "cost", seed=3))
    two = glm.lab.means(table(peer=["live", "emulator"] * 3), "cost", by=[])
    assert sorted(two["peer"]) == ["emulator", "live"]


def test_yes_and_no_are_a_share_with_wilsons_interval() -> None:
    """None of three may still be more than half: 0 to 0.56, as Wilson's formula has it."""
    found = glm.lab.means(table(), "split").set_index("silence_ms")
    assert found.loc[200, "mean"] == pytest.approx(2 / 3, abs=1e-4)
    assert (found.loc[700, "mean"], found.loc[700, "low"]) == (0.0, 0.0)
    assert found.loc[700, "high"] == pytest.approx(1.96**2 / (3 + 1.96**2), abs=1e-3)


def test_runs_that_failed_are_counted_and_not_averaged() -> None:
    """Nor is what a run didn't measure."""
    cost = [1.0, 2.0, 600.0, 4.0, np.nan, 4.0]
    found = glm.lab.means(table(error=["", "", "TurnTimeout"] + [""] * 3, cost=cost), "cost")
    assert list(found["mean"]) == [1.5, 4.0]
    assert list(found["n"]) == [2, 2]
    assert list(found["failed"]) == [1, 0]


def test_what_cannot_be_averaged_is_said() -> None:
    """Found, expected, what to do; never a table of nothing."""
    check_each(_is_refused, WRONG)


WRONG: list[tuple[Any, str, dict[str, Any]]] = [
    ([1, 2], "cost", {}),
    (table(), "price", {}),
    (table(), "cost", {"by": "sound"}),
    (table(), "peer", {}),
    (table(), "cost", {"seed": -1}),
    (table(), "cost", {"confidence": 95}),
    (table(), "cost", {"confidence": float("nan")}),
]


def _is_refused(rows: Any, of: str, options: dict[str, Any]) -> None:
    with pytest.raises(BadArgument):
        glm.lab.means(rows, of, **options)
