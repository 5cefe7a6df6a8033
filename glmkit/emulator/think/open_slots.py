"""A question that is still open: what answers it, what is said beside it, and what closes it.

Rules
- What fits the slot answers it, unless a slot that takes any words hears what is clearly said
  about something else.
- What a person may say beside any question (为什么要问, 什么意思) is in the scripts, as what
  follows up the reply ``beside``.
- What is answered beside it, a joke, a sum, the time, is followed by the question again; what
  ``closes`` (goodbye, an emergency), asks for something itself or calls a function is not.
"""

from __future__ import annotations

from collections.abc import Callable

from glmkit.emulator.think.meanings import CLEAR, FOLLOWS, matches
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import Match, ReplyKey, Told
from glmkit.emulator.think.reply_answers import (
    ScriptedAnswer,
    flow,
    follow_answer,
    known_so_far,
)
from glmkit.emulator.think.sentences import Sentence, of_follow_up, of_slot
from glmkit.emulator.think.slots import Known
from glmkit.protocol.script import Slot

BESIDE = ReplyKey("beside")


def answered(
    question: Question, aside: Callable[[Question, Slot], ScriptedAnswer | None]
) -> ScriptedAnswer | None:
    """The answer while a question is open; ``aside`` answers what is about something else."""
    told = _open(question)
    if told is None:
        return None
    found = known_so_far(question, told.key.reply)
    fits, slot = told.slot in found.values, _slot(question, told)
    if fits and (slot.among or slot.takes != "words"):
        return flow(question, told.key.reply, found)
    follow, other = _meant(question, told)
    if follow and follow.score < (CLEAR if fits else FOLLOWS):
        follow = None
    if follow and (not other or follow.score >= other.score):
        return _followed(question, follow.key, told, found)
    if (other or not fits) and (answer := aside(question, slot)):
        return _beside(question, answer, told, found)
    if follow:
        return _followed(question, follow.key, told, found)
    return flow(question, told.key.reply, found) if fits else _hint(question, told, found)


def _open(question: Question) -> Told | None:
    """The question of a slot that is still open; what followed it up doesn't close it."""
    for _, told in reversed(question.told):
        if told.slot and told.slot in question.reply(told.key.reply).slots:
            return told if question.last_told else None
        if not told.key.path:
            return None
    return None


def _slot(question: Question, told: Told) -> Slot:
    return question.reply(told.key.reply).slots[told.slot]


def _meant(question: Question, told: Told) -> tuple[Match | None, Match | None]:
    """What follows up the question, and what is clearly another reply."""
    found = matches(question, *question.heard_in.after(BESIDE))
    follows = (each for each in found if each.key.path)
    follow = min(follows, key=_own_first, default=None)
    other = next((each for each in found if not each.key.path), None)
    clear = other and other.score >= CLEAR and other.key.reply != told.key.reply
    return follow, other if clear else None


def _own_first(match: Match) -> tuple[float, bool]:
    return -match.score, match.key.reply == BESIDE.reply


def _followed(question: Question, key: ReplyKey, told: Told, found: Known) -> ScriptedAnswer | None:
    """A follow-up, and the open question again unless it ends with one of its own."""
    part = question.follow_up(key)
    if part.goes:
        return follow_answer(question, key)
    if key.reply == BESIDE.reply and part.again:
        return _hint(question, told, found)
    says = of_follow_up(question, key)
    kind = told.slot if key.reply == BESIDE.reply else part.kind or question.kind(key.reply)
    if says.words.rstrip()[-1:] in "?？":
        return ScriptedAnswer(kind, (says,))
    return ScriptedAnswer(kind, (says, _again(question, told, found)))


def _beside(question: Question, answer: ScriptedAnswer, told: Told, found: Known) -> ScriptedAnswer:
    """An answer to something else, and the open question again."""
    if answer.calls or answer.closes or _asks(question, answer):
        return answer
    sentences = (*answer.sentences, _again(question, told, found))
    return ScriptedAnswer(answer.kind, sentences)


def _asks(question: Question, answer: ScriptedAnswer) -> bool:
    """Whether an answer already ends with the question of a slot."""
    told = question.repertoire.told(answer.sentences[-1].words)
    return bool(told and told.slot)


def _again(question: Question, told: Told, found: Known) -> Sentence:
    return of_slot(question, told.key.reply, told.slot, found.values, hint=False)


def _hint(question: Question, told: Told, found: Known) -> ScriptedAnswer:
    says = of_slot(question, told.key.reply, told.slot, found.values, hint=True)
    return ScriptedAnswer(told.slot, (says,))
