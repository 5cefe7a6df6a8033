"""``Journal``: an install's numbered steps on the screen, and all of it in a file to photograph."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from glmkit.texts import text
from glmkit.texts.layout.lines import shown_on

FILE: Final = "install.log"


class Journal:
    """Says what goes on. ``steps``: how many there will be; ``folder``: where the log belongs.

    Where that folder takes none, the log is in the system's folder for temporary files.
    """

    def __init__(self, folder: Path, steps: int) -> None:
        self._steps, self._step = steps, 0
        self._began = time.monotonic()
        self._counting = False  # whether the screen's last line is a count
        self._file, self.path = _opened(folder)
        self.detail(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {platform.platform()}")
        self.detail(f"Python {platform.python_version()}  {sys.executable}")

    def step(self, words: str) -> None:
        """A new step begins."""
        self._step += 1
        self.say(f"[{self._step}/{self._steps}] {words}")

    def say(self, words: str) -> None:
        """A line on the screen, and in the log."""
        if self._counting:
            sys.stdout.write("\n")
            self._counting = False
        sys.stdout.write(shown_on(sys.stdout, words) + "\n")
        sys.stdout.flush()
        self.detail(words)

    def count(self, done: int, total: int) -> None:
        """How far a step is: a line that changes, on a terminal alone."""
        if sys.stdout.isatty():
            sys.stdout.write(f"\r      {done} / {total}")
            sys.stdout.flush()
            self._counting = True

    def detail(self, words: str) -> None:
        """A line for the log alone, with the seconds since it began."""
        self._file.write(f"{time.monotonic() - self._began:7.1f}  {words}\n")
        self._file.flush()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._began

    def photograph(self) -> None:
        """Where the log is, for whoever has to be asked."""
        self.say(text("seat.log", path=self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.detail(f"{type(error).__name__}: {error}")
        self._file.close()


def _opened(folder: Path) -> tuple[TextIO, Path]:
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            path = place / FILE
            return path.open("a", encoding="utf-8"), path
        except OSError:
            continue
    descriptor, name = tempfile.mkstemp(prefix="glmkit-", suffix=".log")
    return open(descriptor, "a", encoding="utf-8"), Path(name)  # noqa: PTH123 - kept open
