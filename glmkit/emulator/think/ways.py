"""The ways to an answer, in the order in which they are tried; the first that finds one answers.

Rules
- Who was asked something answers that, unless the words are clearly about something else.
- What follows up the last answer counts before what could be said at any time.
- What was heard clearly counts before names, languages and sums in it, and those before what it
  is only rather like.
- What nothing fits is unknown; a script may know more than that to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from glmkit.emulator.think import answers, course_words
from glmkit.emulator.think.answers import FIXED, WORKED_OUT, AnswerPart
from glmkit.emulator.think.dialogue import Call
from glmkit.emulator.think.lexicon import concepts_of
from glmkit.emulator.think.persona import asks_brevity, language_asked
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import Match, ReplyKey, Told
from glmkit.emulator.think.sentences import Sentence, filled, of_follow_up, of_reply, of_slot
from glmkit.emulator.think.slots import Known, SlotUtterance, known
from glmkit.protocol.script import ScriptCall, fields
from glmkit.texts import text_in

LEAST: Final = 0.37  # as like as this must be what is meant
LIKELY: Final = 0.45
FOLLOWS: Final = 0.5
RATHER: Final = 0.65
CLEAR: Final = 0.8
SURE: Final = 0.85
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
    )
)


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """Sentences to say, or functions to call; of what kind they are."""

    kind: str
    sentences: tuple[Sentence, ...] = ()
    calls: tuple[Call, ...] = ()


def answer(question: Question, *, acts: bool) -> ScriptedAnswer:
    """The answer to a question; with ``acts`` it says what only a function could do."""
    found = (way(question) for way in WAYS if acts or way is not _act)
    return next(each for each in found if each is not None)


def clearly_wants(question: Question) -> str:
    """The reply that was clearly asked for, by its id; empty for none."""
    best = _matches(question)[:1]
    return best[0].key.reply if best and best[0].score >= CLEAR and not best[0].key.path else ""


def worked(question: Question, part: AnswerPart, kind: str) -> ScriptedAnswer:
    """The answer that a part is: a script's sentence where there is one, else a text."""
    reply = question.repertoire.reply(part.id)
    if reply is not None and reply.says:
        return ScriptedAnswer(kind, (of_reply(question, part.id, part.values),))
    if set(part.values) == {"words"}:
        return ScriptedAnswer(kind, (Sentence(part.values["words"]),))
    words = text_in(question.lang, f"dialogue.{part.id}", **part.values)
    return ScriptedAnswer(kind, (Sentence(words, part.id if part.id in FIXED else None),))


def _asked(question: Question) -> ScriptedAnswer | None:
    """What a slot was asked for."""
    told = _asking(question)
    if told is None:
        return None
    found = _known(question, told.key.reply)
    fits = told.slot in found.values
    if fits and _picks(question, told):
        return _flow(question, told.key.reply, found)
    other = next((each for each in _matches(question) if not each.key.path), None)
    if other and other.key.reply != told.key.reply and other.score >= CLEAR:
        return None
    follow = next((each for each in _matches(question) if each.key.path), None)
    if fits and not (follow and follow.score >= CLEAR):
        return _flow(question, told.key.reply, found)
    if follow and follow.score >= FOLLOWS:
        return _asked_again(question, follow.key, told, found)
    says = of_slot(question, told.key.reply, told.slot, found.values, hint=True)
    return ScriptedAnswer(told.slot, (says,))


def _asking(question: Question) -> Told | None:
    """The question of a slot that is still open; what followed it up doesn't close it."""
    for _, told in reversed(question.told):
        if told.slot and _slot(question, told):
            return told if question.last_told else None
        if not told.key.path:
            return None
    return None


def _slot(question: Question, told: Told) -> bool:
    return told.slot in question.reply(told.key.reply).slots


def _picks(question: Question, told: Told) -> bool:
    """Whether a slot takes only what fits it."""
    slot = question.reply(told.key.reply).slots[told.slot]
    return bool(slot.among) or slot.takes != "words"


def _asked_again(question: Question, key: ReplyKey, told: Told, found: Known) -> ScriptedAnswer:
    """A follow-up, and the open question again unless it ends with one of its own."""
    says = of_follow_up(question, key)
    kind = question.follow_up(key).kind or question.kind(key.reply)
    if says.words.rstrip()[-1:] in "?？":
        return ScriptedAnswer(kind, (says,))
    again = of_slot(question, told.key.reply, told.slot, found.values, hint=False)
    return ScriptedAnswer(kind, (says, again))


def _known(question: Question, id: str) -> Known:
    """What the talk since the reply first asked tells of its slots."""
    said: list[SlotUtterance] = []
    asked = ""
    told = dict(question.told)
    for place, line in enumerate(question.history):
        if line.role == "user" and line.words:
            said = [*(said if asked else ()), SlotUtterance(line.words, asked)]
        elif place in told and told[place].key.reply == id:
            asked = told[place].slot or (asked if told[place].key.path else "")
    said = [*(said if asked else ()), SlotUtterance(question.words, asked, question.gaps)]
    return known(
        question.heard_in.reply(id) or question.reply(id), said, question.heard_in, question.now
    )


def _flow(question: Question, id: str, found: Known) -> ScriptedAnswer | None:
    """The next question of a reply, or the reply itself when it knows all."""
    reply, values = question.reply(id), {**question.gaps, **found.values}
    if not found.missing and reply.calls and reply.calls.tool in question.tools:
        return ScriptedAnswer("call", calls=(_call(reply.calls, values),))
    if not found.missing:
        return ScriptedAnswer(question.kind(id), (of_reply(question, id, values),))
    if reply.slots[found.missing].ask:
        says = of_slot(question, id, found.missing, found.values, hint=False)
        return ScriptedAnswer(found.missing, (says,))
    if reply.otherwise:
        return ScriptedAnswer(
            question.kind(reply.otherwise), (of_reply(question, reply.otherwise, question.gaps),)
        )
    return None


def _call(call: ScriptCall, values: Mapping[str, str]) -> Call:
    """A script's call, its arguments filled."""
    given = call.arguments.items()
    return Call(
        call.tool,
        {name: filled(each, values) if isinstance(each, str) else each for name, each in given},
    )


def _game(question: Question) -> ScriptedAnswer | None:
    """A guess, in a game under way."""
    best = next(iter(_matches(question)), None)
    if best and best.score >= CLEAR and question.kind(best.key.reply) != "guess":
        return None
    if answers.total(question):
        return None
    part = answers.guess(question)
    return worked(question, part, "guess") if part else None


def _following(question: Question) -> ScriptedAnswer | None:
    """What follows up the last answer; a clear one also before a frame that anything fits."""
    found = _matches(question)
    follow = next((each for each in found if each.key.path), None)
    if follow is None or follow.score < (FOLLOWS if follow is found[0] else CLEAR):
        return None
    return _follow(question, follow.key) if follow is found[0] or found[0].gaps else None


def _follow(question: Question, key: ReplyKey) -> ScriptedAnswer | None:
    part = question.follow_up(key)
    if part.again or part.goes:
        id = part.goes or key.reply
        return _reply(question, Match(1.0, ReplyKey(id), {}))
    return ScriptedAnswer(part.kind or question.kind(key.reply), (of_follow_up(question, key),))


def _clear(question: Question) -> ScriptedAnswer | None:
    """What was heard as clearly as can be."""
    return _first(question, SURE, otherwise=False)


def _near(question: Question) -> ScriptedAnswer | None:
    """What comes near enough."""
    return _first(question, LEAST)


def _first(question: Question, least: float, *, otherwise: bool = True) -> ScriptedAnswer | None:
    """The first reply, likeliest first, that has an answer."""
    held: ScriptedAnswer | None = None
    for match in _matches(question):
        if match.score < (RATHER if held else least):
            break
        found = _follow(question, match.key) if match.key.path else _reply(question, match)
        if found is not None and not _is_otherwise(question, match, found):
            return found
        held = held or found
    return held if otherwise else None


def _is_otherwise(question: Question, match: Match, found: ScriptedAnswer) -> bool:
    """Whether a reply had to hand on to the one for what doesn't fit it."""
    otherwise = question.reply(match.key.reply).otherwise
    return bool(otherwise) and found.kind == question.kind(otherwise)


def _reply(question: Question, match: Match) -> ScriptedAnswer | None:
    """A reply's answer; None where it finds that it was not meant."""
    id = match.key.reply
    question = replace(question, wanted=id, gaps=match.gaps)
    reply = question.reply(id)
    if reply.works_out:
        part = WORKED_OUT[reply.works_out](question)
        if part is None and reply.otherwise:
            return ScriptedAnswer(
                question.kind(reply.otherwise), (of_reply(question, reply.otherwise),)
            )
        return worked(question, part, question.kind(id)) if part else None
    if reply.slots or reply.calls:
        return _flow(question, id, _known(question, id))
    return (
        ScriptedAnswer(question.kind(id), (of_reply(question, id, match.gaps),))
        if reply.says
        else None
    )


def _introduced(question: Question) -> ScriptedAnswer | None:
    part = answers.introduced(question)
    return worked(question, part, part.id) if part else None


def _instructed(question: Question) -> ScriptedAnswer | None:
    """The answer to "speak English" and "be brief"."""
    best = next(iter(_matches(question)), None)
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
    best = next(iter(_matches(question)), None)
    if best and best.score >= SURE and not best.gaps and best.key.reply not in _MAY_BE_SEEN:
        return None
    part = answers.looked_at(question)
    return worked(question, part, "see") if part else None


def _sum(question: Question) -> ScriptedAnswer | None:
    best = next(iter(_matches(question)), None)
    if best and best.score >= FOLLOWS and best.key.reply in _NO_SUMS:
        return None
    part = answers.total(question)
    return worked(question, part, "sum") if part else None


def _course_word(question: Question) -> ScriptedAnswer | None:
    """A word of the course: one of nothing else, or a good part of what was said."""
    found = course_words.mentioned(question.words)
    if found is None:
        return None
    best = next((each for each in _matches(question) if each.key.reply != "word"), None)
    doubtful = best is not None and best.score >= RATHER
    if not found.is_technical and (doubtful or found.share < _SHARE[question.lang]):
        return None
    part = answers.word(question)
    return worked(question, part, "word") if part else None


def _act(question: Question) -> ScriptedAnswer | None:
    """What only a function could do."""
    best = next(iter(_matches(question)), None)
    if (best and best.score >= LIKELY) or not concepts_of(question.words) & _ACTS:
        return None
    return ScriptedAnswer("no_tool", (of_reply(question, "no_tool"),))


def _unknown(question: Question) -> ScriptedAnswer:
    """What a script says to anything after its last answer, or that it doesn't know."""
    told = question.last_told
    for key in question.heard_in.after(told.key) if told else ():
        if not question.follow_up(key).hears and (found := _follow(question, key)):
            return found
    return ScriptedAnswer("unknown", (of_reply(question, "unknown"),))


WAYS: Final[tuple[Callable[[Question], ScriptedAnswer | None], ...]] = (
    *(_asked, _game, _following, _seen, _instructed, _clear, _introduced, _sum, _course_word),
    *(_act, _near, _unknown),
)


@lru_cache(256)
def _found(repertoire: Any, words: str, after: tuple[ReplyKey, ...]) -> list[Match]:
    return list(repertoire.nearest(words, after=after))


def _matches(question: Question) -> list[Match]:
    """What the words may mean, likeliest first."""
    told = question.last_told
    after = question.heard_in.after(told.key) if told else ()
    return _found(question.heard_in, question.words, after)
