"""``glm.hint``: a first hint, a second, and after two tries a model answer."""

from __future__ import annotations

from typing import Final

from glmkit.lessons.exercise import in_words
from glmkit.lessons.known_exercises import exercise_called, known_beside
from glmkit.lessons.remark import Remark, briefly
from glmkit.lessons.tries import tries_of
from glmkit.texts import text

_TRIES: Final = 2  # before a model answer is shown


def hint(exercise: str) -> Remark:
    """Help with an exercise such as ``"03-1"``: each call says more.

    Twice a hint; then, if it was tried twice, a model answer. Hints and answers that were read
    stand in the hand-in. Never raises.
    """
    found = exercise_called(exercise)
    if found is None:
        asked = briefly(exercise)
        return _said("unknown", asked, known_beside(asked))
    name = found.id
    so_far = tries_of(name)
    if so_far.hints < len(found.hints):
        so_far.hints += 1
        words, step = in_words(found.hints[so_far.hints - 1]), so_far.hints
        more = text(f"lessons.after_hint_{step}")
        return Remark("hint", text("lessons.title_hint", exercise=name, step=step), words, more)
    if not so_far.right and so_far.tries < _TRIES:
        left = _TRIES - so_far.tries
        return _said("early", name, text("lessons.model_early", exercise=name, left=left))
    so_far.opened = so_far.opened or not so_far.right
    return _said("model", name, in_words(found.model))


def _said(state: str, name: str, words: str) -> Remark:
    return Remark(state, text(f"lessons.title_{state}", exercise=name), words)
