"""Emulators of one's own: one peer, told apart by their switches."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.turns.trace import Trace


@pytest.mark.slow
def test_an_emulator_of_ones_own_is_the_emulator_with_its_switches(tmp_path: Path) -> None:
    """Those that are alike are one group; one with another pace is another; a file keeps it."""
    with ExitStack() as stack:
        started = [stack.enter_context(Emulator.start(pace=pace)) for pace in (0, 2.0, 2.0)]

        def one_turn(at: int) -> glm.Turn:
            emulator = started[at]
            with glm.connect(emulator.url, api_key=emulator.key, modalities=["text"]) as session:
                turn = session.ask("hi")
                assert session.trace.about["switches"] == turn.switches
                session.save(tmp_path / f"{at}.glm")
            return turn

        table = glm.lab.sweep(one_turn, grid={"at": [0, 1, 2]}, warm_up=0)
    assert set(table["peer"]) == {"emulator"}
    assert list(table.sort_values("at")["switches"]) == ["pace=0", "", ""]  # two is as usual
    summary = glm.lab.summary(table, "first_text", by=[])
    assert sorted(summary["n"]) == [1, 2]
    assert [turn.switches for turn in Trace.load(tmp_path / "0.glm").turns()] == ["pace=0"]
