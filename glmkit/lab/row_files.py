"""A sweep's rows on disk: one JSON object a line, written as it comes, gone on with later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.lab.rows import NAME, Run
from glmkit.texts import text


def append_row(out: Path | None, row: Mapping[str, Any]) -> None:
    """Write a row behind the others. Raises BadFile."""
    if out is None:
        return
    try:  # half a surrogate pair is written as JSON spells it
        with out.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(row, ensure_ascii=False, default=repr) + "\n")
    except OSError as error:
        raise BadFile(text("recordings.not_written", path=out, why=why_refused(error))) from error


def kept_rows(out: Path | None, runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The rows of this sweep that are in the file; a torn last line is one that was not done.

    Raises BadFile.
    """
    if out is None or not out.exists():
        return []
    wanted = {run.name: run.settings for run in runs}
    lines = _lines(out)
    rows: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, _ = row[NAME], row["error"]
        except (ValueError, TypeError, KeyError):
            if number == len(lines):
                _mend(out)
                continue
            raise BadFile(text("lab.bad_row", path=out, number=number)) from None
        if name in wanted:
            rows[name] = {**row, **wanted[name]}  # settings as given, not as JSON has them
    return list(rows.values())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise BadFile(text("media.unreadable", name=path, why=why_refused(error))) from error


def _mend(path: Path) -> None:
    """End a torn line, so that the next row has one of its own."""
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"\n") + 1])
