"""Where the words of a Chinese sentence end, and how a dictionary says each.

::

    words_in("银行行长")      # 银行 yin2 hang2 | 行长 hang2 zhang3

Of all ways to cut the sentence into words that are known, the one with the fewest words; among
those alike, the one whose single characters are words more often. Known is what stands in
``readings.txt`` (the kit's own, with how it is said), in pypinyin's dictionary of phrases, or in
``vocabulary.txt`` (how it is said, the dictionary knows).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from glmkit.emulator.think.clauses import HAN, is_han

_HERE: Final = Path(__file__).parent
_RUN: Final = re.compile(f"[{HAN}]+|[^{HAN}]+")
_LONGEST: Final = 8  # characters of a word
_SET_PHRASE: Final = 4  # and from here on it is one
_ALONE: Final = frozenset(
    "的了着过地得我你他她它您这那哪谁是有在不没也都很就还又再才只要会能想让把被给和跟与对从到去来"
    "上下里中前后说看听问做用写读吃走请叫找买开个位只条张本次天年月日点分秒一二两三四五六七八九十"
    "百千万几每各好大小多少新老更最太真"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and the numbered pinyin of each of its characters; none if it is not Chinese.

    ``fixed``: it is a set phrase or stands in the kit's own list: no neighbour changes it."""

    text: str
    readings: tuple[str, ...] = ()
    fixed: bool = False


def words_in(text: str) -> list[Word]:
    """The words of ``text``, as a dictionary says them; what is not Chinese, as it is."""
    found: list[Word] = []
    for run in _RUN.findall(text):
        found += map(_read, _cut(run)) if is_han(run) else [Word(run)]
    return found


def _cut(run: str) -> list[str]:
    """Chinese characters cut into words, from the end: the best way to go on from each place."""
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(run) + 1)
    for start in reversed(range(len(run))):
        ends = range(start + 1, min(len(run), start + _LONGEST) + 1)
        best[start] = min(
            (_cost(run[start:end]) + best[end][0], -end) for end in ends if is_word(run[start:end])
        )
    found, start = [], 0
    while start < len(run):
        end = -best[start][1]
        found.append(run[start:end])
        start = end
    return found


def is_word(word: str) -> bool:
    """Whether ``word`` is one that is known; a character alone may always be one."""
    from pypinyin.constants import PHRASES_DICT

    return len(word) == 1 or word in listed() or word in _vocabulary() or word in PHRASES_DICT


def _cost(word: str) -> float:
    if len(word) == 1:
        return 1.0 if word in _ALONE else 1.08
    return 0.98 if word in listed() or word in _vocabulary() else 1.0


def _read(word: str) -> Word:
    if word in listed():
        return Word(word, listed()[word], fixed=len(word) > 1)
    from pypinyin import Style, lazy_pinyin

    readings = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    # the dictionary has these two now with the tone that they are written with, now as said
    written = tuple(_AS_WRITTEN.get(c, r) for c, r in zip(word, readings, strict=True))
    return Word(word, written, fixed=len(word) >= _SET_PHRASE)


_AS_WRITTEN: Final = {"一": "yi1", "不": "bu4"}


@cache
def listed() -> dict[str, tuple[str, ...]]:
    """The kit's own words → how they are said."""
    rows = (line.split() for line in _lines("readings.txt"))
    return {word: tuple(readings) for word, *readings in rows}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for line in _lines("vocabulary.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
