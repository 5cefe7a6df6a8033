"""The player's code for a page that lets no script stand in it: files beside its own.

``timeline.js`` exports ``Player``, ``timeline_scene.js`` ``readScene``; ``timeline.css`` is the
cards' style sheet with the player's.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from glmkit.cards.player.markup import STATIC, style
from glmkit.cards.script_bundle import bundled
from glmkit.cards.style_sheet import card_css

_FILES: Final = {
    "timeline.js": "player.js",
    "timeline_scene.js": "scene.js",
    "timeline.css": None,
}


@cache
def timeline_file(name: str) -> str | None:
    """A script or style sheet of the player; None for what is none."""
    if name not in _FILES:
        return None
    module = _FILES[name]
    return f"{card_css()}{style()}" if module is None else bundled(STATIC / module)
