"""Mandarin text to the phonemes that the Kokoro voice model was trained on.

A syllable's pinyin becomes an initial, a final and a tone, and these become IPA by the two tables
below::

    给我讲个笑话吧。   kei↓ wo↗ ʨja↓ŋkɤ ɕjau↘xwa↘ pa.      (without the spaces)

The tones are arrows after the vowel that carries them; punctuation is kept, because it makes
the pauses and the melody of a question. Numbers must be words already (see ``text_normalisation``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from glmkit.emulator.speak.mandarin.pronunciation import as_said
from glmkit.emulator.speak.mandarin.syllables import TonedSyllable

# ʰ marks aspiration; the affricates are single letters in the model's alphabet.
INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ",
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip

# The tone goes where the 0 is.
FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0", "i": "i0", "ia": "ja0", "ian": "jɛ0n",
    "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "iou": "jou0", "o": "wo0", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uang": "wa0ŋ", "uei": "wei0", "uen": "wə0n", "ueng": "wə0ŋ", "uo": "wo0",
    "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n", "ê": "ɛ0",
}  # fmt: skip
SYLLABIC = {"m": "m0", "n": "n0", "ng": "ŋ0", "hm": "xm0", "hng": "xŋ0"}  # 嗯, 哼
TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
APICAL = frozenset(("z", "c", "s", "zh", "ch", "sh", "r"))  # after these "i" is another vowel

PUNCTUATION = str.maketrans(
    {
        "，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? ", "：": ": ", "；": "; ",
        "（": " (", "）": ") ", "“": " “", "”": "” ", "「": " “", "」": "” ", "《": " “",
        "》": "” ", "—": "—", "…": "…", "～": "—", "·": " ", "\n": ". ",
    }
)  # fmt: skip
_MARKS = frozenset(';:,.!?—…"()“” ')  # every other sign of the model's stands for a sound
_CODA = re.compile("0[nŋ]$|i0$")  # what an r takes the place of
_CENTRAL = re.compile("[ɨəe]0$")


def phonemes(words: str) -> str:
    """``words`` (Chinese characters and punctuation) in the voice model's alphabet."""
    return "".join(letters for _, letters in spelt(words))


def spelt(words: str) -> list[tuple[TonedSyllable, str]]:
    """The same syllable by syllable, marks between them included, each with its phonemes."""
    found: list[tuple[TonedSyllable, str]] = []
    blank = True  # whether what is there so far ends in a blank, or is nothing
    for each in as_said(words):
        letters = syllable(each.numbered) if each.letters else _punctuation(each.text)
        letters = re.sub(r"\s+", " ", letters)
        letters = letters.removeprefix(" ") if blank else letters
        blank = letters.endswith(" ") if letters else blank
        found.append((each, letters))
    while found and found[-1][1] in ("", " "):
        found.pop()
    return [*found[:-1], (found[-1][0], found[-1][1].rstrip())] if found else []


def _punctuation(character: str) -> str:
    return "".join(mark for mark in character.translate(PUNCTUATION) if mark in _MARKS)


@lru_cache(maxsize=2048)  # there are about 1300 syllables
def syllable(numbered: str) -> str:
    """One syllable of numbered pinyin in the voice model's alphabet.

    >>> syllable("jiang3")
    'ʨja↓ŋ'
    """
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    letters, tone = numbered.rstrip("12345"), TONES.get(numbered[-1], "")
    if letters in SYLLABIC:
        return SYLLABIC[letters].replace("0", tone)
    plain = letters.removesuffix("r") if letters != "er" else letters
    initial, final = to_initials(plain, strict=True), to_finals(plain, strict=True)
    vowels = "ɨ0" if initial in APICAL and final == "i" else FINALS.get(final, "")
    if plain != letters:
        vowels = _coloured(vowels)
    return INITIALS.get(initial, "") + vowels.replace("0", tone)


def _coloured(vowels: str) -> str:
    """A final with an r: 点儿 ja0ɚ, 事儿 ɚ0."""
    open_ = _CODA.sub("0", vowels).replace("ɛ", "a") if len(vowels) > 2 else vowels
    return _CENTRAL.sub("ɚ0", open_) if _CENTRAL.search(open_) else open_ + "ɚ"
