"""Prices as people say them: two fifty each, and 七折以后是多少, whose price nobody said.

Rules
- "Two fifty" is 2.50 only where it is the price of each of several; elsewhere it is a number.
- A discount alone is no sum: its price has to be asked for.
"""

from __future__ import annotations

import re
from typing import Final

from glmkit.emulator.think.arithmetic.numbers import plain
from glmkit.emulator.think.arithmetic.tokens import tokens_in
from glmkit.emulator.think.arithmetic.vocabulary import (
    EACH,
    PRICE_LAST,
    PRICE_MISSING,
    SPOKEN_PRICE,
)
from glmkit.emulator.think.numerals import english

_BETWEEN: Final = re.compile(r"[\s-]+")


def with_prices(words: str) -> str:
    """``words`` as a sum that can be read, where they say what each of several costs."""
    if late := PRICE_LAST.search(words):
        return f"{late['price']}块{late['asks']}"
    for way in EACH:
        if (found := way.search(words)) and (price := price_in(found["price"])):
            return f"{found['count']} times {price}"
    return words


def lacks_price(words: str) -> bool:
    """Whether a discount is asked about, and not of what."""
    return PRICE_MISSING.fullmatch(words.strip()) is not None


def priced(discount: str, price: str) -> str:
    """The question about a discount, with its price in it."""
    found = PRICE_MISSING.fullmatch(discount.strip())
    if found is None:
        return discount
    if found["tenths"]:
        return f"{price}块{found['tenths']}是多少"
    return f"how much is {found['percent']} percent off {price}"


def price_in(words: str) -> str:
    """The one price in ``words``, in digits; empty where there is none, or several."""
    if spoken := SPOKEN_PRICE.search(words):
        return f"{english(spoken['whole'].lower())}.{_cents(spoken['cents'])}"
    found = [each.value for each in tokens_in(words) if each.kind == "number" and each.value]
    return plain(found[0]) if len(found) == 1 and found[0] is not None else ""


def _cents(said: str) -> str:
    """Fifty, oh five."""
    *zero, rest = [each for each in _BETWEEN.split(said.lower()) if each]
    value = english(" ".join([*(each for each in zero if each not in ("oh", "o")), rest]))
    return f"{value:02}"
