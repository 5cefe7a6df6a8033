"""The value of a sum: exact where there is an exact one, else a float."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from glmkit.emulator.think.arithmetic.tree import Amount, Changed, Tree

Value = Fraction | float
_MOST_BITS: Final = 40_000  # of a number: 12,000 digits


class TooLarge(ArithmeticError):
    """Nobody would say this number."""


class NoRoot(ArithmeticError):
    """The root of what is below zero."""


def value_of(tree: Tree) -> Value:
    """What the sum is. Raises ZeroDivisionError, NoRoot, TooLarge."""
    if isinstance(tree, Amount):
        return _bounded(tree.value)
    if isinstance(tree, Changed):
        part = value_of(tree.part)
        return -part if tree.how == "minus" else _root(part, 2 if tree.how == "root" else 3)
    left, right = value_of(tree.left), value_of(tree.right)
    try:
        return _bounded(_joined(tree.sign, left, right))
    except OverflowError as error:
        raise TooLarge from error


def _joined(sign: str, left: Value, right: Value) -> Value:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign in ("*", "of"):
        return left * right
    if sign == "%":
        return left % right
    return _power(left, right) if sign == "^" else left / right


def _bounded(value: Value) -> Value:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TooLarge
    elif max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise TooLarge
    return value


def _power(base: Value, exponent: Value) -> Value:
    if not base and exponent < 0:
        raise ZeroDivisionError
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        if isinstance(base, Fraction) and _bits(base) * abs(exponent) > _MOST_BITS:
            raise TooLarge
        return _bounded(base ** int(exponent))
    if isinstance(exponent, Fraction) and exponent.denominator in (2, 3):
        return _power(_root(base, exponent.denominator), Fraction(exponent.numerator))
    if base < 0:
        raise NoRoot
    return float(math.pow(base, exponent))


def _bits(base: Fraction) -> int:
    if abs(base.numerator) <= 1 and base.denominator == 1:
        return 0
    return max(base.numerator.bit_length(), base.denominator.bit_length())


def _root(value: Value, degree: int) -> Value:
    """The root, exact where it is rational."""
    if value < 0:
        if degree == 2:
            raise NoRoot
        return -_root(-value, degree)
    if isinstance(value, Fraction):
        above, below = (_whole_root(n, degree) for n in (value.numerator, value.denominator))
        if above is not None and below is not None:
            return Fraction(above, below)
    try:
        return math.sqrt(value) if degree == 2 else math.cbrt(value)
    except OverflowError as error:
        raise TooLarge from error


def _whole_root(number: int, degree: int) -> int | None:
    """The root of a whole number where it is whole, too."""
    if degree == 2:
        found = math.isqrt(number)
    elif number.bit_length() > 1000:
        return None
    else:
        found = round(number ** (1 / degree))
    return found if found**degree == number else None
