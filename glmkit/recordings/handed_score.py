"""What a recording that was handed in says of its lesson's exercises, for tables of many.

It was made on a pupil's computer and may say anything: what is no number counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from glmkit.numeric import number
from glmkit.texts import text

SCORE: Final = (
    *("lesson", "number", "right", "of", "first_try", "tries", "hints", "answers", "exercises"),
)
_MOST: Final = 200  # exercises, and more than anybody tries one


def score_in(about: Mapping[str, Any], file: str) -> dict[str, Any]:
    """The columns of ``SCORE``; nothing for what was not handed in. ``file``: its name.

    ``first_try``: right at once, unhelped; ``answers``: model answers read before; ``exercises``:
    each of them in words.
    """
    handed = about.get("hand_in")
    if not isinstance(handed, Mapping) or not (lesson := str(handed.get("lesson") or "")):
        return {}
    tried = dict(_tried(handed.get("tried")))
    each = tried.values()
    return {
        "lesson": lesson,
        "number": _count(file.removesuffix(".glm").rpartition("-")[2]),
        "right": sum(t["right"] for t in each),
        "of": max(_count(handed.get("of")), len(tried)),
        "first_try": sum(t["first_right"] == 1 and not (t["hints"] or t["opened"]) for t in each),
        "tries": sum(t["tries"] for t in each),
        "hints": sum(t["hints"] for t in each),
        "answers": sum(t["opened"] for t in each),
        "exercises": text("hand_in.between").join(exercises_in(about)),
    }


def exercises_in(about: Mapping[str, Any]) -> list[str]:
    """Each exercise that was tried, in words."""
    handed = about.get("hand_in")
    tried = handed.get("tried") if isinstance(handed, Mapping) else None
    return [_said(name, each) for name, each in _tried(tried)]


def _tried(found: object) -> Iterator[tuple[str, dict[str, int]]]:
    for name, each in list(found.items())[:_MOST] if isinstance(found, Mapping) else ():
        if isinstance(each, Mapping):
            counts = {field: _count(each.get(field)) for field in ("tries", "hints", "first_right")}
            flags = {field: int(each.get(field) is True) for field in ("right", "opened")}
            yield str(name)[:20], counts | flags


def _count(found: object) -> int:
    value = number(
        int(found) if isinstance(found, str) and found.isdecimal() and len(found) < 7 else found
    )
    return int(value) if 0 <= value <= 10_000 else 0


def _said(name: str, tried: Mapping[str, int]) -> str:
    came = "right" if tried["right"] else "not_yet" if tried["tries"] else "untried"
    number = tried["first_right"] or tried["tries"]
    words = text(f"hand_in.exercise_{came}", exercise=name, number=number)
    hints = text("hand_in.exercise_hints", hints=tried["hints"]) if tried["hints"] else ""
    return words + hints + (text("hand_in.exercise_opened") if tried["opened"] else "")
