"""What came of the lines that were said: of each in one run, of each in all, and of all of them.

Rules
- A line passes where an answer came and all that was expected of it did. In several runs it passes
  where it did so often enough (``at_least``); where it did not every time, it is flaky, and named.
- Every row names its peer, its model and its network: an emulator's waits are never the model's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from glmkit.texts import text
from glmkit.turns.labels import reached


@dataclass(frozen=True, slots=True)
class CheckedExpectation:
    """One thing that was expected of a line: its key in the script, wanted, found, whether met."""

    key: str
    wanted: str
    found: str
    met: bool

    def __str__(self) -> str:
        """What is wrong, or what was right, in a sentence."""
        key = self.key if not self.met else "met"
        names = {"key": self.key, "wanted": self.wanted, "found": self.found or "–"}
        return text(f"rehearsal.failed_{key}", **names)


@dataclass(frozen=True, slots=True)
class RehearsedLine:
    """One line in one run.

    ``script``, ``run`` and ``line`` (both from 1) say which; ``way`` how it was said: ``spoken``,
    ``recording`` or ``written``. ``said``, ``heard`` (recognised) and ``answered`` are words,
    ``wait`` seconds from ``zero``, ``interrupted`` the seconds of the answer that were heard where
    the next line cut it off. ``error``: why there is no answer. ``yuan``: an estimate.
    """

    script: str
    run: int
    line: int
    said: str
    way: str
    heard: str = ""
    answered: str = ""
    wait: float | None = None
    zero: str = ""
    interrupted: float | None = None
    tools: tuple[str, ...] = ()
    expectations: tuple[CheckedExpectation, ...] = ()
    error: str = ""
    status: str = ""
    findings: tuple[str, ...] = ()
    input_seconds: float = 0.0
    audio_seconds: float = 0.0
    yuan: float = 0.0
    peer: str = ""
    switches: str = ""
    network: str = ""
    model: str = ""
    date: str = ""

    @property
    def passed(self) -> bool:
        """Whether an answer came, and all that was expected of it."""
        return not self.error and all(each.met for each in self.expectations)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is wrong, a sentence each."""
        unmet = (str(each) for each in self.expectations if not each.met)
        return (*((self.error,) if self.error else ()), *unmet)

    @property
    def reached(self) -> str:
        """The peer, and the network that was set on the way there."""
        return reached(self.peer, self.network)

    def to_row(self) -> dict[str, Any]:
        """The line as a row of a table, or of a JSONL file."""
        row = asdict(self)
        expected = [asdict(each) for each in self.expectations]
        return {**row, "expectations": expected, "passed": self.passed, "wrong": [*self.wrong]}


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """One line over its runs; ``at_least``: in how many of them it must pass."""

    rows: tuple[RehearsedLine, ...]
    at_least: int

    @property
    def script(self) -> str:
        """The script's name."""
        return self.rows[0].script

    @property
    def line(self) -> int:
        """Which line, from 1."""
        return self.rows[0].line

    @property
    def said(self) -> str:
        """What is said."""
        return self.rows[0].said

    @property
    def passes(self) -> int:
        """In how many runs it passed."""
        return sum(row.passed for row in self.rows)

    @property
    def passed(self) -> bool:
        """Whether these are enough."""
        return self.passes >= self.at_least

    @property
    def flaky(self) -> bool:
        """Whether it passed in some runs and not in others."""
        return 0 < self.passes < len(self.rows)

    @property
    def wait(self) -> float | None:
        """The median wait, seconds."""
        waits = [row.wait for row in self.rows if row.wait is not None]
        return median(waits) if waits else None


@dataclass(frozen=True, repr=False)
class RehearsedRuns:
    """What came of every line of every run; ``rows`` are lines of runs, in order.

    ``titles``: of scripts, by name. ``seed``: of an emulator's chance. ``stopped``: why not all of
    it was played, else empty.
    """

    rows: tuple[RehearsedLine, ...]
    runs: int = 1
    at_least: int = 1
    titles: Mapping[str, str] = field(default_factory=dict)
    seed: str = ""
    stopped: str = ""

    @property
    def passed(self) -> bool:
        """Whether every line passed in enough runs."""
        return bool(self.rows) and all(line.passed for line in self.lines)

    @property
    def lines(self) -> tuple[RepeatedLine, ...]:
        """Every line over its runs, script by script."""
        found: dict[tuple[str, int], list[RehearsedLine]] = {}
        for row in self.rows:
            found.setdefault((row.script, row.line), []).append(row)
        return tuple(RepeatedLine(tuple(rows), self.at_least) for rows in found.values())

    @property
    def flaky(self) -> tuple[RepeatedLine, ...]:
        """The lines that passed in some runs and not in others."""
        return tuple(line for line in self.lines if line.flaky)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of the scripts, in order."""
        return tuple(dict.fromkeys(row.script for row in self.rows))

    @property
    def peers(self) -> tuple[str, ...]:
        """Whom it was played to, and over which network, each once."""
        return tuple(dict.fromkeys(row.reached for row in self.rows if row.peer))

    @property
    def model(self) -> str:
        """The model that was asked for."""
        return " + ".join(dict.fromkeys(row.model for row in self.rows if row.model))

    def __iter__(self) -> Iterator[RehearsedLine]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """Whether it passed."""
        return self.passed


def summary_of(rehearsal: RehearsedRuns) -> str:
    """How many lines passed, in a sentence."""
    lines = rehearsal.lines
    passed = sum(line.passed for line in lines)
    facts = {"runs": rehearsal.runs, "at_least": rehearsal.at_least}
    key = "rehearsal.summary_runs" if rehearsal.runs > 1 else "rehearsal.summary"
    return text(key, passed=passed, lines=len(lines), **facts)


def flaky_names(lines: Sequence[RepeatedLine]) -> Iterator[str]:
    """Each flaky line with how often it passed: ``service_desk 3: 4 of 5``."""
    for line in lines:
        yield text(
            "rehearsal.flaky_line",
            script=line.script,
            line=line.line,
            passes=line.passes,
            runs=len(line.rows),
        )
