"""An answer that interrupts itself is recognised by its own words."""

from __future__ import annotations

import pytest

from glmkit.widgets.echo import is_echo

ANSWER = "麦克风去看医生，说：大夫，我老是听见自己的声音。医生说：别担心，那只是回声。"


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("麦克风去看医生", True),
        ("大夫我老是听见自己的声音", True),
        ("等一下", False),
        ("医生", False),  # too short to say
        ("今天北京的天气怎么样", False),
        ("", False),
    ],
)
def test_an_echo_is_told_from_an_interruption(heard: str, expected: bool) -> None:
    """By how much of what was heard stands in the answer."""
    assert is_echo(heard, ANSWER) is expected
    assert not is_echo(heard, "")
