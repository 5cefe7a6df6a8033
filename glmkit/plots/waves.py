"""A sound as a shape on the axes, exact to the pixel at every zoom and size.

``Wave`` works out its envelope when it is drawn, for the very columns of pixels it is drawn on,
so it is the same picture as a line through every sample, and takes a thousandth of the points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox, IdentityTransform

from glmkit.plots.envelope import Edges, Values, clip_envelope

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

    from glmkit.audio import Clip

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
