"""Results and numbers as people say them: 六分之五, "about 3.3333", 3亿."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from glmkit.emulator.think.arithmetic.tree import Amount, Changed, Pair, Tree
from glmkit.emulator.think.arithmetic.values import Value
from glmkit.emulator.think.persona import Lang
from glmkit.texts import text_in

_DIGITS: Final = "零一二三四五六七八九十"
_LARGE: Final = ((10**8, "亿"), (10**4, "万"))
_MOST_SAID: Final = 10**21
_LEAST_SAID: Final = Fraction(1, 10**6)
_MOST_ABOVE: Final = 20  # three halves, but 33 and one third
_MOST_BELOW: Final = 1000  # with more below the line a fraction is said as a decimal
_PART_NAMES: Final = {
    2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth",
    9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth",
}  # fmt: skip
_COUNTS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
)  # fmt: skip


def plain(value: Value) -> str:
    """A value in digits: whole, or with at most four decimals (four digits of what is small)."""
    if value == int(value):
        return str(int(value))
    number = _decimal(value)
    small = max(0, -number.adjusted() - 1)
    return f"{number:.{4 + small}f}".rstrip("0").rstrip(".")


def result_said(value: Value, tree: Tree, lang: Lang) -> tuple[str, bool]:
    """The value as it is said, and whether it is said exactly.

    Fractions give a fraction, percentages a percentage.
    """
    size = max(value, -value)
    if size and not _LEAST_SAID <= size < _MOST_SAID:
        return _with_power_of_ten(value, lang), False
    said = plain(value)
    exact = isinstance(value, Fraction) and Fraction(said) == value
    manners = _manners(tree)
    if isinstance(value, Fraction) and exact and manners == {"percent", "+"}:
        return number_said(Amount(value, "percent"), lang), True
    if isinstance(value, Fraction) and 1 < value.denominator <= _MOST_BELOW:
        if "mixed" in manners:
            return number_said(Amount(value, "mixed"), lang), True
        if "fraction" in manners and not (exact and {"of", "plain"} <= manners):
            return number_said(Amount(value, "fraction"), lang), True
    return _digits(value, lang), exact


def _manners(tree: Tree) -> set[str]:
    """How the numbers of a sum were said, and its signs; minus counts as plus."""
    if isinstance(tree, Amount):
        return {tree.said}
    if isinstance(tree, Changed):
        return {tree.how} | _manners(tree.part)
    if is_fraction(tree):
        return {"fraction"}
    return {"+" if tree.sign == "-" else tree.sign} | _manners(tree.left) | _manners(tree.right)


def is_fraction(tree: Tree) -> bool:
    """1/2 as people write it: whole numbers, the smaller one above the line."""
    return (
        isinstance(tree, Pair)
        and tree.sign == "/"
        and isinstance(tree.left, Amount)
        and isinstance(tree.right, Amount)
        and tree.left.value.denominator == tree.right.value.denominator == 1
        and 0 < tree.left.value < tree.right.value
    )


def number_said(number: Amount, lang: Lang) -> str:
    """A number in the manner in which it was said."""
    value = number.value
    if number.said == "percent":
        return text_in(lang, "dialogue.sum_percent", number=_digits(value * 100, lang))
    if number.said == "plain" or value.denominator == 1:
        return _digits(value, lang)
    mixed = number.said == "mixed" or abs(value.numerator) > _MOST_ABOVE
    whole = int(value) if mixed else 0
    part = _fraction(abs(value - whole) if whole else abs(value), lang)
    if whole:
        return text_in(lang, "dialogue.sum_mixed", whole=_digits(Fraction(whole), lang), part=part)
    return text_in(lang, "dialogue.sum_below", number=part) if value < 0 else part


def _digits(value: Value, lang: Lang) -> str:
    """Digits; in Chinese round numbers in 万 and 亿, and 负, for a minus would not be read."""
    if lang == "en":
        return plain(value)
    if value and isinstance(value, Fraction) and value.denominator == 1:
        for large, name in _LARGE:
            if not value % large and abs(value) < large * 10**4:
                return _digits(value / large, lang) + name
    return plain(value).replace("-", "负")


def _fraction(value: Fraction, lang: Lang) -> str:
    """六分之五, "five sixths"."""
    above, below = value.numerator, value.denominator
    if lang == "zh":
        return "分之".join(_DIGITS[n] if n <= 10 else str(n) for n in (below, above))
    if below not in _PART_NAMES or above >= len(_COUNTS):
        return f"{above} over {below}"
    name = (
        _PART_NAMES[below] if above == 1 else "halves" if below == 2 else f"{_PART_NAMES[below]}s"
    )
    return f"{_COUNTS[above]} {name}"


def _with_power_of_ten(value: Value, lang: Lang) -> str:
    number = _decimal(value)
    power = number.adjusted()
    digits = _digits(Fraction(round(number.scaleb(-power), 4)), lang)
    return text_in(
        lang, "dialogue.sum_times_ten", digits=digits, power=_digits(Fraction(power), lang)
    )


def _decimal(value: Value) -> Decimal:
    if isinstance(value, float):
        return Decimal(value)
    return Decimal(value.numerator) / Decimal(value.denominator)
