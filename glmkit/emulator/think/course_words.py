"""The course's own words in what was said, from the glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from glmkit.emulator.think.likeness import sounds, tokens
from glmkit.emulator.think.persona import Lang
from glmkit.texts.glossary import CourseWord, words

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
BY_SOUND: Final = 3  # syllables a misheard word must have; shorter ones sound like too much
_TECHNICAL: Final = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A word of the course that was said: its share of what was said, 0 to 1, and whether it can
    be nothing but a word of the course."""

    word: CourseWord
    share: float
    is_technical: bool


def mentioned(said: str) -> Mentioned | None:
    """The longest word of the course in ``said``, the first of several."""
    found = _found(said)
    if not found:
        return None
    longest = found[0].name
    share = len(longest.tokens) / max(1, len(tokens(said.lower())))
    return Mentioned(longest.word, share, longest.is_technical)


def all_mentioned(said: str) -> list[CourseWord]:
    """The words of the course in ``said``, in order, each once; no word inside a longer one."""
    taken: list[_Place] = []
    for place in _found(said):
        if not any(place.overlaps(each) for each in taken):
            taken.append(place)
    ordered = sorted(taken, key=lambda place: place.start)
    return list({place.name.word.word["en"]: place.name.word for place in ordered}.values())


def explanation(word: CourseWord, lang: Lang) -> str:
    """What it means, in a sentence."""
    return word.means[lang]


@dataclass(frozen=True, slots=True)
class _Name:
    """One of a word's names, as it is spelt and as it sounds."""

    spelt: str
    tokens: tuple[str, ...]
    word: CourseWord

    def place(self, spelt: tuple[str, ...], heard: tuple[str, ...]) -> int | None:
        """Where it stands in what was said; None for nowhere."""
        by_sound = len(self.tokens) >= BY_SOUND
        found = _place(self.tokens, spelt)
        return _place(sounds(self.spelt.lower()), heard) if found is None and by_sound else found

    @property
    def is_technical(self) -> bool:
        """JWT, base64, WebSocket: nobody says them by chance."""
        return self.spelt.isascii() and bool(_TECHNICAL.search(self.spelt))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands in what was said."""

    start: int
    name: _Name

    def overlaps(self, other: _Place) -> bool:
        """Whether both take a token."""
        ends = self.start + len(self.name.tokens), other.start + len(other.name.tokens)
        return max(self.start, other.start) < min(ends)


def _found(said: str) -> list[_Place]:
    """Every name in ``said``, the longest first, of those as long the first."""
    plain = said.lower()
    spelt, heard = tuple(tokens(plain)), sounds(plain)
    found = [
        _Place(at, name)
        for name in _names()
        if (len(name.tokens) > 1 or name.tokens[0].isascii() or len(spelt) < 3)
        and (at := name.place(spelt, heard)) is not None
    ]
    return sorted(found, key=lambda place: (-len(place.name.tokens), place.start))


@cache
def _names() -> tuple[_Name, ...]:
    named = [(name, word) for word in words() for lang in LANGS for name in word.names(lang)]
    return tuple(_Name(name, tuple(tokens(name.lower())), word) for name, word in named)


def _place(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    many = len(part)
    places = (n for n in range(len(whole) - many + 1) if part and whole[n : n + many] == part)
    return next(places, None)
