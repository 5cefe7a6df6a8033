"""``interact``: ipywidgets' own, with a still of its figure for pages on which no widget is shown.

::

    glm.lessons.interact(hear, silence=(192, 2400, 96), threshold=(0.2, 0.95, 0.05))
"""

from __future__ import annotations

import inspect
from base64 import b64decode
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.texts import text
from glmkit.widgets.exported_still import Still


def interact(f: Callable[..., object], **controls: Any) -> None:
    """Call ``f`` with what its controls say, now and at each move.

    ``controls``: for each parameter of ``f`` what ipywidgets' ``interact`` takes: (least, most,
    step), a list to choose from, a widget. What ``f`` shows and returns stands below them. Its
    last figure is also what an export shows. Raises BadArgument for what can be no function or no
    control; Missing without ipywidgets.
    """
    _check_names(f, controls)
    needs("hands")
    from IPython.display import display
    from ipywidgets import interactive

    seen = _SeenFigure(f)
    try:
        box = interactive(seen.call, {"auto_display": True}, **controls)
    except (TypeError, ValueError) as error:
        raise BadArgument(text("lessons.interact", reason=error)) from None
    still = Still(box)
    still.change(seen.png)
    seen.tell = still.change
    display(box)  # type: ignore[no-untyped-call]
    if still.png:
        still.display()


def _check_names(f: object, controls: Iterable[str]) -> None:
    """Raises BadArgument for what is no function, and for controls that would move nothing."""
    if not callable(f):
        raise BadArgument(text("lessons.interact", reason=repr(f)))
    known = inspect.signature(f).parameters.values()
    names = [each.name for each in known]
    unknown = [name for name in controls if name not in names]
    if unknown and all(each.kind is not each.VAR_KEYWORD for each in known):
        found = {"unknown": ", ".join(unknown), "known": ", ".join(names)}
        raise BadArgument(text("lessons.interact_unknown", **found))


class _SeenFigure:
    """A function whose last figure is kept, and told; what it shows is shown as ever."""

    def __init__(self, f: Callable[..., object]) -> None:
        self.png = b""
        self.tell: Callable[[bytes], None] = lambda png: None
        self.call = wraps(f)(lambda **values: self._call(f, values))

    def _call(self, f: Callable[..., object], values: dict[str, Any]) -> object:
        from IPython.utils.capture import capture_output
        from ipywidgets.widgets.interaction import show_inline_matplotlib_plots

        try:
            with capture_output(stdout=False, stderr=False) as shown:
                result = f(**values)
                show_inline_matplotlib_plots()
                return result
        finally:  # what was shown before an error, too
            self._show(shown.outputs)

    def _show(self, outputs: list[Any]) -> None:
        for each in outputs:
            each.display()
            if picture := (each.data or {}).get("image/png"):
                self.png = b64decode(picture)
        self.tell(self.png)
