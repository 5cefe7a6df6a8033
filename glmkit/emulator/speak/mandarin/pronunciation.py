"""Chinese text to syllables with their tones as said; ``pronounce`` shows them to a person.

The rules follow one another: what the dictionary has, the neutral tones that others don't hear,
儿 as an ending, tones that change before others, the neutral tones that others have heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from glmkit.emulator.speak.mandarin import erhua, neutral, sandhi
from glmkit.emulator.speak.mandarin.syllables import TonedSyllable, as_written
from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.texts import text as sentence

_PIECE: Final = re.compile(r"\w(?:[\w.:/-]*\w)?|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable of Mandarin as it is said, or a piece of text that is not Chinese.

    ``text``: its character, or two (哪儿). ``pinyin``: with its tone mark, as said. ``tone``: 1 to
    5 (neutral) as said; ``written_tone``: as a dictionary has it. Of what is not Chinese, both
    tones are None, and ``pinyin`` is the text."""

    text: str
    pinyin: str
    tone: int | None = None
    written_tone: int | None = None


class Pronunciation(tuple[Syllable, ...]):
    """The syllables of a text; shown as a line of pinyin."""

    __slots__ = ()

    def __repr__(self) -> str:
        line = " ".join(each.pinyin for each in self)
        return re.sub(r" (?=[，。！？、；：,.!?;:…）)”])|(?<=[“（(]) ", "", line)


def pronounce(text: str, lang: Literal["zh"] | None = None) -> Pronunciation:
    """How Mandarin is said: syllables with their tones, after sandhi.

    As the emulator's voice says them, by its own rules (no model is needed). What is not Chinese
    is given as itself, blanks left out; write numbers in characters to have them read. ``lang`` is
    "zh" or None, which mean the same. Raises BadArgument for what is no text, or another language;
    Missing without pypinyin.

    >>> pronounce("银行行长")
    yín háng háng zhǎng
    >>> [(each.text, each.written_tone, each.tone) for each in pronounce("你好")]
    [('你', 3, 2), ('好', 3, 3)]
    """
    if not isinstance(text, str):
        raise BadArgument(sentence("voices.no_text", found=type(text).__name__))
    if lang not in (None, "zh"):
        raise BadArgument(sentence("voices.no_tones", found=lang))
    needs("mandarin", "pypinyin")
    found: list[Syllable] = []
    for chinese, each in groupby(as_said(text), key=lambda said: bool(said.letters)):
        if chinese:
            found += map(shown, each)
        else:
            found += [Syllable(piece, piece) for piece in _PIECE.findall(_text(each))]
    return Pronunciation(found)


def as_said(text: str) -> list[TonedSyllable]:
    """The readings of ``text`` as they are said one after another, and what is not Chinese."""
    found = erhua.merged(neutral.before_sandhi(as_written(text)))
    return neutral.after_sandhi(sandhi.changed(found))


def pinyin(text: str) -> list[str]:
    """The numbered pinyin of what is Chinese in ``text``, as said: ``['ni2', 'hao3']``."""
    return [each.numbered for each in as_said(text) if each.letters]


def _text(syllables: Iterable[TonedSyllable]) -> str:
    return "".join(each.text for each in syllables)


def shown(said: TonedSyllable) -> Syllable:
    """A syllable as a person reads it. Imports pypinyin."""
    from pypinyin.contrib.tone_convert import to_tone

    plain = said.letters.removesuffix("r") if said.text[1:] else said.letters
    marked = to_tone(f"{plain}{said.said}").rstrip("5").replace("v", "ü")
    return Syllable(said.text, marked + said.letters[len(plain) :], said.said, said.written)
