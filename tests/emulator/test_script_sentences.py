"""The emulator's own scripts: sentences that can be spoken, the same replies in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from glmkit.protocol.script import FollowUp, Script, ScriptReply
from glmkit.protocol.script_file import read_script
from tests.listed import check_each

SCRIPTS = Path(__file__).parents[2] / "glmkit" / "emulator" / "think" / "scripts"
EXCHANGES = Path(__file__).with_name("exchanges")
FILES = {lang: sorted((SCRIPTS / lang).glob("*.yaml")) for lang in ("zh", "en")}
READ = {path: read_script(path) for paths in FILES.values() for path in paths}


def test_what_is_said_can_be_spoken() -> None:
    """Whole sentences without brackets, lists and quotes, in the script's language."""
    said = [(script.language, words) for script in READ.values() for words in _said(script)]
    assert len(said) > 500
    check_each(_can_be_spoken, said)


def _can_be_spoken(lang: str, words: str) -> None:
    assert re.search(r"[。！？.!?}]$", words)
    assert not re.search(r"[()（）\[\]/*#“”\"]", words)
    if lang == "zh" and "{" not in words:
        assert re.search(r"[\u4e00-\u9fff]", words)
        assert not re.search(r"[,!?](?=[\u4e00-\u9fff])", words)
    if lang == "en":
        assert re.search(r"[A-Za-z{]", words)


def _said(script: Script) -> Iterator[str]:
    if script.persona and script.persona.opening:
        yield script.persona.opening
    for reply in script.replies:
        yield from reply.says
        for slot in reply.slots.values():
            yield from (*slot.ask, *slot.hints)
        for follow in _follow_ups(reply):
            yield from (*follow.says, *follow.each)


def _follow_ups(part: ScriptReply | FollowUp) -> Iterator[FollowUp]:
    for follow in part.then:
        yield follow
        yield from _follow_ups(follow)


def test_both_languages_have_the_same_replies() -> None:
    """So that a question in the one can be answered in the other: by id, slot and follow-up."""
    check_each(_same_in_english, [(path,) for path in FILES["zh"]])


def _same_in_english(path: Path) -> None:
    ours, theirs = (
        {each.id: _shape(each) for each in READ[file].replies}
        for file in (path, SCRIPTS / "en" / path.name)
    )
    assert ours == theirs


def _shape(reply: ScriptReply) -> object:
    follow_ups = [bool(each.each) for each in reply.then]
    return reply.kind, list(reply.slots), reply.otherwise, follow_ups


def test_a_sentence_is_heard_in_one_place() -> None:
    """The same example in two replies would leave it to chance which one answers."""
    check_each(_heard_once, [(path, READ[path]) for path in READ])


def _heard_once(path: Path, script: Script) -> None:
    heard = [words for each in script.replies for words in each.hears]
    assert sorted(heard) == sorted(set(heard))


def test_exchanges_are_not_the_examples() -> None:
    """At least half of the exchanges, and two hundred of them, are in words no script has."""
    heard = {words for script in READ.values() for each in script.replies for words in each.hears}
    asked = [
        step["say"]
        for path in EXCHANGES.rglob("*.yaml")
        for step in yaml.safe_load(path.read_text(encoding="utf-8"))["talk"]
        if "say" in step
    ]
    assert len(asked) >= 200
    assert sum(words not in heard for words in asked) > len(asked) / 2
