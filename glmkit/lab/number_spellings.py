"""Times of day, ordinals and fractions, each spelt in one way. Pure; words are in small letters.

Rules
- The hour alone is 5 o'clock, or 5点 where there is Chinese: 5:00, 五点, 五点钟. With minutes it is
  7:30; in Chinese 7点30, however that is said: 七点半, 七点三十分.
- An ordinal up to ninety-ninth is 21st. A bare "second" stays a word, it may be one of time.
- A fraction is 1/3: "one third", 三分之一. A date of three numbers is none.
- About so many (二三十, 五六百, 两三) is no number, and stays as it was said.
"""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
)
_TEENS: Final = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
)
_TENS: Final = (*("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),)
_ORDINALS: Final = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    **{f"{word[:-1]}ieth": 10 * number for number, word in enumerate(_TENS, 2)},
}
_TENS_BEFORE: Final = {word: 10 * number for number, word in enumerate(_TENS, 2)}
_ORDINAL: Final = re.compile(
    rf"\b(?:({'|'.join(_TENS)})[-\s]+({'|'.join(_UNITS)})|({'|'.join(_ORDINALS)}))\b"
)
_SECOND: Final = re.compile(r"\b2nd\b")
_PARTS: Final = {
    "half": 2, "halves": 2, "3rd": 3, "thirds": 3, "quarter": 4, "quarters": 4, "4th": 4,
    "fourths": 4, "5th": 5, "fifths": 5, "6th": 6, "sixths": 6, "8th": 8, "eighths": 8,
    "10th": 10, "tenths": 10,
}  # fmt: skip
_SAID_PART: Final = re.compile(rf"(?<![\d.])\b(\d+)[ -]({'|'.join(_PARTS)})\b")
_PART_OF: Final = re.compile(r"(?<![\d.])(\d+)\s*分之\s*(\d+)")
#: The group is the stroke of a fraction.
FRACTION: Final = re.compile(r"(?<![\d/])\d{1,5}(/)\d{1,5}(?![\d/])")
_TIME: Final = re.compile(r"(?<![\d:.])(2[0-4]|1\d|0?\d):([0-5]\d)(?![\d:])")
_HALF_OF_DAY: Final = re.compile(r"\b([ap])\.\s?m\b\.?")
_O_CLOCK: Final = re.compile(r"\bo clock\b")
#: 点 of a time, which is no decimal point: no decimal has a 十 behind it.
_HOUR: Final = re.compile(
    "(?<=[一二两三四五六七八九十])点(?=[一二三四五]?十|零[一二三四五六七八九]分)"
)
_TEN_PAST: Final = re.compile("(?<=[一二两三四五六七八九十]点)十分")  # else 十分 is "very"
_MINUTES: Final = re.compile(r"(?<=\d点)\s*(\d\d)分?")
_ROUGHLY: Final = re.compile(
    "两三|(?<![零〇一二三四五六七八九])[一二三四五六七八][二三四五六七八九](?=[十百千万亿])"
)


def is_rough(said: str) -> bool:
    """Whether what looks like a number says about how many."""
    return _ROUGHLY.search(said) is not None


def before_digits(words: str, *, chinese: bool) -> str:
    """``words`` with what would be misread for a number spelt so that it isn't."""
    plain = _HALF_OF_DAY.sub(r"\1m", words.replace("⁄", "/"))
    plain = _ORDINAL.sub(lambda found: _ordinal(found[1], found[2] or found[3]), plain)
    plain = _TEN_PAST.sub(" 10分", _SECOND.sub("second", plain))
    plain = _HOUR.sub("点 ", plain)
    return _TIME.sub(lambda found: _time(found, chinese=chinese), _O_CLOCK.sub("oclock", plain))


def after_digits(words: str) -> str:
    """``words`` whose numbers are digits, with times and fractions as they are compared."""
    plain = re.sub(r"(?<=\d点)[钟整]", "", words)
    plain = re.sub(r"(?<=\d点)半", " 30", plain)
    plain = _PART_OF.sub(r"\2/\1", _MINUTES.sub(r" \1", plain))
    return _SAID_PART.sub(lambda found: f"{found[1]}/{_PARTS[found[2]]}", plain)


def _ordinal(tens: str | None, word: str) -> str:
    number = _TENS_BEFORE.get(tens or "", 0) + _ORDINALS[word]
    if number == 2:
        return word
    last = 0 if 10 < number < 20 else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _time(found: re.Match[str], *, chinese: bool) -> str:
    hour, minutes = int(found[1]), found[2]
    if chinese:
        return f"{hour}点" if minutes == "00" else f"{hour}点 {minutes}分"
    if minutes != "00" or not 1 <= hour <= 12:
        return found[0]
    half = re.match(r"\s*[ap]m\b", found.string[found.end() :])
    return f"{hour}" if half else f"{hour} oclock"
