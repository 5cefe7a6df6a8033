"""What a learner tried, as long as the kernel lives: the hand-in carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glmkit.process_values import ProcessValue


@dataclass(slots=True)
class ExerciseTries:
    """What came of one exercise so far.

    ``right`` stays True once it was; ``first_right``: which try it was; ``hints``: how many were
    read; ``opened``: whether the model answer was looked at before.
    """

    tries: int = 0
    right: bool = False
    first_right: int | None = None
    hints: int = 0
    opened: bool = False

    def count(self, right: bool) -> None:
        """One more try."""
        self.tries += 1
        if right and self.first_right is None:
            self.right, self.first_right = True, self.tries


_tried: ProcessValue[dict[str, ExerciseTries]] = ProcessValue(dict)


def tries_of(exercise: str) -> ExerciseTries:
    """What came of an exercise so far; nothing at first."""
    with _tried.lock:
        return _tried.value.setdefault(exercise, ExerciseTries())


def results(lesson: str = "") -> dict[str, dict[str, Any]]:
    """What was tried in a lesson, by exercise, as plain values.

    ``lesson``: ``"03"``, or ``""`` for all.

    ``{"03-1": {"right": True, "tries": 2, "first_right": 2, "hints": 1, "opened": False}}``
    """
    with _tried.lock:
        found = sorted(_tried.value.items())
    return {
        name: {field: getattr(each, field) for field in ExerciseTries.__slots__}
        for name, each in found
        if name.startswith(lesson)
    }
