"""Error rates of what was recognised, beside what was said: ``turn.cer(…)``, ``turn.wer(…)``.

Both texts are written alike first, so that spelling costs nothing that was heard right: simplified
characters, half width, small letters, numbers as digits in either language, no punctuation. jiwer
aligns them. A word of Chinese is a character, as in mixed error rates: Chinese writes none.

Rules
- What changes a number stays: its point, its minus, its percent sign, the zeros it begins with.
- Numbers that follow each other are one word, as the Whisper paper's normaliser has it: "one two
  three" is 123, "nineteen ninety-nine" 1999, 7:30 is 730. Of digits and letters each is a word,
  of an ordinal and a fraction the whole: 21st, 1/3.
- Times, ordinals and fractions are spelt in one way (``number_spellings``).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.lab.number_spellings import FRACTION, after_digits, before_digits, is_rough
from glmkit.texts import text

_HAN: Final = "[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]"
_APOSTROPHES: Final = re.compile("['’‘ʼ`´]")
_PERCENT: Final = re.compile(r"(?<=\d)\s*(?:per\s?cent\b|%)")
_OF_A_NUMBER: Final = re.compile(r"(?<=\d)\.(?=\d)|(?<=\d)%|(?<!\S)-(?=\d)")
_WORD: Final = re.compile(
    rf"{_HAN}|-?\d[\d.]*(?:/\d+|(?:st|nd|rd|th)\b|%)?|(?:(?!{_HAN})[^\s\d%])+"
)
_DIGIT_BY_DIGIT: Final = {**dict(zip("零一二三四五六七八九", "0123456789", strict=True)), "〇": "0"}


def cer(reference: str, recognised: str) -> float:
    """Character error rate: edits by the characters of ``reference``; over 1 where much was added.

    Spaces don't count. Raises BadArgument where the reference has no characters.
    """
    needs("scores")
    import jiwer

    texts = _texts(reference, recognised)
    chinese = has_chinese(*texts)
    said, heard = ("".join(written_alike(each, chinese=chinese).split()) for each in texts)
    _check(said, reference)
    return float(jiwer.cer(said, heard))


def wer(reference: str, recognised: str) -> float:
    """Word error rate: edits by the words of ``reference``; each Chinese character is a word.

    What is only spelt otherwise costs nothing: 26 and twenty-six, 21st and twenty-first, 5:00 and
    five o'clock or 五点, 7:30 and 七点半, 1/3 and 三分之一. Counted, though the same was meant:
    "half past seven" beside 7:30, "three oh five" beside 3:05, "a half" beside 1/2, "hundredth"
    beside 100th, "one hundred and first" beside 101st, "nineties" beside 90s, 20到30 beside 二三十,
    3.5分 beside 三点五分 (which may be 3:05). Not counted, though it is heard: digits in a row are
    one number, so that 三五 is 35, and "24 7" 247. Raises BadArgument where the
    reference has no words.
    """
    needs("scores")
    import jiwer

    texts = _texts(reference, recognised)
    said, heard = (in_words(each, chinese=has_chinese(*texts)) for each in texts)
    _check(said, reference)
    return float(jiwer.wer(said, heard))


def written_alike(words: str, *, chinese: bool | None = None) -> str:
    """The form in which texts are compared; ``chinese``: whether one of them is (None: this)."""
    chinese = has_chinese(words) if chinese is None else chinese
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", words).lower())
    plain = before_digits(_simplified(plain), chinese=chinese)
    plain = _PERCENT.sub("%", after_digits(_with_digits(plain)))
    kept = {each.start() for each in _OF_A_NUMBER.finditer(plain)}
    kept |= {each.start(1) for each in FRACTION.finditer(plain)}
    bare = (
        letter if place in kept or unicodedata.category(letter)[0] not in "PSZ" else " "
        for place, letter in enumerate(plain)
    )  # fmt: skip
    return " ".join("".join(bare).split())


def in_words(words: str, *, chinese: bool | None = None) -> str:
    """The same, a blank between all that count as words; numbers in a row are one."""
    found: list[str] = []
    for word in _WORD.findall(written_alike(words, chinese=chinese)):
        if found and word.isdecimal() and found[-1].isdecimal():
            found[-1] += word
        else:
            found.append(word)
    return " ".join(found)


def has_chinese(*texts: str) -> bool:
    """Whether any of them has Chinese characters."""
    return any(re.search(_HAN, each) for each in texts)


def has_words(reference: str) -> bool:
    """Whether there is anything to compare with: punctuation and pictures are not."""
    return any(unicodedata.category(each)[0] not in "PSZ" for each in reference)


def _with_digits(words: str) -> str:
    """Numbers as digits, however they were written."""
    from glmkit.emulator.think.numerals import numbers_in

    found, end = "", 0
    for number in numbers_in(words):
        said = words[number.start : number.end]
        found += words[end : number.start] + _in_digits(said, number.value)
        end = number.end
    return found + words[end:]


def _in_digits(said: str, value: float) -> str:
    """A number as it is compared: with the zeros that it was said to begin with."""
    if is_rough(said):
        return said
    if all(each in _DIGIT_BY_DIGIT or (each.isascii() and each.isdigit()) for each in said):
        return "".join(_DIGIT_BY_DIGIT.get(each, each) for each in said)
    digits = format(Decimal(str(int(value) if value == int(value) else value)), "f")
    minus = " " if value < 0 else ""  # before a sign that stays
    return f"{minus}{digits}{'%' if said.startswith('百分之') else ''}"


def _simplified(words: str) -> str:
    if not has_chinese(words):
        return words
    needs("scores")
    return str(_converter().convert(words))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _texts(*given: object) -> list[str]:
    for each in given:
        if not isinstance(each, str):
            raise BadArgument(text("lab.score_text", found=type(each).__name__))
    return [str(each) for each in given]


def _check(said: str, reference: str) -> None:
    if not said:
        raise BadArgument(text("lab.score_empty", found=reference))
