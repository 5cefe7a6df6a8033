"""``glm.check``: whether an answer to an exercise is right, or how far off it is.

It never raises: what cannot be read is said, and a kernel that runs all cells goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import BuiltinFunctionType, EllipsisType, FunctionType, MethodType
from typing import Any, Final

from glmkit.auth.masking import mask, their_words
from glmkit.lessons.choices import NoChoice, letter_in, plain_letters
from glmkit.lessons.exercise import (
    ChoiceAnswer,
    Exercise,
    NumberAnswer,
    ThingAnswer,
    WordsAnswer,
    in_words,
)
from glmkit.lessons.facts_of_things import THINGS, NothingYet, WrongKind, is_as_wanted
from glmkit.lessons.known_exercises import exercise_called, known_beside
from glmkit.lessons.quantities import NoNumber, readings_of
from glmkit.lessons.remark import Remark, briefly
from glmkit.lessons.tries import tries_of
from glmkit.texts import minus, text

_BLANK: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # Chinese has none
_ROUNDED: Final = 0.5  # a number that tells something may have been rounded
_FAR: Final = 900  # times too much or too little: most likely another unit


class Checked(Remark):
    """What came of a check: true where the answer is right; else ``words`` say what is missing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.state == "right"


def check(exercise: str, answer: object = ..., *more: object) -> Checked:
    """Whether ``answer`` is right, or what it lacks.

    ``exercise``: its name, such as ``"03-1"``; ``glm.hint`` helps.

    A number may come as ``0.8``, ``"800 ms"`` or ``"0,8"``, a choice as its letter or its sentence,
    and where an exercise asks for it, the turn, clip or table itself; of a list that holds one
    thing, that one. ``...`` says what it takes. ``more`` is what a comma makes of ``0,8`` without
    quotation marks. Never raises; each try counts.
    """
    found = exercise_called(exercise)
    if found is None:
        return _said("unknown", briefly(exercise), known_beside(briefly(exercise)))
    if more:
        both = ", ".join(map(briefly, (answer, *more)))
        return _said("unread", found.id, text("lessons.several", found=their_words(both, 60)))
    if _is_open(answer):
        return _said("empty", found.id, _takes(found.answer))
    try:
        missing = _missing(found, _alone(answer))
    except (NoNumber, NoChoice, WrongKind):
        return _said("unread", found.id, _not_taken(found.answer, answer))
    except Exception as error:  # noqa: BLE001 - a learner's own object may do anything
        words = text("lessons.broke", found=mask(f"{type(error).__name__}: {error}")[:200])
        return _said("unread", found.id, words)
    tries_of(found.id).count(not missing)
    if not missing:
        return _said("right", found.id, in_words(found.because))
    return _said("not_yet", found.id, _BLANK.sub("", missing), _help(found.id))


def _is_open(given: object) -> bool:
    """Whether the place still holds its three dots, or nothing at all."""
    return isinstance(given, EllipsisType) or (isinstance(given, str) and not given.strip(" .…"))


def _alone(given: Any) -> object:
    """Of a list, a tuple, an array or a column that holds one thing, that thing."""
    holds_one = isinstance(given, list | tuple | set) and len(given) == 1
    return next(iter(given)) if holds_one or getattr(given, "shape", None) == (1,) else given


def _said(state: str, name: str, words: str, more: str = "") -> Checked:
    return Checked(state, text(f"lessons.{state}", exercise=their_words(name, 60)), words, more)


def _missing(exercise: Exercise, given: object) -> str:
    """What is not right; "" where it is right. Raises NoNumber, NoChoice, WrongKind."""
    if given is None or callable(given):
        raise WrongKind
    return _JUDGES[type(exercise.answer)](exercise.answer, given)


def _number(answer: NumberAnswer, given: object) -> str:
    readings = readings_of(given, answer.unit)
    low, high = answer.range
    amount = next((each for each in readings if low <= each <= high), readings[0])
    if answer.among and amount not in answer.among:
        numbers = text("lessons.either").join(minus(f"{each:g}") for each in answer.among)
        return text("lessons.not_among", found=_shown(amount, answer.unit), numbers=numbers)
    if low <= amount <= high:
        return ""
    for telling, why in answer.otherwise.items():
        if any(abs(float(telling) - each) < _ROUNDED for each in readings):
            return in_words(why)
    return _how_far(answer, amount)


def _how_far(answer: NumberAnswer, amount: float) -> str:
    """How far off a number is that is not right."""
    low, high = answer.range
    side = "small" if amount < low else "large"
    if answer.unit and amount > 0 and low > 0 and not 1 / _FAR < amount / low < _FAR:
        found = _shown(amount, answer.unit)
        return text(f"lessons.far_too_{side}", found=found, unit=_unit_name(answer.unit))
    wide = high - low > 0.3 * max(abs(low), abs(high))
    near = abs(amount - (low if side == "small" else high)) <= 0.3 * max(abs(low), abs(high))
    how = "near" if near and not wide else "off"
    return text(f"lessons.too_{side}_{how}", found=_shown(amount, answer.unit))


def _shown(amount: float, unit: str) -> str:
    number = minus(f"{amount:.6g}")
    return f"{number}%" if unit == "%" else f"{number} {_unit_name(unit)}".strip()


#: Units that have a Chinese word which people use; Hz and dB have none.
_NAMED_UNITS: Final = ("s", "ms", "min", "yuan")


def _unit_name(unit: str) -> str:
    """What a reader calls it."""
    return text(f"lessons.unit_{unit}") if unit in _NAMED_UNITS else unit


def _choice(answer: ChoiceAnswer, given: object) -> str:
    letter = letter_in(given, answer.among)
    if letter == answer.right:
        return ""
    why = answer.otherwise.get(letter)
    return in_words(why) if why else text("lessons.other_letter", found=letter)


def _words(answer: WordsAnswer, given: object) -> str:
    if not isinstance(given, str):
        raise WrongKind
    right = {plain_letters(each) for each in answer.right}
    return (
        "" if plain_letters(given) in right else text("lessons.other_words", found=briefly(given))
    )


def _thing(answer: ThingAnswer, given: object) -> str:
    take, facts = THINGS[answer.kind]
    try:
        thing = take(given)
    except NothingYet:
        if answer.kind == "run":
            return text("lessons.nothing_ran")
        return text("lessons.nothing_yet", found=briefly(given))
    for name, wanted in answer.must.items():
        found = facts[name](thing)
        if not is_as_wanted(found, wanted):
            shown = {"found": _fact(found), "wanted": _wanted(wanted)}
            key = "lessons.fact_lacks" if isinstance(found, list) and found else "lessons.fact"
            return text(key, name=text(f"lessons.fact_{name}"), **shown)
    return ""


def _fact(found: Any) -> str:
    if isinstance(found, bool):
        return text(f"lessons.{'yes' if found else 'no'}")
    if isinstance(found, float):
        return f"{found:.3g}"
    if found is None or found in ([], ""):
        return text("lessons.none")
    return (
        text("features.comma").join(map(str, found)) if isinstance(found, list) else briefly(found)
    )


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, dict):
        least, most = wanted.get("min"), wanted.get("max")
        if most is None:
            return text("lessons.at_least", least=least)
        return text(
            "lessons.at_most" if least is None else "lessons.within", least=least, most=most
        )
    if isinstance(wanted, list):
        return text("lessons.either").join(_fact(each) for each in wanted)
    return _fact(wanted)


_JUDGES: Final[dict[type, Callable[[Any, object], str]]] = {
    NumberAnswer: _number,
    ChoiceAnswer: _choice,
    WordsAnswer: _words,
    ThingAnswer: _thing,
}


def _not_taken(answer: Any, given: object) -> str:
    """What was found where something else is expected, and what it takes."""
    takes = _takes(answer)
    if given is None:
        return text("lessons.no_none", takes=takes)
    if isinstance(given, FunctionType | MethodType | BuiltinFunctionType | type):
        return text("lessons.no_function", found=given.__name__, takes=takes)
    return text("lessons.no_answer", found=briefly(given), takes=takes)


def _takes(answer: Any) -> str:
    """What an exercise takes for an answer."""
    if isinstance(answer, NumberAnswer):
        return text(
            "lessons.takes_number" if answer.unit else "lessons.takes_count", **_unit(answer)
        )
    if isinstance(answer, ChoiceAnswer):
        letters = text("lessons.either").join(f'"{letter}"' for letter in answer.among)
        return text("lessons.takes_choice", letters=letters)
    if isinstance(answer, WordsAnswer):
        return text("lessons.takes_words")
    return text(f"lessons.takes_{answer.kind}")


def _unit(answer: NumberAnswer) -> dict[str, str]:
    return {"unit": _unit_name(answer.unit), "example": f'"{_shown(12, answer.unit)}"'}


def _help(name: str) -> str:
    """What helps further, by how often it was tried."""
    so_far = tries_of(name)
    if so_far.hints < 2:
        return text("lessons.help_hint", exercise=name) if so_far.tries >= 1 else ""
    return text("lessons.help_model", exercise=name) if so_far.tries >= 2 else ""
