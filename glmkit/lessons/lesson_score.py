"""What a hand-in says of a lesson's exercises: how many there are, and what was tried of them."""

from __future__ import annotations

from typing import Any

from glmkit.lessons.exercise import exercises
from glmkit.lessons.tries import results


def course_lessons() -> tuple[str, ...]:
    """The lessons of the course that have exercises, in its order: ``00``, ``01``, …"""
    return tuple(dict.fromkeys(name.partition("-")[0] for name in exercises()))


def score_of(lesson: str) -> dict[str, Any]:
    """``{"of": 5, "tried": {"03-1": {…}}}`` for ``"03"``, as ``results`` says it."""
    head = f"{lesson}-"
    return {"of": sum(name.startswith(head) for name in exercises()), "tried": results(head)}
