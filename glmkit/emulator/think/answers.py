"""What the rules answer: one function an intent, each a sentence or several.

An answer is a list of parts: a text's id where its words are fixed (those are kept as ready
sound), or words made now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from glmkit.emulator.think import arithmetic, sight
from glmkit.emulator.think.datetimes import day_in
from glmkit.emulator.think.entities import politeness_off
from glmkit.emulator.think.numerals import numbers_in
from glmkit.emulator.think.persona import Lang, Persona, Said, given_name, user_name
from glmkit.texts import text_in

_JOKES: Final = ("joke_1", "joke_2", "joke_3")
_FARTHEST: Final = 30  # counted numbers
_FAR: Final = 1_000_000_000
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
class Question:
    """What was said, and what an answer to it may need to know."""

    words: str
    lang: Lang
    persona: Persona
    history: Sequence[Said]
    pictures: tuple[bytes, ...]
    now: datetime
    match: re.Match[str] | None = None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A text by its id, with what fills it, or words of its own (``id`` empty)."""

    id: str
    values: dict[str, Any]

    def words(self, lang: Lang) -> str:
        """The words to say."""
        return text_in(lang, f"dialogue.{self.id}", **self.values)


Answer = Callable[[Question], AnswerPart]


def part(id: str, **values: Any) -> AnswerPart:
    """A part of an answer."""
    return AnswerPart(id, values)


def joke(question: Question) -> AnswerPart:
    """The next joke: not one that was told already."""
    told = " ".join(line.words or "" for line in question.history if line.role == "assistant")
    left = [each for each in _JOKES if text_in(question.lang, f"dialogue.{each}") not in told]
    return part((left or _JOKES)[0])


def identity(question: Question) -> AnswerPart:
    """Who speaks: the emulator, also under another name."""
    name = question.persona.name
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
    return part(
        "date", day=text_in(question.lang, f"dialogue.{named}"), weekday=weekday, date=shown
    )


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
    """The sums that were asked for, or what of them was not understood; None without one."""
    found = arithmetic.spoken_sums(question.words, question.lang)
    return part(found[0], **found[1]) if found else None


def repeat(question: Question) -> AnswerPart:
    """Says the same again."""
    match = question.match
    said = (match["zh"] or match["en"]).strip() if match else question.words
    ended = said[-1:] in ".!?。！？"
    return part("repeat", words=said if ended else said + ("。" if question.lang == "zh" else "."))


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


def see(question: Question) -> AnswerPart:
    """What the newest picture shows or how it looks, or what changed since the ones before."""
    id, values = sight.seen(question.words, question.lang, question.pictures)
    return part(id, **values)


def looked_at(question: Question) -> AnswerPart | None:
    """The answer to a question that only the pictures can tell; None for any other."""
    asks = sight.asks_of_a_picture(question.words, question.lang, question.pictures)
    return see(question) if asks else None


def unknown(question: Question) -> AnswerPart:
    """Shows what was heard."""
    return part("unknown", words=shown(question.words))


def shown(words: str) -> str:
    """What was heard, without the mark at its end, so that a sentence can go on after it."""
    return (words.strip()[:200]).rstrip("。.！!？?，, ") or politeness_off(words)


def _fixed(id: str) -> Answer:
    return lambda _: part(id)


ANSWERS: Final[dict[str, Answer]] = {
    "repeat": repeat,
    "first_asked": first_asked,
    "last_asked": last_asked,
    "your_name": your_name,
    "code_word": code_word,
    "see": see,
    "joke": joke,
    "story": _fixed("story"),
    "how_are_you": _fixed("how_are_you"),
    "identity": identity,
    "abilities": _fixed("abilities"),
    "can_hear": _fixed("can_hear"),
    "count": count,
    "time": time,
    "date": date,
    "weather": _fixed("no_weather"),
    "sing": _fixed("no_song"),
    "search": _fixed("no_search"),
    "thanks": _fixed("thanks"),
    "goodbye": _fixed("goodbye"),
    "greeting": _fixed("greeting"),
}
#: The texts whose words never change: what a voice can keep as ready sound.
FIXED: Final = (
    "intro", "greeting", "can_hear", "identity", "abilities", "how_are_you", "joke_1", "joke_2",
    "joke_3", "story", "sum_by_zero", "no_weather", "no_search", "no_song", "no_picture",
    "bad_picture", "language", "brief", "no_name", "nothing_asked", "thanks", "goodbye", "no_words",
    "unclear", "busy", "done", "nothing_found",
)  # fmt: skip
