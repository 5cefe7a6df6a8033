"""What ``glmkit class`` is given as numbers: limits, places, seconds of silence.

They are looked at as the words that were typed, so that argparse names the switch of a wrong one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final, TypeVar

from glmkit.texts import text

_PLACES: Final = (1, 1_000)
_IDLE: Final = (1, 86_400)  # seconds
_N = TypeVar("_N", int, float)


def limit(words: str) -> float:
    """Yuan, or minutes."""
    return _between(words, float, _limits(), "classroom.limit_typed")


def whole_limit(words: str) -> int:
    """Turns."""
    return _between(words, int, _limits(), "classroom.limit_typed_whole")


def places(words: str) -> int:
    """Sessions at once."""
    return _between(words, int, _PLACES, "classroom.places")


def idle_seconds(words: str) -> float:
    """The silence after which a place is lent."""
    return _between(words, float, _IDLE, "classroom.idle_typed")


def _limits() -> tuple[int, int]:
    from glmkit.classroom.limits import MOST

    return 0, MOST


def _between(words: str, kind: Callable[[str], _N], bounds: tuple[int, int], wrong: str) -> _N:
    least, most = bounds
    try:
        found = kind(words)
    except ValueError:
        found = None
    if found is None or not least <= found <= most:  # nan is between nothing
        shown = {"found": words[:20], "least": least, "most": most}
        raise argparse.ArgumentTypeError(text(wrong, **shown))
    return found
