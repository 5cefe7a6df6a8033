"""True facts of a picture: its size, light or dark, which colours and where, how much detail.

It is measured, not understood: the colours of a small copy are counted by name.
"""

from __future__ import annotations

import colorsys
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from glmkit.emulator.think.sight.pixels import LIGHT, SIDE, Pixels, opened, size_of, small

Shade = Literal["dark", "rather_dark", "medium", "rather_light", "light"]
Detail = Literal["plain", "medium", "busy"]
Place = Literal[
    "everywhere", "edge", "top", "bottom", "left", "right", "centre",
    "top_left", "top_right", "bottom_left", "bottom_right",
]  # fmt: skip

_LEAST_SHARE: Final = 0.06
_LEAST_SPOT: Final = 0.01
_MOST_PATCHES: Final = 3
NEUTRAL: Final = frozenset(("black", "grey", "white"))
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
    detail: Detail
    patches: tuple[Patch, ...]


def facts_of(picture: bytes) -> Facts | None:
    """The facts of a JPEG (or PNG); None if it cannot be read."""
    image = opened(picture)
    if image is None:
        return None
    pixels = small(image)
    detail = _detail(small(image, SIDE * 2, SIDE * 2))
    return Facts(*size_of(picture), _shade(pixels), detail, _patches(colour_names(pixels)))


def colour_names(pixels: Pixels) -> NDArray[np.str_]:
    """The plain name of each pixel's colour."""
    bytes_ = np.rint(pixels * 255).astype(int)
    return np.array([[colour_name(*rgb) for rgb in row] for row in bytes_.tolist()])


def colour_name(red: int, green: int, blue: int) -> str:
    """The plain name of a colour given as three bytes."""
    hue, light, _ = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    chroma = (max(red, green, blue) - min(red, green, blue)) / 255
    if light < (0.2 if chroma < 0.12 else 0.12):
        return "black"
    if light > 0.93:
        return "white"
    if chroma < 0.12:
        return "grey" if light < 0.85 else "white"
    name = next(name for end, name in _HUES if hue * 360 < end)
    return "brown" if name in ("orange", "red") and light < 0.4 and hue * 360 > 8 else name


def place_of(mask: NDArray[np.bool_]) -> Place:
    """Where most of the pixels are that are marked: by their middle and how far they spread."""
    rows, columns = np.nonzero(mask)
    down, across = _third(rows), _third(columns)
    if (down, across) != (1, 1):
        return _PLACES[down, across]
    if max(rows.std(), columns.std()) <= 0.24 * SIDE:
        return "centre"
    inner = mask[SIDE // 4 : -SIDE // 4, SIDE // 4 : -SIDE // 4]
    return "edge" if inner.mean() < mask.mean() / 4 else "everywhere"


_PLACES: Final[dict[tuple[int, int], Place]] = {
    (0, 0): "top_left",
    (0, 1): "top",
    (0, 2): "top_right",
    (1, 0): "left",
    (1, 2): "right",
    (2, 0): "bottom_left",
    (2, 1): "bottom",
    (2, 2): "bottom_right",
}


def _third(positions: NDArray[np.intp]) -> int:
    middle = positions.mean() / (SIDE - 1)
    return 0 if middle < 0.38 else 2 if middle > 0.62 else 1


def brightness(pixels: Pixels) -> float:
    """From 0, black, to 1, white."""
    return float((pixels @ LIGHT).mean())


def _shade(pixels: Pixels) -> Shade:
    shades: tuple[tuple[float, Shade], ...] = (
        (0.2, "dark"),
        (0.4, "rather_dark"),
        (0.6, "medium"),
        (0.8, "rather_light"),
    )
    light = brightness(pixels)
    return next((shade for limit, shade in shades if light < limit), "light")


def _detail(pixels: Pixels) -> Detail:
    """By how much of it has an edge."""
    light = pixels @ LIGHT
    across, down = np.abs(np.diff(light, axis=1)), np.abs(np.diff(light, axis=0))
    edges = float(((across[:-1] + down[:, :-1]) > 0.1).mean())
    return "plain" if edges < 0.05 else "busy" if edges > 0.3 else "medium"


def _patches(names: NDArray[np.str_]) -> tuple[Patch, ...]:
    counted = Counter(names.ravel().tolist()).most_common()
    found = (Patch(name, count / names.size, place_of(names == name)) for name, count in counted)
    return tuple(patch for patch in found if _is_told(patch))[:_MOST_PATCHES]


def _is_told(patch: Patch) -> bool:
    """What is large, or a small spot of a real colour."""
    if patch.colour in NEUTRAL or patch.place in ("everywhere", "edge"):
        return patch.share >= _LEAST_SHARE
    return patch.share >= _LEAST_SPOT
