"""Files that their owner alone may read: appended to, deleted, and there after a power cut."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows
_TRIES: Final = 10
_BETWEEN: Final = 0.1  # seconds


def append(path: Path, piece: bytes) -> None:
    """Write behind what is there; a new file is private (on Windows as its folder's rights say)."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(piece)


def delete(path: Path) -> None:
    """Delete a file, if it is there; on Windows that waits a second for whoever still reads it."""
    for _ in range(_TRIES - 1):
        with suppress(PermissionError):
            path.unlink(missing_ok=True)
            return
        time.sleep(_BETWEEN)
    path.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Have its new names on the disk, too, where a system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
