"""What a reply answers: its sentence, its next question, a call, what follows it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from glmkit.emulator.think.answers import FIXED, WORKED_OUT, AnswerPart
from glmkit.emulator.think.dialogue import Call
from glmkit.emulator.think.meanings import RATHER, gaps_of, matches
from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import Match, ReplyKey
from glmkit.emulator.think.sentences import Sentence, filled, of_follow_up, of_reply, of_slot
from glmkit.emulator.think.slots import Known, SlotUtterance, known
from glmkit.protocol.script import ScriptCall
from glmkit.texts import text_in


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """Sentences to say, or functions to call; of what kind they are, and whether what was asked
    before them is asked no more."""

    kind: str
    sentences: tuple[Sentence, ...] = ()
    calls: tuple[Call, ...] = ()
    closes: bool = False


def worked(question: Question, part: AnswerPart, kind: str) -> ScriptedAnswer:
    """The answer that a part is: a script's sentence where there is one, else a text."""
    reply = question.repertoire.reply(part.id)
    if reply is not None and reply.says:
        return ScriptedAnswer(kind, (of_reply(question, part.id, part.values),))
    if set(part.values) == {"words"}:
        return ScriptedAnswer(kind, (Sentence(part.values["words"]),))
    words = text_in(question.lang, f"dialogue.{part.id}", **part.values)
    return ScriptedAnswer(kind, (Sentence(words, part.id if part.id in FIXED else None),))


def first_answer(
    question: Question, least: float, *, otherwise: bool = True
) -> ScriptedAnswer | None:
    """The first reply, likeliest first, that has an answer."""
    held: ScriptedAnswer | None = None
    for match in matches(question):
        if match.score < (RATHER if held else least):
            break
        found = (
            follow_answer(question, match.key) if match.key.path else reply_answer(question, match)
        )
        if found is not None and not _is_otherwise(question, match, found):
            return found
        held = held or found
    return held if otherwise else None


def reply_answer(question: Question, match: Match) -> ScriptedAnswer | None:
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
        return flow(question, id, known_so_far(question, id))
    if not reply.says:
        return None
    says = of_reply(question, id, match.gaps)
    return ScriptedAnswer(question.kind(id), (says,), closes=reply.closes)


def follow_answer(question: Question, key: ReplyKey) -> ScriptedAnswer | None:
    """What follows up the last answer."""
    part = question.follow_up(key)
    if part.again or part.goes:
        id = part.goes or key.reply
        return reply_answer(question, Match(1.0, ReplyKey(id), {}))
    return ScriptedAnswer(part.kind or question.kind(key.reply), (of_follow_up(question, key),))


def flow(question: Question, id: str, found: Known) -> ScriptedAnswer | None:
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


def known_so_far(question: Question, id: str) -> Known:
    """What the talk since the reply first asked tells of its slots."""
    said: list[SlotUtterance] = []
    asked = ""
    told = dict(question.told)
    for place, line in enumerate(question.history):
        if line.role == "user" and line.words:
            before = said if asked else ()
            wish = {} if asked else gaps_of(question.hearing(id, line.words), line.words, id)
            said = [*before, SlotUtterance(line.words, asked, wish)]
        elif place in told and told[place].key.reply == id:
            now = told[place].slot or (asked if told[place].key.path else "")
            if said and now and said[-1].asked == now:  # asked again: that was no answer
                said[-1] = replace(said[-1], asked="")
            asked = now
    said = [*(said if asked else ()), SlotUtterance(question.words, asked, question.gaps)]
    return known(question.reply(id), said, lambda words: question.hearing(id, words), question.now)


def _call(call: ScriptCall, values: Mapping[str, str]) -> Call:
    """A script's call, its arguments filled."""
    given = call.arguments.items()
    return Call(
        call.tool,
        {name: filled(each, values) if isinstance(each, str) else each for name, each in given},
    )


def _is_otherwise(question: Question, match: Match, found: ScriptedAnswer) -> bool:
    """Whether a reply had to hand on to the one for what doesn't fit it."""
    otherwise = question.reply(match.key.reply).otherwise
    return bool(otherwise) and found.kind == question.kind(otherwise)
