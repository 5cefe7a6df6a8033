"""Sphinx's settings for one language, which ``GLMKIT_LANG`` says. Nothing asks the network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from docs.site import page_extras
from docs.site.two_characters import TwoCharacters
from glmkit import __version__
from glmkit.texts import Language

HERE = Path(__file__).parent
LANG: Language = "zh" if os.environ["GLMKIT_LANG"] == "zh" else "en"

project = "glmkit"
version = release = __version__
language = "zh_CN" if LANG == "zh" else "en"
extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["files/**"]
templates_path = [str(HERE / "templates")]
locale_dirs = ["locale"]

html_theme = "furo"
html_title = project
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it would fetch pages, which a page opened as a file may not
html_theme_options = {
    name: {"font-stack": page_extras.FONTS, "font-stack--monospace": page_extras.FIXED_FONTS}
    for name in ("light_css_variables", "dark_css_variables")
}

nb_execution_mode = "off"  # docs/site/executed_copies.py has them executed
nb_ipywidgets_js: dict[str, Any] = {}  # it would come from another host
nb_merge_streams = True
myst_heading_anchors = 4
myst_enable_extensions: list[str] = []

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # as it is written: no value of the process that builds
autodoc_typehints = "signature"
python_use_unqualified_type_names = True


def setup(app: Any) -> None:
    """The kit's own search, language switch and search extracts."""
    app.add_search_language(TwoCharacters)
    page_extras.connect(app, LANG)
