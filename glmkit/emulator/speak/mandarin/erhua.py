"""儿 after another syllable: one syllable with it, coloured by an r (哪儿 nǎr, 一点儿 diǎnr)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from glmkit.emulator.speak.mandarin.syllables import TonedSyllable
from glmkit.emulator.speak.mandarin.words import listed


def merged(syllables: list[TonedSyllable]) -> list[TonedSyllable]:
    """``syllables``, one a character, with every 儿 that is only an ending joined to another."""
    own = _syllables_of_their_own(syllables)
    found: list[TonedSyllable] = []
    for at, syllable in enumerate(syllables):
        if syllable.text == "儿" and at not in own and found and found[-1].letters:
            found[-1] = replace(
                found[-1], text=found[-1].text + "儿", letters=found[-1].letters + "r"
            )
        else:
            found.append(syllable)
    return found


def _syllables_of_their_own(syllables: list[TonedSyllable]) -> set[int]:
    """The places of what belongs to words like 女儿, or begins one (儿孙)."""
    text = "".join(syllable.text for syllable in syllables)
    begin = {
        at
        for at, syllable in enumerate(syllables[:-1])
        if syllable.first and not syllables[at + 1].first
    }
    return begin.union(*(range(*match.span()) for match in _full().finditer(text)))


@cache
def _full() -> re.Pattern[str]:
    """The words of the list with a 儿 that is a syllable."""
    words = (word for word, readings in listed().items() if "儿" in word and "er2" in readings)
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
