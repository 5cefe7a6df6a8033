"""``glm.what("VAD")``: a word of the course in one sentence, in the reader's language."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from glmkit.lessons.remark import Remark, briefly
from glmkit.texts import Language, language, text
from glmkit.texts.glossary import CourseWord, find_word
from glmkit.texts.glossary import words as course_words

_OTHER: Final[dict[Language, Language]] = {"en": "zh", "zh": "en"}
_NEAR: Final = 5


def what(word: str = "") -> Remark:
    """What a word of the course means, such as ``"VAD"``.

    Without a word: all there are.
    Asked in either language, answered in the reader's. Never raises.
    """
    asked = briefly("" if word is None else word, 120)
    if not asked:
        return Remark("words", text("lessons.all_words"), _listed(course_words()))
    found = find_word(asked)
    if found is None:
        return Remark("unknown", asked, _near(asked))
    lang = language()
    return Remark("word", found.word[lang], found.means[lang], _also(found, lang))


def _also(word: CourseWord, lang: Language) -> str:
    """What else it is called, and what in the other language."""
    others = dict.fromkeys([*word.also[lang], word.word[_OTHER[lang]]])
    others.pop(word.word[lang], None)
    return text("lessons.also", names=text("features.comma").join(others)) if others else ""


def _near(asked: str) -> str:
    langs: tuple[Language, ...] = (_OTHER[language()], language())
    words = course_words()
    names = {name.lower(): name for lang in langs for each in words for name in each.names(lang)}
    likeness = 0.6 if asked.isascii() else 0.5  # one of two characters may be wrong
    found = get_close_matches(asked.lower(), names, n=_NEAR, cutoff=likeness)
    near = [names[name] for name in found]
    if near:
        return text("lessons.near_words", names=text("features.comma").join(near))
    return text("lessons.no_word")


def _listed(words: tuple[CourseWord, ...]) -> str:
    return text("features.comma").join(each.word[language()] for each in words)
