"""librosa is loaded by one process at a time, and a figure never fails for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from glmkit.plots.drawing import librosa_loader


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Nobody has loaded it yet; the user's cache is a folder of the test's own."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    librosa_loader.librosa.cache_clear()
    yield tmp_path
    librosa_loader.librosa.cache_clear()


@pytest.mark.slow
def test_who_comes_second_waits_for_the_first() -> None:
    """Nothing is loaded while another holds the lock; afterwards it is."""
    librosa_loader.librosa()  # from now on it takes no time
    librosa_loader.librosa.cache_clear()
    loading = Thread(target=librosa_loader.librosa, daemon=True)
    with FileLock(librosa_loader.lock_file()):
        loading.start()
        loading.join(1.0)
        assert loading.is_alive()
    loading.join(120)
    assert not loading.is_alive()
    assert librosa_loader.librosa.cache_info().currsize == 1


@pytest.mark.slow
def test_no_place_for_a_lock_is_no_fault(afresh: Path) -> None:
    """The folder cannot be made: a file is in its way."""
    (afresh / "glmkit").write_bytes(b"")
    (afresh / "Library").write_bytes(b"")
    assert librosa_loader.librosa().pyin
