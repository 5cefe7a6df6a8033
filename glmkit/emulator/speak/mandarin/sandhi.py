"""Tones that change before others: 不是, 一个, 你好, and chains of third tones.

A chain of third tones is said in feet of two, words whole (请你|给我|五百把|雨伞): in a foot, a
third tone before a third becomes a second. What is left over between two feet leans on the next
one, whose own foot is made first (小|老虎: xiǎo láohǔ); at the end, or if it is counted (五百|把),
on the one before (展览|馆: zhánlánguǎn).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from glmkit.emulator.speak.mandarin.syllables import TonedSyllable, characters
from glmkit.emulator.speak.mandarin.words import is_word

_FIGURES: Final = "零一二两三四五六七八九十百千万亿几半"
_PLACES: Final = frozenset("十百千万亿")
_MEASURES: Final = frozenset("把本匹桶场首顶口种所点朵起品款盏脚手里尺卷碗伙组米斗")
#: 一 as a figure, as an ordinal or at the end of a word: it keeps its tone.
_FIGURE: Final = re.compile(
    rf"(?<=[{_FIGURES}第点初从由之期周拜唯统专单])一|(?:(?<=[午晨])|(?<=现在)|(?<=现在是))一(?=点)"
    r"|一(?=[零一二三四五六七八九十]|[月号日楼班级得加减乘]|年级|等于|点[整半钟零])"
)

Foot = list[int]


def changed(syllables: list[TonedSyllable]) -> list[TonedSyllable]:
    """``syllables`` as they are said one after another."""
    text = characters(syllables)
    figures = {match.start() for match in _FIGURE.finditer(text)}
    found = [
        each if at in figures else _before(each, after)
        for at, (each, after) in enumerate(pairwise([*syllables, _NOTHING]))
    ]
    start = 0
    for end in range(len(found) + 1):
        if end == len(found) or not found[end].letters:  # a comma, a word in another language
            _third(found, _feet(found, start, end))
            start = end + 1
    return found


_NOTHING: Final = TonedSyllable("")


def _before(syllable: TonedSyllable, after: TonedSyllable) -> TonedSyllable:
    """一 and 不 as they are said before another syllable."""
    if syllable.said == 5 or not after.letters:
        return syllable
    if syllable.text == "不":
        return syllable.with_tone(2 if after.said == 4 else 4)
    if syllable.text == "一":
        return syllable.with_tone(2 if after.said == 4 or after.text[0] == "个" else 4)
    return syllable


# ── third tones ──────────────────────────────────────────────────────────────────────────────


def _third(syllables: list[TonedSyllable], feet: list[Foot]) -> None:
    """Let third tones become second: inside each foot, then where one foot meets the next."""
    for foot in feet:
        _rise(syllables, foot)
    _rise(syllables, [at for foot in feet for at in foot])


def _rise(syllables: list[TonedSyllable], places: Foot) -> None:
    for here, there in pairwise(places):
        if syllables[here].said == 3 and syllables[there].said == 3:
            syllables[here] = syllables[here].with_tone(2)


def _feet(syllables: list[TonedSyllable], start: int, end: int) -> list[Foot]:
    """The feet of a stretch without a pause, in the order in which tones change in them."""
    feet: list[Foot] = []
    single: Foot = []
    for word in _words(syllables, start, end):
        if len(word) == 1 and not (feet and not single and _leans_back(syllables, word[0])):
            single += word
        elif len(word) == 1:
            feet[-1] += word
        else:
            feet += _pairs(single) + _halves(syllables, word)
            single = []
    left = single[-1:] if len(single) % 2 and feet else []
    feet += _pairs(single[: len(single) - len(left)])
    if left:
        feet[-1] += left
    return feet


def _words(syllables: list[TonedSyllable], start: int, end: int) -> list[Foot]:
    """The words, as the places of their syllables; a number is cut before each of its figures."""
    words: list[Foot] = []
    for at in range(start, end):
        inside = not syllables[at].first or _goes_with(syllables, at)
        if inside and at > start:
            words[-1].append(at)
        else:
            words.append([at])
    return words


def _goes_with(syllables: list[TonedSyllable], at: int) -> bool:
    """Whether a syllable that begins a word is said with the one before: 五百, 很好."""
    before = syllables[at - 1].text if at else ""
    return before == "很" or (before in tuple(_FIGURES) and syllables[at].text in _PLACES)


def _leans_back(syllables: list[TonedSyllable], at: int) -> bool:
    return syllables[at].text in _MEASURES and syllables[at - 1].text in _FIGURES


def _pairs(places: Foot) -> list[Foot]:
    """Two by two; what is left over at the end stays alone."""
    return [places[at : at + 2] for at in range(0, len(places), 2)]


def _halves(syllables: list[TonedSyllable], word: Foot) -> list[Foot]:
    """A longer word in twos; one of three is a foot, but for 小|老虎."""
    if len(word) == 3:
        text = characters(syllables[at] for at in word)
        inner = is_word(text[1:]) and not is_word(text[:2])
        return [word[:1], word[1:]] if inner else [word]
    return [word] if len(word) < 3 else [word[:2], *_halves(syllables, word[2:])]
