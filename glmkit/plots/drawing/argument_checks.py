"""What a plot was given, looked at before anything is drawn: found, expected, what to do."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.texts import text
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def one_clip(what: Any) -> Clip:
    """``what``, which must be a clip. Raises BadArgument."""
    if isinstance(what, Clip):
        return what
    raise wrong(what, "a_clip")


def clips_of(what: Any) -> Sequence[Clip]:
    """A clip or a list of clips as a list of at least one. Raises BadArgument."""
    if isinstance(what, Clip):
        return (what,)
    if isinstance(what, list | tuple) and what and all(isinstance(each, Clip) for each in what):
        return what
    raise wrong(what, "clips")


def turns_of(what: Any, expected: str) -> tuple[Turn, ...]:
    """A list of turns, or what a session has of them, at least one. Raises BadArgument.

    ``expected``: what else might be given."""
    if are_turns(what):
        return tuple(what)
    raise wrong(what, expected)


def are_turns(what: Any) -> TypeGuard[Sequence[Turn]]:
    """Whether these are turns, at least one."""
    listed = isinstance(what, Sequence) and not isinstance(what, str | bytes)
    return listed and len(what) > 0 and all(isinstance(each, Turn) for each in what)


def wrong(what: Any, expected: str) -> BadArgument:
    """The error for something that cannot be drawn: it says what was found and what to do."""
    words = text(f"plots.expected_{expected}")
    return BadArgument(
        text("plots.wrong", found=_named(what), expected=words, todo=_todo(what, expected))
    )


def _named(what: Any) -> str:
    """What it is, in a word: its type; of a list, what is in it."""
    if what is None or (isinstance(what, list | tuple | dict) and not what):
        return repr(what)
    if isinstance(what, list | tuple):
        kinds = dict.fromkeys(type(each).__name__ for each in what[:20])
        return text("plots.list_of", kinds=", ".join(kinds))
    return type(what).__name__


def _todo(what: Any, expected: str) -> str:
    sound = expected in {"a_clip", "a_clip_or_turn", "clips"}
    if isinstance(what, str | os.PathLike):
        return text("plots.todo_read_clip" if sound else "plots.todo_load")
    if what is None:
        return text("plots.todo_none" if sound else "plots.todo_turn")
    if hasattr(what, "turns"):  # a trace or a session
        return text("plots.todo_of_trace" if sound else "plots.todo_session")
    if isinstance(what, Turn):
        return text("plots.todo_of_turn")
    if isinstance(what, Clip):
        return text("plots.todo_waveform")
    if sound and hasattr(what, "dtype") and hasattr(what, "shape"):
        return text("plots.todo_samples")
    if sound and isinstance(what, list | tuple) and what:
        return text("plots.todo_one_each")
    return text("plots.todo_clip" if sound else "plots.todo_turn")


# -- settings --------------------------------------------------------------------------------


def choice(name: str, found: Any, known: Sequence[str] | Mapping[str, Any]) -> str:
    """One of the names there are. Raises BadArgument, which lists them."""
    if isinstance(found, str) and found in known:
        return found
    raise BadArgument(text(f"plots.{name}", found=found, known=", ".join(known)))


def number(name: str, found: Any, low: float, high: float) -> float:
    """A number from ``low`` to ``high``. Raises BadArgument, which names the setting."""
    if isinstance(found, int | float) and not isinstance(found, bool) and low <= found <= high:
        return float(found)
    limits = {"low": f"{low:g}", "high": f"{high:g}"}
    raise BadArgument(text("plots.number", name=name, found=found, **limits))


def axes(ax: Any) -> Axes:
    """Matplotlib axes. Raises BadArgument; a whole figure is what is most often given instead."""
    from matplotlib.axes import Axes

    if isinstance(ax, Axes):
        return ax
    raise BadArgument(text("plots.axes", found=type(ax).__name__))


def large_enough(ax: Axes, least: tuple[float, float]) -> Axes:
    """``ax``, which must be so many inches across and up. Raises BadArgument."""
    figure = ax.get_figure(root=True)
    assert figure is not None  # axes that were taken out of their figure cannot be drawn on
    found = ax.bbox.width / figure.dpi, ax.bbox.height / figure.dpi
    if found[0] >= least[0] and found[1] >= least[1]:
        return ax
    sizes = {"wide": found[0], "high": found[1], "least_wide": least[0], "least_high": least[1]}
    raise BadArgument(text("plots.small", **sizes))
