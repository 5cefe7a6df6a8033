"""What walks a list names everything that is wrong in it, and refuses to walk nothing."""

from __future__ import annotations

import pytest

from tests.listed import check_each


def is_even(number: int) -> None:
    if number % 2:
        pytest.fail("it is odd")


def test_every_wrong_case_has_its_line() -> None:
    """Those that hold have none."""
    with pytest.raises(AssertionError) as failure:
        check_each(is_even, [(1,), (2,), (3,)])
    lines = str(failure.value).splitlines()
    assert lines[:3] == ["2 of 3 are wrong:", "  1: Failed: it is odd", "  3: Failed: it is odd"]


def test_what_goes_wrong_in_a_check_is_told_too() -> None:
    """Not only what it asserts."""
    with pytest.raises(AssertionError, match="'x': TypeError"):
        check_each(is_even, [("x",)])


def test_a_list_of_nothing_fails() -> None:
    """It would hold whatever the code does."""
    with pytest.raises(AssertionError, match="nothing to check"):
        check_each(is_even, [])
