"""Numbers for a page in few bytes: compressed columns, the envelope of a sound, the events.

The page undoes it with what a browser brings (``static/packed.js``). All numbers are
little-endian, as in every browser's typed arrays.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glmkit.cards.frame import readable
from glmkit.media.clip import Clip
from glmkit.plots.drawing.palette import MEANINGS, THEMES
from glmkit.plots.timelines.marks import look, short_name, shown
from glmkit.protocol.event import Event
from glmkit.turns.event_table import wire_size

LANES: Final = ("client", "server", "local")
TICK: Final = 1e-4  # seconds: what an event's time is rounded to
_LETTERS: Final = 120  # of a type
_GROUND: Final = THEMES["light"]


def packed(numbers: NDArray[Any]) -> str:
    """Base64 of the numbers' bytes, deflated."""
    return base64.b64encode(zlib.compress(numbers.tobytes(), 6)).decode("ascii")


def envelope(clip: Clip, step: float) -> NDArray[np.int16]:
    """(lowest, highest) sample of each ``step`` seconds; int16, shape (columns, 2)."""
    samples = np.frombuffer(clip.to_pcm(), "<i2")
    count = int(np.ceil(len(samples) / (step * clip.rate)))
    edges = (np.arange(count) * step * clip.rate).astype(np.intp)
    edges = edges[edges < len(samples)]
    if not len(edges):
        return np.zeros((0, 2), np.int16)
    lows, highs = np.minimum.reduceat(samples, edges), np.maximum.reduceat(samples, edges)
    return np.column_stack([lows, highs])


def in_bytes(peaks: NDArray[np.int16], loudest: int) -> NDArray[np.int8]:
    """An envelope in ±127 of the loudest sample, away from zero, so that what sounds is seen."""
    scaled = peaks.astype(np.float32) * (127 / max(loudest, 1))
    whole: NDArray[np.int8] = np.clip(np.trunc(scaled + np.sign(scaled)), -127, 127).astype("i1")
    return whole


def event_columns(events: Sequence[Event], origin: float) -> dict[str, Any]:
    """Events as columns: ``at`` (ticks since the event before), ``type`` and ``size`` in bytes.

    A type is [its name, a short one, its lane, its colour's meaning, its shape].
    """
    rows = sorted(events, key=lambda event: event.at)
    ticks = np.rint(np.array([event.at - origin for event in rows]) / TICK).astype("<i8")
    numbers: dict[tuple[str, str, bool], int] = {}
    kinds = [numbers.setdefault((e.type, e.direction, _is_telling(e)), len(numbers)) for e in rows]
    return {
        "first": int(ticks[0]) if rows else 0,
        "at": packed(np.diff(ticks, prepend=ticks[:1]).astype("<u4")),
        "type": packed(np.array(kinds, "<u2")),
        "size": packed(np.array([wire_size(event) for event in rows], "<u4")),
        "types": [_kind(*each) for each in numbers],
    }


def _is_telling(event: Event) -> bool:
    """Whether a local mark says more than that all went its way: the first connection doesn't."""
    return event.direction != "local" or shown(event)


def _kind(type: str, direction: str, telling: bool) -> list[Any]:
    colour, shape = look(type, _GROUND, client=direction == "client")
    meaning = next(name for name in MEANINGS if getattr(_GROUND, name) is colour)
    short = short_name(type)
    if not telling:
        meaning, shape, short = "silence", "s", type.removeprefix("glmkit.")
    names = (readable(each[:_LETTERS]) for each in (type, short))
    return [*names, LANES.index(direction), meaning, shape]
