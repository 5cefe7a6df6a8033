"""Scripts that are played: against the real emulator, line by line, and what came of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator, FaultControl, shared_emulator
from glmkit.errors import BadArgument, BadFile, NoKey
from glmkit.lab.rehearsal import Rehearsal
from tests.lab.rehearsed import a_rehearsal, a_script
from tests.listed import check_each

NAMES = ["intake", "interpreter", "language_practice", "mock_interview", "service_desk", "tutor"]
EVERY = [f"{lang}/{name}" for lang in ("zh", "en") for name in NAMES]


def play(emulator: Emulator, script: Any, **options: Any) -> Rehearsal:
    """Played to an emulator that runs already, in writing; nothing is spoken on either side."""
    where = {"to": emulator.url, "api_key": emulator.key, "written": True}
    return glm.lab.rehearse(script, **{**where, "modalities": ["text"], **options})


@pytest.mark.slow
def test_the_kits_talks_go_as_they_should(glm_emulator: Emulator) -> None:
    """All twelve, in writing; each row says what was said, answered, waited, and to whom."""
    found = play(glm_emulator, EVERY, at_once=4)
    assert found.passed, str(found)
    assert set(found.scripts) == set(EVERY)
    assert all(6 <= sum(row.script == name for row in found) <= 10 for name in EVERY)
    assert {row.peer for row in found} == {"emulator"}
    assert all(row.answered and row.wait is not None and row.zero for row in found)
    assert {"save_word", "book_interview"} <= {name for row in found for name in row.tools}


@pytest.mark.voices
@pytest.mark.long
def test_the_kits_talks_are_spoken_and_heard() -> None:
    """The same twelve through a voice and recognition; what is heard is near to what was said."""
    found = glm.lab.rehearse(EVERY, to="emulator", speed=None, at_once=2, modalities=["text"])
    assert found.passed, str(found)
    assert {row.way for row in found} == {"spoken", "written"}
    assert sum(row.heard == row.said for row in found) > 0


def test_the_list_says_what_they_are_for() -> None:
    """Title and purpose of six, in each language; the intake says that it is no doctor."""
    for lang, words in (("zh", "不是医生"), ("en", "no doctor")):
        listed = glm.lab.scripts(lang)  # type: ignore[arg-type]
        assert [each.name for each in listed] == NAMES
        assert words in next(each.purpose for each in listed if each.name == "intake")
        assert all(each.title in repr(listed) for each in listed)


SAYS = """
  - {text: "Hello!", expects: {kind: greeting, words: [library], within: 30}}
  - {text: "I would like to borrow a book.", expects: {words: [goodbye]}}
  - {text: "Moby Dick.", expects: {kind: borrow, words: [moby dick, "30 days"], not: [sorry]}}
"""


@pytest.mark.slow
def test_a_script_of_ones_own_is_answered_from(tmp_path: Path) -> None:
    """The emulator that runs has its replies, too; a line that fails stops no other."""
    rows = tmp_path / "rows.jsonl"
    shared_emulator().reset()
    found = glm.lab.rehearse(
        a_script(tmp_path, SAYS), to="emulator", written=True, runs=2, out=rows, at_once=2
    )
    assert [row.passed for row in found] == [True, False, True] * 2
    assert not found
    [wrong] = found.rows[1].wrong
    assert "What is the title?" in wrong
    assert "goodbye" in wrong
    kept = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    assert sorted((row["run"], row["line"]) for row in kept) == [
        (run, line) for run in (1, 2) for line in (1, 2, 3)
    ]
    assert sum(row["passed"] for row in kept) == 4
    assert list(found.table()["passed"]) == [row.passed for row in found]
    assert len(shared_emulator().log()) == 2  # a session a run, and nobody else was started
    assert {row.switches for row in found} == {""}


@pytest.mark.slow
def test_somebody_cuts_in(tmp_path: Path) -> None:
    """The answer before ends there, and the next line is said; one that is over stays whole."""
    says = """
  - {text: "Tell me about the company."}
  - {text: "Let us begin.", interrupts: 0.3, expects: {words: [position]}}
  - {text: "Engineer.", interrupts: 60}
"""
    script = a_script(
        tmp_path, says, talk='language: en\npersona: {instructions: "A job interview"}\n'
    )
    found = glm.lab.rehearse(script, to="emulator", written=True, emulator={"pace": 1.0})
    first, second, third = found
    assert first.interrupted is not None
    assert first.status == "cancelled"
    assert (second.interrupted, third.interrupted) == (None, None)
    assert found.passed, str(found)


SPOKEN = """
  - {recording: story_zh}
  - {recording: joke_zh, interrupts: 0.3, expects: {kind: joke}}
  - {recording: hello_zh}
"""
CHAIN = """
  - {recording: story_zh}
  - {recording: story_en, interrupts: 0.3}
  - {recording: joke_zh, interrupts: 0.3, expects: {kind: joke}}
"""


@pytest.mark.slow
def test_a_spoken_line_breaks_into_the_answer(tmp_path: Path) -> None:
    """Its sound goes up while the answer sounds, and under server VAD nobody cancels anything.

    Into the answer before a third line breaks in turn, it is stopped first."""
    talk = "language: zh\npersona: {instructions: 讲故事}\n"
    with Emulator.start(pace=4) as emulator:

        def interrupted(says: str, vad: str) -> list[bool]:
            where = {"to": emulator.url, "api_key": emulator.key}
            script = a_script(tmp_path, says, talk=talk)
            found = glm.lab.rehearse(script, vad=vad, speed=4.0, **where)
            assert found.passed, str(found)
            assert [row.line for row in found] == [1, 2, 3]
            return [row.interrupted is not None for row in found]

        assert interrupted(SPOKEN, "server") == [True, False, False]
        assert "response.cancel'" not in str(emulator.log())
        assert interrupted(CHAIN, "client") == [True, True, False]


def test_what_is_gone_is_said(glm_emulator: Emulator, glm_faults: FaultControl) -> None:
    """Where the connection is cut, the lines that are left are rows that say so."""
    glm_faults.set("cut", after=1)
    found = play(glm_emulator, "en/tutor", modalities=["text", "audio"])
    assert len(found) == 9
    assert not any(row.passed for row in found)
    assert all("not said" in row.error for row in found.rows[1:]), str(found)


def test_a_service_that_is_not_there_fails_every_line() -> None:
    """It is no mistake of the script's: a result, not an error."""
    key = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"
    to = "ws://127.0.0.1:9/x"
    found = glm.lab.rehearse("en/tutor", to=to, api_key=key, written=True)
    assert not found.passed
    assert {row.error.partition(":")[0] for row in found} == {"ConnectFailed"}
    assert key not in repr(found)


def test_a_budget_is_of_all_runs(glm_emulator: Emulator) -> None:
    """Past it nothing is said any more, and the rows say why."""
    found = play(glm_emulator, "en/tutor", runs=2, budget=glm.Budget(turns=10))
    said = [row for row in found if row.answered]
    assert len(said) == 10
    assert all("budget" in row.error for row in found if not row.answered)


def test_after_its_minutes_nobody_is_connected_to(
    glm_emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """The time is said first; lines that are left are rows that say why."""
    glm_emulator.reset()
    found = play(glm_emulator, "en/tutor", runs=2, minutes=1e-6)
    assert "2 runs; they stop at 1e-06 minutes" in capsys.readouterr().out
    assert len(found) == 2 * len({row.line for row in found})
    assert all("time is over" in row.error for row in found)
    assert "time is over" in found.stopped
    assert "session.created" not in str(glm_emulator.log())
    assert not play(glm_emulator, "en/tutor", minutes=10).stopped


def test_functions_of_ones_own_run(glm_emulator: Emulator) -> None:
    """In place of what the script gives back."""
    noted: list[str] = []

    def save_word(word: str) -> str:
        """Notes a word in the learner's word list."""
        noted.append(word)
        return "Your word list has it."

    found = play(glm_emulator, "en/language_practice", tools=[save_word])
    assert noted == ["takeaway"]
    assert found.passed, str(found)


def test_flaky_lines_are_named() -> None:
    """Four of five is enough where four are asked for; five are, unless less is asked for."""
    found = a_rehearsal({1: 5, 2: 4, 3: 0})
    assert [line.passed for line in found.lines] == [True, False, False]
    assert [(line.line, line.passes) for line in found.flaky] == [(2, 4)]
    assert "talk 2, 4 of 5" in str(found)
    assert [line.passed for line in a_rehearsal({1: 5, 2: 4}, at_least=4).lines] == [True, True]


def test_what_cannot_be_played_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is sent: what was found, what was expected, what to do."""
    monkeypatch.delenv("GLMKIT_TO")
    monkeypatch.chdir(tmp_path)
    silent = a_script(tmp_path, "  []", "silent.yaml")
    lines = {
        "gone.yaml": "{recording: none.wav}",
        "no picture.yaml": "{text: x, written: true, shows: none}",
        "finding.yaml": "{text: x, expects: {no_finding: [late]}}",
        "misspelt.yaml": "{text: x, expects: {word: x}}",
        "wordless.yaml": "{text: '?!', expects: {wer: 0.1}}",
        "empty.yaml": "{text: x, expects: {not: [' ']}}",
    }
    files = {name: a_script(tmp_path, f"  - {line}", name) for name, line in lines.items()}
    declared = "language: en\ntools: [{name: t, description: d}]\n"
    tool = a_script(tmp_path, "  - {text: x}", "t.yaml", declared)
    cases: list[tuple[Any, dict[str, Any], str]] = [
        ("tutr", {}, "tutor"),
        (3, {}, "type int"),
        ([], {}, "no script"),
        ("", {}, "type str"),
        (tmp_path / "none.yaml", {}, "none.yaml"),
        (silent, {}, "no lines"),
        (files["gone.yaml"], {}, "line 1 of says.*none.wav"),
        (files["wordless.yaml"], {}, "line 1 of says.*at least one word"),
        (files["empty.yaml"], {}, "line 1 of says.*empty word"),
        (files["no picture.yaml"], {}, "line 1 of says.*none"),
        (files["finding.yaml"], {}, "no finding 'late'"),
        (files["misspelt.yaml"], {}, "line .*'word'.*words"),
        (tool, {}, "no output"),
        ("en/tutor", {"runs": 0}, "runs is 0"),
        ("en/tutor", {"runs": float("nan")}, "runs is nan"),
        ("en/tutor", {"runs": 2, "at_least": 3}, "at_least is 3"),
        ("en/tutor", {"pass_rate": 80}, "pass_rate is 80"),
        ("en/tutor", {"at_least": 1, "pass_rate": 1}, "both"),
        ("en/tutor", {"at_once": 0}, "at_once is 0"),
        ("en/tutor", {"written": "yes"}, "written"),
        ("en/tutor", {"speed": -1}, "speed"),
        ("en/tutor", {"budget": 5}, "5"),
        ("en/tutor", {"emulator": ["pace"]}, "switches"),
        ("en/tutor", {"emulator": {"paces": 1}}, "paces"),
        ("en/tutor", {"emulator": {"pace": 1}, "to": "live"}, "play to the emulator"),
        ("en/tutor", {"lang": "fr"}, "'fr'"),
        ("en/tutor", {"voices": 3}, "voices"),
    ]

    def check(script: Any, options: dict[str, Any], words: str) -> None:
        given = {"to": "emulator", "written": True, **options}
        with pytest.raises(BadArgument, match=words):
            glm.lab.rehearse(script, **given)

    check_each(check, cases)
    with pytest.raises(BadFile):
        glm.lab.rehearse(files["misspelt.yaml"])
    with pytest.raises(NoKey):
        glm.lab.rehearse("en/tutor", to="live", written=True)
