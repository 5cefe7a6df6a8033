"""The ways to an answer, in the order in which they are tried; the first that finds one answers.

Rules
- Who was asked something answers that, unless the words are clearly about something else.
- What follows up the last answer counts before what could be said at any time.
- What was heard clearly counts before names, languages and sums in it, and those before what it
  is only rather like.
- What nothing fits is unknown; a script may know more than that to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from glmkit.emulator.think import answers, course_words, open_slots
from glmkit.emulator.think.lexicon import concepts_of
from glmkit.emulator.think.meanings import (
    CLEAR,
    FOLLOWS,
    LEAST,
    LIKELY,
    RATHER,
    SURE,
    clearly_wants,
    likeliest,
    matches,
)
from glmkit.emulator.think.persona import asks_brevity, language_asked
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import clauses_of
from glmkit.emulator.think.reply_answers import (
    ScriptedAnswer,
    first_answer,
    follow_answer,
    worked,
)
from glmkit.emulator.think.sentences import Sentence, of_reply
from glmkit.protocol.script import Slot, fields

_SHARE: Final = {"zh": 0.25, "en": 0.5}  # of a sentence, where a word may be just a word
#: What is never a sum, whatever numbers are in it.
_NO_SUMS: Final = frozenset(("count", "time", "date", "joke", "story"))
#: What may be asked of a picture, too: how is she, 检查一下, when was the peak.
_MAY_BE_SEEN: Final = frozenset(("see", "how_are_you", "greeting", "time", "search"))
#: What is said beside something else.
_POLITE: Final = frozenset(("greeting", "thanks", "see", "languages"))
#: What only a function can do.
_ACTS: Final = frozenset(
    (
        *("call", "message", "light", "air", "curtain", "door", "volume", "alarm", "timer"),
        *("reminder", "order", "book", "translate", "music", "navigate"),
        *("heart_rate", "steps", "sleep"),
    )
)


def answer(question: Question, *, acts: bool) -> ScriptedAnswer:
    """The answer to a question; with ``acts`` it says what only a function could do."""
    found = (way(question) for way in WAYS if acts or way is not _act)
    return next(each for each in found if each is not None)


def _asked(question: Question) -> ScriptedAnswer | None:
    """What was asked for, or something beside it."""
    return open_slots.answered(question, _aside)


def _aside(question: Question, slot: Slot) -> ScriptedAnswer | None:
    """The answer to what is surely about something else than a slot."""
    ways = [_instructed, _clearly, _introduced, _sum, _course_word]
    if slot.takes == "number":
        ways.remove(_sum)
    return next((found for way in ways if (found := way(question))), None)


def _clearly(question: Question) -> ScriptedAnswer | None:
    return first_answer(question, CLEAR, otherwise=False)


def _game(question: Question) -> ScriptedAnswer | None:
    """A guess, in a game under way."""
    best = likeliest(question)
    if best and best.score >= CLEAR and question.kind(best.key.reply) != "guess":
        return None
    if answers.total(question):
        return None
    part = answers.guess(question)
    return worked(question, part, "guess") if part else None


def _following(question: Question) -> ScriptedAnswer | None:
    """What follows up the last answer; a clear one also before a frame that anything fits."""
    found = matches(question)
    follow = next((each for each in found if each.key.path), None)
    if follow is None or follow.score < (FOLLOWS if follow is found[0] else CLEAR):
        return None
    return follow_answer(question, follow.key) if follow is found[0] or found[0].gaps else None


def _clear(question: Question) -> ScriptedAnswer | None:
    """What was heard as clearly as can be."""
    return first_answer(question, SURE, otherwise=False)


def _near(question: Question) -> ScriptedAnswer | None:
    """What comes near enough; else what was clear in it: a greeting before what nobody knows."""
    found = first_answer(question, LEAST)
    return _greeted(question) or found if found is None or found.kind == "unknown" else found


def _greeted(question: Question) -> ScriptedAnswer | None:
    first, *others = clauses_of(question.words)
    if not others:
        return None
    alone = replace(question, words=first)
    return first_answer(alone, SURE, otherwise=False) if clearly_wants(alone) in _POLITE else None


def _introduced(question: Question) -> ScriptedAnswer | None:
    part = answers.introduced(question)
    return worked(question, part, part.id) if part else None


def _instructed(question: Question) -> ScriptedAnswer | None:
    """The answer to "speak English" and "be brief"."""
    best = likeliest(question)
    if best and best.score >= SURE and best.key.reply not in _POLITE:
        return None
    if language_asked(question.words):
        again = _in_the_other_language(question)
        return ScriptedAnswer("language", (of_reply(question, "language"), *again))
    return (
        ScriptedAnswer("brief", (of_reply(question, "brief"),))
        if asks_brevity(question.words)
        else None
    )


def _in_the_other_language(question: Question) -> tuple[Sentence, ...]:
    """The last answer, as the language that was asked for has it."""
    told = question.last_told
    reply = question.repertoire.reply(told.key.reply) if told else None
    if told is None or reply is None or told.slot or told.key.path or reply.works_out:
        return ()
    says = reply.says[told.number : told.number + 1]
    return tuple(Sentence(each) for each in says if not fields(each))


def _seen(question: Question) -> ScriptedAnswer | None:
    """What only the pictures can tell."""
    best = likeliest(question)
    if best and best.score >= SURE and not best.gaps and best.key.reply not in _MAY_BE_SEEN:
        return None
    part = answers.looked_at(question)
    return worked(question, part, "see") if part else None


def _sum(question: Question) -> ScriptedAnswer | None:
    best = likeliest(question)
    if best and best.score >= FOLLOWS and best.key.reply in _NO_SUMS:
        return None
    part = answers.total(question)
    return worked(question, part, "sum") if part else None


def _course_word(question: Question) -> ScriptedAnswer | None:
    """A word of the course: one of nothing else, or a good part of what was said."""
    found = course_words.mentioned(question.words)
    if found is None:
        return None
    best = next((each for each in matches(question) if each.key.reply != "word"), None)
    doubtful = best is not None and best.score >= RATHER
    if not found.is_technical and (doubtful or found.share < _SHARE[question.lang]):
        return None
    part = answers.word(question)
    return worked(question, part, "word") if part else None


def _act(question: Question) -> ScriptedAnswer | None:
    """What only a function could do."""
    best = likeliest(question)
    if (best and best.score >= LIKELY) or not concepts_of(question.words) & _ACTS:
        return None
    return ScriptedAnswer("no_tool", (of_reply(question, "no_tool"),))


def _unknown(question: Question) -> ScriptedAnswer:
    """What a script says to anything after its last answer, or that it doesn't know."""
    told = question.last_told
    for key in question.heard_in.after(told.key) if told else ():
        if not question.follow_up(key).hears and (found := follow_answer(question, key)):
            return found
    return ScriptedAnswer("unknown", (of_reply(question, "unknown"),))


WAYS: Final[tuple[Callable[[Question], ScriptedAnswer | None], ...]] = (
    *(_asked, _game, _following, _seen, _instructed, _clear, _introduced, _sum, _course_word),
    *(_act, _near, _unknown),
)
