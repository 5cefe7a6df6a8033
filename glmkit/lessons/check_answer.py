"""``glm.check``: whether an answer to an exercise is right, or how far off it is.

It never raises: what cannot be read is said, and a kernel that runs all cells goes on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from types import EllipsisType
from typing import Any, Final

from glmkit.auth.masking import mask, their_words
from glmkit.lessons.exercise import (
    ChoiceAnswer,
    Exercise,
    NumberAnswer,
    ThingAnswer,
    WordsAnswer,
    exercises,
    in_words,
)
from glmkit.lessons.facts_of_things import THINGS, NothingYet, WrongKind, is_as_wanted
from glmkit.lessons.known_exercises import known_beside
from glmkit.lessons.quantities import NoNumber, amount_in
from glmkit.lessons.remark import Remark
from glmkit.lessons.tries import tries_of
from glmkit.texts import minus, text

_FAR: Final = 900  # times too much or too little: most likely another unit


class Checked(Remark):
    """What came of a check: true where the answer is right; else ``words`` say what is missing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.state == "right"


def check(exercise: str, answer: object = ..., *more: object) -> Checked:
    """Whether ``answer`` is right, or what it lacks.

    ``exercise``: its name, such as ``"03-1"``; ``glm.hint`` helps.

    A number may come as ``0.8``, ``"800 ms"`` or ``"0,8"``, a choice as its letter, and where an
    exercise asks for it, the turn, clip or table itself. ``...`` says what it takes. ``more`` is
    what a comma makes of ``0,8`` without quotation marks. Never raises; each try counts, and
    ``glm.hint`` helps.
    """
    name = str(exercise)
    found = exercises().get(name)
    if found is None:
        return _said("unknown", name, known_beside(name))
    if more:
        both = ", ".join(map(_brief, (answer, *more)))
        return _said("unread", name, text("lessons.several", found=their_words(both, 60)))
    if isinstance(answer, EllipsisType | None) or (isinstance(answer, str) and not answer.strip()):
        return _said("empty", name, _takes(found.answer))
    try:
        missing = _missing(found, answer)
    except (NoNumber, WrongKind):
        words = text("lessons.no_answer", found=_brief(answer), takes=_takes(found.answer))
        return _said("unread", name, words)
    except Exception as error:  # noqa: BLE001 - a learner's own object may do anything
        words = text("lessons.broke", found=mask(f"{type(error).__name__}: {error}")[:200])
        return _said("unread", name, words)
    tries_of(name).count(not missing)
    if not missing:
        return _said("right", name, in_words(found.because))
    return _said("not_yet", name, missing, _help(name))


def _said(state: str, name: str, words: str, more: str = "") -> Checked:
    return Checked(state, text(f"lessons.{state}", exercise=their_words(name, 60)), words, more)


def _missing(exercise: Exercise, given: object) -> str:
    """What is not right about an answer; "" where it is right. Raises NoNumber, WrongKind."""
    return _JUDGES[type(exercise.answer)](exercise.answer, given)


def _number(answer: NumberAnswer, given: object) -> str:
    amount = amount_in(given, answer.unit)
    low, high = answer.range
    if low <= amount <= high:
        return ""
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
    letter = _letters(given)
    if letter not in answer.among:
        raise WrongKind
    if letter == answer.right:
        return ""
    why = answer.otherwise.get(letter)
    return in_words(why) if why else text("lessons.other_letter", found=letter)


def _words(answer: WordsAnswer, given: object) -> str:
    if not isinstance(given, str):
        raise WrongKind
    right = {_letters(each) for each in answer.right}
    return "" if _letters(given) in right else text("lessons.other_words", found=_brief(given))


def _letters(given: object) -> str:
    """Letters and digits only, small, half width."""
    if not isinstance(given, str | int):
        raise WrongKind
    plain = unicodedata.normalize("NFKC", str(given)[:200]).lower()
    return "".join(each for each in plain if each.isalnum())


def _thing(answer: ThingAnswer, given: object) -> str:
    take, facts = THINGS[answer.kind]
    try:
        thing = take(given)
    except NothingYet:
        return text("lessons.nothing_yet", found=_brief(given))
    for name, wanted in answer.must.items():
        found = facts[name](thing)
        if not is_as_wanted(found, wanted):
            shown = {"found": _fact(found), "wanted": _wanted(wanted)}
            return text("lessons.fact", name=text(f"lessons.fact_{name}"), **shown)
    return ""


def _fact(found: Any) -> str:
    if isinstance(found, bool):
        return text(f"lessons.{'yes' if found else 'no'}")
    if isinstance(found, float):
        return f"{found:.3g}"
    if found is None or found in ([], ""):
        return text("lessons.none")
    return (
        text("features.comma").join(map(str, found)) if isinstance(found, list) else _brief(found)
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


def _brief(given: object) -> str:
    try:
        words = given if isinstance(given, str) else repr(given)
    except Exception:  # noqa: BLE001 - see above
        words = type(given).__name__
    return their_words(words, 60)
