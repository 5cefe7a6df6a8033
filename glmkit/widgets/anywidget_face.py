"""``Face``: the widget a notebook shows, an anywidget. Imported when one is shown, not before."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from glmkit.widgets import assets
from glmkit.widgets.switchboard import json_of


class Face(anywidget.AnyWidget):
    """One model in the front end, any number of views of it."""

    _esm = assets.module()
    _css = assets.style()
    options = traitlets.Dict().tag(sync=True)

    def tell(self, type: str, buffer: bytes = b"", /, **fields: Any) -> None:
        """Send a message to the page; from any thread."""
        message = json.loads(json_of({"type": type, **fields}))
        self.send(message, [buffer] if buffer else None)

    def put(self, **state: Any) -> None:
        """Set state of the page's, which it also finds where it begins later; from any thread.

        Bytes go as they are. Nothing of it is kept here (Jupyter's widget messages, documented).
        """
        binary = {name: value for name, value in state.items() if isinstance(value, bytes)}
        plain = {name: value for name, value in state.items() if name not in binary}
        paths = [[name] for name in binary]
        update = {"method": "update", "state": plain, "buffer_paths": paths}
        self.comm.send(update, buffers=list(binary.values()))


def make_face(options: dict[str, Any], heard: Callable[[Face, object, Any], None]) -> Face:
    """A widget with these options, whose messages go to ``heard``."""
    if "google.colab" in sys.modules:  # its own manager knows ipywidgets' widgets only
        from google.colab import output

        output.enable_custom_widget_manager()
    made = Face(options=options)
    made.on_msg(heard)
    return made
