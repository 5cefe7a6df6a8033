"""What changed from one picture to another: the light, a thing that came, went, moved or turned.

The two are made equally bright first; what then differs are patches. Where the new colour of a
patch stands out from its surroundings, something came; where the old one did, something went.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from glmkit.emulator.think.sight.facts import NEUTRAL, Place, brightness, colour_names, place_of
from glmkit.emulator.think.sight.pixels import LIGHT, SIDE, Pixels, without_shades

Kind = Literal[
    "none", "other", "darker", "lighter", "came", "went", "moved", "shifted", "turned", "all",
    "some",
]  # fmt: skip
Way = Literal["left", "right", "up", "down"]
Mask = NDArray[np.bool_]
Names = NDArray[np.str_]

_LIGHTER: Final = 0.05  # of the whole scale
_DIFFERENT: Final = 0.16  # of a pixel's colour, as the largest of its three parts
_LEAST_PIXELS: Final = 4  # of 48 × 48
_OTHER_SHARE: Final = 0.45
_SAME_STRUCTURE: Final = 0.45
_MOST_PATCHES: Final = 4
_EVEN: Final = 0.5  # of a patch: it has one colour
_ALSO_AROUND: Final = 0.3
_DARK: Final = 0.08
_EVEN_SURFACE: Final = 0.04


@dataclass(frozen=True, slots=True)
class Change:
    """What happened, to what colour, where; of what moved or turned, what was before, too."""

    kind: Kind
    colour: str = ""
    place: Place = "everywhere"
    colour_before: str = ""
    place_before: Place = "everywhere"
    towards: Way = "right"


def change_between(before: Pixels, after: Pixels) -> Change:
    """The most striking change between two small pictures of the same size."""
    lighter = brightness(after) - brightness(before)
    same = _likeness(before, after) > _SAME_STRUCTURE
    evened = _evened(before, after) if same else before
    mask = _difference(evened, after) > _DIFFERENT
    if mask.mean() > _OTHER_SHARE:
        return _of_all(before, after)
    patches = _patches_in(mask)
    if patches:
        return _of_patches(patches, colour_names(before), colour_names(after))
    return _of_light(before, after) if abs(lighter) > _LIGHTER else Change("none")


def _of_light(before: Pixels, after: Pixels) -> Change:
    return Change("lighter" if brightness(after) > brightness(before) else "darker")


def _of_all(before: Pixels, after: Pixels) -> Change:
    """Nearly all is different: a surface of one colour has another, the lens is covered, or not."""
    even_before, even_after = _is_even(before), _is_even(after)
    old, new = (Counter(colour_names(each).ravel().tolist()) for each in (before, after))
    if even_after and (even_before or brightness(after) < _DARK):
        (now, _), (then, _) = new.most_common(1)[0], old.most_common(1)[0]
        if brightness(after) < _DARK or {now, then} <= NEUTRAL:
            return _of_light(before, after)
        return Change("all", now, colour_before=then)
    return Change("other")


def _is_even(pixels: Pixels) -> bool:
    return float(pixels.std(axis=(0, 1)).max()) < _EVEN_SURFACE


def _difference(before: Pixels, after: Pixels) -> Pixels:
    """How much each pixel differs from the nearest before, and from what was just beside it.

    So a hand that holds the camera may shake.
    """
    padded = np.pad(before, ((1, 1), (1, 1), (0, 0)), mode="edge")
    shifted = [padded[y : y + SIDE, x : x + SIDE] for y in range(3) for x in range(3)]
    return np.asarray(np.min([np.abs(after - each).max(axis=2) for each in shifted], axis=0))


def _likeness(before: Pixels, after: Pixels) -> float:
    """How much the outlines correlate; 1 for two even surfaces."""
    one, two = (without_shades(each, 4).ravel() for each in (before, after))
    lengths = float(np.linalg.norm(one) * np.linalg.norm(two))
    if lengths < 0.5:
        return 1.0
    return float(one @ two) / lengths


def _evened(before: Pixels, after: Pixels) -> Pixels:
    """``before`` in the light of ``after``: what most pixels' brightness was multiplied with."""
    one, two = before @ LIGHT, after @ LIGHT
    seen = one > 0.08
    if not seen.any():
        return before
    ratio = float(np.median(two[seen] / one[seen]))
    return np.asarray(np.clip(before * ratio, 0, 1), np.float32)


def _patches_in(mask: Mask) -> list[Mask]:
    """The connected parts of ``mask``, the largest first, specks left out."""
    left = mask.copy()
    found = []
    while left.any():
        row, column = np.argwhere(left)[0]
        patch = np.zeros_like(left)
        patch[row, column] = True
        size = 0
        while (reached := int(patch.sum())) > size:
            size = reached
            patch = _grown(patch) & left
        left &= ~patch
        if size >= _LEAST_PIXELS:
            found.append(patch)
    return sorted(found, key=lambda patch: -int(patch.sum()))[:_MOST_PATCHES]


def _grown(mask: Mask) -> Mask:
    """With its neighbours on all sides."""
    padded = np.pad(mask, 1)
    shifted = [padded[y : y + SIDE, x : x + SIDE] for y in range(3) for x in range(3)]
    return np.asarray(np.logical_or.reduce(shifted))


def _of_patches(patches: list[Mask], before: Names, after: Names) -> Change:
    changes = [_of_patch(patch, before, after) for patch in patches]
    kinds = [change.kind for change in changes]
    if "came" in kinds and "went" in kinds:
        came, went = kinds.index("came"), kinds.index("went")
        if changes[came].colour == changes[went].colour:
            return _of_moved(changes[came], changes[went], _way(patches[went], patches[came]))
    return changes[0]


def _of_moved(came: Change, went: Change, towards: Way) -> Change:
    if came.place == went.place:
        return replace(came, kind="shifted", towards=towards)
    return replace(came, kind="moved", place_before=went.place)


def _way(start: Mask, end: Mask) -> Way:
    down, across = np.argwhere(end).mean(axis=0) - np.argwhere(start).mean(axis=0)
    if abs(across) >= abs(down):
        return "right" if across > 0 else "left"
    return "down" if down > 0 else "up"


def _of_patch(patch: Mask, before: Names, after: Names) -> Change:
    edge = _grown(_grown(patch))  # the patch is smaller than the thing: see _difference
    around = _grown(_grown(edge)) & ~edge
    old, old_stands = _main(before[patch], before[around])
    new, new_stands = _main(after[patch], after[around])
    place = place_of(patch)
    if old == new or not (old_stands or new_stands):
        return Change("some", new, place)
    if old_stands and new_stands:
        return Change("turned", new, place, colour_before=old)
    return Change("came", new, place) if new_stands else Change("went", old, place)


def _main(names: Names, around: Names) -> tuple[str, bool]:
    """The colour of most of a patch, and whether it stands out from what is around it."""
    colour, count = Counter(names.tolist()).most_common(1)[0]
    elsewhere = float((around == colour).mean()) if around.size else 0.0
    return colour, count / names.size > _EVEN and elsewhere < _ALSO_AROUND
