"""What to say of an exercise that there is none of: those there are, nearest first."""

from __future__ import annotations

from glmkit.auth.masking import their_words
from glmkit.lessons.exercise import exercises
from glmkit.texts import text


def known_beside(name: str) -> str:
    """The exercises of the same lesson, or of all."""
    lesson = name.partition("-")[0]
    near = [each for each in exercises() if lesson and each.startswith(f"{lesson}-")]
    return text("lessons.known", found=their_words(name, 60), known=", ".join(near or exercises()))
