"""Rows as a Parquet table: its types, its settings, and going on from it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest

import glmkit as glm
from glmkit.errors import BadFile, GlmWarning, Rejected
from tests.pictured import a_turn


class Counted:
    """Turns, of which some fail as they are told; it counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, size: int) -> Any:
        self.calls += 1
        if size == 2:
            raise Rejected("refused", peer="emulator")
        return a_turn(), {"loud": size / 2, "whole": size, "good": size > 1, "list": [size, "二"]}


def test_the_table_has_the_types_and_settings_of_the_sweep(tmp_path: Path) -> None:
    """Also where values are missing; and beside it nothing is left but what the runs took."""
    out = tmp_path / "runs.parquet"
    table = glm.lab.sweep(Counted(), grid={"size": [1, 2, 3]}, out=out, warm_up=0)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["runs.parquet", "runs.parquet.about"]
    found = pd.read_parquet(out)
    assert found.attrs["settings"] == ["size"]
    assert len(found) == len(table)
    types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(out)}
    expected = {
        "int64": ["size", "segments", "tries", "whole"],
        "double": ["first_audible", "round_trip", "waited", "loud"],
        "string": ["error", "transcript"],
        "bool": ["good"],
    }
    assert {kind: [n for n in names if types[n] == kind] for kind, names in expected.items()} == (
        expected
    )
    assert json.loads(found.set_index("size").loc[1, "list"]) == [1, "二"]
    assert glm.lab.summary(found)["n"].tolist() == glm.lab.summary(table)["n"].tolist()


def test_it_is_gone_on_with_and_keeps_other_sweeps_rows(tmp_path: Path) -> None:
    """What failed is tried again; what another grid left stays."""
    out, task = tmp_path / "runs.parquet", Counted()
    glm.lab.sweep(task, grid={"size": [1, 2, 3]}, out=out, warm_up=0)
    table = glm.lab.sweep(task, grid={"size": [2, 3, 4]}, out=out, warm_up=0)
    assert task.calls == 5
    assert sorted(table["size"]) == [2, 3, 4]
    assert table.set_index("size").loc[3, "list"] == [3, "二"]
    assert sorted(pd.read_parquet(out)["size"]) == [1, 2, 3, 4]


def test_an_interrupt_writes_the_table_and_a_kill_leaves_the_lines(tmp_path: Path) -> None:
    """From both the next call goes on."""
    out, done, fingers = tmp_path / "runs.parquet", [], iter([KeyboardInterrupt()])

    def interrupted() -> Any:
        if len(done) == 3 and (pressed := next(fingers, None)) is not None:
            raise pressed
        done.append(1)
        return a_turn()

    with pytest.warns(GlmWarning, match="3 of 6"):
        glm.lab.repeat(interrupted, 6, warm_up=0, out=out)
    assert len(pd.read_parquet(out)) == 3
    lines = tmp_path / "runs.parquet.jsonl"  # what a killed process leaves
    glm.lab.repeat(interrupted, 5, warm_up=0, out=tmp_path / "other.jsonl")
    (tmp_path / "other.jsonl").rename(lines)
    table = glm.lab.repeat(interrupted, 6, warm_up=0, out=out)
    assert len(table) == len(pd.read_parquet(out)) == 6
    assert not lines.exists()


def test_what_is_no_table_of_runs_is_refused(tmp_path: Path) -> None:
    """Before anything runs, and is left as it is."""
    out, task = tmp_path / "runs.parquet", Counted()
    pd.DataFrame({"a": [1]}).to_parquet(out)
    for content in (out.read_bytes(), b"", b"PAR1 and no more"):
        out.write_bytes(content)
        with pytest.raises(BadFile, match="Parquet"):
            glm.lab.sweep(task, grid={"size": [1]}, out=out)
        assert out.read_bytes() == content
    assert task.calls == 0


def test_half_a_character_and_mixed_values_lose_no_row(tmp_path: Path) -> None:
    """As JSON spells the one; as JSON the other; a number too large for a column, too."""
    out = tmp_path / "runs.parquet"

    def odd(n_: int) -> dict[str, Any]:
        return {"said": "\ud83d", "mixed": [1, "a"][n_], "large": 10**30, "none": None}

    glm.lab.sweep(odd, grid={"n_": [0, 1]}, out=out)
    table = glm.lab.sweep(odd, grid={"n_": [0, 1]}, out=out).set_index("n_")
    assert list(table["said"]) == ["\\ud83d"] * 2
    assert (table.loc[0, "mixed"], table.loc[1, "mixed"]) == (1, "a")
    assert table.loc[0, "large"] == 10**30


def test_a_table_that_cannot_be_written_leaves_the_lines(tmp_path: Path) -> None:
    """With a warning that says where every row is."""
    out = tmp_path / "runs.parquet"
    (tmp_path / f".runs.parquet.{os.getpid()}-{threading.get_ident()}.tmp").mkdir()
    with pytest.warns(GlmWarning, match=r"every row is in .*runs\.parquet\.jsonl"):
        table = glm.lab.repeat(a_turn, 2, out=out)
    assert len(table) == 2
    assert len((tmp_path / "runs.parquet.jsonl").read_text("utf-8").splitlines()) == 2
