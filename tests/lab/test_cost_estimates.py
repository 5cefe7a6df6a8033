"""estimate: ¥ and minutes, beforehand."""

from __future__ import annotations

from typing import Any

import pytest

import glmkit as glm
from glmkit.errors import BadArgument
from glmkit.session.budget import PRICES_OF, price
from tests.listed import check_each


def test_yuan_and_minutes_are_those_of_the_sound() -> None:
    """60 runs of 3 s there and 4 s back are 7 minutes of sound, and 2 of waiting."""
    found = glm.lab.estimate(60, sent=3.0, received=4.0, wait=2.0)
    assert found.yuan == pytest.approx(7 * price("glm-realtime-flash"))
    assert found.minutes == pytest.approx(9.0)
    assert glm.lab.estimate(60, sent=3.0, received=4.0, at_once=3).minutes == pytest.approx(3.0)


def test_it_says_what_is_reckoned_and_from_which_prices() -> None:
    """In a sentence, with the model and the date of the prices."""
    shown = repr(glm.lab.estimate(10, sent=6, received=0, wait=0, model="glm-realtime-air"))
    assert "runs: 10; about 1.0 minutes at most, ¥" in shown
    assert f"¥{price('glm-realtime-air'):.2f} where glm-realtime-air charges" in shown
    assert PRICES_OF in shown


def test_a_model_without_a_price_is_said_to_be_reckoned_as_the_dearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A slip of the pen, above all; of the models that are known nothing more is said."""
    one = glm.lab.estimate(10, sent=6, received=0, model="glm-realtime-flesh")
    assert one.yuan == pytest.approx(price("glm-realtime-air"))
    assert "No price of 'glm-realtime-flesh' is known: reckoned as glm-realtime-air" in repr(one)
    assert "known: glm-realtime-flash, glm-realtime-air" in repr(one)
    assert "No price" not in repr(glm.lab.estimate(10, sent=6, received=0))
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "价目表里没有 'glm-realtime-flesh'" in repr(one)


def test_waiting_among_the_minutes_is_said() -> None:
    """Who reckons after it finds where the rest of the minutes comes from."""
    shown = repr(glm.lab.estimate(30, sent=3600, received=0))
    assert "about 1801.0 minutes at most (2 s of waiting in each included)" in shown


def test_numbers_that_cannot_be_are_refused() -> None:
    """Before anybody believes them."""
    check_each(_is_refused, [(name, value) for name in WRONG for value in WRONG[name]])


WRONG: dict[str, list[Any]] = {
    "runs": [0, -1, 1.5, float("nan"), "ten", True, 10**9],
    "sent": [-0.1, float("inf"), None, "3 s"],
    "received": [-1, float("nan")],
    "wait": [-1],
    "at_once": [0, 0.5],
    "model": [None, 3],
}


def _is_refused(name: str, value: Any) -> None:
    given = {"runs": 10, "sent": 1.0, "received": 1.0, name: value}
    with pytest.raises(BadArgument):
        glm.lab.estimate(given.pop("runs"), **given)
