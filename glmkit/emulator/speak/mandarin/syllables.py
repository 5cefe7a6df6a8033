"""A text's syllables, in the form that the rules hand on to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from glmkit.emulator.speak.mandarin.contexts import decided, is_adverbial
from glmkit.emulator.speak.mandarin.words import Word, words_in


@dataclass(frozen=True, slots=True)
class TonedSyllable:
    """A syllable: its character or two (哪儿), its letters, its tone as written and as said.

    What is not Chinese has no letters, and the tones 0. ``first``: a word begins here."""

    text: str
    letters: str = ""
    written: int = 0
    said: int = 0
    first: bool = False

    @property
    def numbered(self) -> str:
        """Its pinyin as said: ``"hao3"``."""
        return f"{self.letters}{self.said}"

    def with_tone(self, said: int) -> TonedSyllable:
        """The same, said in another tone."""
        return replace(self, said=said)


def characters(syllables: Iterable[TonedSyllable]) -> str:
    """One character for each syllable, without the 儿 that colours it: for patterns."""
    return "".join(syllable.text[0] for syllable in syllables)


def as_written(text: str) -> list[TonedSyllable]:
    """The syllables of ``text`` with the tones of the dictionary, or those their context asks.

    One for each character, Chinese or not."""
    context, found, start = decided(text), [], 0
    for word in words_in(text):
        end = start + len(word.text)
        if word.text == "地" and is_adverbial(text[:start], text[end:]):
            found.append(TonedSyllable("地", "de", 5, 5, first=True))
        else:
            found += _of_word(word, {} if word.fixed else context, start)
        start = end
    return found


def _of_word(word: Word, context: dict[int, str], start: int) -> list[TonedSyllable]:
    if not word.readings:
        return [TonedSyllable(character, first=True) for character in word.text]
    return [
        _spoken(character, context.get(start + at, reading), first=at == 0)
        for at, (character, reading) in enumerate(zip(word.text, word.readings, strict=True))
    ]


def _spoken(character: str, numbered: str, *, first: bool) -> TonedSyllable:
    letters = numbered.rstrip("12345")
    tone = int(numbered[len(letters) :] or 5)
    return TonedSyllable(character, letters, tone, tone, first)
