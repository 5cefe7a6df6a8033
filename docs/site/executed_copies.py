"""Executed notebooks, kept by what decides on their outputs, so that none is executed twice.

Rules
- A copy belongs to one notebook in one language, to the package and data as they are, and to an
  emulator that hears or one without speech models: its name has a digest of the first and says the
  last. What is changed gets another name, and the older copies of that notebook go.
- Written elsewhere and moved by rename, so that two processes may keep the same one at once.
- The tests of the notebooks leave what they executed here; the site executes what lacks.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import nbformat

from docs.site.notebook_run import language_of
from glmkit.emulator.weights import models

ROOT: Final = Path(__file__).parents[2]
#: Where copies stay unless a test names a place of its own.
SHELF: Final = ROOT / "build" / "executed"
_DECIDING: Final = ("glmkit", "data")
_HEARS: Final = {True: "hears", False: "no-models"}


def hears() -> bool:
    """Whether the emulator of this process finds all speech models."""
    return all(each.path is not None for each in models.status())


class ExecutedCopies:
    """The copies in ``folder``."""

    def __init__(self, folder: Path = SHELF) -> None:
        self._folder = folder

    def find(self, path: Path, *, as_good: bool = False) -> Path | None:
        """The copy of the notebook at ``path`` as it is now, one that hears first; else None.

        ``as_good``: only one that hears as well as this process would.
        """
        wanted = [True, False] if not (as_good and hears()) else [True]
        places = (self._place(path, each) for each in wanted)
        return next((place for place in places if place.is_file()), None)

    def keep(self, path: Path, notebook: Any) -> Path:
        """Keep what ``path`` became when it was executed; where."""
        place = self._place(path, hears())
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, arriving = tempfile.mkstemp(dir=place.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            nbformat.write(notebook, file)
        Path(arriving).replace(place)
        self._forget_older(path, place)
        return place

    def hears_in(self, copy: Path) -> bool:
        """Whether a copy was executed with speech models."""
        return f".{_HEARS[True]}." in copy.name

    def _place(self, path: Path, hearing: bool) -> Path:
        shelf = self._folder / language_of(path)
        return shelf / f"{path.stem}.{digest(path)}.{_HEARS[hearing]}.ipynb"

    def _forget_older(self, path: Path, place: Path) -> None:
        for other in place.parent.glob(f"{path.stem}.*.ipynb"):
            if f".{digest(path)}." not in other.name:
                other.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """What stands for a notebook, its language and all that it runs on."""
    known = hashlib.sha256(f"{_deciding()}\n{language_of(path)}\n".encode())
    known.update(path.read_bytes())
    return known.hexdigest()[:16]


@cache
def _deciding() -> str:
    """A digest of the package and its data."""
    found = hashlib.sha256()
    for folder in _DECIDING:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
