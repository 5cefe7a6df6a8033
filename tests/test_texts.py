"""Every sentence exists in both languages, and every sentence is used."""

from __future__ import annotations

import re
import string
from importlib import import_module
from pathlib import Path

import pytest

from glmkit.texts import language, minus, shell_words, text, text_in

PACKAGE = Path(__file__).parent.parent / "glmkit"
TOPICS = sorted(p.stem for p in (PACKAGE / "texts").glob("*.py") if p.stem != "__init__")
SENTENCES = [
    (key, *pair)
    for topic in TOPICS
    for key, pair in import_module(f"glmkit.texts.{topic}").TEXTS.items()
]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in PACKAGE.rglob("*.py")
    if path.parent.name != "texts"
)


@pytest.mark.parametrize(("key", "english", "chinese"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_sentence_says_the_same_in_both_languages(key: str, english: str, chinese: str) -> None:
    """Both are there, with the same fields, and the id names its file."""
    assert english.strip()
    assert chinese.strip()
    assert fields(english) == fields(chinese)
    assert key.partition(".")[0] in TOPICS


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_chinese_sentences_are_chinese() -> None:
    """At least nearly every one: names of commands and events stay."""
    plain = [key for key, _, zh in SENTENCES if not re.search(r"[\u4e00-\u9fff]", zh)]
    assert len(plain) < len(SENTENCES) / 20, plain


def test_a_minus_is_no_hyphen() -> None:
    """Numbers get one; words, ranges and dates keep their hyphens."""
    assert minus("-3.5 and -inf, end-to-end, 2026-09-26, x-1") == (
        "−3.5 and −inf, end-to-end, 2026-09-26, x-1"
    )


def test_every_id_in_the_code_exists() -> None:
    """A sentence asked for is in its table."""
    known = {key for key, _, _ in SENTENCES}
    asked = set(re.findall(r'\btext(?:_in)?\(\s*(?:\w+, )?"([a-z_]+\.\w+)"', CODE))
    assert asked - known == set()


def test_every_sentence_is_asked_for() -> None:
    """No sentence is left behind: its id, or the beginning of it, stands in the code."""
    unused = [key for key, _, _ in SENTENCES if not _is_used(key)]
    assert unused == []


def _is_used(key: str) -> bool:
    key = key.removeprefix("shell.")  # asked for by the id of the sentence it replaces
    topic, _, name = key.partition(".")
    if f'"{key}"' in CODE or f"'{key}'" in CODE:
        return True
    made = re.findall(rf'f"{topic}\.(\w*)\{{[^}}]+\}}(\w*)"', CODE)
    return any(name.startswith(head) and name.endswith(tail) for head, tail in made)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("en", "en"), ("fr_FR", "en"), ("Chinese_China", "zh")],
)
def test_the_language_is_the_readers(
    monkeypatch: pytest.MonkeyPatch, asked: str, expected: str
) -> None:
    """GLMKIT_LANG decides; without it the system does."""
    monkeypatch.setenv("GLMKIT_LANG", asked)
    assert language() == expected
    monkeypatch.delenv("GLMKIT_LANG")
    monkeypatch.setenv("LC_ALL", asked)
    assert language() == expected


@pytest.mark.parametrize("pair", [s for s in SENTENCES if s[0].startswith("shell.")])
def test_a_shells_sentence_speaks_of_no_python(pair: tuple[str, str, str]) -> None:
    """It replaces a sentence that does, and can be filled in with the same values."""
    key, *words = pair
    replaced = {known: pair for known, *pair in SENTENCES}[key.removeprefix("shell.")]
    for typed, written in zip(words, replaced, strict=True):
        assert fields(typed) <= fields(written)
        assert re.findall(r"\w=|\w\(|session\.|error\.|glm\.", typed) == []
        assert re.findall(r"\w=|\w\(|session\.|error\.|glm\.", written)


def test_a_shell_has_words_of_its_own() -> None:
    """Only while a command runs, and only where there are any."""
    with shell_words():
        assert "--key-file" in text_in("zh", "session.needs_key", url="x")
        assert text_in("en", "session.busy") == text_in("en", "session.busy")
    assert "api_key=" in text_in("en", "session.needs_key", url="x")


def test_text_fills_in_what_it_is_given() -> None:
    """The fields of a sentence are filled in, in either language."""
    assert "7" in text("settings.greeting", found=7)
    assert "7" in text_in("zh", "settings.greeting", found=7)
