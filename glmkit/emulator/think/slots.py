"""What a reply must know first: picked out of what was said, or still to be asked for.

Nothing is kept: what is known already is picked again out of the conversation since the reply
first asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from glmkit.emulator.think.datetimes import when
from glmkit.emulator.think.entities import politeness_off
from glmkit.emulator.think.numerals import numbers_in
from glmkit.emulator.think.persona import user_name
from glmkit.emulator.think.repertoire import Repertoire
from glmkit.protocol.script import ScriptReply, Slot

LIKE: Final = 0.35  # as near to one of its examples what is meant must be
CLEARLY: Final = 0.05  # and so much nearer than to another's
_CODE: Final = re.compile(r"[A-Za-z]{0,4}-?\d(?:[\s-]?\d){2,}|[零〇一二两三四五六七八九幺]{4,}")
_DIGITS: Final = dict(zip("零〇一二两三四五六七八九幺", "0012234567891", strict=True))
_EITHER: Final = re.compile(r"正负|±|plus (?:or|and) minus", re.IGNORECASE)
_NO: Final = re.compile(r"^\W*(?:不|没|别|否|错)|\b(?:no|nope|not|don't|wrong)\b", re.IGNORECASE)
_YES: Final = re.compile(
    r"是|对|好|嗯|行|可以|没错|没问题|正确|\b(?:yes|yeah|yep|right|correct|sure|ok|okay|fine)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SlotUtterance:
    """What was said, and the slot that had been asked for, if one had."""

    words: str
    asked: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a reply's slots; the first that is not; whether an answer was wrong."""

    values: dict[str, str]
    missing: str = ""
    wrong: bool = False


def known(
    reply: ScriptReply,
    said: Iterable[SlotUtterance],
    hearing: Callable[[str], Repertoire],
    now: datetime,
) -> Known:
    """What ``said``, oldest first, tells of what ``reply`` must know.

    ``hearing``: the repertoire that has this reply in the language of some words."""
    values: dict[str, str] = {}
    wrong = False
    for utterance in said:
        wrong, repertoire = False, hearing(utterance.words)
        ear = Ear(repertoire.reply(reply.id) or reply, repertoire, now)
        for name, slot in ear.reply.slots.items():
            if name not in values:
                taken = [values[each] for each in reply.slots if each in values]
                value = _picked(slot, name, utterance, taken, ear)
                if value is not None and _is_right(slot, value):
                    values[name] = value
                elif name == utterance.asked:
                    wrong = True
    return Known(values, next((each for each in reply.slots if each not in values), ""), wrong)


def _picked(
    slot: Slot, name: str, said: SlotUtterance, taken: Collection[str], ear: Ear
) -> str | None:
    """What ``said`` gives for a slot; None where it gives nothing."""
    answers = name == said.asked
    words = said.gaps.get(name, said.words)
    if slot.right and not (answers or (taken and _EITHER.search(said.words))):
        return None  # what the question itself holds is no answer to it
    if slot.among:
        return ear.one_of(name, words, surely=not (answers or name in said.gaps))
    if slot.takes == "number" and not (answers or slot.right or name in said.gaps):
        return None  # 我想借一本书: an article, or another thing's
    if slot.takes in _PICKED:
        found = _PICKED[slot.takes](words, ear.now)
        left = [each for each in found if not slot.right or each not in taken]
        right = [each for each in left if _is_right(slot, each)]
        return next(iter(right or left), None)
    if slot.takes == "yes_no":
        return _yes_no(words) if answers else None
    return politeness_off(words) or words.strip() if answers or name in said.gaps else None


@dataclass(frozen=True, slots=True)
class Ear:
    """How the words of one reply's slots are heard."""

    reply: ScriptReply
    repertoire: Repertoire
    now: datetime

    def one_of(self, name: str, words: str, *, surely: bool) -> str | None:
        """The value whose examples are like ``words``; ``surely``: only one that stands in them."""
        plain = self.repertoire.wording.plain
        said = plain(words)
        held = [
            (len(example), value)
            for value, examples in self.reply.slots[name].among.items()
            for each in (value, *examples)
            if (example := plain(each)) and _stands(example, said)
        ]
        if held and (not surely or max(held)[0] > 1):
            return max(held)[1]
        near = {} if surely else self.repertoire.among(self.reply.id, name).alike(words)
        best, second = (*sorted(near.values(), reverse=True), 0.0, 0.0)[:2]
        clear = best >= LIKE and best - second >= CLEARLY
        return next(value for value in near if near[value] == best) if clear else None


def _stands(example: str, words: str) -> bool:
    if example.isascii():
        return bool(re.search(rf"\b{re.escape(example)}\b", words))
    return example in words and (len(example) > 1 or len(words) < 4)


def _numbers(words: str, now: datetime) -> list[str]:
    found = [
        f"{-abs(each.value) if words[each.start] in '-−' else each.value:g}"
        for each in numbers_in(words)
    ]
    return [*found, *(f"-{each}" for each in found)] if _EITHER.search(words) else found


def _codes(words: str, now: datetime) -> list[str]:
    found = [re.sub(r"[\s-]", "", each) for each in _CODE.findall(words)]
    return ["".join(_DIGITS.get(letter, letter) for letter in each) for each in found]


def _names(words: str, now: datetime) -> list[str]:
    name = user_name(words) or politeness_off(words)
    return [name] if 0 < len(name) <= 20 else []


def _dates(words: str, now: datetime) -> list[str]:
    return [politeness_off(words)] if when(words, now=now).date else []


def _times(words: str, now: datetime) -> list[str]:
    return [politeness_off(words)] if when(words, now=now).time else []


_PICKED: Final[dict[str, Callable[[str, datetime], list[str]]]] = {
    "number": _numbers,
    "code": _codes,
    "name": _names,
    "date": _dates,
    "time": _times,
}


def _yes_no(words: str) -> str | None:
    if re.search(r"没错|没问题|no problem|not wrong", words, re.IGNORECASE):
        return "yes"
    return "no" if _NO.search(words) else "yes" if _YES.search(words) else None


def _is_right(slot: Slot, value: str) -> bool:
    if not slot.right:
        return slot.takes != "yes_no" or value == "yes"
    return any(value.strip().lower() == each.strip().lower() for each in slot.right)
