"""Whether a known sound is heard in another one: normalised correlation, whatever the level.

It finds a sound louder, softer, in part, in noise or on the telephone; not one whose tempo changed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import soxr
from numpy.typing import NDArray

#: Hz at which sounds are compared: what is above says little and costs much.
LOW_RATE: Final = 4_000
Low = NDArray[np.float32]


class Likeness(NamedTuple):
    """How alike, from 0 to 1, and at which second the known sound begins (before 0: in part)."""

    alike: float
    at: float


def lowered(samples: NDArray[np.float32], rate: int) -> Low:
    """float32 samples of shape (n,) at ``rate`` Hz, at ``LOW_RATE``."""
    low: Low = np.asarray(soxr.resample(samples, rate, LOW_RATE), np.float32)
    return low


def best_match(sound: Low, known: Low) -> Likeness:
    """Where ``known`` is heard best in ``sound``, in part also at its edges; both ``lowered``."""
    if not len(known) or not len(sound) or not np.any(known):
        return Likeness(0.0, 0.0)
    overlap = len(known) // 2
    padded = np.pad(sound, overlap)
    if len(padded) < len(known):
        padded = np.pad(padded, (0, len(known) - len(padded)))
    size = 1 << (len(padded) + len(known)).bit_length()
    product = np.fft.rfft(padded, size) * np.conj(np.fft.rfft(known, size))
    places = len(padded) - len(known) + 1
    found = np.abs(np.fft.irfft(product, size)[:places])
    energy = np.concatenate([[0.0], np.cumsum(padded.astype(np.float64) ** 2)])
    whole = float(np.dot(known, known))
    here = energy[len(known) :] - energy[: -len(known)]
    floor = 1e-3 * whole * max(float(here.max()) / whole, 1e-9)  # rounding is no likeness
    alike = found / np.sqrt(np.maximum(here, floor) * whole)
    best = int(np.argmax(alike))
    return Likeness(min(float(alike[best]), 1.0), (best - overlap) / LOW_RATE)
