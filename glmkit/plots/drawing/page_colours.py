"""The palette on a page: its colours as custom properties, on the ground the page says it has.

Cards and widgets stand on a ground of their own, so that their letters can be read wherever they
are put. Which ground: the one that was chosen for them (``glm.look``), else what the page says
of itself (JupyterLab, VS Code, documentation), else what the reader's system asks for.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from glmkit.plots.drawing.palette import MEANINGS, THEMES, Colour, Palette, Theme

#: How pages say which theme they have. A light page comes last: VS Code calls its light theme of
#: high contrast by the name of the dark one, too.
_SAID: Final[dict[Theme, tuple[str, ...]]] = {
    "dark": (
        '[data-jp-theme-light="false"]',
        '[theme="dark"]',
        '[data-theme="dark"]',
        ".vscode-dark",
        ".vscode-high-contrast",
    ),
    "light": (
        '[data-jp-theme-light="true"]',
        '[theme="light"]',
        '[data-theme="light"]',
        ".vscode-light",
        ".vscode-high-contrast-light",
    ),
}
#: The attribute in which an element has the words of the look chosen, if one was.
LOOK: Final = "data-glm-look"


def grounds(element: str) -> str:
    """The rules that give ``element`` (a class) the custom properties of its theme.

    They are ``--glmkit-`` and a name of ``colours_of``; ``--glmkit-light`` and ``--glmkit-dark``
    show the one and hide the other of two drawings.
    """
    dark, light = (", ".join(_where(theme, element)) for theme in _SAID)
    asked = f"@media(prefers-color-scheme:dark){{{element}{{{_properties('dark')}}}}}"
    return f"{dark}{{{_properties('dark')}}}{element}, {light}{{{_properties('light')}}}{asked}"


def chosen(element: str, look: str) -> str:
    """The selector of ``element`` where a look was chosen; it outweighs what a page says."""
    return f'{element}{element}[{LOOK}~="{look}"]'


def colours_of(ground: Palette) -> dict[str, str]:
    """Every colour of a theme by name: ``input`` fills, ``input-text`` is for words, and so on."""
    found = {name: getattr(ground, name) for name in ("ground", "ink", "quiet", "line")}
    for meaning in MEANINGS:
        colour: Colour = getattr(ground, meaning)
        found[meaning] = colour.fill
        found |= {f"{meaning}-{f.name}": getattr(colour, f.name) for f in fields(colour)[1:]}
    return found


def _properties(theme: Theme) -> str:
    shown = {name: "block" if name == theme else "none" for name in THEMES}
    named = (f"--glmkit-{n}:{value};" for n, value in (shown | colours_of(THEMES[theme])).items())
    return f"color-scheme:{theme};{''.join(named)}"


def _where(theme: Theme, element: str) -> list[str]:
    """The selectors of ``element`` where the page says a theme, or it was chosen."""
    return [*(f"{page} {element}" for page in _SAID[theme]), chosen(element, theme)]
