"""Exercises: right answers in every form are taken, wrong ones told how far off; nothing raises."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import glmkit as glm
from glmkit.emulator.speak.spoken_numbers import amount as amount_in_words
from glmkit.lessons.choices import plain_letters
from glmkit.lessons.exercise import (
    ChoiceAnswer,
    Exercise,
    NumberAnswer,
    ThingAnswer,
    WordsAnswer,
    exercises,
)
from glmkit.lessons.facts_of_things import THINGS
from glmkit.lessons.quantities import UNITS, NoNumber, amount_in, readings_of
from glmkit.lessons.tries import results
from glmkit.texts import Language
from glmkit.texts.glossary import words
from glmkit.texts.lessons import TEXTS
from tests.listed import check_each

LANGS: tuple[Language, ...] = ("en", "zh")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

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
        assert not answer.among or any(low <= each <= high for each in answer.among)
        assert not any(low <= float(each) <= high for each in answer.otherwise)
        assert all(set(both) == set(LANGS) for both in answer.otherwise.values())
    elif isinstance(answer, ChoiceAnswer):
        assert answer.right in answer.among
        assert set(answer.otherwise) <= set(answer.among) - {answer.right}
        for both in (*answer.among.values(), *answer.otherwise.values()):
            assert set(both) == set(LANGS)
    elif isinstance(answer, ThingAnswer):
        _, facts = THINGS[answer.kind]
        assert set(answer.must) <= set(facts)


def test_every_fact_has_its_words() -> None:
    """What can be looked at is named in both languages."""
    names = {name for _, facts in THINGS.values() for name in facts}
    assert {f"lessons.fact_{name}" for name in names} <= set(TEXTS)


def test_a_choice_has_the_sentences_of_the_notebook() -> None:
    """So that whoever copies the sentence and not its letter is understood, too."""
    choices = [e for e in exercises().values() if isinstance(e.answer, ChoiceAnswer)]
    check_each(_stand_in_the_notebook, [(each, lang) for each in choices for lang in LANGS])


def _stand_in_the_notebook(exercise: Exercise, lang: Language) -> None:
    [path] = (NOTEBOOKS / ("zh" if lang == "zh" else "")).glob(f"{exercise.id[:2]}_*.ipynb")
    cells = ["".join(each["source"]) for each in json.loads(path.read_text("utf-8"))["cells"]]
    [asked] = [q for q, code in pairwise(cells) if code.startswith(f'glm.check("{exercise.id}"')]
    for letter, both in exercise.answer.among.items():  # type: ignore[union-attr]
        assert plain_letters(letter + both[lang]) in plain_letters(asked[-300:]), letter


# -- amounts -------------------------------------------------------------------------------

#: What a person may write for 0.8 seconds, and for 46 of something.
SECONDS = (
    *(0.8, np.float32(0.8), "0.8", "0,8", ".8", "0.8 s", "800 ms", "800ms", "８００毫秒", "0.8秒"),
    *("about 0.8 s", "大约 0.8 秒", "零点八秒", "zero point eight seconds", "0,800", "8e-1"),
    *("０．８", "0.8。", "it's 0.8", "eight hundred milliseconds", "八百毫秒", np.array(0.8)),
    *(Fraction(4, 5), Decimal("0.8"), pd.Series([0.8]).iloc[0]),
)
COUNTS = (46, np.int64(46), "46", "46 chunks", "46 块", "四十六块", "forty-six", "+46", "46.0")
#: And for 36 per cent, with what they name.
SHARES = (
    "36%",
    "36 %",
    "３６％",
    "36 per cent",
    "36 percent",
    "百分之三十六",
    "百分之36",
    "36个百分点",
)
SHARES_TOO = (36, "36", 0.36, "0.36", "三成六", "about 36% of the bytes", Decimal("0.36"))


def test_an_amount_is_read_in_every_form() -> None:
    """Decimal point or comma, with a unit or without, in digits and in words of both languages."""
    check_each(_is_seconds, [(given,) for given in SECONDS])
    check_each(_is_a_count, [(given,) for given in COUNTS])
    check_each(_is_a_share, [(given,) for given in (*SHARES, *SHARES_TOO)])
    assert {amount_in(given, "%") for given in SHARES} == {36}
    assert amount_in("八成", "%") == amount_in("8成", "%") == amount_in("0.8", "share") * 100 == 80
    assert {amount_in(each, "Hz") for each in ("24,000", "24 000", "24 kHz")} == {24_000}
    assert {amount_in(each, "dB") for each in ("−40 dB", "minus 40", "负四十分贝", "负40")} == {-40}
    assert readings_of("4,105", "s") == (4105, 4.105)
    assert readings_of("4,105", "") == (4105,)
    assert amount_in("two minutes", "s") == amount_in("2分", "s") == 120
    halves = ("四秒半", "4秒半", "4 秒半", "四秒半钟", "4.5秒")
    assert {amount_in(each, "s") for each in halves} == {4.5}
    assert amount_in("两分半", "s") == 150
    assert amount_in("十块半", "yuan") == 10.5


def _is_seconds(given: object) -> None:
    assert amount_in(given, "s") == pytest.approx(0.8)


def _is_a_count(given: object) -> None:
    assert amount_in(given, "") == 46


def _is_a_share(given: object) -> None:
    assert any(each == pytest.approx(36) for each in readings_of(given, "%"))


def test_what_is_no_amount_is_refused() -> None:
    """No number, two of them, none that is finite, another kind of unit, things that are none."""
    bad = ("", "soon", "1 or 2", math.nan, math.inf, True, None, [1], {}, "1.2.3", "1e999")
    bad += (np.True_, np.timedelta64(1, "s"), 1j, Decimal("sNaN"), "0.8 dB", "800 Hz", pd.NA)
    check_each(_is_no_amount, [(given,) for given in bad])


def _is_no_amount(given: object) -> None:
    with pytest.raises(NoNumber):
        amount_in(given, "s")


# -- checks --------------------------------------------------------------------------------


#: A unit as Chinese writes it, and one that is smaller, with how many of it make one.
ZH_UNIT = {"s": "秒", "%": "%", "dB": "分贝", "": "个"}
SMALLER = {"s": ("毫秒", 1000)}


def right_answers(exercise: Exercise) -> Iterator[object]:
    """Every right answer that needs no session, in every form that a person may give it."""
    answer = exercise.answer
    if isinstance(answer, NumberAnswer):
        for amount in _right_amounts(answer):
            yield from _forms_of_a_number(amount, answer.unit)
    elif isinstance(answer, ChoiceAnswer):
        for each in (answer.right, *answer.among[answer.right].values()):
            yield from _forms_of_words(each)
        for sentence in answer.among[answer.right].values():
            yield from (f"{answer.right}: {sentence}", f"{answer.right}) {sentence}.")
        yield from _forms_of_a_letter(answer.right)
    elif isinstance(answer, WordsAnswer):
        yield from answer.right


def _right_amounts(answer: NumberAnswer) -> list[float]:
    low, high = answer.range
    if answer.among:
        return [each for each in answer.among if low <= each <= high]
    return [low, high, round((low + high) / 2, 2)]


def _forms_of_a_number(amount: float, unit: str) -> Iterator[object]:
    digits = f"{amount:g}"
    yield from (amount, digits, np.float64(amount), pd.Series([amount]).iloc[0], np.array(amount))
    yield from (Fraction(digits), Decimal(digits), [amount], (digits,), np.array([amount]))
    yield from (pd.Series([amount], index=[7]), f" {digits}. ", f"about {digits} {unit}")
    yield from (f"{digits}{unit}", f"{digits} {unit}", f"大约 {digits} {ZH_UNIT[unit]}")
    yield from (digits.replace(".", ","), digits.replace("-", "−"), full_width(digits))
    spoken = "负" * (amount < 0) + amount_in_words(digits.lstrip("-"))
    yield from (spoken, f"约{spoken}{ZH_UNIT[unit]}")
    if unit in SMALLER:
        name, times = SMALLER[unit]
        yield f"{amount * times:g} {name}"
    if unit == "%":
        yield from (f"{amount / 100:g}", amount / 100, f"百分之{spoken}")


def _forms_of_words(words: str) -> Iterator[object]:
    yield from (words, words.upper(), f" {words}. ", f"“{words}”", full_width(words), [words])


def _forms_of_a_letter(letter: str) -> Iterator[object]:
    yield from (
        f"({letter})",
        f"（{letter.upper()}）",
        f"{letter})",
        f"【{letter}】",
        f"{letter}。",
    )
    yield from (f"option {letter}", f"选{letter}", f"答案是 {letter.upper()}", f"{letter}项")


def full_width(words: str) -> str:
    """As a Chinese keyboard may write it."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in words)


def wrong_answers(exercise: Exercise) -> Iterator[object]:
    """Answers that can be read and are not right."""
    answer = exercise.answer
    if isinstance(answer, NumberAnswer):
        low, high = answer.range
        wrong = (low - 1 - abs(low), high * 1.1 + 1, high * 2000 + 1, 0 if low > 0 else high + 1)
        for amount in (*wrong, *{each for each in answer.among if not low <= each <= high}):
            yield from (amount, np.float64(amount), f"{amount:g}", f"{amount:g} {answer.unit}")
            yield from ([amount], full_width(f"{amount:g}"), Decimal(f"{amount:g}"))
    elif isinstance(answer, ChoiceAnswer):
        for letter in set(answer.among) - {answer.right}:
            yield from (letter, *answer.among[letter].values(), *_forms_of_a_letter(letter))
            yield from (f"{letter}: {each}" for each in answer.among[letter].values())
    elif isinstance(answer, WordsAnswer):
        yield "something else"


def test_each_check_tells_right_from_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every right form is right, every wrong answer is told so, in both languages."""
    for lang in LANGS:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        check_each(_is_right, each_given(right_answers))
        check_each(_is_wrong, each_given(wrong_answers))


def each_given(answers: Callable[[Exercise], Iterator[object]]) -> list[tuple[str, object]]:
    """Exercise and answer, for all exercises that there are."""
    return [(each.id, given) for each in exercises().values() for given in answers(each)]


def _is_right(name: str, given: object) -> None:
    found = glm.check(name, given)
    assert found.state == "right", found.words
    assert bool(found)


def _is_wrong(name: str, given: object) -> None:
    found = glm.check(name, given)
    assert found.state == "not_yet", found.words
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


def test_a_chinese_fact_stands_without_blanks(
    turns: dict[str, glm.Turn], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two Chinese words there is none, though a number between them has some."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "实际是 0，应为至少 3。" in glm.check("08-1", turns["plain"]).words


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


def no_result() -> None:
    """A function, as one is given in place of what it returns."""


def test_nothing_makes_a_check_raise(turns: dict[str, glm.Turn]) -> None:
    """Any object at any exercise, and exercises that there are none of: words, never an error."""
    things = [None, "", ..., "...", [], {}, object(), Broken(), "x" * 10_000, "\ud800", b"1"]
    things += [np.zeros(3), math.nan, math.inf, 10**5000, -(10**400), True, np.True_, 1j, pd.NA]
    things += [
        no_result,
        print,
        glm.Clip,
        glm.Turn,
        "a or b",
        "a) b)",
        "1 or 2",
        ["a", "b"],
        (),
        {"?"},
    ]
    things += [pd.DataFrame(), pd.Series(dtype=float), np.array(["?"]), turns["plain"].explain]
    things += [turns["plain"].events, turns["plain"].latency, Decimal("NaN"), Decimal("sNaN")]
    names = (*exercises(), "99-1", "", "03", None, 3, "<script>", Broken())
    check_each(_is_said, [(name, thing) for name in names for thing in things])


def _is_said(name: Any, thing: object) -> None:
    found = glm.check(name, thing)
    assert not found
    assert found.words
    assert repr(found)
    assert "<script" not in str(found._repr_mimebundle_().get("text/html", ""))


def test_what_is_of_another_kind_is_named(turns: dict[str, glm.Turn]) -> None:
    """A clip for a turn, a turn for a clip, a function for its result, None: and what it takes."""
    turn, clip = turns["plain"], glm.sample("joke_en")
    others: dict[str, tuple[object, ...]] = {
        **dict.fromkeys(("turn", "run"), (clip, "joke")),
        "clip": (turn, [clip, clip]),
        "table": (turn, clip, [turn]),
    }
    for exercise in exercises().values():
        kind = exercise.answer.kind if isinstance(exercise.answer, ThingAnswer) else "number"
        for given in others.get(kind, (turn, clip, pd.DataFrame({"a": [1]}))):
            found = glm.check(exercise.id, given)
            assert found.state == "unread", (exercise.id, given)
            assert "in place of the three dots" in found.words
    assert "function `no_result` and not its result" in glm.check("12-1", no_result).words
    assert glm.check("12-1", None).words.startswith("Found None")
    assert "Put your run in place" in glm.check("13-2", None).words
    assert "Put your turn in place" in glm.check("01-1", None).words
    assert results() == {}


def test_a_function_of_the_learners_is_never_run(turns: dict[str, glm.Turn]) -> None:
    """It might speak, or wait: it is asked for its result, and nothing is counted."""
    ran = []

    def say_it() -> glm.Turn:
        ran.append(True)
        return turns["plain"]

    say_it.turns = say_it  # type: ignore[attr-defined]
    assert "call it" in glm.check("01-1", say_it).words
    assert ran == []


def test_an_exercise_is_found_by_the_names_people_write() -> None:
    """Without its zero, in capitals, in full width, with other dashes; hints go the same way."""
    for name in ("03-x", "3-x", "03-X", " 03 - x ", "０３－Ｘ", "03–x", "03_x", "3.x"):
        assert glm.check(name, 36).state == "right", name
    assert glm.hint("3-X").title == "03-x: hint 1 of 2"
    assert list(results()) == ["03-x"]
    assert "expected one of 03-1, 03-2" in glm.check("3-9", 1).words


def test_a_recorder_stands_for_what_it_recorded() -> None:
    """As its file does, where nothing was recorded."""
    assert glm.check("00-1", glm.Recorder(file=glm.sample("two_questions_en"))).state == "right"


def test_a_number_of_a_list_is_no_other() -> None:
    """Where it can only be one of some, what lies between them is none."""
    found = glm.check("04-3", 1)
    assert found.state == "not_yet"
    assert "one of 20, 5, −2, −8" in found.words


def test_a_wrong_number_that_tells_something_is_told_what() -> None:
    """The status for the code, one pupil for thirty; rounded, too; others are told how far off."""
    assert "status of HTTP" in glm.check("02-1", 401).words
    assert "still good" in glm.check("02-1", 101).words
    assert "stranger" in glm.check("02-1", 1002).words
    assert "How much of it is more" in glm.check("03-x", 1.36).words
    assert glm.check("11-3", "¥11").words == glm.check("11-3", 10.8).words
    assert "one pupil" in glm.check("11-3", 10.8).words
    assert "too small" in glm.check("11-3", 12).words


def test_chinese_words_stand_without_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank is between a number or a Latin word and Chinese, and not between Chinese ones."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert glm.check("00-2", 2.6).words.startswith("2.6 秒太小了")
    assert glm.check("12-1", 100).words.startswith("100 太小了")
    assert "检查了时长（秒），实际是 1.94" in glm.check("00-1", glm.sample("joke_zh")).words


def test_what_takes_several_lines_is_named_by_its_kind() -> None:
    """A table is no text that one could read in half a line."""
    table = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    assert glm.check("05-1", table).words.startswith("Found DataFrame. Put a number")


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
    assert glm.check("13-2", session).words.startswith("No turn came of this run.")


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


#: How a word may be written; the last as the other hand falls on a Chinese keyboard.
SPELLINGS: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.upper,
    lambda word: f"  {word} ",
    lambda word: f"“{word}”？",
    lambda word: word.replace(" ", ""),
    lambda word: word.replace(" ", "-"),
    lambda word: full_width(word),
)


def test_a_word_is_found_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name of every word, in capitals, without blanks, in quotation marks, in full width."""
    written = [
        (spelling(name), word)
        for word in words()
        for asked in LANGS
        for name in word.names(asked)
        for spelling in SPELLINGS
    ]
    for lang in LANGS:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        check_each(_is_told, [(name, word.word[lang], word.means[lang]) for name, word in written])


def _is_told(name: str, title: str, means: str) -> None:
    found = glm.what(name)
    assert (found.title, found.words) == (title, means)


def test_a_misspelt_word_is_guessed_in_either_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter too few, in the reader's language or the other one."""
    misspelt = [(name[:-2] + name[-1], name) for word in words() for name in word.word.values()]
    for lang in LANGS:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        check_each(_is_guessed, [(wrong, name) for wrong, name in misspelt if len(wrong) > 2])


def _is_guessed(wrong: str, name: str) -> None:
    found = glm.what(wrong)
    assert name in found.words or found.state == "word"  # the misspelling is a word of its own


def test_a_word_that_is_none_of_the_course_has_neighbours() -> None:
    """Near ones are named, and without any the list; nothing raises."""
    assert "latency" in glm.what("latensy").words
    assert "glm.what()" in glm.what("qqqq").words
    assert "barge-in" in glm.what().words
    for odd in (
        None,
        ...,
        3,
        [],
        Broken(),
        "",
        " ",
        "？！",
        "x" * 10_000,
        "\ud800",
        "<b>",
        glm.what,
    ):
        found = glm.what(odd)  # type: ignore[arg-type]
        assert found.words
        assert repr(found)
