"""A sum in words as it was understood, its brackets as the sum, the difference … of their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from glmkit.emulator.think.arithmetic.numbers import is_fraction, number_said
from glmkit.emulator.think.arithmetic.tree import Amount, Changed, Pair, Sign, Tree
from glmkit.emulator.think.arithmetic.values import value_of
from glmkit.emulator.think.persona import Lang
from glmkit.texts import text_in

_TIGHTNESS: Final[dict[Sign, int]] = {
    "+": 1, "-": 1, "*": 2, "÷": 2, "/": 2, "%": 2, "of": 4, "^": 5,
}  # fmt: skip
_SIGN_NAMES: Final[dict[str, str]] = {
    "+": "plus", "-": "minus", "*": "times", "÷": "divided", "/": "divided", "%": "divided",
}  # fmt: skip


def formula_said(tree: Tree, lang: Lang) -> str:
    """The sum as it was understood, brackets in words."""
    if isinstance(tree, Amount):
        return number_said(tree, lang)
    if isinstance(tree, Changed):
        return text_in(lang, f"dialogue.sum_{tree.how}", part=_within(tree.part, lang, 5))
    if is_fraction(tree):
        return number_said(Amount(Fraction(value_of(tree)), "fraction"), lang)
    if tree.sign == "%":
        division = formula_said(replace(tree, sign="÷"), lang)
        return text_in(lang, "dialogue.sum_remainder", division=division)
    if tree.sign == "of":
        return _of(tree, lang)
    if tree.sign == "^":
        return _power(tree, lang)
    tight = _TIGHTNESS[tree.sign]
    left = _within(tree.left, lang, tight)
    right = _within(tree.right, lang, tight + 1)
    pause = ", " if lang == "en" and _tightness(tree.left) < tight else " "
    sign = text_in(lang, f"dialogue.sum_sign_{_SIGN_NAMES[tree.sign]}")
    return f"{left}{sign}{right}" if lang == "zh" else f"{left}{pause}{sign} {right}"


def _tightness(tree: Tree) -> int:
    if isinstance(tree, Pair) and not is_fraction(tree):
        return _TIGHTNESS[tree.sign]
    return 3 if isinstance(tree, Changed) and tree.how == "minus" else 6


def _within(tree: Tree, lang: Lang, tight: int) -> str:
    """A part of a tighter sum, as the sum, difference … of its own parts where it is looser."""
    if _tightness(tree) >= tight or not isinstance(tree, Pair) or tree.sign in ("of", "^"):
        return formula_said(tree, lang)
    whole = f"dialogue.sum_whole_{_SIGN_NAMES[tree.sign]}"
    if lang == "zh":
        return text_in(lang, whole, parts=formula_said(tree, lang))
    *most, last = (_within(each, lang, 2) for each in _operands(tree))
    return text_in(lang, whole, parts=f"{', '.join(most)} and {last}")


def _operands(tree: Pair) -> Sequence[Tree]:
    """What a chain of the same plus or times joins."""
    if tree.sign in "+*" and isinstance(tree.left, Pair) and tree.left.sign == tree.sign:
        return (*_operands(tree.left), tree.right)
    return (tree.left, tree.right)


def _of(tree: Pair, lang: Lang) -> str:
    """20 percent of 150, 150的百分之20, 5的3倍."""
    left, right = tree.left, tree.right
    if lang == "zh":
        both = all(isinstance(each, Amount) and each.said == "plain" for each in (left, right))
        times = "倍" if both else ""
        return f"{_within(left, lang, 4)}的{_within(right, lang, 4)}{times}"
    if isinstance(right, Amount) and right.said != "plain":
        left, right = right, left
    joint = "times" if isinstance(left, Amount) and left.said == "plain" else "of"
    return f"{_within(left, lang, 4)} {joint} {_within(right, lang, 4)}"


def _power(tree: Pair, lang: Lang) -> str:
    base = _within(tree.left, lang, 6)
    exponent = tree.right.value if isinstance(tree.right, Amount) else None
    if exponent in (2, 3):
        return text_in(lang, f"dialogue.sum_{'squared' if exponent == 2 else 'cubed'}", part=base)
    power = _within(tree.right, lang, 5)
    return text_in(lang, "dialogue.sum_power", part=base, power=power)
