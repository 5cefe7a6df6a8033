"""What a tool gave reaches the model as text that is never empty."""

from __future__ import annotations

import dataclasses
import itertools
import json
from array import array
from collections import deque
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

import glmkit as glm
from glmkit.errors import BadArgument
from glmkit.protocol.tools.output import within_context
from glmkit.protocol.tools.tool import error_text, output_text
from tests.listed import check_each


class Colour(StrEnum):
    RED = "red"


@dataclasses.dataclass
class Place:
    name: str
    day: Any


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
        ((n * n for n in (1, 2)), "[1, 4]"),
        (map(str, (1, 2)), '["1", "2"]'),
        (zip("ab", (1, 2), strict=True), '[["a", 1], ["b", 2]]'),
        (range(3), "[0, 1, 2]"),
        (deque([1, 2]), "[1, 2]"),
        ({"a": 1}.values(), "[1]"),
        ({"a": 1}.items(), '[["a", 1]]'),
        (frozenset({3}), "[3]"),
        (array("i", [1, 2]), "[1, 2]"),
        ({"found": iter([1, {2}])}, '{"found": [1, [2]]}'),
        (b"caf\xc3\xa9", '"café"'),
        (b"\xff\xfe\x00", '"<3 bytes>"'),
        ({"sound": [glm.Clip.silence(1)]}, '{"sound": ["Clip(1.00 s, 16000 Hz, silent)"]}'),
        (Figure(), '"<Figure size 640x480 with 0 Axes>"'),
        (Image.new("RGB", (64, 48)), '"<PIL.Image.Image image mode=RGB size=64x48>"'),
        (iter, '"<built-in function iter>"'),
    ],
)
def test_output(result: Any, output: str | None) -> None:
    """Text stays, nothing is null, the rest is JSON in its own characters."""
    found = output_text(result)
    json.loads(found) if found != "晴" and found.strip() else None
    expected = '[{"a": 1, "b": "x"}, {"a": 2, "b": null}]' if output is None else output
    assert found == expected


def _described(value: Any, words: str) -> None:
    found = output_text(value)
    assert words in found
    assert len(found) < 300
    assert " at 0x" not in found


def test_what_is_no_text_is_described() -> None:
    """Sound, figures and pictures, a big array or table: what it is, not its numbers."""
    table = pd.DataFrame({"city": ["北京"] * 2000, "level": 1.5})
    check_each(
        _described,
        [
            (glm.Clip.tone(300, 1), "Clip(1.00 s, 16000 Hz"),
            (Place("a", glm.Clip.silence(1)), '"day": "Clip(1.00 s'),
            (Figure(), "Figure size 640x480"),
            (Figure().add_subplot(title="A"), "'center': 'A'"),
            (Image.new("RGB", (64, 48)), "size=64x48"),
            (np.zeros((48, 64, 3), np.uint8), '"shape": [48, 64, 3], "dtype": "uint8"'),
            (table, '"shape": [2000, 2], "columns": ["city", "level"], "first": [{"city": "北京"'),
            (table.level, '"shape": [2000]'),
            (object(), "<object object>"),
        ],
    )


def test_what_never_ends_is_cut() -> None:
    """A generator without an end gives more than a context holds, which is said."""
    words = within_context(output_text(itertools.count()))
    assert words.startswith("[0, 1, 2, ")
    assert "cut here after 20 kB" in words
    assert len(within_context("北" * 20_000).encode()) < 21_000
    assert within_context("short") == "short"


def test_a_generator_that_fails_is_a_tool_that_failed() -> None:
    """Its exception is raised where it is gone through."""
    with pytest.raises(ValueError, match="no more"):
        output_text(int("no more") for _ in "a")


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
