"""Words with a halo in the colour of their ground, so that no line behind them crosses a letter."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.backend_bases import RendererBase
from matplotlib.patheffects import Stroke
from matplotlib.text import Text

_WIDTH: Final = 3.0  # points, half of them on each side of a letter's edge


class HaloedText(Text):
    """A text that is drawn twice: its halo as outlines, then its letters as they always are.

    Matplotlib's own ``withStroke`` draws the letters as outlines, too, without hinting.
    """

    def __init__(self, *args: Any, ground: Any, **options: Any) -> None:
        self._halo = [Stroke(linewidth=_WIDTH, foreground=ground, joinstyle="round")]
        self._behind = False
        super().__init__(*args, **options)

    def get_path_effects(self) -> Any:
        return self._halo if self._behind else []

    def draw(self, renderer: RendererBase) -> None:
        self._behind = True
        try:
            super().draw(renderer)
        finally:
            self._behind = False
        super().draw(renderer)
