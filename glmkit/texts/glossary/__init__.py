"""The course's own words, each explained in one sentence that can be spoken, in both languages.

``words.yaml`` beside this file is data only; lessons and the emulator's answers read the same.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from glmkit.texts import Language

_WORDS: Final = Path(__file__).with_name("words.yaml")


class CourseWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the course; each value by language.

    Attributes:
        word: what lessons call it.
        also: other names.
        heard: how it is spelt when it is spoken, and how recognition tends to write it.
        means: one sentence that explains it.
    """

    word: dict[Language, str]
    also: dict[Language, tuple[str, ...]]
    means: dict[Language, str]
    heard: dict[Language, tuple[str, ...]] = {}

    def names(self, lang: Language) -> tuple[str, ...]:
        """Everything it is called in ``lang``, its own name first."""
        return (self.word[lang], *self.also[lang], *self.heard.get(lang, ()))


@cache
def words() -> tuple[CourseWord, ...]:
    """Every word, in the order of the lessons."""
    return msgspec.yaml.decode(_WORDS.read_bytes(), type=tuple[CourseWord, ...])


def find_word(name: str) -> CourseWord | None:
    """The word that is called ``name`` in either language, whatever its case, blanks and marks."""
    return _by_name().get(_key(name))


@cache
def _by_name() -> dict[str, CourseWord]:
    langs: tuple[Language, ...] = ("zh", "en")
    return {
        _key(name): word
        for word in reversed(words())
        for lang in langs
        for name in word.names(lang)
    }


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).lower()
    return "".join(letter for letter in plain if letter.isalnum())
