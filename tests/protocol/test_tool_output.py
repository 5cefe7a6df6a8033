"""What a tool gave reaches the model as text that is never empty."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import pytest

from glmkit.errors import BadArgument
from glmkit.protocol.tools.tool import error_text, output_text


class Colour(StrEnum):
    RED = "red"


@dataclasses.dataclass
class Place:
    name: str
    day: date


class Silent:
    def __str__(self) -> str:
        return ""


@pytest.mark.parametrize(
    ("result", "output"),
    [
        ("晴", "晴"),
        ('{"a": 1}', '{"a": 1}'),
        ("", "null"),
        (" \n", "null"),
        (None, "null"),
        (0, "0"),
        (False, "false"),
        ([], "[]"),
        ({"城市": "北京", 1: None}, '{"城市": "北京", "1": null}'),
        ((1, 2.5), "[1, 2.5]"),
        ({3}, "[3]"),
        (float("nan"), "null"),
        ([float("inf")], "[null]"),
        (Colour.RED, '"red"'),
        (date(2026, 11, 22), '"2026-11-22"'),
        (Place("a", date(2026, 11, 22)), '{"name": "a", "day": "2026-11-22"}'),
        (Decimal("1.5"), '"1.5"'),
        (np.float32(0.5), "0.5"),
        (np.int64(3), "3"),
        (np.bool_(True), "true"),
        (np.array([[1, 2]]), "[[1, 2]]"),
        ({"level": np.float64("nan")}, '{"level": null}'),
        (pd.DataFrame({"a": [1, 2], "b": ["x", None]}), None),
        (pd.Series([1, 2], index=["x", "y"]), '{"x": 1, "y": 2}'),
        (pd.Timestamp("2026-11-22 08:30"), '"2026-11-22T08:30:00"'),
        (pd.NaT, "null"),
        (pd.NA, "null"),
        (Silent(), '""'),
    ],
)
def test_output(result: Any, output: str | None) -> None:
    """Text stays, nothing is null, the rest is JSON in its own characters."""
    found = output_text(result)
    json.loads(found) if found != "晴" and found.strip() else None
    expected = '[{"a": 1, "b": "x"}, {"a": 2, "b": null}]' if output is None else output
    assert found == expected


def test_output_that_holds_itself() -> None:
    """A list that contains itself is sent as Python shows it."""
    loop: list[Any] = []
    loop.append(loop)
    assert output_text(loop) == "[[...]]"


def test_error_is_one_sentence() -> None:
    """An exception is told in a line, without its traceback."""
    words = error_text(KeyError("no such\n   city"))
    assert words.startswith("the tool failed (KeyError: 'no such")
    assert "\n" not in words
    assert "(ValueError)" in error_text(ValueError())
    assert "too long" in error_text(TimeoutError())
    assert error_text(BadArgument("say it so")) == "say it so"
    assert len(error_text(ValueError("x" * 10_000))) < 700


def test_error_without_words_of_its_own() -> None:
    """An exception that cannot say what it is fails nobody else."""

    class Broken(Exception):
        def __str__(self) -> str:
            raise KeyError(0)

    assert "Broken: KeyError" in error_text(Broken())


def test_error_shows_no_key() -> None:
    """A key that an exception quotes does not reach the model."""
    words = error_text(ValueError("401 for abcdef0123456789abcdef0123456789.AAAAbbbbCCCC1234"))
    assert "AAAAbbbb" not in words
