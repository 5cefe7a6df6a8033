"""Which exercise is meant, and where there is none of that name, those there are, nearest first."""

from __future__ import annotations

import re
import unicodedata

from glmkit.auth.masking import their_words
from glmkit.lessons.exercise import Exercise, exercises
from glmkit.texts import text


def exercise_called(name: object) -> Exercise | None:
    """The exercise of that name, also where it is written ``3-1``, ``03-X`` or ``０３－１``."""
    return exercises().get("-".join(_parts(name)))


def known_beside(name: str) -> str:
    """The exercises of the same lesson, or of all."""
    lesson = "".join(_parts(name)[:1])
    near = [each for each in exercises() if lesson and each.startswith(f"{lesson}-")]
    return text("lessons.known", found=their_words(name, 60), known=", ".join(near or exercises()))


def _parts(name: object) -> list[str]:
    """Lesson and number, as the files write them."""
    plain = unicodedata.normalize("NFKC", name).lower() if isinstance(name, str) else ""
    lesson, *number = re.findall(r"[^\W_]+", plain) or [""]
    return [lesson.zfill(2), *number] if lesson else []
