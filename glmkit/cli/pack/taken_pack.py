"""A pack is made by one command at a time: a second one would sweep away what the first fetches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from glmkit.errors import BadFile
from glmkit.texts import text

LOCK: Final = ".making.lock"  # hidden: it belongs to no manifest


@contextmanager
def taken(folder: Path) -> Iterator[None]:
    """Meanwhile no other command makes this pack; the system frees it however its holder ends.

    Where a disk knows no locks (some shared folders), it is made all the same. Raises BadFile.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise BadFile(text("pack.taken", folder=folder)) from None
    except (NotImplementedError, OSError):
        yield
        return
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            (folder / LOCK).unlink(missing_ok=True)
