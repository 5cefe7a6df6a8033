"""``notebook_theme``: whether the notebook that this kernel serves is light or dark, if it says so.

What is read is JupyterLab's own choice, which Notebook 7 shares (documented: a file of JSON with
comments, below the settings' folder, written when a person chooses a theme). A kernel knows that
it runs below Jupyter Server by ``JPY_SESSION_NAME``. A theme that follows the system is not known.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from glmkit.environment.kernel import in_kernel

_FILE: Final = Path("@jupyterlab", "apputils-extension", "themes.jupyterlab-settings")
_COMMENT: Final = re.compile(r"^\s*//[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)
_FOLLOWS: Final = re.compile(r'"adaptive-theme"\s*:\s*true')
_THEME: Final = re.compile(r'"theme"\s*:\s*"([^"]*)"')
_SERVER: Final = "JPY_SESSION_NAME"


def notebook_theme() -> Literal["light", "dark"] | None:
    """The theme that JupyterLab's settings name; None where they don't, or nobody reads them.

    What a cell starts inherits the variable, and is no kernel: its figures go elsewhere.
    """
    if _SERVER not in os.environ or not in_kernel():
        return None
    settings = ""
    with suppress(ImportError, OSError, UnicodeDecodeError):
        settings = _COMMENT.sub("", (_folder() / _FILE).read_text(encoding="utf-8"))
    if _FOLLOWS.search(settings) or not (found := _THEME.search(settings)):
        return None
    name = found[1].lower()
    return "dark" if "dark" in name else "light" if "light" in name else None


def _folder() -> Path:
    """Where JupyterLab keeps what a person chose (documented)."""
    if named := os.environ.get("JUPYTERLAB_SETTINGS_DIR"):
        return Path(named)
    from jupyter_core.paths import jupyter_config_dir  # comes with every kernel

    return Path(jupyter_config_dir(), "lab", "user-settings")
