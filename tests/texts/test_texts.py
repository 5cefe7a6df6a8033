"""Every sentence exists in both languages, and every sentence is used."""

from __future__ import annotations

import ast
import asyncio
import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from glmkit.explain import findings
from glmkit.protocol.serving.readers_language import said_in
from glmkit.texts import language, minus, read_in, shell_words, text, text_in
from tests.listed import check_each

PACKAGE = Path(__file__).parents[2] / "glmkit"
TOPICS = sorted(p.stem for p in (PACKAGE / "texts").glob("*.py") if p.stem != "__init__")
SENTENCES = [
    (key, *pair)
    for topic in TOPICS
    for key, pair in import_module(f"glmkit.texts.{topic}").TEXTS.items()
]
NODES = [
    node
    for path in PACKAGE.rglob("*.py")
    if path.parent.name != "texts"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
]
STRINGS = {
    node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
NAMES = {re.sub(r"[ .]", "_", words) for words in STRINGS}  # "end of speech": zero_end_of_speech
HEADS = {  # what ids begin with that the code makes: turn.latency_ in f"turns.latency_{stage}"
    str(node.values[0].value)
    for node in NODES
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
}
HEADS |= {words for words in STRINGS if re.fullmatch(r"[a-z_]+\.\w+_", words)}  # all at once
PAGE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.js"))
SHOWN = set(re.findall(r"[\"'`](\w+)(?=[\"'`])", PAGE))

#: The functions that give a sentence by its id.
ASKING = {"text", "text_in", "say", "sentence"}
#: Looked up by words of others: the service's codes, argparse's English (see cli/test_commands.py).
FOUND_BY_OTHERS = {"codes", "usage"}


def test_a_sentence_says_the_same_in_both_languages() -> None:
    """Both are there, with the same fields, and the id names its file."""
    check_each(_says_the_same, SENTENCES)


def _says_the_same(key: str, english: str, chinese: str) -> None:
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
    asked = {
        words
        for node in NODES
        if isinstance(node, ast.Call) and _name(node.func) in ASKING
        for argument in node.args[:2]  # text_in takes the language first
        for words in _words(argument)
        if re.fullmatch(r"[a-z_]+\.\w+", words)
    }
    assert len(asked) > 600
    assert asked - {key for key, _, _ in SENTENCES} == set()


def _name(function: ast.expr) -> str:
    return str(getattr(function, "id", None) or getattr(function, "attr", ""))


def _words(argument: ast.expr) -> Iterator[str]:
    """What a literal argument says: a conditional one, either way."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from (*_words(argument.body), *_words(argument.orelse))


def test_every_sentence_is_asked_for() -> None:
    """No sentence is left behind: the code has its id, or makes it of a name that it has."""
    unused = [key for key, _, _ in SENTENCES if not _is_used(key.removeprefix("shell."))]
    assert unused == []


def _is_used(key: str) -> bool:
    topic, _, name = key.partition(".")
    if key in STRINGS or topic in FOUND_BY_OTHERS:
        return True
    if topic == "explain" and name.removesuffix("_cure") in findings():
        return True
    if name.startswith("ui_"):
        return _is_on_the_page(name.removeprefix("ui_"))
    made = [head for head in HEADS if head.startswith(f"{topic}.") and key.startswith(head)]
    return any(head != f"{topic}." or name in NAMES for head in made)


def _is_on_the_page(name: str) -> bool:
    """Asked for in JavaScript: whole, or as `head_${rest}` with a rest that somebody tells."""
    heads = [head for head in re.findall(r"`(\w+_)\$\{", PAGE) if name.startswith(head)]
    return name in SHOWN or any(name.removeprefix(h) in SHOWN | STRINGS for h in heads)


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


async def test_a_server_speaks_each_readers_language() -> None:
    """In the task that speaks to one, and in what that begins; others have theirs."""
    with read_in("zh"):
        begun = asyncio.create_task(asyncio.to_thread(language))
        with read_in("en"):
            assert language() == "en"
        assert language() == "zh"
    assert await begun == "zh"
    assert language() == "en"


def test_a_shells_sentence_speaks_of_no_python() -> None:
    """It replaces a sentence that does, and can be filled in with the same values."""
    check_each(_speaks_of_no_python, [s for s in SENTENCES if s[0].startswith("shell.")])


def _speaks_of_no_python(key: str, *words: str) -> None:
    replaced = {known: pair for known, *pair in SENTENCES}[key.removeprefix("shell.")]
    for typed, written in zip(words, replaced, strict=True):
        assert fields(typed) <= fields(written)
        assert re.findall(r"\w=|\w\(|session\.|turn\.|error\.|glm\.", typed) == []
        assert re.findall(r"\w=|\w\(|session\.|turn\.|error\.|glm\.", written)


def test_a_shell_has_words_of_its_own() -> None:
    """Only while a command runs, and only where there are any."""
    with shell_words():
        assert "--key-file" in text_in("zh", "session.needs_key", url="x")
        assert text_in("en", "session.busy") == text_in("en", "session.busy")
    assert "api_key=" in text_in("en", "session.needs_key", url="x")


def test_whom_a_command_serves_reads_no_words_of_a_shell() -> None:
    """In a named language, in both, or in the one of the command."""
    with shell_words():
        served = said_in(("en", "zh"), "session.then_reset")
        with read_in("en"):
            named = text("session.then_reset")
        with read_in(None):
            unnamed = text("session.then_reset")
        assert "command again" in text("session.then_reset")
    assert [words.count("session.reset(") for words in (served, named, unnamed)] == [2, 1, 1]


def test_text_fills_in_what_it_is_given() -> None:
    """The fields of a sentence are filled in, in either language."""
    assert "7" in text("protocol.greeting", found=7)
    assert "7" in text_in("zh", "protocol.greeting", found=7)
