"""A sum in digits and signs, as a calculator takes it: ``(1+2)*3``, ``sqrt(16)``, ``2**10``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from glmkit.emulator.think.arithmetic.tree import Amount, Changed, Sign, Tree

_SIGNS: Final[dict[Sign, str]] = {"÷": "/", "of": "*", "^": "**"}
_TIGHTNESS: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "**": 4}
_WHOLE: Final = 6


def written(tree: Tree) -> str:
    """The sum in digits and signs, with the brackets that it needs."""
    return _written(tree)[0]


def _written(tree: Tree) -> tuple[str, int]:
    """The words, and how tightly they hold together."""
    if isinstance(tree, Amount):
        return (str(tree.value), 2) if tree.said == "fraction" else _number(tree.value)
    if isinstance(tree, Changed):
        if tree.how == "minus":
            return f"-{_bracketed(tree.part, 4)}", 3
        return f"{'sqrt' if tree.how == 'root' else 'cbrt'}({written(tree.part)})", _WHOLE
    sign = _SIGNS.get(tree.sign, tree.sign)
    tight = _TIGHTNESS[sign]
    left, right = _bracketed(tree.left, tight + (sign == "**")), _bracketed(tree.right, tight + 1)
    return f"{left}{sign}({right})" if right.startswith("-") else f"{left}{sign}{right}", tight


def _bracketed(tree: Tree, tight: int) -> str:
    said, holds = _written(tree)
    return said if holds >= tight else f"({said})"


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), 3 if value < 0 else _WHOLE
    decimal = Decimal(value.numerator) / value.denominator
    if Fraction(decimal) == value:
        return f"{decimal:f}", 3 if value < 0 else _WHOLE
    return str(value), 2
