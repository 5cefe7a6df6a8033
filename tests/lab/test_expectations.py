"""What is expected of a line: each key is met by what fits, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glmkit.emulator.think.scripts_at_hand import LANGS, ScriptsAtHand, kit_scripts
from glmkit.lab.expectations import checked, says
from glmkit.protocol.script import ScriptLine
from glmkit.protocol.script_file import parse_script
from tests.listed import check_each
from tests.pictured import a_turn, voice

#: Of a turn in which "Where is A1204" was answered "Order A1204 is 7 days late."
TURN = a_turn(words=("Where is A1204", "Order A1204 is 7 days late."), answer=voice(1.0, 24_000))
OTHER = a_turn(words=("Hm", "Hm."), answer=voice(1.0, 24_000))
MET: list[tuple[str, Any, Any]] = [
    ("words", ["order", "seven days"], ["order", "paid"]),
    ("any", ["paid", "late"], ["paid", "early"]),
    ("not", ["paid", "rder"], ["paid", "late"]),
    ("heard", ["1204", "where"], ["1205"]),
    ("within", 30, 0.001),
    ("cer", 0.5, 0.01),
    ("wer", 0.9, 0.01),
    ("no_finding", ["too_large"], None),
    ("language", "en", "zh"),
    ("kind", "late", "paid"),
    ("tool", None, "look_up"),
]
SCRIPT = """
language: en
replies:
  - {id: late, says: ["Order A1204 is 7 days late."]}
  - {id: paid, says: ["Order A1204 is paid."]}
says:
  - {text: "Where is it, A1204?", expects: {%s: %s}}
"""


def found(key: str, wanted: Any) -> list[tuple[str, bool]]:
    """Every expectation with whether it was met."""
    script = parse_script(SCRIPT % (key, wanted))
    [line] = script.says
    replies = ScriptsAtHand((script,)).repertoires("")["en"]
    every = checked(line.expects, TURN, said=line.text, repertoire=replies)
    return [(each.key, each.met) for each in every]


def test_each_key_can_be_met_and_missed() -> None:
    """Words as written or said, from the beginning of a word."""

    def check(key: str, met: Any, missed: Any) -> None:
        if met is not None:
            assert found(key, met) == [(key, True)]
        if missed is not None:
            assert found(key, missed) == [(key, False)]

    check_each(check, MET)


SAID = [
    ("It is 7 o'clock.", "seven o’clock", True),
    ("It is 7 o'clock.", "seven", True),
    ("You have 17 left.", "seven", False),
    ("Your card is one zero two four.", "1024", True),
    ("七点见", "7点", True),
    ("ＯＫ，好的", "ok", True),
    ("the capsule", "psul", False),
    ("答案是负三", "负二", False),
    ("等于 2 吗", "负二", False),
    ("打 包 带走", "打包", True),
    ("", "x", False),
]


def test_words_are_found_as_they_are_said() -> None:
    """Numbers in digits or words; one digit alone is none of another number."""

    def check(whole: str, words: str, expected: bool) -> None:
        assert says(whole, words) is expected

    check_each(check, SAID)


def test_no_answer_is_a_failure_without_being_asked_for() -> None:
    """Whatever else was expected."""
    script = parse_script("language: en\nsays: [{text: x}]\n")
    silent = a_turn(answer=None, words=("x", ""))
    [unmet] = checked(script.says[0].expects, silent, said="x", repertoire=None)
    assert (unmet.key, unmet.met) == ("answer", False)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_is_a_sentence(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was found and what was expected, in the reader's language."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    script = parse_script(SCRIPT % ("words", ["paid"]))
    [unmet] = checked(script.says[0].expects, TURN, said="x", repertoire=None)
    assert "paid" in str(unmet)
    assert "7 days late" in str(unmet)
    assert ("expected" in str(unmet)) is (lang == "en")


def test_every_line_of_the_kits_talks_can_fail() -> None:
    """An answer to something else is none to it."""

    def check(lang: Any, name: str, number: int, line: ScriptLine) -> None:
        replies = ScriptsAtHand().repertoires("")[lang]
        met = checked(line.expects, OTHER, said=line.text, repertoire=replies)
        assert not all(each.met for each in met)

    check_each(check, [(lang, *rest) for lang in LANGS for rest in _lines(lang)])


def _lines(lang: Any) -> Iterator[tuple[str, int, ScriptLine]]:
    for script in kit_scripts(lang):
        if script.purpose:
            yield from ((script.title, number, line) for number, line in enumerate(script.says, 1))
