"""Scripts attended while they run: what each writes is shown, and that one still runs."""

from __future__ import annotations

import queue
import time
from collections.abc import Mapping
from typing import Final

from glmkit.lessons.script_process import ScriptProcess, WrittenLine
from glmkit.session.host import write_line
from glmkit.texts import text

_QUIET: Final = 2.5  # seconds without a word, after which one is said
_GRACE: Final = 5.0  # seconds in which what was killed ends


def attend(
    running: dict[ScriptProcess, str], spoken: queue.Queue[WrittenLine], seconds: float
) -> None:
    """Show what scripts write until all have ended, by themselves or after ``seconds``.

    ``running``: process → its name; empty at the end.
    """
    begun = said = time.perf_counter()
    end = begun + seconds
    while running:
        now = time.perf_counter()
        if now >= end:
            for process in running:
                process.stop()
            if now >= end + _GRACE:
                return
        until = min(end if now < end else end + _GRACE, said + _QUIET)
        try:
            line = spoken.get(timeout=max(0.0, until - now))
        except queue.Empty:
            if time.perf_counter() >= said + _QUIET and now < end:
                said = _say_that_they_run(running, begun)
            continue
        said = _show(line, running[line.script]) or said
        if line.script.ended:
            del running[line.script]


def _say_that_they_run(running: Mapping[ScriptProcess, str], begun: float) -> float:
    now = time.perf_counter()
    names = text("features.comma").join(running.values())
    write_line(text("stages.still", seconds=now - begun, scripts=names))
    return now


def _show(line: WrittenLine, name: str) -> float | None:
    """Write what a script said, and how it ended; when."""
    process, words = line.script, line.script.take(line)
    if words is not None:
        write_line(text("stages.wrote", script=name, seconds=line.at, words=words))
    if process.ended:
        how = "stopped" if process.stopped else "ended"
        ended = {"script": name, "seconds": line.at, "status": process.status}
        write_line(text(f"stages.now_{how}", **ended))
    return time.perf_counter() if words is not None or process.ended else None
