"""What the service says of too much at once is tried again; nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator, FaultControl
from glmkit.errors import BadArgument
from glmkit.lab.rows import Run
from glmkit.lab.tries import pause_before
from tests.lab.tasks import asked, asked_async


def one_row(emulator: Emulator, task: Any = asked, **options: Any) -> Any:
    """The row of one run against the emulator, without a warm-up."""
    connect = {"to": emulator.url, "api_key": emulator.key, "modalities": ["text"]}
    settings = {"grid": {"words": ["hi"]}, "warm_up": 0, "connect": connect}
    return glm.lab.sweep(task, **settings, **options).loc[0]


@pytest.mark.slow
@pytest.mark.parametrize("task", [asked, asked_async], ids=["waits", "awaits"])
def test_a_run_that_met_1302_is_tried_again(
    glm_emulator: Emulator, glm_faults: FaultControl, task: Any
) -> None:
    """Twice refused, then done: three tries, and the pauses are in ``waited`` alone."""
    glm_faults.set("busy", times=2)
    row = one_row(glm_emulator, task)
    assert (row["error"], row["tries"]) == ("", 3)
    assert row["waited"] > 0.25 + 0.5
    assert row["transcript"]


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "value"), [("gateway", 429), ("busy", "1305")])
def test_other_words_for_too_much_are_tried_again(
    glm_emulator: Emulator, glm_faults: FaultControl, fault: str, value: Any
) -> None:
    """HTTP 429 without a code, and 1305."""
    glm_faults.set(fault, value, times=1)
    assert tuple(one_row(glm_emulator)[["error", "tries"]]) == ("", 2)


@pytest.mark.parametrize(
    ("fault", "value"), [("busy", "1113"), ("unauthorized", "1002"), ("gateway", 502)]
)
def test_any_other_error_is_a_row_at_once(
    glm_emulator: Emulator, glm_faults: FaultControl, fault: str, value: Any
) -> None:
    """Money, a key, a gateway: trying again would not help, or is not asked for."""
    glm_faults.set(fault, value, times=1)
    row = one_row(glm_emulator)
    assert row["tries"] == 1
    assert row["error"].startswith("Refused: ")


def test_after_so_many_tries_the_error_is_the_row(
    glm_emulator: Emulator, glm_faults: FaultControl
) -> None:
    """And its tries are counted; others go on meanwhile."""
    glm_faults.set("busy")
    row = one_row(glm_emulator, tries=2)
    assert row["tries"] == 2
    assert "1302" in row["error"]
    for wrong in (0, 1.5, "2", None):
        with pytest.raises(BadArgument, match="tries"):
            one_row(glm_emulator, tries=wrong)


def test_pauses_double_up_to_half_a_minute_and_are_the_seeds() -> None:
    """Each somewhat shorter than that, another for another run and another seed."""
    run, other = Run({"n": 1}, 0), Run({"n": 2}, 0)
    pauses = [pause_before(number, run, 1) for number in range(2, 20)]
    assert pauses == [pause_before(number, run, 1) for number in range(2, 20)]
    longest = [min(0.5 * 2**number, 30) for number in range(18)]
    assert all(most / 2 <= found <= most for found, most in zip(pauses, longest, strict=True))
    assert len({pauses[0], pause_before(2, other, 1), pause_before(2, run, 2)}) == 3
