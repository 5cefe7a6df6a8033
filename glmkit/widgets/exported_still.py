"""A still behind a widget: what an export, GitHub or a saved page shows in the widget's place.

An exporter that finds a widget's state takes it for the whole output, and shows nothing where the
page that is to draw it has no network. So the still is an output of its own, right behind the
widget's, and the widget hides it wherever it is shown itself. Its metadata say what it is.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Final

METADATA: Final = {"glmkit": {"still": True}}
CLASS: Final = "glmkit-has-still"  # of the widget; widget.js knows it, too
#: What holds one output of a cell: JupyterLab's and its exports', the older notebook's, VS Code's.
_OUTPUTS: Final = (".jp-OutputArea-child", ".output_area", ".output_container")
_BEHIND: Final = ", ".join(f"{each}:has(.{CLASS}) + {each}" for each in _OUTPUTS)
#: The style sheet's rule that hides what comes behind such a widget.
RULE: Final = f"{_BEHIND} {{ display: none }}"


def display_behind(data: dict[str, str], *, changes: bool = False) -> Any:
    """Show ``data``, by type, in an output of its own, right after a widget that hides it.

    ``changes``: gives the handle by which it can be changed; None where there is none to give.
    """
    from IPython.display import display

    return display(data, raw=True, display_id=changes or None, metadata=METADATA)  # type: ignore[no-untyped-call]


class Still:
    """The still of ``box``, a widget with ``children``; ``png`` is set before it is displayed."""

    def __init__(self, box: Any) -> None:
        from ipywidgets import HTML

        self.png = b""
        self._displayed: list[Any] = []  # the handles of those that were
        hiding = HTML(f"<style>{RULE}</style>")
        hiding.layout.display = "none"
        box.children = [*box.children, hiding]
        box.add_class(CLASS)

    @property
    def data(self) -> dict[str, str]:
        """It as an output's data."""
        return {"image/png": b64encode(self.png).decode("ascii")} if self.png else {}

    def change(self, png: bytes) -> None:
        """Another picture, also where it is displayed already."""
        self.png = png
        for each in self._displayed:
            each.update(self.data, raw=True, metadata=METADATA)

    def display(self) -> None:
        """Show it in a cell; right after the widget, or it is not hidden."""
        handle = display_behind(self.data, changes=True)
        if handle is not None:  # in a notebook
            self._displayed.append(handle)
