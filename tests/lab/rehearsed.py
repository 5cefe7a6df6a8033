"""Scripts to rehearse, and what a rehearsal found, made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from glmkit.lab.rehearsal import Rehearsal
from glmkit.lab.rehearsed_lines import CheckedExpectation, RehearsedLine

TALK = """
language: en
title: library
persona: {name: Bea, role: librarian, opening: "Hello, this is the library."}
replies:
  - id: borrow
    hears: [I would like to borrow a book]
    slots:
      book: {ask: "What is the title?"}
    says: ["{book} is yours for thirty days."]
  - id: unknown
    says: ["I did not follow that."]
"""


def a_script(folder: Path, says: str, name: str = "library.yaml", talk: str = TALK) -> Path:
    """A file of a script with these lines."""
    path = folder / name
    path.write_text(f"{talk}says:\n{says}\n", encoding="utf-8")
    return path


def a_line(line: int = 1, run: int = 1, **fields: Any) -> RehearsedLine:
    """One line in one run, answered."""
    made: dict[str, Any] = {
        "said": f"line {line}", "way": "written", "heard": f"line {line}", "answered": "yes",
        "wait": 0.5 + line / 10, "zero": "request", "peer": "emulator", "model": "m",
        "date": "2026-11-29T07:00:00.000+00:00",
    }  # fmt: skip
    return RehearsedLine("talk", run, line, **{**made, **fields})


def failed(**fields: Any) -> dict[str, Any]:
    """What makes a line fail."""
    return {"expectations": (CheckedExpectation("words", "no", "yes", met=False),), **fields}


def a_rehearsal(passes: dict[int, int], runs: int = 5, at_least: int | None = None) -> Rehearsal:
    """What came of some lines: by their number, in how many of the runs each passed."""
    rows = [
        a_line(line, run, **({} if run <= many else failed()))
        for line, many in passes.items()
        for run in range(1, runs + 1)
    ]
    return Rehearsal(tuple(rows), runs, runs if at_least is None else at_least, {"talk": "Talk"})
