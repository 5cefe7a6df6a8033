"""The one palette: what each colour means, on a light and on a dark ground.

A ``Colour`` has a ``fill`` for shapes (at least 3:1 against the ground and against its washes),
a ``text`` for words (at least 4.5:1), and a ``wash``, a tint of the ground to stand behind
both. No single value is legible on white and on near-black, hence two themes. Cards and widgets
read the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.environment.looks import Theme as Theme
from glmkit.environment.looks import theme_of_figures
from glmkit.errors import BadArgument
from glmkit.texts import text


@dataclass(frozen=True, slots=True)
class Colour:
    """One meaning: ``fill`` for shapes, ``text`` for words, ``wash`` to stand behind them."""

    fill: str
    text: str
    wash: str


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme: its ground, its inks, and the six meanings."""

    ground: str
    ink: str
    quiet: str  # words that are not the point: ticks, notes
    line: str  # rules and grids; decoration only, never the one carrier of a meaning
    input: Colour
    response: Colour
    speech: Colour
    silence: Colour
    tool: Colour
    error: Colour

    def voice(self, speaker: str | None, otherwise: str = "input") -> Colour:
        """The colour of whose voice it is; ``otherwise``, where nobody knows."""
        meaning = {"you": "input", "answer": "response"}.get(speaker or "", otherwise)
        colour: Colour = getattr(self, meaning)
        return colour


THEMES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        ground="#ffffff",
        ink="#0f172a",
        quiet="#475569",
        line="#cbd5e1",
        input=Colour("#0f766e", "#0f766e", "#e6f7f5"),
        response=Colour("#4f46e5", "#4338ca", "#ecebfd"),
        # amber #f59e0b is 2.1:1 on white and slate #94a3b8 2.6:1: one step darker of each hue
        speech=Colour("#cf7005", "#b45309", "#fef3c7"),
        silence=Colour("#64748b", "#475569", "#f1f5f9"),
        tool=Colour("#a21caf", "#a21caf", "#fae8ff"),
        error=Colour("#dc2626", "#b91c1c", "#fee2e2"),
    ),
    "dark": Palette(
        ground="#0f172a",
        ink="#f1f5f9",
        quiet="#cbd5e1",
        line="#475569",
        # teal #0f766e is 3.3:1 here but 2.6:1 on the amber wash, and indigo #4f46e5 2.8:1
        input=Colour("#14b8a6", "#5eead4", "#0d2f3a"),
        response=Colour("#818cf8", "#a5b4fc", "#1e2352"),
        speech=Colour("#f59e0b", "#fbbf24", "#3a2a0c"),
        silence=Colour("#94a3b8", "#cbd5e1", "#1e293b"),
        tool=Colour("#d946ef", "#f0abfc", "#37104a"),
        error=Colour("#ef4444", "#fca5a5", "#3f1520"),
    ),
}
MEANINGS: Final = ("input", "response", "speech", "silence", "tool", "error")


def palette_of(theme: str | None) -> Palette:
    """The palette of ``theme``, or of the look chosen; BadArgument for one that does not exist."""
    if theme is None:
        return THEMES[theme_of_figures()]
    if isinstance(theme, str) and theme in THEMES:
        return THEMES[theme]
    raise BadArgument(text("plots.theme", found=theme, known=", ".join(THEMES)))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
