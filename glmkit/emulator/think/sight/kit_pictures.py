"""The kit's own pictures, recognised by what they show: re-encoded, resized, a little cropped.

What each of them shows is told in ``data/pictures.yaml``, beside the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray
from PIL import Image

from glmkit.emulator.think.persona import Lang
from glmkit.emulator.think.sight.pixels import Pixels, small, without_shades
from glmkit.media.kit_samples import picture_path

_NOTES: Final = "pictures.yaml"
_WIDE: Final = 64
_HIGH: Final = 48
_REACH: Final = 5
_BLOCK: Final = 8
_LOOKED_AT: Final = (4 * _WIDE, 4 * _HIGH)
#: Where the looking begins: the whole, and with a tenth cut off, as left, top, right, bottom.
_STARTS: Final = (
    (0.0, 0.0, 1.0, 1.0), (0.05, 0.05, 0.95, 0.95), (0.1, 0.0, 1.0, 1.0), (0.0, 0.0, 0.9, 1.0),
    (0.0, 0.1, 1.0, 1.0), (0.0, 0.0, 1.0, 0.9),
)  # fmt: skip
_STEPS: Final = (0.03, 0.015, 0.007)  # by which an edge of it is moved
_MOST_CUT: Final = 0.15  # of a side
_PROMISING: Final = 0.35  # the correlation from which it is worth a closer look
_ALIKE: Final = 0.8
_MOST_CHANGED: Final = 0.55  # of what a block shows; a mouth painted over is 0.6
_SHOWING: Final = 0.006  # of all that is shown: a block with less is not looked at

Box = tuple[float, ...]
Signature = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class KitPicture:
    """One of the kit's own: its name, and what is told of it."""

    name: str
    notes: dict[str, Any]

    def answer_to(self, words: str, lang: Lang) -> str | None:
        """What answers a question about it or a part of it; None if nothing does."""
        for each in self.notes["asked"]:
            if _any_comes_in(each["words"][lang], words, lang):
                return str(each["says"][lang])
        return (
            self.described(lang) if _any_comes_in(self.notes["called"][lang], words, lang) else None
        )

    def described(self, lang: Lang) -> str:
        """What it shows."""
        return str(self.notes["says"][lang])


def own_pictures() -> list[KitPicture]:
    """All of them."""
    return [KitPicture(name, notes) for name, notes in _notes().items()]


def recognised(image: Image.Image) -> KitPicture | None:
    """Which of the kit's own pictures it is; None for any other, and where one was changed."""
    found = _signature(small(image, _WIDE, _HIGH))
    if found is None:
        return None
    likeness, number, box = max(
        (_alike(found, part), number, box)
        for number, (_, _, parts) in enumerate(_known())
        for box, part in zip(_STARTS, parts, strict=True)
    )
    if likeness < _PROMISING:
        return None
    kit_picture, whole, _ = _known()[number]
    part = _fitted(found, whole, box)
    return kit_picture if _alike(found, part) >= _ALIKE and _is_unchanged(found, part) else None


def _any_comes_in(sought: list[str], words: str, lang: Lang) -> bool:
    if lang == "zh":
        return any(word in words for word in sought)
    return any(re.search(rf"\b{re.escape(word)}", words, re.IGNORECASE) for word in sought)


@lru_cache(maxsize=1)
def _known() -> list[tuple[KitPicture, Image.Image, list[Signature]]]:
    """Each of the kit's own, and the signatures of its parts where the looking begins."""
    found = []
    for picture in own_pictures():
        with Image.open(picture_path(picture.name)) as image:
            whole = image.convert("RGB").resize(_LOOKED_AT, Image.Resampling.BOX)
        parts = [_of_part(whole, box) for box in _STARTS]
        found.append((picture, whole, parts))
    return found


def _notes() -> dict[str, dict[str, Any]]:
    path = picture_path("ball").with_name(_NOTES)
    notes: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return notes


def _fitted(found: Signature, whole: Image.Image, box: Box) -> Signature:
    """The part of ``whole`` that is most like it: each edge is moved as long as that helps."""
    best = _of_part(whole, box)
    for step in _STEPS:
        moved = True
        while moved:
            moved = False
            for nearby in _nearby(box, step):
                part = _of_part(whole, nearby)
                if _alike(found, part) > _alike(found, best):
                    box, best, moved = nearby, part, True
    return best


def _nearby(box: Box, step: float) -> list[Box]:
    moved = [
        (*box[:edge], box[edge] + by, *box[edge + 1 :]) for edge in range(4) for by in (-step, step)
    ]
    return [
        (max(0, left), max(0, top), min(1, right), min(1, bottom))
        for left, top, right, bottom in moved
        if max(left, top, 1 - right, 1 - bottom) <= _MOST_CUT
    ]


def _of_part(whole: Image.Image, box: Box) -> Signature:
    left, top, right, bottom = box
    edges = (left * whole.width, top * whole.height, right * whole.width, bottom * whole.height)
    pixels = whole.resize((_WIDE, _HIGH), Image.Resampling.BOX, box=edges)
    found = _signature(small(pixels, _WIDE, _HIGH))
    assert found is not None  # none of the kit's own is an even surface
    return found


def _signature(pixels: Pixels) -> Signature | None:
    """What is left without brightness and contrast, of length 1; None of an even surface."""
    shown = without_shades(pixels, _REACH)
    length = float(np.linalg.norm(shown))
    return np.asarray(shown / length, np.float32) if length > 1 else None


def _alike(one: Signature, other: Signature) -> float:
    return float((one * other).sum())


def _is_unchanged(found: Signature, part: Signature) -> bool:
    """Whether every block that shows something shows the same: the sums, the smile."""
    shown, changed = _by_block(part), _by_block(found - part)
    looked_at = shown > _SHOWING
    return bool((changed[looked_at] / shown[looked_at]).max() < _MOST_CHANGED)


def _by_block(signature: Signature) -> NDArray[np.float32]:
    blocks = signature.reshape(_HIGH // _BLOCK, _BLOCK, _WIDE // _BLOCK, _BLOCK, 3)
    return np.asarray((blocks**2).sum(axis=(1, 3, 4)), np.float32)
