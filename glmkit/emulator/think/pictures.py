"""True facts of a picture: its size, light or dark, which colours, and where.

It is measured, not understood: the colours of a small copy are counted by name.
"""

from __future__ import annotations

import colorsys
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Shade = Literal["dark", "rather_dark", "medium", "rather_light", "light"]
Place = Literal[
    "everywhere", "top", "bottom", "left", "right", "centre",
    "top_left", "top_right", "bottom_left", "bottom_right",
]  # fmt: skip

_SIDE: Final = 48  # of the small copy that is measured
_LEAST_SHARE: Final = 0.06
_HUES: Final = (
    (15, "red"),
    (42, "orange"),
    (70, "yellow"),
    (165, "green"),
    (195, "cyan"),
    (255, "blue"),
    (290, "purple"),
    (345, "pink"),
    (361, "red"),
)


@dataclass(frozen=True, slots=True)
class Patch:
    """A colour, its share of the picture (0 to 1), and where most of it is."""

    colour: str
    share: float
    place: Place


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be said about a picture without understanding it."""

    width: int
    height: int
    shade: Shade
    patches: tuple[Patch, ...]


def facts(picture: bytes) -> Facts | None:
    """The facts of a JPEG (or PNG); None if it cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as opened:
            width, height = opened.size
            opened.draft("RGB", (_SIDE * 4, _SIDE * 4))
            small = opened.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    except Exception:  # noqa: BLE001 - Pillow raises whatever a damaged file brings about
        return None
    raw = small.tobytes()
    pixels = [(raw[i], raw[i + 1], raw[i + 2]) for i in range(0, len(raw), 3)]
    return Facts(width, height, _shade(pixels), _patches([colour_name(*rgb) for rgb in pixels]))


def colour_name(red: int, green: int, blue: int) -> str:
    """The plain name of a colour given as three bytes."""
    hue, light, _ = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    chroma = (max(red, green, blue) - min(red, green, blue)) / 255
    if light < 0.12:
        return "black"
    if light > 0.93:
        return "white"
    if chroma < 0.12:
        return "grey" if light < 0.85 else "white"
    name = next(name for end, name in _HUES if hue * 360 < end)
    return "brown" if name in ("orange", "red") and light < 0.4 and hue * 360 > 8 else name


def _shade(pixels: list[tuple[int, int, int]]) -> Shade:
    light = sum(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in pixels) / len(pixels) / 255
    shades: tuple[tuple[float, Shade], ...] = (
        (0.2, "dark"),
        (0.4, "rather_dark"),
        (0.6, "medium"),
        (0.8, "rather_light"),
    )
    return next((shade for limit, shade in shades if light < limit), "light")


def _patches(names: list[str]) -> tuple[Patch, ...]:
    counted = Counter(names).most_common(3)
    return tuple(
        Patch(name, count / len(names), _place(i for i, each in enumerate(names) if each == name))
        for name, count in counted
        if count / len(names) >= _LEAST_SHARE
    )


def _place(indices: Iterable[int]) -> Place:
    """Where most of these pixels are: by their middle and by how far they spread."""
    rows, columns = zip(*(divmod(i, _SIDE) for i in indices), strict=True)
    down, across = (_third(rows), _third(columns))
    places: dict[tuple[int, int], Place] = {
        (0, 0): "top_left",
        (0, 1): "top",
        (0, 2): "top_right",
        (1, 0): "left",
        (1, 2): "right",
        (2, 0): "bottom_left",
        (2, 1): "bottom",
        (2, 2): "bottom_right",
    }
    if (down, across) == (1, 1):
        wide = max(_spread(rows), _spread(columns)) > 0.24
        return "everywhere" if wide else "centre"
    return places[down, across]


def _third(positions: tuple[int, ...]) -> int:
    middle = sum(positions) / len(positions) / (_SIDE - 1)
    return 0 if middle < 0.38 else 2 if middle > 0.62 else 1


def _spread(positions: tuple[int, ...]) -> float:
    middle = sum(positions) / len(positions)
    return float((sum((p - middle) ** 2 for p in positions) / len(positions)) ** 0.5 / _SIDE)
