"""Mandarin that was heard well and spelt ill: characters of the same sound, put right by words.

A small recogniser hears syllables better than it knows words: 材样率, 西红市, 手包延迟. Here a run
of characters is read as the likeliest words that sound like it or nearly so: each word costs what
it is rare (``words/``), each other character what it sounds different. Only what is cheaper by a
margin is taken, so that what makes sense as it stands, stays; and names that were expected stay.
The price of that: a word that is wrong, but is one (绘画 for 会话), stays, too.

::

    respelt("材样率是每秒16000次。")
    '采样率是每秒16000次。'
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from glmkit.emulator.think.syllables import syllable

WORDS: Final = Path(__file__).parent / "words"
_ALL_WORDS: Final = 60e6  # were counted
_OWN: Final = 3000  # as often as that, at least
_LONGEST: Final = 5
_UNKNOWN: Final = 17.0  # nats, for a character that is in no word
_MARGIN: Final = 3.0
_OTHER, _TONE, _FLAT, _FINAL, _INITIAL = 3.0, 1.0, 1.0, 2.0, 3.0  # what a character costs
_ALONE: Final = 4.0  # instead of _OTHER, where it is a word of its own
#: Words of one character that are so frequent that one of their sound is sooner one of them.
_FREQUENT: Final = "的是在了我有不这就也很都要会说你去到好吗吧呢和把被给让请"
_HAN: Final = re.compile("[\u4e00-\u9fff]{2,}")

_INITIALS: Final = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]|")
_ALIKE: Final = {
    initial: kind
    for kind, initials in enumerate(("b p", "d t n l", "g k h", "j q x", "z c s zh ch sh r"))
    for initial in initials.split()
}
_FLATTENED: Final = {frozenset(pair) for pair in (("z", "zh"), ("c", "ch"), ("s", "sh"), "nl")}

#: What stands between two numbers in a sum, or after an hour, and was written as something else.
_BETWEEN_NUMBERS: Final = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"(?<=\d)[架家佳嘉](?=\d)", "加"),
        (r"(?<=\d)[剪简检](?=\d)", "减"),
        (r"(?<=\d)[成程承城](?=以?\d)", "乘"),
        (r"(?<=\d)处以(?=\d)", "除以"),
        (r"(?<=\d)[.点](?=[13]克)", "点"),
        (r"(?<=\d点[13])克", "刻"),
    )
)


class SpeltSyllable(NamedTuple):
    """How a character sounds: ``("zh", "ong", "1")``."""

    initial: str
    final: str
    tone: str


def respelt(text: str, *, names: Collection[str] = ()) -> str:
    """``text`` with words that make sense; those of ``names`` are not touched."""
    for pattern, right in _BETWEEN_NUMBERS:
        text = pattern.sub(right, text)
    kept = [name for name in names if name]
    if not kept:
        return _HAN.sub(lambda run: lexicon().respelt(run[0]), text)
    parts = re.split(f"({'|'.join(map(re.escape, kept))})", text)
    return "".join(part if part in kept else respelt(part) for part in parts)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """How many nats each word costs, and which words sound nearly alike."""

    costs: dict[str, float]
    alike: dict[tuple[object, ...], list[str]]

    def respelt(self, run: str) -> str:
        """The likeliest words that sound like ``run``, which is of Chinese characters only."""
        as_it_is = self._cheapest(run, changed=False)
        other = self._cheapest(run, changed=True)
        return other[1] if as_it_is[0] - other[0] > _MARGIN else run

    def _cheapest(self, run: str, *, changed: bool) -> tuple[float, str]:
        best = [(0.0, "")]
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(max(0, end - _LONGEST), end):
                before, written = best[start]
                for cost, word in self._words(run[start:end], changed=changed):
                    ways.append((before + cost, written + word))
            best.append(min(ways))
        return best[-1]

    def _words(self, heard: str, *, changed: bool) -> Iterator[tuple[float, str]]:
        if heard in self.costs or len(heard) == 1:
            yield self.costs.get(heard, _UNKNOWN), heard
        for word in self.alike.get(_kind(heard), ()) if changed else ():
            if word != heard:
                yield self.costs[word] + _unlike(heard, word), word


@cache
def lexicon() -> Lexicon:
    """The words of ``words/``, and the kit's own; takes half a second."""
    costs = {word: math.log(_ALL_WORDS / count) for word, count in _counted()}
    costs |= {word: min(costs.get(word, _UNKNOWN), math.log(_ALL_WORDS / _OWN)) for word in _own()}
    alike = defaultdict(list)
    for word in costs:
        if len(word) > 1 or word in _FREQUENT:
            alike[_kind(word)].append(word)
    return Lexicon(costs, dict(alike))


def _counted() -> Iterator[tuple[str, float]]:
    for line in (WORDS / "words.txt").read_text(encoding="utf-8").splitlines():
        exponent, *words = line.split()
        for word in words:
            yield word, 2.0 ** float(exponent)


def _own() -> list[str]:
    """What is said here more often than in newspapers."""
    return (WORDS / "own.txt").read_text(encoding="utf-8").split()


@cache
def spelt(character: str) -> SpeltSyllable:
    """How ``character`` is most often said."""
    said = syllable(character)
    found = _INITIALS.match(said)
    initial = found[0] if found else ""
    return SpeltSyllable(initial, said[len(initial) : -1], said[-1:])


def _kind(word: str) -> tuple[object, ...]:
    """The same for all that may be taken for ``word``: of one character, what differs in tone."""
    if len(word) == 1:
        return spelt(word)[:2]
    return tuple(map(_kind_of, word))


@cache
def _kind_of(character: str) -> tuple[object, str]:
    initial, final, _ = spelt(character)
    return _ALIKE.get(initial, initial), _nasal(final)


def _nasal(final: str) -> str:
    return re.sub("ng$", "n", final)


def _unlike(heard: str, word: str) -> float:
    """What it costs to write ``word`` for what was heard."""
    if len(word) == 1:
        return _ALONE + _TONE * (spelt(heard).tone != spelt(word).tone)
    return sum(_difference(a, b) for a, b in zip(heard, word, strict=True) if a != b)


@cache
def _difference(heard: str, written: str) -> float:
    a, b = spelt(heard), spelt(written)
    cost = _OTHER + _TONE * (a.tone != b.tone) + _FINAL * (a.final != b.final)
    if a.initial == b.initial:
        return cost
    return cost + (_FLAT if frozenset((a.initial, b.initial)) in _FLATTENED else _INITIAL)
