"""The bars that are drawn where a person waits at a prompt; each goes when it ends.

In a notebook they are drawn in a colour of their own, which is seen on a light page and on a dark
one, whichever it is; a terminal's letters have the terminal's.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from glmkit.environment.kernel import in_kernel
from glmkit.process_values import ProcessValue
from glmkit.texts import text

SHORTEST = 1.0  # seconds of sound below which no bar is drawn
_COLOUR: Final = "#0f766e"  # the palette's input, which stands above this: 3:1 on both its grounds


def new_bar(total: float, words: str, done: str, *, hidden: bool = False) -> Any:
    """A bar of tqdm's, drawn at once. ``done``: how much, in tqdm's own fields, with its unit."""
    from tqdm.auto import tqdm

    return tqdm(
        total=total,
        desc=words,
        leave=False,
        disable=hidden,
        colour=_COLOUR if in_kernel() else None,
        bar_format=f"{{desc}} {{bar}} {done}",
    )


class ProgressBar:
    """The bar of an upload of ``total`` seconds of sound: it ends exactly full."""

    def __init__(self, total: float) -> None:
        self._total = total
        done = f"{{n:.1f}}/{{total:.1f}} {text('session.unit_seconds')}"
        self._bar = new_bar(total, text("session.uploading"), done)

    def show(self, done: float) -> None:
        """That ``done`` seconds are sent."""
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take it away, whatever was sent: what stays less than full would stay, in red."""
        self._bar.n = self._total
        self._bar.close()


class StatusLine:
    """A line that changes while somebody waits, and goes when the wait is over."""

    def __init__(self) -> None:
        self._line: _NotebookLine | _TerminalLine | None = None

    def show(self, words: str) -> None:
        """Show these words in place of those before; none: take the line away."""
        if not words:
            self.close()
        elif self._line is None:
            self._line = _NotebookLine(words) if in_kernel() else _TerminalLine(words)
        else:
            self._line.show(words)

    def close(self) -> None:
        """Take it away."""
        if self._line is not None:
            line, self._line = self._line, None
            line.close()


class _TerminalLine:
    """The words of a bar that never moves."""

    def __init__(self, words: str) -> None:
        self._bar = new_bar(1.0, words, "")

    def show(self, words: str) -> None:
        self._bar.set_description_str(words)

    def close(self) -> None:
        self._bar.n = 1.0  # less than full, it would stay, in red
        self._bar.close()


class _NotebookLine:
    """An output that changes: of a bar that is closed, an export would keep the words."""

    def __init__(self, words: str) -> None:
        from IPython.display import display

        line = _line_of(words)
        self._shown = display(line, raw=True, display_id=True)  # type: ignore[no-untyped-call]

    def show(self, words: str) -> None:
        self._shown.update(_line_of(words), raw=True)

    def close(self) -> None:
        self.show("")


def _line_of(words: str) -> dict[str, str]:
    line = f'<div style="opacity:0.75" role="status">{html.escape(words)}</div>' if words else ""
    return {"text/html": line, "text/plain": words}


_drawing: ProcessValue[bool | None] = ProcessValue(lambda: None)
_within: Final[ContextVar[bool]] = ContextVar("within", default=False)


@contextmanager
def one_bar() -> Iterator[None]:
    """Draw no bars in this block: it is a part of what has one."""
    before = _within.set(True)
    try:
        yield
    finally:
        _within.reset(before)


def draw_progress(draw: bool | None) -> None:
    """Draw bars, or don't; None: where a person waits at a prompt."""
    _drawing.value = draw


def interactive() -> bool:
    """Whether bars are drawn: at a prompt (notebook, IPython, Python's own), not in scripts."""
    if _within.get():
        return False
    chosen = _drawing.value
    return chosen if chosen is not None else hasattr(sys, "ps1") or in_kernel()
