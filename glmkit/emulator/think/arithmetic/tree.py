"""A sum as a tree: numbers, pairs with a sign between them, and what is done to one part."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Sign = Literal["+", "-", "*", "÷", "/", "^", "of", "%"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, and how it was said: 3.5, seven halves, 3又2分之1, 350 %."""

    value: Fraction
    said: Literal["plain", "fraction", "mixed", "percent"] = "plain"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts and the sign between them."""

    sign: Sign
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Changed:
    """One part, and what is done to it."""

    how: Literal["minus", "root", "cube_root"]
    part: Tree


Tree = Amount | Pair | Changed


class NotASum(Exception):
    """``words``: what is in no place where the grammar has it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
