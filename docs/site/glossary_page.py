"""The glossary as a page, and the links to it from the tables of words in lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from docs.site.sentences import sentence
from glmkit.texts import Language
from glmkit.texts.glossary import CourseWord, find_word, words

#: What the glossary spells as it is spoken, and how it is written.
_SPOKEN: Final = {
    "D B F S": "dBFS",
    "Four oh one": "401",
    "Base sixty-four": "Base64",
    "四零一": "401 ",
}
_IN_TABLE: Final = re.compile(r"^\| (?P<mark>\*{1,2})(?P<name>[^*|]+)(?P=mark)", re.MULTILINE)


def glossary_page(lang: Language) -> str:
    """All words of the course in the order of ``lang``, each with an anchor that both share."""
    parts = [f"# {sentence(lang, 'glossary')}", sentence(lang, "glossary_lead")]
    for word in sorted(words(), key=lambda each: _order(each.word[lang])):
        parts.extend(_entry(word, lang))
    return "\n\n".join(parts) + "\n"


def with_linked_words(prose: str) -> str:
    """A lesson's Markdown, in which the words that it defines lead to the glossary."""
    return _IN_TABLE.sub(_linked, prose)


def _linked(found: re.Match[str]) -> str:
    word = find_word(re.sub(r"\s*\(.*\)", "", found["name"]))
    if word is None:
        return found[0]
    return f"| [{found['mark']}{found['name']}{found['mark']}](#{anchor_of(word)})"


def anchor_of(word: CourseWord) -> str:
    """The same in both languages: made of the English word."""
    return "word-" + re.sub(r"\W+", "-", word.word["en"].lower()).strip("-")


def _entry(word: CourseWord, lang: Language) -> Iterator[str]:
    other: Language = "en" if lang == "zh" else "zh"
    name = word.word[lang]
    yield f"({anchor_of(word)})=\n## {name}"
    yield _written(word.means[lang])
    beside = []
    if also := [each for each in word.also[lang] if each not in (name, word.word[other])]:
        beside.append(sentence(lang, "also", names=sentence(lang, "comma").join(also)))
    if word.word[other] != name:
        beside.append(sentence(lang, "other_language", word=word.word[other]))
    if beside:
        yield f"```{{container}} site-note\n{' · '.join(beside)}\n```"


def _written(means: str) -> str:
    for spoken, written in _SPOKEN.items():
        means = means.replace(spoken, written)
    return means


@cache
def _order(name: str) -> tuple[str, ...]:
    """By letters; Chinese words by their syllables."""
    from pypinyin import lazy_pinyin

    return tuple(each.lower() for each in lazy_pinyin(name))
