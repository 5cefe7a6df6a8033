"""The course's exercises as data: what is right, hints, a model answer. One YAML file a lesson.

    - id: 03-1
      stars: 1
      answer: {takes: number, unit: "%", right: 36, within: 1}
      hints:
        - {en: Look at the column extra_percent., zh: 看 extra_percent 这一列。}
        - {en: It is the row of 100 ms., zh: 看 100 毫秒那一行。}
      model: {en: "…", zh: "…"}           # offered after two tries and both hints
      because: {en: "…", zh: "…"}         # said when it is right: what it means

The question itself stands in the notebook. Files are data only: nothing in them runs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from glmkit.texts import Language, language

_FOLDER: Final = Path(__file__).with_name("exercises")
Both = dict[Language, str]


class NumberAnswer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="number",
    tag_field="takes",
):
    """A number, read off a figure or counted.

    Attributes:
        unit: what it is in, as in ``quantities.UNITS``; empty: a count.
        right: the number, as near as ``within``.
        between: or the range it lies in, ends included, where each computer has its own.
        among: the only numbers that it can be, where a list has them all; else empty.
        otherwise: what to say of a wrong one that tells how it came about, by the number.
    """

    unit: str = ""
    right: float | None = None
    within: float = 0.0
    between: tuple[float, float] | None = None
    among: tuple[float, ...] = ()
    otherwise: dict[str, Both] = {}

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most that are right."""
        if self.between is not None:
            return self.between
        assert self.right is not None  # a test reads every file
        return self.right - self.within, self.right + self.within


class ChoiceAnswer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="choice",
    tag_field="takes",
):
    """One letter of those that the notebook lists.

    Attributes:
        among: the letters, each with its sentence, as the notebook has it.
        right: the right one.
        otherwise: what to say of a wrong one, by letter.
    """

    among: dict[str, Both]
    right: str
    otherwise: dict[str, Both] = {}


class WordsAnswer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="words",
    tag_field="takes",
):
    """A word or two; case, blanks and punctuation don't count.

    Attributes:
        right: each form that is right, in either language.
    """

    right: tuple[str, ...]


class ThingAnswer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="thing",
    tag_field="takes",
):
    """What the learner made: a turn, a script's run, a clip, a table, a rehearsal.

    Attributes:
        kind: which of them.
        must: fact → what it has to be: a value, a list of values, ``{min: …, max: …}``; the
            facts are those of ``facts_of_things``.
    """

    kind: Literal["turn", "run", "clip", "table", "rehearsal"]
    must: dict[str, Any]


Answer = NumberAnswer | ChoiceAnswer | WordsAnswer | ThingAnswer


class Exercise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exercise that can be checked.

    Attributes:
        id: lesson and number, ``03-1``; ``03-x`` is the exit question.
        stars: how hard it is, 1 to 3.
        answer: what is right.
        hints: two, the second says more.
        model: an answer in words or code.
        because: what the right answer means.
    """

    id: str
    stars: int
    answer: Answer
    hints: tuple[Both, Both]
    model: Both
    because: Both


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise by its id, in the order of the course."""
    files = sorted(_FOLDER.glob("*.yaml"))
    found = [each for path in files for each in _read(path)]
    return {each.id: each for each in found}


def _read(path: Path) -> tuple[Exercise, ...]:
    return msgspec.yaml.decode(path.read_bytes(), type=tuple[Exercise, ...])


def in_words(both: Both) -> str:
    """What stands there in the reader's language."""
    return both[language()]
