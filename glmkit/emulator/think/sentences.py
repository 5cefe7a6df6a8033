"""Which of a reply's sentences is said, its gaps filled: each in its turn, none twice running."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glmkit.emulator.think.question import Question
from glmkit.emulator.think.repertoire import ReplyKey, follow_ups
from glmkit.protocol.script import FollowUp, Script, ScriptReply, Slot, fields


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words to say; ``stock`` names them where they are always the same."""

    words: str
    stock: str | None = None


def of_reply(question: Question, id: str, values: Mapping[str, Any] = {}) -> Sentence:
    """The next sentence of a reply."""
    reply = question.reply(id)
    number = _next(question, ReplyKey(id), range(len(reply.says)))
    return Sentence(filled(reply.says[number], values), reply_stock(reply, number))


def of_follow_up(question: Question, key: ReplyKey) -> Sentence:
    """The next sentence of what follows up a reply, or the one that belongs to what was told."""
    part = question.follow_up(key)
    says = part.each or part.says
    if part.each:
        number = min(_base(question, key), len(says) - 1)
    else:
        number = _next(question, key, range(len(says)))
    return Sentence(says[number], follow_up_stock(key, part, number))


def of_slot(
    question: Question, id: str, name: str, values: Mapping[str, Any], *, hint: bool
) -> Sentence:
    """How a slot is asked for, or the next hint where it was answered wrongly."""
    slot = question.reply(id).slots[name]
    asks, hints = len(slot.ask), len(slot.hints)
    numbers = range(asks, asks + hints) if hint and hints else range(asks)
    number = _next(question, ReplyKey(id), numbers, slot=name)
    return Sentence(filled(slot_says(slot)[number], values), slot_stock(id, name, slot, number))


def slot_says(slot: Slot) -> tuple[str, ...]:
    """All that is said for a slot, the hints behind the questions."""
    return (*slot.ask, *slot.hints)


def filled(sentence: str, values: Mapping[str, Any]) -> str:
    """The sentence with its gaps filled."""
    return re.sub(r"\{(\w+)\}", lambda gap: str(values.get(gap[1], gap[0])), sentence)


def follow_up_stock(key: ReplyKey, part: FollowUp, number: int) -> str | None:
    """What a follow-up's sentence is called in stock."""
    places = "_".join(str(place + 1) for place in key.path)
    return _name(f"{key.reply}_then_{places}", part.each or part.says, number)


def slot_stock(id: str, name: str, slot: Slot, number: int) -> str | None:
    """What a slot's sentence is called in stock."""
    return _name(f"{id}_{name}", slot_says(slot), number)


def reply_stock(reply: ScriptReply, number: int) -> str | None:
    """What a reply's sentence is called in stock; None for one with gaps."""
    return _name(reply.id, reply.says, number)


def stock_sentences(script: Script) -> Iterator[tuple[str, str]]:
    """What a script says that is always the same: its name in stock, and the words."""
    for reply in script.replies:
        named = [(reply_stock(reply, n), says) for n, says in enumerate(reply.says)]
        for name, slot in reply.slots.items():
            listed = enumerate(slot_says(slot))
            named += [(slot_stock(reply.id, name, slot, n), says) for n, says in listed]
        for key, part in follow_ups(reply.then, ReplyKey(reply.id)):
            listed = enumerate(part.each or part.says)
            named += [(follow_up_stock(key, part, n), says) for n, says in listed]
        yield from ((stock, says) for stock, says in named if stock)


def _name(id: str, says: Sequence[str], number: int) -> str | None:
    if fields(says[number]):
        return None
    return f"{id}_{number + 1}" if len(says) > 1 else id


def _next(question: Question, key: ReplyKey, numbers: Sequence[int], *, slot: str = "") -> int:
    """The alternative that was not told yet, or longest ago."""
    told = [each.number for _, each in question.told if each.key == key and each.slot == slot]
    last = {number: place for place, number in enumerate(told)}
    return min(numbers, key=lambda number: last.get(number, -1))


def _base(question: Question, key: ReplyKey) -> int:
    """Which alternative of the reply was told last: itself, or by what belongs to just that one."""
    for _, told in reversed(question.told):
        its_own = told.key.reply == key.reply and not told.slot
        if its_own and (not told.key.path or question.follow_up(told.key).each):
            return told.number
    return 0
