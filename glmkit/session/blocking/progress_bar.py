"""The bar of an upload, where a person waits at a prompt: it ends exactly full, and goes."""

from __future__ import annotations

import sys

from glmkit.environment import in_kernel
from glmkit.process_values import ProcessValue
from glmkit.texts import text

SHORTEST = 2.0  # seconds of sound below which no bar is drawn


class ProgressBar:
    """A bar over ``total`` seconds of sound; drawn as soon as it is made."""

    def __init__(self, total: float) -> None:
        self._total = total
        from tqdm.auto import tqdm

        self._bar = tqdm(
            total=total,
            desc=text("session.uploading"),
            unit="s",
            leave=False,
            bar_format="{desc} {bar} {n:.1f}/{total:.1f} s",
        )

    def show(self, done: float) -> None:
        """That ``done`` seconds are sent."""
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take it away, whatever was sent: what stays less than full would stay, in red."""
        self._bar.n = self._total
        self._bar.close()


_drawing: ProcessValue[bool | None] = ProcessValue(lambda: None)


def draw_progress(draw: bool | None) -> None:
    """Draw bars, or don't; None: where a person waits at a prompt."""
    _drawing.value = draw


def interactive() -> bool:
    """Whether bars are drawn: at a prompt (notebook, IPython, Python's own), not in scripts."""
    chosen = _drawing.value
    return chosen if chosen is not None else hasattr(sys, "ps1") or in_kernel()
