"""The words of a sum, in both languages: which kind of token each is, and what it stands for."""

from __future__ import annotations

import re
from typing import Final, Literal

from glmkit.emulator.think.numerals import CHINESE, ENGLISH
from glmkit.emulator.think.words import word_file

Kind = Literal[
    "number", "sign", "misheard", "event", "prefix", "postfix", "fraction", "percent", "of",
    "times_as_much", "tenths", "remainder", "power",
    "and", "whole", "sum_of", "verb", "by", "then", "open",
    "close", "bracket", "comma",
    "lead", "ask", "end", "filler", "unknown",
]  # fmt: skip

_NTHS: Final = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
PARTS: Final = {"half": 2, "halve": 2, "quarter": 4, "thousandth": 1000} | _NTHS
ORDINALS: Final = {"first": 1, "second": 2} | _NTHS
SCALES: Final = {
    "hundred": 100, "百": 100, "thousand": 1000, "千": 1000, "万": 10_000, "million": 10**6,
    "亿": 10**8, "billion": 10**9, "万亿": 10**12,
}  # fmt: skip
_PART = "|".join(PARTS)
_NTH = "|".join([r"\d+(?:st|nd|rd|th)", *ORDINALS])
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_AND = "".join(rf"|(?<={large})\s+and\s+" for large in ("hundred", "thousand", "million"))
_EN_NUMBER = (
    rf"\b(?:an?\s+(?=hundred|thousand|million|billion))?(?:{ENGLISH})\b"
    rf"(?:(?:[\s-]+{_AND})(?:{ENGLISH})\b)*"
)
#: ½ and the like, a character each.
VULGAR: Final = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

_WORDS: Final = word_file("sums")
_NUMBERS: Final = {
    "chinese": CHINESE, "english": ENGLISH, "part": _PART, "nth": _NTH, "scale": _SCALE,
    "english_number": _EN_NUMBER,
}  # fmt: skip
#: Kind, what it stands for, and its words; of two that fit at a place the first counts.
ENTRIES: Final[tuple[tuple[Kind, str, str], ...]] = tuple(
    (each["kind"], each.get("of", ""), _WORDS.filled(each["words"], _NUMBERS))
    for each in _WORDS.values["tokens"]
)
#: 九折以后多少钱，原价两百: what is done, before what it is done to.
PRICE_LAST: Final = re.compile(_WORDS.filled(_WORDS.values["price_last"], _NUMBERS))
#: 七折以后是多少: of what, nobody said.
PRICE_MISSING: Final = re.compile(
    "|".join(_WORDS.filled(way, _NUMBERS) for way in _WORDS.values["price_missing"]), re.IGNORECASE
)
#: Two fifty, where that is a price.
SPOKEN_PRICE: Final = re.compile(_WORDS.filled(_WORDS.values["spoken_price"]), re.IGNORECASE)
#: Three coffees at two fifty each.
EACH: Final = tuple(
    re.compile(_WORDS.filled(way, _NUMBERS), re.IGNORECASE) for way in _WORDS.values["each"]
)
#: After these a sum may end, and a sign between numbers stand.
ENDS: Final = frozenset(("number", "postfix", "close", "times_as_much", "power", "whole"))
#: What belongs to a sum itself.
SUMMED: Final = frozenset(
    (
        *("number", "sign", "misheard", "prefix", "postfix", "fraction", "percent", "whole"),
        *("sum_of", "verb", "then", "open", "close", "power", "times_as_much"),
        *("tenths", "remainder", "event"),
    )
)
#: What an operand begins with.
BEGINS: Final = frozenset(("number", "percent", "prefix", "open", "bracket"))
