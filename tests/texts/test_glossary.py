"""The course's own words: each explained in both languages, in a sentence that can be spoken."""

from __future__ import annotations

import json
import re
from pathlib import Path

from glmkit.texts import Language
from glmkit.texts.glossary import CourseWord, find_word, words
from tests.listed import check_each

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LANGS: tuple[Language, ...] = ("en", "zh")


def test_a_word_is_explained_in_a_sentence_that_can_be_spoken() -> None:
    """Short, without brackets and lists, and in the language it is for."""
    assert len(words()) >= 80
    check_each(_can_be_spoken, [(word,) for word in words()])


def _can_be_spoken(word: CourseWord) -> None:
    zh, en = word.means["zh"], word.means["en"]
    assert len(zh) <= 40
    assert len(en.split()) <= 25
    assert re.fullmatch(r"[^()（）/“”:：;；。]+。", zh)
    assert re.fullmatch(r"[A-Za-z0-9 ,'\-]+\.", en)
    assert re.search(r"[\u4e00-\u9fff]{4}", zh)


def test_a_name_means_one_word() -> None:
    """No two words of the course are called the same, in either language."""
    named = [(name, word) for word in words() for lang in LANGS for name in word.names(lang)]
    check_each(_is_found_by, named)


def _is_found_by(name: str, word: CourseWord) -> None:
    assert find_word(name) is word


def test_what_the_lessons_define_is_explained() -> None:
    """Every word of the notebooks' own tables, in both languages."""
    check_each(_is_explained, sorted(set(_defined("*.ipynb")) | set(_defined("zh/*.ipynb"))))


def _defined(pattern: str) -> list[tuple[str]]:
    return [
        (name,)
        for path in NOTEBOOKS.glob(pattern)
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
        for name in re.findall(r"^\| \*{1,2}([^*|]+)\*{1,2}", "".join(cell["source"]), re.MULTILINE)
    ]


def _is_explained(name: str) -> None:
    assert find_word(re.sub(r"\s*\(.*\)", "", name)), name
