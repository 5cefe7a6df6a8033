"""The words the rules know, in both languages: ``words/lexicon.yaml``.

``concepts`` say what a sentence or a tool is about, ``values`` which words mean the same as a value
of an enum, ``cities`` what is a place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from glmkit.emulator.think.words import word_file

Group = tuple[tuple[str, ...], tuple[str, ...]]
_WORDS: Final[dict[str, Any]] = word_file("lexicon").values


def _groups(name: str) -> dict[str, Group]:
    listed = _WORDS[name].items()
    return {each: (tuple(words["en"]), tuple(words["zh"])) for each, words in listed}


CONCEPTS: Final = _groups("concepts")
VALUES: Final = _groups("values")
LANGUAGES: Final = tuple(_WORDS["languages"])
CITIES: Final[dict[str, str]] = _WORDS["cities"]
_STOPWORDS: Final = frozenset(_WORDS["stopwords"])
_DULL: Final = frozenset(_WORDS["dull"])


def is_chinese(words: str) -> bool:
    """Whether ``words`` are more Chinese than English."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", words))
    return chinese * 2 > len(re.findall(r"[A-Za-z]+", words))


def words_of(phrase: str) -> frozenset[str]:
    """The English words that carry meaning, without their endings; names are taken apart."""
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", phrase).replace("_", " ").replace("-", " ").lower()
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", apart) if word not in _STOPWORDS)


def stem(word: str) -> str:
    """A word without its usual ending."""
    for ending in ("ings", "ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 4 else word


def bigrams_of(phrase: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters that carry meaning."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", phrase)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1)) - _DULL


def concepts_of(phrase: str) -> frozenset[str]:
    """What ``phrase`` is about."""
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", phrase).replace("_", " ").lower()
    return frozenset(name for name, group in CONCEPTS.items() if find(group, apart))


def find(group: Group, words: str) -> re.Match[str] | None:
    """Where one of a group's words stands in ``words``; the longest counts."""
    return _pattern(group).search(words)


def synonyms(value: str) -> Group | None:
    """The group of words that mean ``value``."""
    plain = value.strip().lower().replace("-", "_").replace(" ", "_")
    spoken = plain.replace("_", " ")
    if plain in VALUES:
        return VALUES[plain]
    for english, chinese in VALUES.values():
        if spoken in english or value.strip() in chinese:
            return english, chinese
    return None


@cache
def _pattern(group: Group) -> re.Pattern[str]:
    english, chinese = group
    forms = [rf"(?<![a-z]){re.escape(word)}(?:s|ed|ing)?(?![a-z])" for word in english]
    return re.compile(
        "|".join(sorted([*map(re.escape, chinese), *forms], key=len, reverse=True)), re.IGNORECASE
    )
