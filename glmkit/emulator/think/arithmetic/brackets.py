"""The brackets that are said in words: 3 加 4 的和 is (3 + 4), 3 和 4 相乘 is (3 × 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from glmkit.emulator.think.arithmetic.tokens import Lexeme
from glmkit.emulator.think.arithmetic.tree import NotASum

_SAME: Final = {"+": "+-", "-": "+-", "*": "*", "÷": "÷/"}
_WITHIN: Final = frozenset(
    (
        *("number", "postfix", "fraction", "of", "times_as_much", "power", "prefix", "percent"),
        "open",
    )
)


def bracketed(tokens: Sequence[Lexeme]) -> list[Lexeme]:
    """3 加 4 的和: the brackets that 的和 means, in its place."""
    found: list[Lexeme] = []
    for token in tokens:
        if token.kind != "whole":
            found.append(token)
            continue
        start = _start_of_whole(found, token)
        inner = [
            Lexeme("sign", token.of, each.words) if each.kind == "and" else each
            for each in found[start:]
        ]
        found[start:] = [Lexeme("open", "", "("), *inner, Lexeme("close", "", ")")]
    return found


def _start_of_whole(tokens: list[Lexeme], whole: Lexeme) -> int:
    """Where what 的和 names begins: as many operands as are joined by its sign."""
    start = _start_of_operand(tokens, len(tokens))
    if start == 0 or not _joins(tokens[start - 1], whole):
        raise NotASum(whole.words)
    while start > 1 and _joins(tokens[start - 1], whole):
        start = _start_of_operand(tokens, start - 1)
    return start


def _joins(token: Lexeme, whole: Lexeme) -> bool:
    return token.kind == "and" or (token.kind == "sign" and token.of in _SAME[whole.of])


def _start_of_operand(tokens: list[Lexeme], end: int) -> int:
    """Where the operand begins that ends before ``end``; a bracket counts as one."""
    at, depth = end, 0
    while at > 0:
        kind = tokens[at - 1].kind
        depth += {"close": 1, "open": -1}.get(kind, 0)
        if depth < 0 or (not depth and kind not in _WITHIN):
            break
        at -= 1
    return at
