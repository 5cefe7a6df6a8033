"""Scripts: read from YAML as data, and every mistake named with its line and its key."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from glmkit.errors import BadFile
from glmkit.protocol import script
from glmkit.protocol.script import Script
from glmkit.protocol.script_file import parse_script, read_script
from tests.listed import check_each

EXAMPLE = textwrap.dedent((script.__doc__ or "").partition("::\n")[2].partition("\nNothing")[0])


def test_documented_example_is_a_script(tmp_path: Path) -> None:
    """What the docstring shows can be read, from a file of any editor's."""
    made = parse_script(EXAMPLE)
    goods, hours, _ = made.replies
    assert made.persona
    assert (made.language, made.persona.name) == ("zh", "小林")
    assert goods.slots["order"].takes == "number"
    assert hours.says == ("早上九点到晚上六点。",)
    assert made.says[0].expects.within == 3
    path = tmp_path / "课.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert read_script(path) == made


def test_words_stay_words_and_json_stays_json() -> None:
    """``no`` and 3.10 are sentences where sentences are; in a tool's schema 3 is a number."""
    made = parse_script("""
        language: en
        tools: [{name: x, strict: true, parameters: {maximum: 3, about: 12a}}]
        replies:
          - {id: no, hears: [no, 3.10], says: yes, then: }
    """)
    assert made.replies[0].hears == ("no", "3.10")
    assert made.replies[0].says == ("yes",)
    assert made.tools[0]["strict"] is True
    assert made.tools[0]["parameters"] == {"maximum": 3, "about": "12a"}


MISTAKES = {
    "heers: [x]": (4, "'heers'", "hears"),
    "says: {a: b}": (4, "replies.1.says", "a list"),
    "says: [a, b]\n    says: c": (5, "'says'", "twice"),
    "slots: {order: {is: numbr}}": (4, "replies.1.slots", "numbr"),
    "says: 'for {nobody}'": (4, "{nobody}", "slots"),
    "otherwise: b": (4, "'b'", "a?"),
    "then:\n      - {hears: [x], goes: aa}": (5, "'aa'", "a?"),
    "then:\n      - {hears: [x]}": (5, "answers nothing", "says"),
    "says: [x, y]\n    then:\n      - {each: [z]}": (6, "1 answers", "2 sentences"),
    "says: x\n  - id: a": (5, "'a'", "name of its own"),
    "says: &one x": (4, "'one'", "quotes"),
    "says: !!python/object:os.system x": (4, "tag", "quotes"),
    "says: [x": (5, "not YAML", "quotes"),
    "then: " + "[" * 40 + "]" * 40: (4, "30 levels", ""),
}


def test_a_mistake_is_named_with_its_line_and_key() -> None:
    """And with what was meant, or what to do."""

    def check(mistake: str, line: int, what: str, todo: str) -> None:
        with pytest.raises(BadFile) as refused:
            parse_script(f"language: zh\nreplies:\n  - id: a\n    {mistake}\n", name="课.yaml")
        said = str(refused.value)
        assert said.startswith(f"课.yaml, line {line}: ")
        assert what in said
        assert todo in said

    check_each(check, [(mistake, *expected) for mistake, expected in MISTAKES.items()])


LINES = {
    "{}": ("nothing is said", "text"),
    "{text: ' '}": ("nothing is said", "text"),
    "{text: x, written: true, recording: y}": ("in writing", "recording"),
    "{text: x, interrupts: 1}": ("first line", "interrupts"),
    "{text: x, pause: -1}": ("pause is -1", "600"),
    "{text: x, pause: nan}": ("pause is nan", "600"),
    "{text: x, expects: {within: 0}}": ("within is 0", "600"),
    "{text: x, expects: {cer: 1e9}}": ("cer is 1e+09", "10"),
    "{text: x, expects: {arguments: {a: 1}}}": ("of no function", "tool"),
    "{text: x, written: true, expects: {heard: a}}": ("heard is about", "leave it out"),
    "{recording: x, expects: {wer: 0.1}}": ("wer compares", "text"),
    "{text: x, expects: {languge: zh}}": ("'languge'", "language"),
    "{text: x, shows: [a]}": ("says.1.shows", "found a list, expected words"),
}


def test_a_mistake_in_a_line_is_named() -> None:
    """Of what a person says, too: line and key, and what was meant."""

    def check(line: str, what: str, todo: str) -> None:
        with pytest.raises(BadFile) as refused:
            parse_script(f"language: zh\nsays:\n  - {line}\n", name="课.yaml")
        said = str(refused.value)
        assert said.startswith("课.yaml, line 3: ")
        assert what in said
        assert todo in said

    check_each(check, [(line, *expected) for line, expected in LINES.items()])
    with pytest.raises(BadFile, match=r"line 3: .*'lampe'.*lamp"):
        parse_script("language: zh\ntools: [{name: lamp}]\noutputs: {lampe: x}\n")


KINDS = {
    "title: x": ("'language'", "缺少 'language'"),
    "language: fr": ("found 'fr', expected one of: zh, en", "language 的值不对：收到 'fr'"),
    "language: zh\nsays: hello": ("says.1 does not fit: found 'hello', expected keys", "应为带值"),
    "language: zh\nsays: [{text: [a]}]": ("found a list, expected words", "收到的是列表，应为文字"),
    "language: zh\nsays: [{pause: soon}]": ("found 'soon', expected a number", "应为数字"),
    "language: zh\nsays: [{written: perhaps}]": ("expected true or false", "应为“是”或“否”"),
    "language: zh\nreplies: [{id: a, slots: {n: {is: red}}}]": ("words, number", "收到 'red'"),
    "language: zh\nreplies: [{id: a, slots: {n: {among: [a]}}}]": ("found a list", "收到的是列表"),
    "language: zh\nreplies: [{calls: {}, id: a}]": ("'tool' is missing", "缺少 'tool'"),
    "language: zh\ntools: weather": ("found 'weather', expected a list", "应为列表"),
    "- a": ("line 1: found a list, expected keys", "第 1 行：收到的是列表"),
    "": ("found nothing, expected keys", "收到的是空内容"),
}


def test_a_value_of_the_wrong_kind_is_told_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was found, and what was expected, in words of who writes YAML: none of Python's."""

    def check(lang: str, words: str, said: str) -> None:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        with pytest.raises(BadFile) as refused:
            parse_script(words)
        assert said in str(refused.value)
        assert not re.search("`|Expected|Invalid|Object", str(refused.value))

    languages = enumerate(("en", "zh"))
    check_each(check, [(lang, w, said[n]) for n, lang in languages for w, said in KINDS.items()])


def test_hostile_files_are_refused(tmp_path: Path) -> None:
    """Huge, deep, multiplying, binary, empty or missing: a clear error, and soon."""

    def check(content: bytes | None) -> None:
        path = tmp_path / "script.yaml"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BadFile, match=r"script\.yaml"):
            read_script(path)

    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    deep = b"[" * 100_000
    check_each(
        check,
        [
            (b"x" * 1_000_001,),
            (deep,),
            (b"{a: " * 100_000,),
            (b"- " * 100_000,),
            (bomb.encode(),),
            (b"\x00\xff\xfe",),
            (b"language: zh\x00",),
            (b"",),
            (None,),
            (b"--- {language: zh}\n--- {language: zh}\n",),
            (b"? [a]\n: b\n",),
        ],
    )


THREADS = """
import threading
from glmkit.protocol.script_file import parse_script
barrier = threading.Barrier(8)
def read():
    barrier.wait()
    parse_script("language: en\\nreplies: [{id: a, says: b, then: [{hears: x, says: y}]}]")
threads = [threading.Thread(target=read) for _ in range(8)]
[each.start() for each in threads], [each.join() for each in threads]
"""


def test_several_threads_may_read_the_first_script() -> None:
    """All at once, in a new process: none learns the schema while another does."""
    done = subprocess.run([sys.executable, "-c", THREADS], timeout=60, check=False)
    assert done.returncode == 0


def test_a_script_is_frozen() -> None:
    """It may be shared."""
    with pytest.raises(AttributeError):
        Script(language="zh").title = "x"  # type: ignore[misc]
