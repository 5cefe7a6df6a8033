"""Numbers in spoken words: digits, Chinese numerals and English number words.

``numbers_in("把空调调到二十六度")`` finds 26, ``numbers_in("twenty-five and 3.5")`` both. What only
looks like a number is left alone: 一下, 一起, 十分好, "one of them".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

Value = int | float
_MOST_DIGITS: Final = 15  # what is longer is no amount


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it was said: ``words[start:end]``."""

    value: Value
    start: int
    end: int


_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}
#: The signs and the words (``a|b|…``) that numbers are written in.
CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
_NOT_ONE = (
    "(?!一(?:下|起|些|样|定|直|会|切|共|点|边|般|句|遍|旦))"
    "(?!(?<=[数算看想说试听读量问])一[数算看想说试听读量问])"  # 数一数
    "(?!十分(?!钟|之))(?!(?:千|(?<=千))万(?:别|不|要|记得|小心|注意))"
    "(?!万一)(?!(?<=万)一)(?!零下)"
)
_ZH_NUMBER = re.compile(
    rf"(?P<percent>百分之)?(?P<minus>负|零下)?{_NOT_ONE}(?P<whole>[{CHINESE}]+)"
    r"(?:点(?P<part>[零〇一二两三四五六七八九]+)(?!分|刻))?(?P<half>个?半(?=[小个年月天]|$))?"
)
_ARABIC = re.compile(
    r"(?<![\w.])[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\d.])[-−]?\d+(?:\.\d+)?"
)
_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_SMALL: Final = {word: value for value, word in enumerate(_ONES.split())}
_EN_TENS: Final = {word: value * 10 for value, word in enumerate(_TENS.split(), start=2)}
_EN_LARGE: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 10**9}
ENGLISH: Final = "|".join(sorted([*_EN_SMALL, *_EN_TENS, *_EN_LARGE], key=len, reverse=True))


def _english_number() -> str:
    """One number, well formed: "one two three" are three, "two hundred and five" is one."""
    units, teens = "|".join(_ONES.split()[1:10]), "|".join(_ONES.split()[10:])
    tens, then = "|".join(_EN_TENS), r"[\s-]+(?:and\s+)?"
    small = rf"(?:(?:{tens})\b(?:[\s-]+(?:{units})\b)?|(?:{teens}|{units})\b)"
    group = rf"(?:(?:(?:an?|{small})[\s-]+)?hundred\b(?:{then}{small})?|{small})"
    found = group
    for large in ("thousand", "million", "billion"):
        found = rf"(?:(?:(?:an?|{group})[\s-]+)?{large}\b(?:{then}{found})?|{found})"
    return rf"(?:{found}|zero\b)"


_EN_WHOLE: Final = re.compile(rf"\b{_english_number()}", re.IGNORECASE)
_EN_NUMBER: Final = re.compile(
    rf"\b(?:minus\s+)?{_english_number()}(?:\s+point(?:[\s-]+(?:{ENGLISH})\b)+)?"
    r"(?P<half>\s+and a half\b)?(?!\s+of\b)",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(r"个半(?=[小年月])|\s+and a half\b", re.IGNORECASE)
_DIGITAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALED = re.compile(  # 3万5千, 百分之50, "2.5 million"
    rf"(?:百分之)?(?<![\d.])(?!(?<=\d,)\d{{3}})[-−]?(?:{_DIGITAL}[百千万亿]+)+"
    rf"(?:\d+(?![.\d百千万亿]))?|百分之[-−]?{_DIGITAL}"
    rf"|(?<![\w.])[-−]?{_DIGITAL}(?:\s(?:hundred|thousand|million|billion)\b)+",
    re.IGNORECASE,
)
_SCALED_PART = re.compile(rf"({_DIGITAL})([百千万亿]*(?:\s[a-z]+)*)", re.IGNORECASE)
_BELOW = re.compile(r"(?:负|零下|\bminus\s)$", re.IGNORECASE)
_HALF = re.compile(
    rf"(?<![{CHINESE}个上下前后大\d])半(?=个?(?:小时|钟头|月)|分钟|天|年)"
    r"|\bhalf an?\b(?=\s+(?:hour|minute|day))"
    r"|(?<!half )\b(?P<one>an?)(?=\s+(?:hour|minute)\b)"
    r"(?:\s+(?:hour|minute)(?P<more>\s+and a half\b))?",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(rf"(?:\d|\b(?:{ENGLISH}))\s*$", re.IGNORECASE)


def numbers_in(words: str) -> tuple[Number, ...]:
    """Every number in ``words``, in the order said."""
    found = [*_scaled(words), *_arabic(words), *_chinese(words), *_english(words), *_halves(words)]
    apart: list[Number] = []
    for number in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or number.start >= apart[-1].end:  # 万 in 3万 is none of its own
            apart.append(number)
    return tuple(apart)


def number_of(words: str) -> Value | None:
    """The number ``words`` are, when they are one."""
    found = numbers_in(words)
    return found[0].value if len(found) == 1 else None


def _scaled(words: str) -> Iterator[Number]:
    """Digits with what they are multiplied by, written or said."""
    for match in _SCALED.finditer(words):
        if len(match[0]) > 2 * _MOST_DIGITS:
            continue
        value = sum(
            Fraction(part.replace(",", "")) * _scale(by)
            for part, by in _SCALED_PART.findall(match[0])
        )
        value = -value if "-" in match[0] or "−" in match[0] else value
        yield Number(int(value) if value == int(value) else float(value), *match.span())


def _scale(words: str) -> int:
    """What a number is multiplied by: 千万, "hundred thousand"; 1 by nothing."""
    known = {**_POWERS, **_LARGE, **_EN_LARGE}
    return math.prod(known[each] for each in re.findall(r"[百千万亿]|[a-z]+", words.lower()))


def _arabic(words: str) -> Iterator[Number]:
    for match in _ARABIC.finditer(words):
        plain = match[0].replace(",", "").replace("−", "-")
        if plain.startswith("-") and match.start() and words[match.start() - 1].isalnum():
            plain = plain[1:]  # a hyphen, not a minus
        if len(plain) > _MOST_DIGITS:
            continue
        value: Value = float(plain) if "." in plain else int(plain)
        start, end = match.start(), match.end()
        if half := _AND_A_HALF.match(words, end):
            value, end = value + 0.5, half.end()
        below = _BELOW.search(words, 0, start)
        if below and not (below[0].isascii() and _AFTER_NUMBER.search(words, 0, below.start())):
            value, start = -value, below.start()
        yield Number(value, start, end)


def _halves(words: str) -> Iterator[Number]:
    """半小时, "half an hour", "an hour and a half"."""
    for match in _HALF.finditer(words):
        one = match["one"] is not None
        yield Number(1 + bool(match["more"]) / 2 if one else 0.5, *match.span("one" if one else 0))


def _chinese(words: str) -> Iterator[Number]:
    for match in _ZH_NUMBER.finditer(words):
        if len(match["whole"]) > 2 * _MOST_DIGITS:  # with its units
            continue
        value: Value = chinese(match["whole"])
        if match["part"]:
            value = float(f"{value}." + "".join(str(_DIGITS[digit]) for digit in match["part"]))
        if match["half"]:
            value = value + 0.5
        yield Number(-value if match["minus"] else value, match.start(), match.end())


def chinese(numeral: str) -> int:
    """The value of a Chinese whole number: 一百二十三, 两万, 十五, or digit by digit 二零二六."""
    if not any(c in _POWERS or c in _LARGE for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    last = 1
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
            last = 1 if c in "零〇" else last
        elif c in _POWERS:
            section += (digit or 1) * _POWERS[c]
            digit, last = 0, _POWERS[c]
        else:
            large, here = _LARGE[c], section + digit
            # 一亿五千万 adds, 一万亿 multiplies
            total = total + here * large if total >= large else (total + here or 1) * large
            section, digit, last = 0, 0, _LARGE[c]
    return total + section + digit * max(last // 10, 1)  # 一百五 is 150


def _english(words: str) -> Iterator[Number]:
    for match in _EN_NUMBER.finditer(words):
        if len(match[0]) > _MOST_DIGITS * 12:
            continue
        if match[0].lower() == "one" and not _counts(words, match.end()):
            continue
        said, start = match[0].lower(), match.start()
        more = 0.5 if match["half"] else 0
        said = said.removesuffix((match["half"] or "").lower())
        if said.startswith("minus") and _AFTER_NUMBER.search(words[:start]):
            start += len("minus")  # a sum, not a number below zero
            said = said.removeprefix("minus")
        yield Number(english(said) + more, start, match.end())


def _counts(words: str, end: int) -> bool:
    """Whether "one" is a number here: something is counted or computed, or it stands alone."""
    rest = words[end:].strip()
    return not re.match(r"(?:more|day|another|time|thing|please)\b", rest, re.IGNORECASE)


def english(words: str) -> Value:
    """The value of an English number in words: two hundred and five, minus two point five."""
    minus = words.startswith("minus")
    whole, _, part = words.removeprefix("minus").partition(" point")
    total = section = 0
    for word in re.findall(r"[a-z]+", whole):
        if word in _EN_LARGE:
            section = max(section, 1) * _EN_LARGE[word]
            if word != "hundred":
                total, section = total + section, 0
        else:
            section += _EN_SMALL.get(word, _EN_TENS.get(word, 0))
    value: Value = total + section
    if part:
        value = float(f"{value}." + "".join(str(english(w)) for w in _EN_WHOLE.findall(part)))
    return -value if minus else value
