"""What answers have to find out first: the time, a sum, a name, what was said before.

An answer is a part: the id of the sentence that says it (a script's reply, or a text), and what
fills it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from glmkit.emulator.think import arithmetic, course_words, guessing, sight
from glmkit.emulator.think.datetimes import day_in
from glmkit.emulator.think.numerals import numbers_in
from glmkit.emulator.think.persona import given_name, user_name
from glmkit.emulator.think.question import Question
from glmkit.protocol.script import WorksOut
from glmkit.texts import text_in

_ASK_PRICE: Final = "ask_price"
_FARTHEST: Final = 30  # counted numbers
_FAR: Final = 1_000_000_000
_FEW: Final = 3  # words explained at once
_MOST_OF_IT: Final = 0.5
_OF_IT: Final = 0.3  # of what is asked about must be the word itself
#: How an answer ends that was a sum.
_RESULT: Final = re.compile(r"(?:等于|\bis(?: about)?) ?(-?\d[\d,]*(?:\.\d+)?)[。.]$")
_JOINT: Final = re.compile(r"^(?:and|so|now|那么?|好)[\s，,]*", re.IGNORECASE)
_ZH_DAYS: Final = "一二三四五六日"
_EN_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEAR_DAYS: Final = {
    -2: "before_yesterday", -1: "yesterday", 0: "today", 1: "tomorrow", 2: "after_tomorrow",
}  # fmt: skip
_EN_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS_OF_DAY: Final = (
    (5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A sentence by its id, and what fills it."""

    id: str
    values: dict[str, Any]


def part(id: str, **values: Any) -> AnswerPart:
    """A part of an answer."""
    return AnswerPart(id, values)


def identity(question: Question) -> AnswerPart:
    """Who speaks: the emulator, also under another name, and in a part it plays."""
    own = next((each.persona for each in question.repertoire.own if each.persona), None)
    name = question.persona.name or (own.name if own else "")
    if own and own.role and name:
        return part("identity_in_role", name=name, role=own.role)
    return part("identity_named", name=name) if name else part("identity")


def time(question: Question) -> AnswerPart:
    """The time of day as people say it."""
    now = question.now
    hour = now.hour % 12 or 12
    if question.lang == "en":
        half = "AM" if now.hour < 12 else "PM"
        return part("time", time=f"{hour}:{now.minute:02} {half}")
    day = next(name for end, name in _PARTS_OF_DAY if now.hour < end)
    return part("time", time=f"{day}{hour}点" + (f"{now.minute}分" if now.minute else "整"))


def date(question: Question) -> AnswerPart:
    """The date and the day of the week: today's, or those of the day that was named."""
    today = question.now.date()
    day = day_in(question.words, now=question.now) or today
    if question.lang == "en":
        shown = f"{_EN_MONTHS[day.month - 1]} {day.day}, {day.year}"
        weekday = _EN_DAYS[day.weekday()]
    else:
        shown = f"{day.year}年{day.month}月{day.day}日"
        weekday = f"星期{_ZH_DAYS[day.weekday()]}"
    named = _NEAR_DAYS.get((day - today).days, "that_day")
    return part(f"date_{named}", weekday=weekday, date=shown)


def count(question: Question) -> AnswerPart:
    """Counts from the first number to the second, or from one; down when the first is larger."""
    named = [int(max(-_FAR, min(_FAR, each.value))) for each in numbers_in(question.words)]
    down = bool(re.search(r"倒数|\bdown\b", question.words))
    first, last = _range(named, down)
    step = 1 if last >= first else -1
    counted = range(first, last + step, step)
    shown = counted[:_FARTHEST]
    joint = "，" if question.lang == "zh" else ", "
    id = "count" if len(counted) == len(shown) else "count_far"
    return part(id, numbers=joint.join(map(str, shown)))


def _range(named: list[int], down: bool) -> tuple[int, int]:
    if len(named) >= 2:
        return named[0], named[1]
    end = named[0] if named else 10
    return (end, 1) if down else (1, end)


def total(question: Question) -> AnswerPart | None:
    """The sums that were asked for, or what of them was not understood; None without one.

    A discount without its price asks for the price.
    """
    words = _with_what_was_before(question)
    if arithmetic.lacks_price(words):
        return part(_ASK_PRICE)
    found = arithmetic.spoken_sums(words, question.lang)
    return part(found[0], **found[1]) if found else None


def _with_what_was_before(question: Question) -> str:
    """再乘以二, 七折以后呢: of what came out before, or of the price that was asked for."""
    words, said = question.words, question.last_said
    result = _RESULT.search(said)
    came = result[1].replace(",", "") if result else ""
    if arithmetic.lacks_price(words):
        return arithmetic.priced(words, came) if came else words
    if came and arithmetic.goes_on(words):
        return f"{came} {_JOINT.sub('', words)}"
    asked = any(
        said.endswith(text_in(lang, f"dialogue.{_ASK_PRICE}")) for lang in course_words.LANGS
    )
    price = arithmetic.price_in(words) if asked else ""
    return arithmetic.priced(_users(question)[-1], price) if price else words


def repeat(question: Question) -> AnswerPart | None:
    """Says the same again."""
    said = question.gaps.get("words", "")
    if not re.search(r"\w", said):
        return None
    ended = said[-1:] in ".!?。！？"
    return part("repeat", words=said if ended else said + ("。" if question.lang == "zh" else "."))


def say_again(question: Question) -> AnswerPart | None:
    """The last answer once more, without what introduced it."""
    said = question.last_said
    for each in question.says("intro"):
        said = said.removeprefix(each).strip()
    return part("say_again", words=said) if said else None


def first_asked(question: Question) -> AnswerPart:
    """The first thing the user said."""
    said = _users(question)
    return part("first_asked", words=said[0]) if said else part("nothing_asked")


def last_asked(question: Question) -> AnswerPart:
    """The last thing the user said before this."""
    said = _users(question)
    return part("last_asked", words=said[-1]) if said else part("nothing_asked")


def _users(question: Question) -> list[str]:
    return [line.words for line in question.history if line.role == "user" and line.words]


def your_name(question: Question) -> AnswerPart:
    """The user's name, if it was told."""
    name = question.persona.user_name
    return part("your_name", name=name) if name else part("no_name")


def code_word(question: Question) -> AnswerPart:
    """The word that was agreed upon, if one was."""
    word = question.persona.code_word
    return part("code_word", word=word) if word else part("no_code_word")


def introduced(question: Question) -> AnswerPart | None:
    """The answer to a name told, the user's or one for the dialogue; None when none was."""
    if name := user_name(question.words):
        return part("nice_to_meet", name=name)
    if (name := given_name(question.words)) and not re.search(r"什么|谁|\bwho\b", question.words):
        return part("persona_name", name=name)
    return None


def word(question: Question) -> AnswerPart | None:
    """What a word of the course means; None where none is asked for."""
    said = question.gaps.get("word", question.words)
    found = course_words.mentioned(said)
    if found is None or (question.gaps and found.share < _OF_IT):
        return None
    return part("word", words=course_words.explanation(found.word, question.lang))


def compared(question: Question) -> AnswerPart | None:
    """What each of the course's words means that were asked for together; None for none.

    Of one that nobody knows the other is explained where it can be nothing else."""
    said = " , ".join(question.gaps.values()) or question.words
    found = course_words.all_mentioned(said)
    only = course_words.mentioned(said)
    if len(found) == 1 and only and not (only.is_technical or only.share > _MOST_OF_IT):
        return None
    if not found:
        return None
    joint = "" if question.lang == "zh" else " "
    meant = (course_words.explanation(each, question.lang) for each in found[:_FEW])
    return part("word", words=joint.join(meant))


def guess(question: Question) -> AnswerPart | None:
    """A game begun; in one under way the answer to a guess, a hint, the number given up."""
    under_way = guessing.game(question.session, _told(question))
    if under_way is None:
        return part(guessing.START) if question.wanted == guessing.START else None
    found = under_way.answer(question.wanted, guessing.guess_in(question.words))
    return part(found[0], **found[1]) if found else None


def _told(question: Question) -> list[tuple[str, str]]:
    return [(told.key.reply, question.words_before(n)) for n, told in question.told]


def see(question: Question) -> AnswerPart:
    """What the newest picture shows or how it looks, or what changed since the ones before."""
    id, values = sight.seen(question.words, question.lang, question.pictures)
    return part(id, **values)


def looked_at(question: Question) -> AnswerPart | None:
    """The answer to a question that only the pictures can tell; None for any other."""
    asks = sight.asks_of_a_picture(question.words, question.lang, question.pictures)
    return see(question) if asks else None


WORKED_OUT: Final[dict[WorksOut, Callable[[Question], AnswerPart | None]]] = {
    "code_word": code_word,
    "compared": compared,
    "count": count,
    "date": date,
    "first_asked": first_asked,
    "guess": guess,
    "identity": identity,
    "introduced": introduced,
    "last_asked": last_asked,
    "repeat": repeat,
    "say_again": say_again,
    "see": see,
    "time": time,
    "word": word,
    "your_name": your_name,
}
"""What a script's ``works_out`` may name."""
#: The emulator's own texts that never change: what a voice can keep as ready sound.
FIXED: Final = frozenset(
    (
        *("sum_by_zero", "sum_no_root", "sum_too_large", "no_picture", "bad_picture"),
        *("unclear", "busy", "done", "nothing_found"),
    )
)
