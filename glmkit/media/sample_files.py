"""Where the kit's samples are: ``data/`` in a clone, ``samples/`` in an installed package."""

from __future__ import annotations

from pathlib import Path

from glmkit.environment import CLONE, PACKAGE
from glmkit.errors import BadArgument
from glmkit.texts import text

_FOLDERS = (CLONE / "data", PACKAGE / "samples")


def folder() -> Path:
    """The folder that holds them. Raises BadArgument where there is none."""
    for place in _FOLDERS:
        if (place / "joke_zh.wav").is_file():
            return place
    raise BadArgument(text("media.sample_missing", folder=_FOLDERS[0]))


def recordings() -> dict[str, Path]:
    """The files of the recordings by their names, sorted."""
    return {path.stem: path for path in sorted(folder().glob("*.wav"))}
