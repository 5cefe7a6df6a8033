"""Sums in spoken words: 三乘以四等于多少, "what is 12 times 7 plus 1"."""

from __future__ import annotations

import re
from fractions import Fraction

from glmkit.emulator.think.numerals import numbers_in

_OPERATORS = (
    ("+", r"加上?|\bplus\b|\badd(?:ed to)?\b|\+|＋"),
    ("-", r"减去?|\bminus\b|\bless\b|−|(?<=[\d\s])-(?=[\d\s])"),
    ("*", r"乘以?|\btimes\b|\bmultiplied by\b|×|\*|(?<=\d)\s*x\s*(?=\d)"),
    ("/", r"除以|\bdivided by\b|\bover\b|÷|(?<=\d)\s*/\s*(?=\d)"),
)
_MOST_NUMBERS = 20
_PATTERN = re.compile("|".join(f"({words})" for _, words in _OPERATORS), re.IGNORECASE)


def formula(words: str) -> str | None:
    """The sum in ``words`` in digits and signs, ``12*7+1``; None if there is none."""
    tokens = [(each.start, each.end, _digits(each.value)) for each in numbers_in(words)]
    if len(tokens) > _MOST_NUMBERS:
        return None
    made, expect_number, last = "", True, 0
    for start, end, said in sorted([*tokens, *_signs(words, tokens)]):
        if start < last or (said in "+-*/") == expect_number:
            continue
        made, expect_number, last = made + said, not expect_number, end
    made = made.rstrip("+-*/")
    return made if re.search(r"\d[+*/-]", made) else None


def result(formula: str) -> Fraction | None:
    """The value of such a sum, products first; None when something is divided by zero."""
    total, product, sign = Fraction(0), Fraction(1), 1
    apart = re.sub(r"(?<=\d)-", " - ", formula)
    tokens = re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+*/-]", apart)
    product = Fraction(tokens[0])
    for operator, number in zip(tokens[1::2], tokens[2::2], strict=False):
        value = Fraction(number)
        if operator == "*":
            product *= value
        elif operator == "/":
            if not value:
                return None
            product /= value
        else:
            total, product, sign = total + sign * product, value, 1 if operator == "+" else -1
    return total + sign * product


def plain(value: Fraction) -> str:
    """A value as people say it: whole, or with at most four decimals."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _digits(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else str(value)


def _signs(words: str, numbers: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    inside = [(start, end) for start, end, _ in numbers]
    found = []
    for match in _PATTERN.finditer(words):
        if any(start <= match.start() < end and match[0] not in "+*/" for start, end in inside):
            continue
        found.append((match.start(), match.end(), _OPERATORS[(match.lastindex or 1) - 1][0]))
    return found
