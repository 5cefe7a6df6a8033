"""The door to librosa: the first to come loads and compiles it, and others wait meanwhile.

numba compiles librosa's loops when they are first loaded, for about ten seconds, and keeps the
result on disk. Two processes that do so at once leave a mixture there, and whoever loads that
later is killed by a segmentation fault (observed with numba 0.68, once in three tries). So one
process of a user loads it at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from glmkit.environment.features import needs

_PATIENCE = 180.0  # seconds; a slow machine compiles for a minute


@cache
def librosa() -> Any:
    """The module librosa, what is used of it loaded."""
    needs("pitch")
    with _alone():
        import librosa as module

        for name in ("filters", "hz_to_mel", "mel_to_hz", "pyin", "stft"):
            getattr(module, name)  # each comes with a file of its own, at the first look
    return module


def lock_file() -> Path:
    """What whoever loads librosa holds."""
    from platformdirs import user_cache_path

    return user_cache_path("glmkit", appauthor=False) / "librosa.lock"


@contextmanager
def _alone() -> Iterator[None]:
    """In turn with other processes, as far as that can be had: a figure never fails for it."""
    from filelock import FileLock, Timeout

    lock = FileLock(lock_file())
    try:
        lock_file().parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE)
    except (OSError, Timeout):
        pass  # no such place, or somebody compiles for ever
    try:
        yield
    finally:
        lock.release()
