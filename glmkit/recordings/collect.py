"""``glmkit collect DIR``: one table of many recordings, as a class hands them in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.masking import their_words
from glmkit.environment.features import needs
from glmkit.errors import BadArgument, BadFile
from glmkit.explain import explain
from glmkit.media.source import existing_path
from glmkit.recordings.bundle import PART, load
from glmkit.recordings.exports.rows import unrunnable
from glmkit.recordings.handed_score import SCORE, score_in
from glmkit.texts import text
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS: Final = (
    *("file", "who", "peer", "model", "date", "turns", "asked", "input_seconds", "audio_seconds"),
    *("zero", "n", "median", "p95", "errors", "faults", "findings", "problem"),
    *SCORE,
)
BETWEEN: Final = " • "  # findings in their cell
_LONGEST: Final = 1_200  # bytes of a cell


def collect_recordings(folder: str | os.PathLike[str]) -> DataFrame:
    """The table of the recordings below ``folder``: ``glm.lab.collect``. Raises BadArgument.

    A row a recording; of what was handed in, a row a pupil and lesson: the last one.
    """
    needs("tables")
    from pandas import DataFrame

    place = existing_path(folder)
    if not place.is_dir():
        kind = "file" if place.exists() else "none"
        raise BadArgument(text(f"lab.no_folder_{kind}", folder=place))
    files = sorted(_recordings(place))
    if not files:
        raise BadArgument(text("lab.nothing_to_collect", folder=place))
    rows = [_row(file, file.relative_to(place).as_posix()) for file in files]
    last = _last_of_each(rows)
    tidy = [{key: _tidy(value) for key, value in row.items()} for row in last]
    return DataFrame(tidy, columns=list(COLUMNS))


def _last_of_each(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what the same pupil handed in anew."""
    last: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        folder = row["file"].rpartition("/")[0]
        key = (folder, row["who"], row["lesson"]) if row.get("lesson") else (row["file"],)
        if key not in last or row["number"] >= last[key]["number"]:
            last[key] = row
    return list(last.values())


def _tidy(value: Any) -> Any:
    """Words from a file: on one line, nothing a terminal obeys, nothing a spreadsheet runs."""
    if not isinstance(value, str):
        return value
    return unrunnable(their_words(value, _LONGEST))


def _recordings(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.glm"):
        if path.is_file():
            yield path
    for part in folder.rglob(f"*.glm{PART}"):
        if part.is_dir() and not part.with_name(part.name.removesuffix(PART)).exists():
            yield part


def _row(path: Path, name: str) -> dict[str, Any]:
    problem = ""
    try:
        trace = load(path)
    except BadFile as error:
        problem = str(error)
        if error.trace is None:
            return {"file": name, "who": _author(path), "problem": problem}
        trace = error.trace
    return {"file": name, "problem": problem, **_facts(trace, path)}


def _author(path: Path) -> str:
    return path.name.partition(".")[0]


def _facts(trace: Trace, path: Path) -> dict[str, Any]:
    turns, found = trace.turns(), explain(trace)
    return {
        "who": str(trace.about.get("who") or _author(path)),
        "peer": trace.peer,
        "model": trace.model,
        "date": trace.clock.date(trace.clock.perf).strftime("%Y-%m-%d %H:%M"),
        "turns": len(turns),
        "asked": sum(turn.asked for turn in turns),
        "input_seconds": round(sum(t.input.seconds for t in turns if t.input is not None), 1),
        "audio_seconds": round(sum(t.audio.seconds for t in turns if t.audio is not None), 1),
        "errors": len(trace.select("error", direction="server")),
        "faults": ", ".join(found.names),
        "findings": BETWEEN.join(dict.fromkeys(finding.fact for finding in found)),
        **_latency(turns),
        **score_in(trace.about, path.name),
    }


def _latency(turns: Sequence[Turn]) -> dict[str, Any]:
    heard = [turn.latency for turn in turns if turn.latency.first_audible is not None]
    if not heard:
        return {"n": 0}
    zeros = [latency.zero for latency in heard]
    zero = max(zeros, key=zeros.count)
    waits = [each.first_audible or 0.0 for each in heard if each.zero == zero]
    return {
        "zero": zero,
        "n": len(waits),
        "median": round(median(waits), 3),
        "p95": round(_p95(waits), 3),
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
