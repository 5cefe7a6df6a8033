"""Exercises: right answers in every form are taken, wrong ones told how far off; nothing raises."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import glmkit as glm
from glmkit.lessons.exercise import (
    ChoiceAnswer,
    Exercise,
    NumberAnswer,
    ThingAnswer,
    WordsAnswer,
    exercises,
)
from glmkit.lessons.facts_of_things import THINGS
from glmkit.lessons.quantities import UNITS, NoNumber, amount_in
from glmkit.lessons.tries import results
from glmkit.texts import Language
from glmkit.texts.lessons import TEXTS
from tests.listed import check_each

LANGS: tuple[Language, ...] = ("en", "zh")

# -- the files -----------------------------------------------------------------------------


def test_an_exercise_is_whole_in_both_languages() -> None:
    """Hints, answer and reason in each language, a right answer that can be, facts that exist."""
    assert len(exercises()) >= 18
    check_each(_is_whole, [(each,) for each in exercises().values()])


def _is_whole(exercise: Exercise) -> None:
    for both in (*exercise.hints, exercise.model, exercise.because):
        assert set(both) == set(LANGS)
        assert all(both.values())
        assert any("\u4e00" <= letter <= "\u9fff" for letter in both["zh"])
    assert 1 <= exercise.stars <= 3
    _can_be_answered(exercise.answer)


def _can_be_answered(answer: Any) -> None:
    if isinstance(answer, NumberAnswer):
        assert answer.unit in {"", *UNITS}
        low, high = answer.range
        assert low <= high
    elif isinstance(answer, ChoiceAnswer):
        assert answer.right in answer.among
        assert set(answer.otherwise) <= set(answer.among) - {answer.right}
        assert all(set(both) == set(LANGS) for both in answer.otherwise.values())
    elif isinstance(answer, ThingAnswer):
        _, facts = THINGS[answer.kind]
        assert set(answer.must) <= set(facts)


def test_every_fact_has_its_words() -> None:
    """What can be looked at is named in both languages."""
    names = {name for _, facts in THINGS.values() for name in facts}
    assert {f"lessons.fact_{name}" for name in names} <= set(TEXTS)


# -- amounts -------------------------------------------------------------------------------

#: What a person may write for 0.8 seconds, and for 46 of something.
SECONDS = (
    *(0.8, np.float32(0.8), "0.8", "0,8", ".8", "0.8 s", "800 ms", "800ms", "８００毫秒", "0.8秒"),
    *("about 0.8 s", "大约 0.8 秒", "零点八秒", "zero point eight seconds", "0,800", "8e-1"),
)
COUNTS = (46, np.int64(46), "46", "46 chunks", "46 块", "四十六块", "forty-six", "+46", "46.0")


def test_an_amount_is_read_in_every_form() -> None:
    """Decimal point or comma, with a unit or without, in digits and in words of both languages."""
    check_each(_is_seconds, [(given,) for given in SECONDS])
    check_each(_is_a_count, [(given,) for given in COUNTS])
    assert amount_in("24,000", "Hz") == amount_in("24 kHz", "Hz") == 24_000
    assert amount_in("36 %", "%") == amount_in("百分之三十六", "%") == 36
    assert amount_in("−40 dB", "dB") == -40


def _is_seconds(given: object) -> None:
    assert amount_in(given, "s") == pytest.approx(0.8)


def _is_a_count(given: object) -> None:
    assert amount_in(given, "") == 46


def test_what_is_no_amount_is_refused() -> None:
    """No number, two of them, none that is finite, and things that are none."""
    bad = ("", "soon", "1 or 2", math.nan, math.inf, True, None, [1], {}, "1.2.3", "1e999")
    check_each(_is_no_amount, [(given,) for given in bad])


def _is_no_amount(given: object) -> None:
    with pytest.raises(NoNumber):
        amount_in(given, "s")


# -- checks --------------------------------------------------------------------------------


def right_answers(exercise: Exercise) -> Iterator[object]:
    """Every right answer that needs no session."""
    answer = exercise.answer
    if isinstance(answer, NumberAnswer):
        low, high = answer.range
        yield from (low, high, (low + high) / 2, f"{(low + high) / 2:g} {answer.unit}".strip())
    elif isinstance(answer, ChoiceAnswer):
        yield from (answer.right, answer.right.upper(), f" ({answer.right}) ")
    elif isinstance(answer, WordsAnswer):
        yield from answer.right


def wrong_answers(exercise: Exercise) -> Iterator[object]:
    """Answers that can be read and are not right."""
    answer = exercise.answer
    if isinstance(answer, NumberAnswer):
        low, high = answer.range
        yield from (low - 1 - abs(low), high * 1.1 + 1, high * 2000 + 1, 0 if low > 0 else high + 1)
    elif isinstance(answer, ChoiceAnswer):
        yield from (letter for letter in answer.among if letter != answer.right)
    elif isinstance(answer, WordsAnswer):
        yield "something else"


def test_each_check_tells_right_from_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every right form is right, every wrong answer is told so, in both languages."""
    for lang in LANGS:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        check_each(_takes_what_is_right, [(each,) for each in exercises().values()])


def _takes_what_is_right(exercise: Exercise) -> None:
    for given in right_answers(exercise):
        found = glm.check(exercise.id, given)
        assert found.state == "right", (given, found)
        assert bool(found)
    for given in wrong_answers(exercise):
        found = glm.check(exercise.id, given)
        assert found.state == "not_yet", (given, found)
        assert not found
        assert found.words


@pytest.fixture
def turns() -> dict[str, glm.Turn]:
    with glm.connect("emulator", modalities=["text"]) as session:
        weather = glm.sample("weather_en")
        plain = session.say(weather, speed=None)
        joke = session.say(glm.sample("joke_en"), speed=None, chunk_ms=500)
        return {"plain": plain, "large": joke}


def test_a_turn_is_looked_at(turns: dict[str, glm.Turn]) -> None:
    """What a turn must be is read off it; what it is not is named with what was found."""
    assert glm.check("03-1", turns["large"]).state == "right"
    missing = glm.check("03-1", turns["plain"])
    assert missing.state == "not_yet"
    assert "found 100, expected 500" in missing.words
    assert glm.check("01-1", turns["plain"]).state == "right"
    assert "found 1.89" in glm.check("01-1", turns["large"]).words
    assert glm.check("01-1", [turns["plain"]]).state == "right"  # the last of several


def test_a_clip_is_looked_at() -> None:
    """The longest recording in either language is right; another is told how long it is."""
    for lang in LANGS:
        assert glm.check("00-1", glm.sample(f"two_questions_{lang}"))
    assert "found 1.89" in glm.check("00-1", glm.sample("joke_en")).words
    assert all(glm.check("00-2", _seconds(lang)) for lang in LANGS)
    assert not glm.check("00-3", glm.sample("two_questions_en"))  # one recording, not three
    assert all(glm.check("00-3", _joined(lang)) for lang in LANGS)


def _seconds(lang: str) -> float:
    return (glm.sample(f"joke_{lang}") + glm.sample(f"hello_{lang}")).seconds


def _joined(lang: str) -> glm.Clip:
    call, joke, hello = (glm.sample(f"{name}_{lang}") for name in ("call", "joke", "hello"))
    return call + joke + hello


def test_what_a_hint_says_to_run_is_right() -> None:
    """The rows that it counts, in either language, are the answer."""
    with glm.connect("emulator", modalities=["text"]) as session:
        session.say(glm.sample("weather_en"), speed=None)
        for words in exercises()["05-1"].hints[1].values():
            [code] = re.findall(r"`(len\(.+?\))`", words)
            assert glm.check("05-1", eval(code, {"session": session})), code


def test_a_count_that_is_far_off_has_no_other_unit() -> None:
    """Where none is asked for, none is offered; nor where the number is negative."""
    assert "unit" in glm.check("01-2", 800).words
    for name, far in (("05-1", 27_000), ("05-1", -1), ("01-2", -5)):
        assert "unit" not in glm.check(name, far).words


class Broken:
    """An object whose every attribute fails."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("key.secretsecretsecret0")

    def __repr__(self) -> str:
        raise RuntimeError("no repr")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no eq")

    __hash__ = None  # type: ignore[assignment]


def test_nothing_makes_a_check_raise() -> None:
    """Any object at any exercise, and exercises that there are none of: words, never an error."""
    things = (None, "", ..., [], {}, object(), Broken(), "x" * 10_000, "\ud800", b"1", np.zeros(3))
    names = (*exercises(), "99-1", "", "03", None, 3, "<script>")
    check_each(_is_said, [(name, thing) for name in names for thing in things])


def _is_said(name: Any, thing: object) -> None:
    found = glm.check(name, thing)
    assert not found
    assert found.words
    assert repr(found)
    assert "<script" not in str(found._repr_mimebundle_().get("text/html", ""))


def test_a_count_is_never_asked_for_its_unit() -> None:
    """Only what has a unit may be in another one; a number without end is no number."""
    assert "unit" not in glm.check("09-2", 56_000).words
    assert "unit" in glm.check("13-1", 12_000_000).words
    assert "unit" not in glm.check("13-1", -1).words
    assert glm.check("12-1", 10**400).words.endswith("Put a number in place of the three dots.")


def test_a_decimal_comma_without_quotation_marks_is_told() -> None:
    """To Python it is two answers; it is no try."""
    found = glm.check("13-1", 0, 8)
    assert found.state == "unread"
    assert "Found 0, 8, expected one answer" in found.words
    assert results("13-1") == {}


def test_a_session_or_run_without_a_turn_says_so() -> None:
    """It is a try, and what is to be read is what the cell wrote."""
    with glm.connect("emulator", modalities=["text"]) as session:
        found = glm.check("11-4", session)
    assert found.state == "not_yet"
    assert "no turn in it" in found.words
    assert results("11-4")["11-4"]["tries"] == 1


def test_the_open_place_says_what_it_takes() -> None:
    """The three dots that stand ready are no try."""
    found = glm.check("03-x", ...)
    assert found.state == "empty"
    assert '"12%"' in found.words
    assert results("03-x") == {}


# -- hints and the hand-in -----------------------------------------------------------------


def test_hints_come_in_two_steps_and_an_answer_after_two_tries() -> None:
    """Neither more nor less than was earned, and all of it is counted."""
    first, second, early = (glm.hint("03-x") for _ in range(3))
    assert [each.state for each in (first, second, early)] == ["hint", "hint", "early"]
    assert first.words != second.words
    assert "tries to go: 2" in early.words
    glm.check("03-x", 20)
    wrong = glm.check("03-x", 50)
    assert 'glm.hint("03-x")' in wrong.more
    assert glm.hint("03-x").state == "model"
    glm.check("03-x", "36%")
    assert results("03") == {
        "03-x": {"tries": 3, "right": True, "first_right": 3, "hints": 2, "opened": True}
    }


def test_who_was_right_may_compare_without_having_opened_it() -> None:
    """A model answer that is read afterwards is no help that was taken."""
    glm.check("06-2", 1)
    assert [glm.hint("06-2").state for _ in range(3)] == ["hint", "hint", "model"]
    assert not results("06")["06-2"]["opened"]


# -- words ---------------------------------------------------------------------------------


def test_a_word_is_explained_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked in either language; what else it is called stands below."""
    assert glm.what("首包延迟").title == "time to first byte"
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    found = glm.what("time to first byte")
    assert found.title == "首包延迟"
    assert "time to first byte" in found.more


def test_a_word_that_is_none_of_the_course_has_neighbours() -> None:
    """Near ones are named, and without any the list; nothing raises."""
    assert "latency" in glm.what("latensy").words
    assert "glm.what()" in glm.what("qqqq").words
    assert "barge-in" in glm.what().words
    assert glm.what(None).words  # type: ignore[arg-type]
