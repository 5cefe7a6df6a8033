"""Settings of any kind: sound, lists, functions, nothing; told apart in tables, files, figures."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import glmkit as glm
from glmkit.errors import BadArgument, Busy
from tests.listed import check_each
from tests.pictured import sentence_on

SWEPT: dict[str, Any] = {"warm_up": 0, "progress": False}


def same_words(samples: float) -> dict[str, float]:
    """A task that gives its setting back."""
    return {"found": samples}


def level(clip: glm.Clip) -> dict[str, float]:
    """A task about a sound."""
    return {"found": float(np.sum(clip.samples, dtype=np.float64))}


def test_sounds_of_the_same_length_and_level_are_two_settings(tmp_path: Path) -> None:
    """A second call finds the rows of both, and a summary has a row for each."""
    clip = glm.sample("joke_en")
    grid = {"clip": [clip.noise(10, seed=seed) for seed in (0, 1)]}
    assert repr(grid["clip"][0]) == repr(grid["clip"][1])
    out = tmp_path / "runs.jsonl"
    first = glm.lab.sweep(level, grid=grid, repeat=2, out=out, **SWEPT)
    again = glm.lab.sweep(level, grid=grid, repeat=2, out=out, **SWEPT)
    assert list(again["found"]) == list(first["found"])
    assert len(set(first["found"])) == 2
    for table in (glm.lab.summary(first, "found"), glm.lab.means(first, "found")):
        assert list(table["n"]) == [2, 2]
    axes = glm.plots.latency(first, of="found")
    assert "nan" not in f"{axes.get_title(loc='left')} {sentence_on(axes)}".lower()
    assert len(axes.get_yticklabels()) == 2


def test_values_of_every_kind_make_groups_of_their_own() -> None:
    """Lists, nothing, truth values beside numbers; numbers in their order, and none twice."""

    def groups(values: list[Any], expected: list[Any]) -> None:
        numbered = {repr(value): number for number, value in enumerate(values)}
        table = glm.lab.sweep(
            lambda x: {"found": numbered[repr(x)]}, grid={"x": values}, repeat=3, **SWEPT
        )
        for found in (glm.lab.summary(table, "found"), glm.lab.means(table, "found")):
            assert list(found["x"]) == expected
            assert list(found["n"]) == [3] * len(values)

    lists, mixed = [[3, 4], [1, 2]], [None, "a", True, 1, 2.5]
    check_each(groups, [(lists, [[1, 2], [3, 4]]), (mixed, [True, 1, 2.5, "a", None])])


def test_tables_with_lists_are_paired_by_them() -> None:
    """As by any other setting."""
    a, b = (
        glm.lab.sweep(
            lambda p, more=more: {"found": sum(p) + more},
            grid={"p": [[1, 2], [3, 4], [5, 6]]},
            **SWEPT,
        )
        for more in (0, 1)
    )
    assert glm.lab.compare(a, b, "found").paired_by == ("p",)


def test_a_number_is_the_same_setting_with_and_without_a_point() -> None:
    """Else two tables that differ in nothing but that would be compared without their pairs."""
    whole, floating = (
        glm.lab.sweep(lambda x: {"found": float(x)}, grid={"x": values}, **SWEPT)
        for values in ([20, 40, 60, 80, 100], [20.0, 40.0, 60.0, 80.0, 100.0])
    )
    assert glm.lab.compare(whole, floating, "found").paired_by == ("x",)
    assert glm.lab.compare(whole, floating, "found", by="x").n == 5


def test_a_figure_takes_settings_that_hold_lists() -> None:
    """A pair with a list in it has no hash, though pairs have."""
    table = glm.lab.sweep(
        lambda x: {"found": float(x[0])}, grid={"x": [(1, [2]), (2, [3])]}, repeat=2, **SWEPT
    )
    assert len(glm.plots.latency(table, of="found").get_yticklabels()) == 2


def test_values_that_nothing_tells_apart_are_refused_before_the_first_run() -> None:
    """A file would hold the row of one for that of the other."""

    def refused(values: list[Any]) -> None:
        with pytest.raises(BadArgument, match="samples"):
            glm.lab.sweep(same_words, grid={"samples": values}, **SWEPT)

    check_each(refused, [([1, 1],), ([np.int64(1), 1],), ([lambda: 1, lambda: 2],)])
    named = [partial(same_words, 1), partial(same_words, 2)]
    table = glm.lab.sweep(
        lambda samples: samples(), grid={"samples": named}, **SWEPT
    )  # by arguments too
    assert sorted(table["found"]) == [1, 2]


def test_a_key_is_no_setting() -> None:
    """It would stand in the table and in its file."""
    with pytest.raises(BadArgument) as refused:
        glm.lab.sweep(lambda session: {}, grid={"api_key": ["a" * 32 + ".b"]}, connect={}, **SWEPT)
    assert "a" * 32 not in str(refused.value)


def test_numpys_numbers_are_those_of_python(tmp_path: Path) -> None:
    """What a call did with one another goes on from with the other."""
    out, runs = tmp_path / "runs.jsonl", []

    def counted(x: int) -> dict[str, int]:
        runs.append(x)
        return {"found": x}

    glm.lab.sweep(counted, grid={"x": np.arange(2)}, out=out, **SWEPT)
    glm.lab.sweep(counted, grid={"x": range(2)}, out=out, **SWEPT)
    assert len(runs) == 2


def test_a_table_read_from_its_file_has_the_same_settings(tmp_path: Path) -> None:
    """pandas keeps no attrs of JSON lines: what stands before ``repetition`` was set."""
    out = tmp_path / "runs.jsonl"
    table = glm.lab.sweep(lambda x: {"found": x}, grid={"x": [1, 2]}, repeat=2, out=out, **SWEPT)
    read = pd.read_json(out, lines=True)
    for measure in (glm.lab.summary, glm.lab.means):
        assert list(measure(read, "found")["x"]) == list(measure(table, "found")["x"]) == [1, 2]
    assert len(glm.plots.latency(read, of="found").get_yticklabels()) == 2


def test_one_sweep_at_a_time_writes_to_a_file(tmp_path: Path) -> None:
    """Two would both do, and pay for, what the other does; afterwards the next one may."""
    out = tmp_path / "runs.jsonl"

    def task(x: int) -> dict[str, Any]:
        with pytest.raises(Busy, match="another sweep"):
            glm.lab.sweep(same_words, grid={"samples": [1]}, out=out, **SWEPT)
        return {"found": x}

    for _ in range(2):
        assert list(glm.lab.sweep(task, grid={"x": [1]}, out=out, **SWEPT)["error"]) == [""]


def test_a_file_whose_last_line_lost_its_end_is_gone_on_with(tmp_path: Path) -> None:
    """As some editors save it: the next row is a line of its own."""
    out = tmp_path / "runs.jsonl"
    for runs in (1, 2, 3):
        found = glm.lab.sweep(lambda x: {"found": x}, grid={"x": range(runs)}, out=out, **SWEPT)
        assert sorted(found["found"]) == list(range(runs))
        out.write_text(out.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")


def test_a_setting_under_which_nothing_worked_has_a_row() -> None:
    """Of means as of a summary: with no runs, and as many failures."""

    def task(x: int) -> dict[str, int]:
        if x:
            raise ValueError
        return {"found": x}

    table = glm.lab.sweep(task, grid={"x": [0, 1]}, repeat=2, **SWEPT)
    for found in (glm.lab.summary(table, "found"), glm.lab.means(table, "found")):
        assert list(found["n"]) == [2, 0]
        assert list(found["failed"]) == [0, 2]


def test_what_worked_and_has_no_such_number_has_not_failed() -> None:
    """A run that was never heard has no latency; its row says so, in both tables."""
    table = glm.lab.sweep(
        lambda x: {"found": None if x == "silent" else 1.0}, grid={"x": ["loud", "silent"]}, **SWEPT
    )
    for found in (glm.lab.summary(table, "found"), glm.lab.means(table, "found")):
        assert found[["x", "n", "failed"]].to_numpy().tolist() == [["loud", 1, 0], ["silent", 0, 0]]


def test_what_is_infinite_has_no_interval_and_is_said() -> None:
    """In place of an interval of NaN."""
    table = glm.lab.repeat(lambda: {"found": float("inf")}, 4, **SWEPT)
    for measure in (glm.lab.summary, glm.lab.means, partial(glm.lab.compare, table)):
        with pytest.raises(BadArgument, match="found"):
            measure(table, "found")


def test_rows_of_a_figure_are_told_apart_however_long_their_settings_are() -> None:
    """As much of each value as there is room for."""
    grid = {"prompt": ["Tell me a long story", "Tell me a long joke"], "voice": ["tong", "chen"]}
    grid["extra"] = ["quiet as a mouse in a church", "loud as a drum in a street"]
    table = glm.lab.sweep(lambda **_: {"found": 1.0}, grid=grid, **SWEPT)
    axes = glm.plots.latency(table, of="found")
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert len(set(names)) == 8
    assert all(("tong" in name) != ("chen" in name) for name in names)


def test_a_table_of_a_spreadsheet_or_of_another_program_says_the_same(tmp_path: Path) -> None:
    """An error that a file left empty is none; a table without errors has runs that worked."""
    table = glm.lab.sweep(same_words, grid={"samples": [1.0, 2.0]}, repeat=4, **SWEPT)
    table["found"] += table["repetition"] / 8
    table.loc[0, "error"] = "Refused: no balance"
    table.to_csv(tmp_path / "runs.csv", index=False)
    kept = pd.read_csv(tmp_path / "runs.csv")
    worked = table[table["error"] == ""]
    foreign = worked[["samples", "found"]]
    for of in (glm.lab.summary, glm.lab.means):
        whole = [str(of(each, "found", by="samples")) for each in (table, kept)]
        assert whole[0] == whole[1]
        numbers = [of(each, "found", by="samples") for each in (worked, foreign)]
        assert list(numbers[0]["n"]) == list(numbers[1]["n"]) == [3, 4]
        assert list(numbers[1]["failed"]) == [0, 0]
    said = {
        str(glm.lab.compare(*(each[each["samples"] == x] for x in (1.0, 2.0)), "found", by=[]))
        for each in (table, kept, foreign)
    }
    assert len(said) == 1
    for each in (table, kept):
        axes = glm.plots.latency(each, of="found", by="samples")
        assert "1 " in sentence_on(axes)  # has failed
        plt.close(axes.figure)
