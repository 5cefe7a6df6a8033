"""A sound as a shape on the axes, exact to the pixel at every zoom and size.

``Wave`` works out its envelope when it is drawn, for the very columns of pixels it is drawn on,
so it is the same picture as a line through every sample, and takes a thousandth of the points.

A line through every sample of ten minutes is millions of points for a thousand columns of
pixels. The envelope gives, for each column, exactly the range that this line covers there: the
samples inside it, and the values at which the line enters and leaves. Pure arithmetic on numpy
arrays; a clip is read in blocks, so that an hour of sound is never converted in one piece.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox, IdentityTransform
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

    from glmkit.media.clip import Clip

Values = NDArray[np.float32]
Edges = NDArray[np.float64]
_BLOCK = 1 << 20  # samples: a few milliseconds
_EMPTY = Path(np.zeros((0, 2)))


class Wave(PathPatch):
    """A clip drawn from second ``start`` on around ``centre``; ``height`` is full scale's."""

    def __init__(
        self, clip: Clip, *, start: float, centre: float, height: float, color: str, **options: Any
    ) -> None:
        super().__init__(_EMPTY, facecolor=color, linewidth=0, **options)
        self.set_transform(IdentityTransform())
        self.clip, self.start, self.centre, self.height = clip, start, centre, height
        self._kept: tuple[tuple[float, ...], tuple[Values, Values]] | None = None

    def get_window_extent(self, renderer: RendererBase | None = None) -> Bbox:
        """The axes' own place: the shape never leaves it."""
        return self._of().bbox.frozen()

    def draw(self, renderer: RendererBase) -> None:
        """Work out the shape for the pixels of this drawing, and draw it."""
        self.set_path(self._outline())
        super().draw(renderer)

    def columns(self) -> tuple[Edges, Values, Values]:
        """(pixels, lows, highs): the columns' borders, shape (n + 1,), and each one's range."""
        pixels, seconds = self._grid()
        edges = (seconds - self.start) * self.clip.rate
        key = (len(edges), *edges[:1], *edges[-1:])
        if self._kept is None or self._kept[0] != key:
            self._kept = key, clip_envelope(self.clip, edges)
        return pixels, *self._kept[1]

    def _of(self) -> Axes:
        axes = self.axes
        assert axes is not None  # a wave is drawn by the axes it was added to
        return axes  # type: ignore[return-value]

    def _grid(self) -> tuple[Edges, Edges]:
        """The borders of the pixel columns that the clip is seen in: in pixels, in seconds."""
        axes = self._of()
        begin, end = (
            axes.transData.transform((second, 0))[0]
            for second in (self.start, self.start + self.clip.seconds)
        )
        first, last = max(begin, axes.bbox.x0), min(end, axes.bbox.x1)
        pixels = np.arange(np.floor(first), np.ceil(max(first, last)) + 1)
        ends = axes.transData.inverted().transform([(pixels[0], 0), (pixels[-1], 0)])[:, 0]
        return pixels, np.linspace(ends[0], ends[1], len(pixels))

    def _outline(self) -> Path:
        pixels, lows, highs = self.columns()
        there = np.flatnonzero(~np.isnan(lows))
        if not len(there):
            return _EMPTY
        first, last = there[0], there[-1] + 1
        bottom, top = self._thick(lows[first:last], highs[first:last])
        across = np.repeat(pixels[first : last + 1], 2)[1:-1]
        forth = np.column_stack([across, np.repeat(top, 2)])
        back = np.column_stack([across, np.repeat(bottom, 2)])[::-1]
        return Path(np.vstack([forth, back, forth[:1]]), closed=True)

    def _thick(self, lows: Values, highs: Values) -> tuple[Edges, Edges]:
        """Both outlines in pixels; nowhere thinner than one, so that silence is seen."""
        centre, unit = self._of().transData.transform([(0, self.centre), (0, self.centre + 1)])[
            :, 1
        ]
        scale = (unit - centre) * self.height
        bottom, top = centre + scale * lows.astype(float), centre + scale * highs.astype(float)
        lack = np.maximum(0, 1 - (top - bottom)) / 2
        return bottom - lack, top + lack


# -- the envelope ------------------------------------------------------------------------


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
