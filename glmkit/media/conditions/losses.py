"""Frames that were lost on the way, as a receiver plays them that fills no gaps: as silence.

Rules
- A frame is 20 ms, as most calls send them; of n frames exactly round(share · n) are lost.
- Losses come in runs, ``burst`` frames long on average, with at least one frame between two runs;
  only where so many are lost that they must touch, they do.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

FRAME: Final = 0.02  # seconds
Samples = NDArray[np.float32]


def with_losses(
    samples: Samples, rate: int, share: float, burst: float, chance: np.random.Generator
) -> Samples:
    """float32 samples of shape (n,) with a ``share`` of the frames silent."""
    size = max(1, round(FRAME * rate))
    left = samples.copy()
    for frame in np.flatnonzero(lost_frames(-(-len(samples) // size), share, burst, chance)):
        left[frame * size : (frame + 1) * size] = 0.0
    return left


def lost_frames(
    count: int, share: float, burst: float, chance: np.random.Generator
) -> NDArray[np.bool_]:
    """Which of ``count`` frames are lost."""
    lost = round(share * count)
    kept = count - lost
    runs = min(max(1, round(lost / burst)), kept + 1)
    if not lost:
        return np.zeros(count, bool)
    gaps = _parts(kept - (runs - 1) + runs + 1, runs + 1, chance) - 1
    gaps[1:-1] += 1
    lengths = np.zeros(2 * runs + 1, int)
    lengths[::2], lengths[1::2] = gaps, _parts(lost, runs, chance)
    return np.repeat(np.arange(2 * runs + 1) % 2 == 1, lengths)


def _parts(total: int, parts: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """``total`` as a sum of so many whole numbers from 1 up, any way as likely as another."""
    cuts = np.sort(chance.choice(total - 1, parts - 1, replace=False)) + 1
    return np.diff(np.concatenate([[0], cuts, [total]]))
