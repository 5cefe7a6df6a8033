"""The modules, the style sheet and the sentences that go to the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from glmkit.cards.script_bundle import bundled
from glmkit.environment.looks import chosen_look
from glmkit.plots.drawing.page_colours import grounds
from glmkit.texts import language, unfilled
from glmkit.widgets.exported_still import RULE

STATIC: Final = Path(__file__).resolve().parent / "static"


@cache
def module(entry: str = "anywidget.js") -> str:
    """One ES module for anywidget, or for the kit's own page (``page.js``)."""
    return bundled(STATIC / entry)


@cache
def style() -> str:
    """The style sheet, with the palette of both themes in front of it."""
    sheet = (STATIC / "audio.css").read_text(encoding="utf-8")
    return f"{grounds('.glmkit')}\n{sheet}\n{RULE}\n"


def options(**more: Any) -> dict[str, Any]:
    """What a page is told when it begins: its sentences, the look chosen, and ``more``."""
    return {"words": words(), "look": chosen_look().attribute, **more}


def words() -> dict[str, str]:
    """The sentences of the page in the reader's language; it fills in their fields itself."""
    return unfilled("widgets.ui_")


def tag() -> str:
    """The language of the page, as HTML wants it."""
    return "zh-Hans" if language() == "zh" else "en"
