"""``interact``: ipywidgets' own, with a still of its figure for pages on which no widget is shown.

::

    glm.lessons.interact(hear, silence=(192, 2400, 96), threshold=(0.2, 0.95, 0.05))
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from typing import Any

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.texts import text
from glmkit.widgets.exported_still import Still


def interact(f: Callable[..., object], **controls: Any) -> None:
    """Call ``f`` with what its controls say, now and at each move.

    ``controls``: for each parameter of ``f`` what ipywidgets' ``interact`` takes: (least, most,
    step), a list to choose from, a widget. What ``f`` shows stands below them. Its last figure is
    also what an export shows. Raises BadArgument for what can be no control; Missing without
    ipywidgets.
    """
    needs("hands")
    from IPython.display import display
    from ipywidgets import interactive

    seen = _SeenFigure(f)
    try:
        box = interactive(seen.call, **controls)
    except (TypeError, ValueError) as error:
        raise BadArgument(text("lessons.interact", reason=error)) from None
    still = Still(box)
    still.change(seen.png)
    seen.tell = still.change
    display(box)  # type: ignore[no-untyped-call]
    if still.png:
        still.display()


class _SeenFigure:
    """A function whose last figure is kept, and told; what it shows is shown as ever."""

    def __init__(self, f: Callable[..., object]) -> None:
        self.png = b""
        self.tell: Callable[[bytes], None] = lambda png: None
        self.call = wraps(f)(lambda **values: self._call(f, values))

    def _call(self, f: Callable[..., object], values: dict[str, Any]) -> object:
        from IPython.utils.capture import capture_output
        from ipywidgets.widgets.interaction import show_inline_matplotlib_plots

        with capture_output(stdout=False, stderr=False) as shown:
            result = f(**values)
            show_inline_matplotlib_plots()
        for each in shown.outputs:
            each.display()  # type: ignore[no-untyped-call]
            if picture := (each.data or {}).get("image/png"):
                self.png = b64decode(picture)
        self.tell(self.png)
        return result
