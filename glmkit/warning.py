"""``warn``: a GlmWarning that points at the line of whoever called the kit, not into it."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from glmkit.errors import GlmWarning

_PACKAGE = str(Path(__file__).parent)
_BETWEEN = ("dataclasses.py", "contextlib.py", "functools.py")  # what may stand in between


def warn(words: str) -> None:
    """Warn with ``words`` at the first line outside this package."""
    depth, frame = 1, sys._getframe(0)
    while frame.f_back is not None and _is_inside(frame.f_code.co_filename):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(words, GlmWarning, stacklevel=depth)


def _is_inside(name: str) -> bool:
    return name.startswith(_PACKAGE) or name.endswith(_BETWEEN) or name == "<string>"
