"""Another tempo at the same pitch: overlapping frames, each where it fits best (WSOLA).

Frames of 32 ms are added up at half their length; each is taken up to 10 ms beside the place that
the tempo asks for, where it continues the one before best (Verhelst and Roelands, 1993). Of speech
less is smeared than by a phase vocoder, which librosa has.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_FRAME: Final = 0.032  # seconds
_REACH: Final = 0.010
Samples = NDArray[np.float32]


def at_tempo(samples: Samples, rate: int, factor: float) -> Samples:
    """float32 samples of shape (n,) said ``factor`` times as fast: round(n / factor) of them."""
    count = round(len(samples) / factor)
    hop, reach = max(1, round(_FRAME * rate / 2)), round(_REACH * rate)
    size, before = 2 * hop, hop + reach
    padded = np.pad(samples, (before, round(size * (1 + factor)) + 2 * before))
    window = np.sin(np.pi * (np.arange(size) + 0.5) / size) ** 2
    out, expected = np.zeros(count + 2 * size), None
    for at in range(0, count + hop, hop):
        first = round(at * factor)
        around = padded[first : first + size + 2 * reach]
        first += reach if expected is None else _fitting(around, expected)
        out[at : at + size] += padded[first : first + size] * window
        expected = padded[first + hop : first + hop + size]
    found: Samples = out[hop : hop + count].astype(np.float32)
    return found


def _fitting(around: Samples, expected: Samples) -> int:
    """Where in ``around`` the stretch begins that is most like ``expected``."""
    found = np.correlate(around, expected, "valid")
    energy = np.concatenate([[0.0], np.cumsum(around.astype(np.float64) ** 2)])
    here = energy[len(expected) :] - energy[: -len(expected)]
    if not (here.max() > 0 and expected.any()):  # of silence every place is as good
        return len(found) // 2
    return int(np.argmax(found / np.sqrt(np.maximum(here, 1e-6 * here.max()))))
