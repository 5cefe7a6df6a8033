"""Words cut into the tokens of a sum: numbers, signs, and what is neither."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from glmkit.emulator.think.arithmetic.vocabulary import (
    BEGINS,
    ENDS,
    ENTRIES,
    ORDINALS,
    PARTS,
    SCALES,
    VULGAR,
    Kind,
)
from glmkit.emulator.think.numerals import chinese, english

_ANY = re.compile(
    "|".join(f"(?P<entry_{i}>{pattern})" for i, (_, _, pattern) in enumerate(ENTRIES)),
    re.IGNORECASE | re.DOTALL,
)
_KEPT: Final = f"²³…{VULGAR}"  # what NFKC would make plain digits or dots of


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of what was said: ``of`` is its sign or the like, ``value`` a number's."""

    kind: Kind
    of: str
    words: str
    value: Fraction | None = None


def tokens_in(words: str) -> list[Lexeme]:
    """Everything in ``words``, in order; what fills and what is blank left out."""
    plain = "".join(c if c in _KEPT else unicodedata.normalize("NFKC", c) for c in words)
    said = [token for token in _scanned(plain) if token.kind != "filler"]
    return list(_joined(_settled(said)))


def _scanned(words: str) -> Iterator[Lexeme]:
    for match in _ANY.finditer(words):
        kind, of, _ = ENTRIES[int((match.lastgroup or "").removeprefix("entry_"))]
        yield _token(kind, of, match)


def _token(kind: Kind, of: str, match: re.Match[str]) -> Lexeme:
    said = match[0].strip()
    if kind == "number":
        return Lexeme(
            kind, "part" if of in ("part", "half", "vulgar") else "", said, _value(of, match)
        )
    if of == "ordinal":
        nth = match["nth"].lower()
        return Lexeme(kind, of, said, Fraction(ORDINALS.get(nth) or re.sub(r"\D", "", nth)))
    return Lexeme(kind, of, said)


def _value(of: str, match: re.Match[str]) -> Fraction:
    said = match[0].lower()
    if of == "vulgar":
        return Fraction(unicodedata.normalize("NFKC", said).replace("\N{FRACTION SLASH}", "/"))
    if of == "money":  # 三块五
        return Fraction(f"{_whole(match['yuan'])}.{_whole(match['tenth'])}")
    if of == "half":
        return Fraction(1, 2)
    if of == "part":
        many = (match["many"] or "a").lower()
        count = 1 if many in ("a", "an") else int(many) if many.isdigit() else english(many)
        return Fraction(count) / PARTS[match["part"].lower()]
    if of == "english":
        return Fraction(str(english(said)))
    if of == "chinese":
        whole, _, part = said.partition("点")
        return Fraction(f"{chinese(whole)}.{chinese_digits(part)}" if part else chinese(whole))
    scale = match["scale"]
    number = Fraction(re.sub(r"[^\d.]", "", said.replace("点", ".")))
    return number * (SCALES[scale.lower()] if scale else 1)


def _whole(said: str) -> str:
    return said if said.isdigit() else str(chinese(said))


def chinese_digits(said: str) -> str:
    """Digits said one by one: 一四 is ``"14"``."""
    return "".join(str(chinese(digit)) for digit in said)


def _settled(tokens: list[Lexeme]) -> list[Lexeme]:
    """What a word is by what stands before and behind it."""
    found: list[Lexeme] = []
    depth = 0
    for token, after in zip_longest(tokens, tokens[1:]):
        said = [each for each in found if token.kind != "event" or each.kind != "unknown"]
        between = bool(said and said[-1].kind in ENDS and after and after.kind in BEGINS)
        if token.kind in ("misheard", "event") and not between:
            token = replace(token, kind="unknown")
        elif token.kind == "bracket":
            token = replace(token, kind="close" if depth and not _opens(found) else "open")
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        found.append(token)
    return found


def _opens(before: list[Lexeme]) -> bool:
    return not before or before[-1].kind not in ENDS


def _joined(tokens: list[Lexeme]) -> Iterator[Lexeme]:
    """Pieces that nobody understands, one after the other, as one."""
    last: Lexeme | None = None
    for token in tokens:
        if last and last.kind == token.kind == "unknown":
            latin = last.words[-1].isascii() and token.words[0].isascii()
            last = replace(last, words=last.words + " " * latin + token.words)
            continue
        if last:
            yield last
        last = token
    if last:
        yield last
