"""A command run for a step of the install: its output goes into the log, and it has a deadline."""

from __future__ import annotations

import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from glmkit.cli.seat.halted import Halted
from glmkit.cli.seat.journal import Journal
from glmkit.texts import text

_LAST: Final = 6  # lines of a command that failed


def run_logged(
    journal: Journal,
    words: Sequence[str | Path],
    *,
    seconds: float,
    cwd: Path,
    environment: Mapping[str, str],
    seen: Callable[[str], object] = lambda line: None,
) -> None:
    """Run a command to its end; ``seen`` is told each line. Raises Halted where it fails."""
    last: deque[str] = deque(maxlen=_LAST)
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [str(word) for word in words],
        cwd=cwd,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        late = threading.Timer(seconds, process.kill)
        late.daemon = True
        late.start()
        try:
            for line in process.stdout or ():
                journal.detail(line.rstrip())
                last.append(line.rstrip())
                seen(line)
            process.wait()
        finally:
            in_time = late.is_alive()
            late.cancel()
            process.kill()  # nothing where it has ended
    if process.returncode:
        key = "seat.failed" if in_time else "seat.too_slow"
        found = "\n".join(filter(None, last)) or str(process.returncode)
        raise Halted(text(key, seconds=f"{seconds:.0f}", found=found))
