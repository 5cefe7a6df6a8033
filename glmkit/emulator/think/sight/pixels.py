"""Pictures as small arrays that can be compared."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]
SIDE: Final = 48
#: How much a pixel's brightness counts, in red, green and blue.
LIGHT: Final = np.array([0.299, 0.587, 0.114], np.float32)


def opened(picture: bytes) -> Image.Image | None:
    """A JPEG or PNG as RGB, not much larger than is looked at; None if it cannot be read."""
    try:
        with Image.open(io.BytesIO(picture)) as file:
            file.draft("RGB", (SIDE * 4, SIDE * 4))
            return file.convert("RGB")
    except Exception:  # noqa: BLE001 - Pillow raises whatever a damaged file brings about
        return None


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height as they are written in the file."""
    with Image.open(io.BytesIO(picture)) as file:
        return file.size


def small(image: Image.Image, wide: int = SIDE, high: int = SIDE) -> Pixels:
    """The picture in ``(high, wide, 3)`` float32 from 0 to 1, each the mean of what it covers."""
    resized = image.resize((wide, high), Image.Resampling.BOX)
    return np.asarray(np.asarray(resized, np.float32) / 255, np.float32)


def without_shades(pixels: Pixels, reach: int) -> Pixels:
    """How each pixel differs from the mean of those within ``reach``; what is even is zero."""
    padded = np.pad(pixels, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    around = padded.cumsum(0).cumsum(1)
    around = np.pad(around, ((1, 0), (1, 0), (0, 0)))
    wide = 2 * reach + 1
    sums = around[wide:, wide:] - around[:-wide, wide:] - around[wide:, :-wide]
    sums = sums + around[:-wide, :-wide]
    return np.asarray(pixels - sums / wide**2, np.float32)
