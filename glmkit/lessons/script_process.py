"""One script as a process: what it writes, line by line, and its end, or ours.

Rules
- Its lines come through one queue, which the caller waits at: nothing is polled, nothing hangs.
- It is killed at its deadline, and whenever its caller leaves: none outlives a cell.
- A traceback is told by its last line, at the end; the whole is kept.
"""

from __future__ import annotations

import os
import queue
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glmkit.auth.child_environment import is_key
from glmkit.auth.masking import mask

_DYING: Final = 5.0  # seconds between a kill and the end of its output
_TRACEBACK: Final = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """What a script wrote: ``at`` in seconds since it began; None instead of ``words``: no more."""

    script: ScriptProcess
    at: float
    words: str | None


class ScriptProcess:
    """A script that runs, with what was written so far in ``lines``."""

    def __init__(
        self,
        path: Path,
        arguments: tuple[Path, ...],
        variables: Mapping[str, str],
        folder: Path,
        spoken: queue.Queue[WrittenLine],
    ) -> None:
        self.lines: list[str] = []
        self.began = time.perf_counter()
        self.seconds: float | None = None  # until it ended
        self.stopped = False
        self._traced = False  # a traceback has begun
        self._spoken = spoken
        self._process = subprocess.Popen(  # noqa: S603 - a script that the reader named
            [sys.executable, "-u", "-X", "utf8", str(path), *map(str, arguments)],
            cwd=folder,
            env=_environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, name="glmkit script", daemon=True)
        self._reader.start()

    @property
    def ended(self) -> bool:
        """Whether all it wrote was read, which is its end."""
        return self.seconds is not None

    @property
    def status(self) -> int | None:
        """Its exit status, None where it was stopped."""
        return None if self.stopped else self._process.returncode

    def take(self, line: WrittenLine) -> str | None:
        """Keep a line that came; what of it a person should read now."""
        if line.words is None:
            self.seconds = line.at
            return next((each for each in reversed(self.lines) if each and self._traced), None)
        self.lines.append(line.words)
        self._traced = self._traced or line.words.startswith(_TRACEBACK)
        return None if self._traced else line.words or None

    def stop(self) -> None:
        """End it where it has not ended."""
        if self._process.poll() is None:
            self.stopped = True
            self._process.kill()

    def leave(self) -> None:
        """Wait for its end, once nothing more is wanted of it."""
        self.stop()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING)
        self._reader.join(_DYING)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._say(mask(line.rstrip("\r\n")))
        self._process.wait()  # its output may end before it does; it is stopped in time
        self._say(None)

    def _say(self, words: str | None) -> None:
        self._spoken.put(WrittenLine(self, time.perf_counter() - self.began, words))


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """This process's variables without a key of the reader's; nothing goes through a proxy."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name != "GLMKIT_TO" and not is_key(name, value)
    }
    own = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    own["BROWSER"] = _nothing_opens()
    return {**inherited, **own, **variables}


def _nothing_opens() -> str:
    """A browser that shows nothing: an answer is played in the notebook, not in a new window."""
    return f"{shlex.quote(Path(sys.executable).as_posix())} -S -E -c pass %s"
