"""Arrays of other libraries → one channel of samples.

Rules
- Arrays: int16, int32, uint8 or floats, of shape (n,), (n, channels) or (channels, n); the shorter
  side is the channels, which are averaged.
- 16-bit mono stays 16-bit, so that it is kept exactly and takes half the room; everything else
  becomes float32.
- Floats mean ±1. Up to ±2 is kept, and warned about (it is cut off when sent); beyond that
  somebody forgot to divide, and we say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glmkit.errors import BadAudio, warn
from glmkit.numeric import number
from glmkit.texts import text

#: float32 in ±1, or int16 where that is exact; shape (n,)
Data = NDArray[np.float32] | NDArray[np.int16]


class Array(Protocol):
    """An array of numpy's, or another library's that becomes one."""

    def __array__(self) -> NDArray[Any]:
        """The same as numpy has it."""


#: (samples, rate in Hz) or (rate, samples)
Pair = tuple[Array, float] | tuple[float, Array]


@dataclass(frozen=True, slots=True)
class Whole:
    """A decoded file: samples (n,), Hz, and whether its end is missing."""

    samples: Data
    rate: int
    cut: bool


LOWEST_RATE, HIGHEST_RATE = 1_000, 768_000
_MOST_CHANNELS = 32
_LOUDEST = 2.0
_INTEGERS = {"int16": (0, 1 << 15), "int32": (0, 1 << 31), "uint8": (128, 128)}


def is_pair(source: object) -> bool:
    """Whether it is (rate, samples) or (samples, rate), as other libraries give a file's sound."""
    if not isinstance(source, (tuple, list)) or len(source) != 2:
        return False
    return sum(isinstance(each, Real) for each in source) == 1


def check_rate(rate: object) -> int:
    """The rate as an int in Hz. Raises BadAudio if it cannot be one."""
    hz = number(rate)
    if not LOWEST_RATE <= hz <= HIGHEST_RATE or hz % 1:
        expected = {"lowest": LOWEST_RATE, "highest": HIGHEST_RATE}
        raise BadAudio(text("media.rate", found=repr(rate), **expected))
    return int(hz)


def mono(samples: ArrayLike) -> Data:
    """A copy of an array's samples as one channel. Raises BadAudio."""
    try:
        found = np.asarray(samples)
    except (ValueError, TypeError) as error:
        raise BadAudio(text("media.ragged")) from error
    if found.dtype.name not in _INTEGERS and found.dtype.kind != "f":
        raise BadAudio(text("media.dtype", found=found.dtype))
    if found.dtype == np.int16 and found.ndim == 1:
        return found.astype("<i2")
    mixed = _one_channel(found)
    if check_values(mixed, text("media.array")) > 1:
        warn(text("media.over", peak=f"{np.abs(mixed).max():.2f}"))
    return mixed.astype(np.float32)


def _one_channel(found: NDArray[Any]) -> NDArray[Any]:
    if found.ndim not in {1, 2}:
        raise BadAudio(text("media.shape", found=found.shape))
    if found.dtype.name in _INTEGERS:
        middle, full = _INTEGERS[found.dtype.name]
        found = (found.astype(np.float64) - middle) / full
    if found.ndim == 1:
        return found
    channels_last = found.shape[1] <= found.shape[0] or not found.shape[0]
    channels = found.shape[1 if channels_last else 0]
    if not channels:
        raise BadAudio(text("media.no_channels", name=text("media.array")))
    if channels > _MOST_CHANNELS and found.size:
        raise BadAudio(text("media.shape", found=found.shape))
    mixed: NDArray[Any] = found.mean(axis=1 if channels_last else 0)
    return mixed


def check_values(samples: NDArray[Any], name: str) -> float:
    """The peak. Raises BadAudio for NaN, infinities and floats that are not in ±1."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    if not np.isfinite(peak):
        bad = int(np.count_nonzero(~np.isfinite(samples)))
        raise BadAudio(text("media.not_finite", name=name, bad=bad, found=samples.size))
    if peak > _LOUDEST:
        raise BadAudio(text("media.too_loud", name=name, peak=f"{peak:.6g}"))
    return peak
