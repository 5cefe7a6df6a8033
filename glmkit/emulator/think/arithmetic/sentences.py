"""The sums in what somebody said, and what of a sum nobody understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from glmkit.emulator.think.arithmetic.grammar import parse
from glmkit.emulator.think.arithmetic.notation import written
from glmkit.emulator.think.arithmetic.prices import with_prices
from glmkit.emulator.think.arithmetic.tokens import Lexeme, tokens_in
from glmkit.emulator.think.arithmetic.tree import Amount, NotASum, Tree
from glmkit.emulator.think.arithmetic.values import value_of
from glmkit.emulator.think.arithmetic.vocabulary import ENDS, SUMMED

_MOST_TOKENS: Final = 200
_SHORT: Final = 60  # characters of what goes on with a sum
#: Numbers with signs between them that nobody wants computed: dates, telephone numbers, 24/7.
_NO_SUM: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\+?\d{2,4}(?:-\d{3,4}){2,}|24/7)(?!\d)"
)
_LEAST_REPEATED: Final = 6
_AROUND: Final = frozenset(("lead", "ask", "end", "comma"))
_MARKS: Final = " \n，。？！；,.?!;"
#: What shows that a result is wanted of a sum that was not understood.
_SHOWS: Final = frozenset(("root", "cube_root", "square", "cube", "ordinal"))


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sum that was asked for, and ``part`` of it that nobody understood."""

    part: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """One sum's words: what may be the sum, and whether its result was asked for."""

    tokens: tuple[Lexeme, ...]
    asked: bool


def sums_in(words: str) -> list[Tree | NotUnderstood]:
    """Each sum in ``words``, in order."""
    if once := _said_once(words):
        return sums_in(once)
    found = (_sum(segment) for segment in _segments(with_prices(words)))
    return [each for each in found if each is not None]


def goes_on(words: str) -> bool:
    """Whether ``words`` begin with what is done to the result of a sum before them."""
    said = (each for each in tokens_in(words[:_SHORT]) if each.kind not in ("lead", "and", "comma"))
    first = next(said, None)
    return first is not None and first.kind in ("sign", "then")


def formula(words: str) -> str | None:
    """The first sum in ``words`` in digits and signs, ``12*7+1``; None if there is none.

    Powers are ``**``, roots are ``sqrt(16)`` and ``cbrt(27)``.
    """
    for segment in _segments(words):
        core = _core(segment.tokens)
        try:
            tree = parse(core)
        except NotASum:
            continue
        if _counts(tree, core, segment.asked):
            return written(tree)
    return None


def result(formula: str) -> Fraction | float | None:
    """The value of such a formula, products first; None when something is divided by zero."""
    found = next(iter(sums_in(formula)), None)
    if found is None or isinstance(found, NotUnderstood):
        return None
    try:
        return value_of(found)
    except ArithmeticError:
        return None


def _segments(words: str) -> Iterator[_Segment]:
    """The words cut where one question ends and another begins."""
    if _NO_SUM.search(words) or not re.search(r"\w", words):
        return
    tokens = tokens_in(words)
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return
    yield from _cut(tokens)


def _cut(tokens: Sequence[Lexeme]) -> Iterator[_Segment]:
    piece: list[Lexeme] = []
    pieces = [piece]
    for token, after in zip_longest(tokens, tokens[1:]):
        goes_on = after is not None and after.kind in ("sign", "then")
        if token.kind in ("end", "lead") or (token.kind == "comma" and not goes_on):
            pieces.append(piece := [])
        piece.append(token)
        if token.kind == "ask":
            pieces.append(piece := [])
    for number, piece in enumerate(pieces):
        said = tuple(t for t in piece if t.kind == "comma" or t.kind not in _AROUND)
        behind = pieces[number + 1 :]
        asked = any(t.kind in ("lead", "ask") for t in piece)
        if said:
            yield _Segment(said, asked or any(map(_only_asks, behind[:2])))


def _only_asks(piece: Sequence[Lexeme]) -> bool:
    """等于几 after a comma, 你算一下: of what was said before."""
    kinds = {token.kind for token in piece}
    return bool(kinds & {"lead", "ask"}) and kinds <= _AROUND


def _said_once(words: str) -> str | None:
    """What recognition heard twice, the same words and nothing else, as it was said."""
    second = words.find(words[:_LEAST_REPEATED], _LEAST_REPEATED)
    once = words[: max(second, 0)].strip(_MARKS)
    repeated = len(once) >= _LEAST_REPEATED and not re.search(r"[^\W_]", words.replace(once, ""))
    return once if repeated and re.search(r"[^\W\d_]", once) and sums_in(once) else None


def _sum(segment: _Segment) -> Tree | NotUnderstood | None:
    told = _counted(segment)
    core = _core(told)
    unclear = next((t.words for t in told if t.kind == "unknown"), "")
    tree: Tree | None = None
    try:
        tree = parse(core)
    except NotASum as error:
        unclear = unclear or error.words
    if not unclear:
        unclear = _outside(told, core) if len(told) > len(core) else ""
    if unclear:
        shown = segment.asked and _shows_a_sum(segment.tokens)
        return NotUnderstood(unclear) if shown else None
    return tree if tree and _counts(tree, core, segment.asked) else None


def _counted(segment: _Segment) -> tuple[Lexeme, ...]:
    """The tokens; of a story about things that come and go, without what they are."""
    story = segment.asked and any(t.kind == "event" for t in segment.tokens)
    return tuple(t for t in segment.tokens if not (story and t.kind == "unknown"))


def _outside(tokens: Sequence[Lexeme], core: Sequence[Lexeme]) -> str:
    """The first words beside a sum that belong to none."""
    return next((t.words for t in tokens if t not in core and t.kind not in ("and", "comma")), "")


def _core(tokens: Sequence[Lexeme]) -> tuple[Lexeme, ...]:
    """From the first to the last token of a sum."""
    places = [at for at, token in enumerate(tokens) if token.kind in SUMMED]
    return tuple(tokens[places[0] : places[-1] + 1]) if places else ()


def _counts(tree: Tree, core: Sequence[Lexeme], asked: bool) -> bool:
    """Whether it is more than a number, and heard well enough."""
    return not isinstance(tree, Amount) and (
        asked or all(t.kind not in ("misheard", "event") for t in core)
    )


def _shows_a_sum(tokens: Sequence[Lexeme]) -> bool:
    """Whether there is a number with a sign beside it, or a power or a root of one."""
    return any(token.kind == "number" for token in tokens) and any(
        (token.kind == "sign" and before and before.kind in ENDS)
        or (token.kind in ("postfix", "prefix") and token.of in _SHOWS)
        or token.kind in ("whole", "sum_of")
        for before, token in zip([None, *tokens], tokens, strict=False)
    )
