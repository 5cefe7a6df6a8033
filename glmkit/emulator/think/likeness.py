"""Which of many example sentences is most like what was heard.

A sentence is the words in it (Chinese: the characters) and their neighbourhoods; one that few
examples share weighs much, one that nobody knows most of all: so what is about something else is
like nothing. Two sentences are as alike as the weight of what they share, and, by a third, as the
letters they need to change. Chinese is compared by its sounds, too: recognition writes another
character of the same sound.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Final, Generic, TypeVar

from rapidfuzz import fuzz

from glmkit.emulator.think.lexicon import stem
from glmkit.emulator.think.syllables import toneless

Key = TypeVar("Key", bound=Hashable)

LETTERS: Final = 0.2  # of the likeness is by letters: measured best, with 0 and 1 worse
PAIR: Final = 0.3  # what a neighbourhood weighs of what a word does
AS_WRITTEN: Final = 0.95  # as like as this is not misheard
BY_SOUND: Final = 0.9  # as much as by sight, but for the doubt
LOOKED_AT: Final = 40  # examples whose letters are compared, too
_TOKEN: Final = re.compile(r"[a-z]+|\d+|[\u3400-\u9fff]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_TWICE: Final = re.compile(r"(.{2,40}?)\s*\1+")


class Wording:
    """What says nothing in a language, and which words are one and the same."""

    def __init__(
        self, fillers: Iterable[str] = (), alike: Mapping[str, Sequence[str]] = {}
    ) -> None:
        said = [(each, word) for word, ones in alike.items() for each in (word, *ones)]
        self._one = dict(sorted(said, key=_longest))
        self._alike = _either(self._one)
        self._fillers = _either(sorted(fillers, key=len, reverse=True))
        self._ways = {
            word: "|".join(map(_as_written, sorted((word, *ones), key=len, reverse=True)))
            for word, ones in alike.items()
        }
        self._others = alike
        self._any_way = _either(sorted(self._ways, key=len, reverse=True), kept=True)

    def plain(self, words: str) -> str:
        """``words`` without marks and fillers, each thing in the same words."""
        plain = re.sub(r"[^\w{}]+", " ", words.lower().replace("'", "").replace("’", "")).strip()
        if self._alike:
            plain = self._alike.sub(lambda found: self._one[found[0]], plain)
        kept = self._fillers.sub(" ", plain) if self._fillers else plain
        kept = " ".join(kept.split()) or plain
        return _TWICE.sub(r"\1", kept)

    def pattern(self, fixed: str) -> str:
        """A regular expression for fixed words, however they are said; blanks may be many."""
        return "".join(
            f"(?:{self._ways[each]})" if each in self._ways else _spaced(each)
            for each in self._pieces(fixed)
        )

    def forms(self, fixed: str) -> tuple[tuple[str, ...], ...]:
        """What must stand in words that have the fixed ones in them: one of each, made ``bare``."""
        return tuple(
            tuple(map(bare, (each, *self._others.get(each, ())))) for each in self._pieces(fixed)
        )

    def _pieces(self, fixed: str) -> list[str]:
        """Fixed words, apart from those that may be said in several ways."""
        plain = fixed.lower()
        if not self._alike or not self._any_way:
            return [plain.strip()]
        plain = self._alike.sub(lambda found: self._one[found[0]], plain)
        return self._any_way.split(plain.strip())


def tokens(plain: str) -> list[str]:
    """The words: English ones without their endings, Chinese characters, numbers."""
    return [stem(each) if each.isascii() else each for each in _TOKEN.findall(plain)]


@lru_cache(4096)
def sounds(plain: str) -> tuple[str, ...]:
    """The same with Chinese as it sounds, without tones."""
    return tuple(toneless(token) for token in tokens(plain))


class Examples(Generic[Key]):
    """Sentences, each an example of what its key stands for."""

    def __init__(self, examples: Sequence[tuple[str, Key]], wording: Wording) -> None:
        self._wording = wording
        self._plain = [wording.plain(words) for words, _ in examples]
        self._keys = [key for _, key in examples]
        self._by_sight = _Shared([tokens(each) for each in self._plain], self._keys)

    @cached_property
    def _by_sound(self) -> _Shared:
        """Made when first needed: how Chinese sounds takes a while to load."""
        han = any(_HAN.search(each) for each in self._plain)
        return _Shared([sounds(each) for each in self._plain] if han else [], self._keys)

    def alike(self, words: str) -> dict[Key, float]:
        """How much ``words`` are like the best example of each key, 0 to 1; those at all alike."""
        plain = self._wording.plain(words)
        found = self._by_sight.shares(tokens(plain))
        exact = max(found.values(), default=0.0) >= AS_WRITTEN
        if not exact and _HAN.search(plain):
            for n, share in self._by_sound.shares(sounds(plain)).items():
                found[n] = max(found.get(n, 0.0), BY_SOUND * share)
        best: dict[Key, float] = {}
        for n in sorted(found, key=lambda n: -found[n])[:LOOKED_AT]:
            letters = fuzz.ratio(plain, self._plain[n]) / 100
            score = (1 - LETTERS) * found[n] + LETTERS * letters
            best[self._keys[n]] = max(best.get(self._keys[n], 0.0), score)
        return best


class _Shared:
    """What sentences have in common, by the weight of it."""

    def __init__(self, sentences: Sequence[Sequence[str]], keys: Sequence[Hashable]) -> None:
        self._where: dict[str, list[int]] = defaultdict(list)
        owners: dict[str, set[Hashable]] = defaultdict(set)
        features = [_features(each) for each in sentences]
        for n, each in enumerate(features):
            for feature in each:
                self._where[feature].append(n)
                owners[feature].add(keys[n])
        many = len(set(keys))
        self._new = math.log(1 + many)
        self._weights = {each: math.log(1 + many / len(by)) for each, by in owners.items()}
        self._total = [self._weight(each) for each in features]

    def shares(self, sentence: Sequence[str]) -> dict[int, float]:
        """Sentence → twice the weight of what both have, of all they have."""
        features = _features(sentence)
        total = self._weight(features)
        common: dict[int, float] = defaultdict(float)
        for feature in features:
            for n in self._where.get(feature, ()):
                common[n] += self._one(feature)
        return {n: 2 * shared / (total + self._total[n]) for n, shared in common.items()}

    def _weight(self, features: Iterable[str]) -> float:
        return sum(map(self._one, features))

    def _one(self, feature: str) -> float:
        return self._weights.get(feature, self._new) * (PAIR if " " in feature else 1.0)


def _features(sentence: Sequence[str]) -> set[str]:
    pairs = (f"{a} {b}" for a, b in pairwise(sentence))
    return {*sentence, *pairs}


def _longest(pair: tuple[str, str]) -> int:
    return -len(pair[0])


@cache
def _bounded(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def _as_written(word: str) -> str:
    """A pattern for ``word`` with or without an apostrophe in it: whats, what's."""
    return r"\b" + "['’]?".join(map(re.escape, word)) + r"\b" if word.isascii() else re.escape(word)


def _spaced(words: str) -> str:
    """A pattern for ``words``, whatever blanks are between them."""
    return r"\s*".join(map(re.escape, re.split(r"\s+", words)))


def bare(words: str) -> str:
    """Words without what a pattern may pass over."""
    return re.sub(r"['’\s]+", "", words.lower())


def _either(words: Iterable[str], *, kept: bool = False) -> re.Pattern[str] | None:
    """Any of ``words``; ``kept``: as a group, so that what is split there keeps it."""
    patterns = "|".join(_bounded(each.lower()) for each in words)
    return re.compile(f"({patterns})" if kept else patterns) if patterns else None
