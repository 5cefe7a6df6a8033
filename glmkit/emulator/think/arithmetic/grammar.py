"""The tokens of a sum as a tree.

From the loosest to the tightest: ``+ -``; ``× ÷ /``; a minus in front; ``of``; powers. 再 and a
comma before a sign take all that was said so far as one. 的和 and its like take what they name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, NoReturn

from glmkit.emulator.think.arithmetic.brackets import bracketed
from glmkit.emulator.think.arithmetic.tokens import Lexeme
from glmkit.emulator.think.arithmetic.tree import Amount, Changed, NotASum, Pair, Sign, Tree
from glmkit.emulator.think.arithmetic.vocabulary import VULGAR

_SUMS: Final = frozenset("+-")
_PRODUCTS: Final = frozenset(("*", "÷", "/", "%", "into", "off", "with", "discount"))
_PLAIN: Final[dict[str, Sign]] = {"+": "+", "-": "-", "*": "*", "÷": "÷", "/": "/", "%": "%"}
_DONE: Final[dict[str, Callable[[Tree], Tree]]] = {
    "square": lambda tree: Pair("^", tree, Amount(Fraction(2))),
    "cube": lambda tree: Pair("^", tree, Amount(Fraction(3))),
    "double": lambda tree: Pair("*", Amount(Fraction(2)), tree),
    "triple": lambda tree: Pair("*", Amount(Fraction(3)), tree),
    "root": lambda tree: Changed("root", tree),
    "cube_root": lambda tree: Changed("cube_root", tree),
}
_MOST_NESTED: Final = 20


def parse(tokens: Sequence[Lexeme]) -> Tree:
    """The tree of all of ``tokens``. Raises NotASum."""
    reader = _Reader(bracketed(tokens))
    tree = reader.sum()
    reader.finish()
    return tree


class _Reader:
    """Reads tokens from the left; each method reads what its name says."""

    def __init__(self, tokens: Sequence[Lexeme]) -> None:
        self._tokens = tokens
        self._at = 0
        self._nested = 0

    def finish(self) -> None:
        if token := self._next:
            raise NotASum(token.words)

    def sum(self) -> Tree:
        tree = self._added(self._product(self._signed()))
        while self._takes("then") or self._takes_comma():
            if not self._is("sign"):
                self._fail()
            tree = self._added(self._product(tree))
        token = self._takes("remainder")
        return _remainder(tree, token) if token else tree

    def _added(self, tree: Tree) -> Tree:
        while sign := self._takes_sign(_SUMS):
            tree = Pair(_PLAIN[sign], tree, self._product(self._signed()))
        return tree

    def _product(self, tree: Tree) -> Tree:
        while sign := self._takes_sign(_PRODUCTS):
            tree = _pair(sign, tree, self._signed())
            if sign == "discount":
                self._takes("tenths")
            elif sign == "with":
                self._takes_sign(frozenset(("off",)))
        if self._is("open"):  # 2(3+4)
            return self._product(Pair("*", tree, self._of()))
        return tree

    def _signed(self) -> Tree:
        if self._takes_sign(frozenset("-")):
            part = self._nest(self._signed)
            if isinstance(part, Amount) and part.said == "plain":
                return Amount(-part.value)
            return Changed("minus", part)
        if self._takes_sign(frozenset("+")):
            return self._nest(self._signed)
        return self._of()

    def _of(self) -> Tree:
        tree = self._power()
        while token := self._takes("of"):
            if token.of == "of":
                return Pair("of", tree, self._nest(self._of))
            right = self._operand()
            if self._is("postfix") and self._tokens[self._at].of == "percent":
                right = self._changed(right)
            if self._takes("power"):
                tree = Pair("^", tree, right)
            else:
                self._takes("times_as_much")
                tree = Pair("of", tree, right)
            tree = self._changed(tree)
        return tree

    def _power(self) -> Tree:
        tree = self._changed(self._operand())
        if self._takes_sign(frozenset("^")):
            return Pair("^", tree, self._nest(self._signed))
        return tree

    def _changed(self, tree: Tree) -> Tree:
        """With what stands behind it: 的平方, squared, %."""
        while token := self._takes("postfix"):
            if token.of == "percent":
                tree = _percent(tree)
            elif token.of == "ordinal":
                tree = Pair("^", tree, Amount(token.value or Fraction(1)))
            else:
                tree = _DONE[token.of](tree)
        return tree

    def _operand(self) -> Tree:
        if token := self._takes("prefix"):
            return self._prefixed(token)
        if token := self._takes("sum_of") or self._takes("verb"):
            return self._named(token)
        if self._takes("open"):
            return self._bracket()
        if self._takes("percent"):
            return _percent(self._operand())
        return self._number()

    def _prefixed(self, token: Lexeme) -> Tree:
        if token.of == "minus":
            part = self._nest(self._operand)
            if isinstance(part, Amount):
                return Amount(-part.value, part.said)
            return Changed("minus", part)
        if token.of == "remainder":
            return _remainder(self._nest(lambda: self._product(self._signed())), token)
        if token.of == "root_over":
            return Changed("root", self._nest(self.sum))
        return _DONE[token.of](self._nest(self._power))

    def _named(self, token: Lexeme) -> Tree:
        """The sum of 3 and 4; subtract 3 from 10."""
        left = self._nest(self._of)
        joint = self._takes("and") or self._takes("by")
        if joint is None:
            self._fail()
        right = self._nest(self._of)
        if joint and joint.words.lower() == "from":
            left, right = right, left
        tree: Tree = Pair(_PLAIN[token.of], left, right)
        while token.kind == "sum_of" and token.of in "+*" and self._takes("and"):
            tree = Pair(_PLAIN[token.of], tree, self._nest(self._of))
        return tree

    def _bracket(self) -> Tree:
        tree = self._nest(self.sum)
        if not self._takes("close"):
            self._fail()
        return tree

    def _number(self) -> Tree:
        token = self._takes("number")
        if token is None or token.value is None:
            self._fail()
        value = token.value
        if self._takes("fraction"):
            above = self._plain_number()
            if not value:
                return Pair("÷", Amount(above), Amount(value))
            return Amount(above / value, "fraction")
        mixed = self._mixed(token)
        if mixed is not None:
            return Amount(value + mixed, "mixed")
        return Amount(value, "fraction" if token.of == "part" else "plain")

    def _mixed(self, token: Lexeme) -> Fraction | None:
        """What 三又二分之一, 3½ and "one and a half" add to their whole number."""
        after = self._tokens[self._at : self._at + 2]
        if after and after[0].words in VULGAR and token.of != "part":
            self._at += 1
            return after[0].value
        if len(after) < 2 or after[0].kind != "and" or token.of == "part":
            return None
        if after[0].words == "又":
            self._at += 1
            fraction = self._number()
            return fraction.value if isinstance(fraction, Amount) else None
        if after[1].of == "part" and after[1].value:
            self._at += 2
            return after[1].value
        return None

    def _plain_number(self) -> Fraction:
        token = self._takes("number")
        if token is None or token.value is None:
            self._fail()
        return token.value

    # -- the tokens --

    @property
    def _next(self) -> Lexeme | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is(self, kind: str) -> bool:
        return self._next is not None and self._next.kind == kind

    def _takes(self, kind: str) -> Lexeme | None:
        token = self._next
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def _takes_comma(self) -> bool:
        after = self._tokens[self._at + 1 : self._at + 2]
        joined = bool(after and after[0].kind in ("sign", "then"))
        return joined and bool(self._takes("comma")) and (self._takes("then"), True)[1]

    def _takes_sign(self, signs: frozenset[str]) -> str | None:
        token = self._next
        if token and token.kind in ("sign", "misheard", "event") and token.of in signs:
            self._at += 1
            return token.of
        return None

    def _nest(self, read: Callable[[], Tree]) -> Tree:
        self._nested += 1
        if self._nested > _MOST_NESTED:
            self._fail()
        tree = read()
        self._nested -= 1
        return tree

    def _fail(self) -> NoReturn:
        before = self._tokens[self._at - 1].words if self._at else ""
        raise NotASum(self._next.words if self._next else before)


def _pair(sign: str, left: Tree, right: Tree) -> Tree:
    """A product, or what people say that means one: 2 除 6, 20 % off 150, 打八折."""
    if sign == "into":
        return Pair("÷", right, left)
    if sign == "off":
        return Pair("-", right, Pair("of", left, right))
    if sign == "with":
        return Pair("-", left, Pair("of", right, left))
    if sign == "discount":
        if not isinstance(right, Amount):
            raise NotASum("折")
        tenths = right.value
        while tenths > 10:  # 八五折 is 8.5 tenths
            tenths /= 10
        return Pair("of", left, Amount(tenths / 10, "percent"))
    return Pair(_PLAIN[sign], left, right)


def _remainder(tree: Tree, token: Lexeme) -> Tree:
    if isinstance(tree, Pair) and tree.sign in ("÷", "/"):
        return replace(tree, sign="%")
    raise NotASum(token.words)


def _percent(tree: Tree) -> Tree:
    if isinstance(tree, Amount) and tree.said == "plain":
        return Amount(tree.value / 100, "percent")
    return Pair("÷", tree, Amount(Fraction(100)))
