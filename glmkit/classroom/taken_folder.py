"""``TakenFolder``: the folder of a class is one process's, for as long as the class is held.

Rules
- Two processes that count in one ledger would each let in what both of them allow. So the second
  one is refused, and told whose the folder is.
- What holds it is a lock on a file, which the system takes back however its holder ends; the words
  beside it only name the holder. They are written whole, and read by nobody but who is refused.
- Where a disk knows no locks (some shared folders), a class is held all the same.
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import Secret, their_words
from glmkit.classroom.seat_keys import write_private
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.texts import text

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK, HOLDER = "running.lock", "running.json"
_SHOWN: Final = 60  # letters of a host's name


class TakenFolder:
    """A folder while one class is held; ``release()`` it."""

    def __init__(self, folder: Path) -> None:
        """Take it. Raises BadFile where another class has it, or nothing can be written there."""
        from filelock import FileLock, Timeout

        lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        self._lock: BaseFileLock | None = lock
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise BadFile(text("classroom.folder_taken", path=folder, **_holder(folder))) from None
        except OSError as error:
            why = why_refused(error)
            raise BadFile(text("classroom.unwritten", path=folder, why=why)) from error
        except NotImplementedError:  # there are no locks on this disk
            self._lock = None
        self._say_whose(folder)

    def _say_whose(self, folder: Path) -> None:
        said = {"pid": os.getpid(), "host": platform.node(), "since": time.time()}
        try:
            write_private(folder / HOLDER, Secret(json.dumps(said, ensure_ascii=False) + "\n"))
        except BadFile:
            self.release()
            raise

    def release(self) -> None:
        """Let others have it; twice is once."""
        if self._lock is not None:
            self._lock.release()


def _holder(folder: Path) -> dict[str, object]:
    """Who says to have it; what cannot be read is said as ``?``."""
    said: object = None
    with suppress(OSError, ValueError, RecursionError):
        said = json.loads((folder / HOLDER).read_bytes())
    known = said if isinstance(said, dict) else {}
    pid, since = known.get("pid"), known.get("since")
    return {
        "pid": pid if isinstance(pid, int) else "?",
        "host": their_words(known.get("host"), _SHOWN) or "?",
        "since": _clock(since) if isinstance(since, int | float) else "?",
    }


def _clock(since: float) -> str:
    with suppress(OverflowError, ValueError, OSError):
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(since))
    return "?"
