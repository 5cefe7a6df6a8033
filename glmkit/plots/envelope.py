"""The least and the greatest value a sound takes in each pixel column of a picture.

A line through every sample of ten minutes is millions of points for a thousand columns of
pixels. The envelope gives, for each column, exactly the range that this line covers there: the
samples inside it, and the values at which the line enters and leaves. Pure arithmetic on numpy
arrays; a clip is read in blocks, so that an hour of sound is never converted in one piece.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from glmkit.audio import Clip

Values = NDArray[np.float32]
Edges = NDArray[np.float64]
_BLOCK = 1 << 20  # samples: a few milliseconds


def envelope(samples: Values, edges: Edges) -> tuple[Values, Values]:
    """(lows, highs), each of shape (n,), for ``edges`` of n columns: shape (n + 1,), rising.

    Edges are in samples and may be fractions, or lie outside; a column without sound is NaN.
    """
    edge_values = _between(samples, edges)
    lows = np.fmin(edge_values[:-1], edge_values[1:])
    highs = np.fmax(edge_values[:-1], edge_values[1:])
    firsts = np.clip(np.ceil(edges), 0, len(samples)).astype(np.intp)
    full = firsts[1:] > firsts[:-1]  # columns that hold a sample; between them nothing is skipped
    if full.any():
        inside, starts = samples[: firsts[-1]], firsts[:-1][full]
        lows[full] = np.fmin(lows[full], np.minimum.reduceat(inside, starts))
        highs[full] = np.fmax(highs[full], np.maximum.reduceat(inside, starts))
    return lows, highs


def _between(samples: Values, positions: Edges) -> Values:
    """The straight line through the samples at each position; NaN where there is none."""
    values = np.full(len(positions), np.nan, np.float32)
    there = (positions >= 0) & (positions <= len(samples) - 1)
    before = np.floor(positions[there]).astype(np.intp)
    after = np.minimum(before + 1, len(samples) - 1)
    part = (positions[there] - before).astype(np.float32)
    values[there] = samples[before] * (1 - part) + samples[after] * part
    return values


def clip_envelope(clip: Clip, edges: Edges) -> tuple[Values, Values]:
    """``envelope`` of a clip, read in blocks of a million samples."""
    lows, highs = np.full((2, len(edges) - 1), np.nan, np.float32)
    for first, last in _blocks(edges, len(clip)):
        begin = max(0, int(np.floor(edges[first])))
        end = min(len(clip), int(np.ceil(edges[last])) + 1)
        if end > begin:
            samples = clip[begin / clip.rate : end / clip.rate].samples
            lows[first:last], highs[first:last] = envelope(samples, edges[first : last + 1] - begin)
    return lows, highs


def _blocks(edges: Edges, length: int) -> list[tuple[int, int]]:
    """(first, last) edge of each group of columns that together hold about a block of samples."""
    reach = np.clip(edges, 0, length)
    marks = np.arange(reach[0], reach[-1], _BLOCK)
    starts = np.unique([0, *np.searchsorted(reach, marks), len(edges) - 1])
    return [(int(a), int(b)) for a, b in pairwise(starts)]
