"""Lesson 12: the watch's made-up day, what a talk would take, and the talks that go wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument
from glmkit.lab.rehearsal import Rehearsal
from glmkit.protocol.script_file import packed, read_script
from glmkit.session.budget import YUAN_PER_MINUTE
from tests.lab.rehearsed import a_line, a_rehearsal, failed
from tests.lessons.test_hands import written_on
from tests.listed import check_each

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

# -- a watch's day -------------------------------------------------------------------------


def test_a_day_is_the_same_for_the_same_seed() -> None:
    """48 readings, the fastest in the evening; and it says that it is made up."""
    day = glm.lessons.watch_day()
    assert day == glm.lessons.watch_day(12) != glm.lessons.watch_day(13)
    assert len(day.heart_rate) == len(day.steps) == 48
    assert day.at("18:30") == day.at("18:59") == max(day.heart_rate) == 152
    assert day.at("0:00") == day.heart_rate[0] < 70
    assert "made up" in repr(day)


def test_a_slip_changes_one_reading() -> None:
    """Ten times too high; the day it was made of stays as it was."""
    day = glm.lessons.watch_day()
    slipped = day.slipped("18:30")
    assert slipped.at("18:30") == 1520
    assert day.at("18:30") == 152
    assert sum(a != b for a, b in zip(day.heart_rate, slipped.heart_rate, strict=True)) == 1


def test_what_is_no_time_or_seed_is_refused() -> None:
    """In words that say what was expected."""
    day = glm.lessons.watch_day()
    clocks: list[Any] = ["", "24:00", "12:60", "noon", "<b>", "-1:00", 18.5, None, ["18:30"]]
    check_each(_refused, [(day.at, each) for each in clocks])
    check_each(_refused, [(day.slipped, each) for each in clocks])
    seeds: list[Any] = [-1, 2**32, 1.5, True, float("nan"), "12", None]
    check_each(_refused, [(glm.lessons.watch_day, each) for each in seeds])
    check_each(_refused, [(glm.lessons.plot_day, each) for each in (None, [1, 2], "day")])


def _refused(call: Callable[[Any], object], given: object) -> None:
    with pytest.raises(BadArgument, match="expected"):
        call(given)


@pytest.mark.parametrize(("lang", "made_up"), [("en", "nobody wore"), ("zh", "没有人戴过")])
def test_a_day_is_drawn_with_what_cannot_be(
    lang: str, made_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The impossible reading is named and marked; a day without one has no mark."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    day = glm.lessons.watch_day()
    plain = glm.lessons.plot_day(day)
    slipped = glm.lessons.plot_day(day.slipped("18:30"), theme="dark")
    assert made_up in written_on(plain)
    assert "152" in written_on(plain)
    assert "1520" not in written_on(plain)
    assert written_on(slipped).count("1520") == 2  # in the title, and at its mark


# -- what a talk would take ----------------------------------------------------------------


def test_a_talk_is_reckoned_before_it_is_played() -> None:
    """Minutes and yuan; pictures cost more; several scripts add up; nothing is sent."""
    sound, video = YUAN_PER_MINUTE["glm-realtime-flash"]
    desk, tutor = (glm.lessons.talk_estimate(name) for name in ("service_desk", "tutor"))
    assert desk.yuan == pytest.approx(desk.minutes * video)
    assert tutor.yuan == pytest.approx(tutor.minutes * sound)
    assert "with pictures" in repr(desk)
    assert "pictures" not in repr(tutor)
    both = glm.lessons.talk_estimate(["service_desk", "tutor"])
    assert both.lines == desk.lines + tutor.lines
    assert both.yuan == pytest.approx(desk.yuan + tutor.yuan)


def test_what_is_no_script_is_not_reckoned() -> None:
    """As a rehearsal refuses it."""
    nothing: list[Any] = ["nobody", "", None, 12, []]
    check_each(_no_script, [(each,) for each in nothing])


def _no_script(given: object) -> None:
    with pytest.raises(BadArgument):
        glm.lessons.talk_estimate(given)


# -- exercises that take a rehearsal -------------------------------------------------------


def test_a_rehearsal_is_looked_at() -> None:
    """Its lines, what they expect, whether they passed; what is none is told what is wanted."""
    passed = a_rehearsal({1: 1, 2: 1, 3: 1}, runs=1)
    assert "the words behind not: found none" in glm.check("12-2", passed).words
    rows = tuple(a_line(n, **_forbids(met=True)) for n in (1, 2, 3))
    assert glm.check("12-2", Rehearsal(rows)).state == "right"
    assert "found 2" in glm.check("12-2", Rehearsal(rows[:2])).words
    wrong = Rehearsal((*rows[:2], a_line(3, **_forbids(met=False))))
    assert "whether every line passed" in glm.check("12-2", wrong).words
    of_the_file = tuple(a_line(n, **_forbids(met=True, words="1520")) for n in (1, 2, 3))
    assert "found 1520, expected 76 among them" in glm.check("12-2", Rehearsal(of_the_file)).words
    once = Rehearsal(tuple(a_line(n, **_forbids(met=False)) for n in range(6)))
    assert "the runs: found 1" in glm.check("12-3", once).words
    others = (3, "watch.yaml", [passed, passed], object())
    check_each(_asks_for_a_rehearsal, [(each,) for each in others])


def _forbids(*, met: bool, words: str = "1520 + 76") -> dict[str, Any]:
    """What makes a line one that must not say something."""
    [wrong] = failed()["expectations"]
    return {"expectations": (type(wrong)("not", words, "yes", met=met),)}


def _asks_for_a_rehearsal(given: object) -> None:
    assert "rehearsal" in glm.check("12-2", given).words


@pytest.mark.slow
def test_the_kits_own_talk_is_nobodys_homework(glm_emulator: Emulator) -> None:
    """A script of one's own is asked for."""
    where = {"to": glm_emulator.url, "api_key": glm_emulator.key}
    played = glm.lab.rehearse("tutor", written=True, modalities=["text"], **where)
    assert played.passed
    assert "your own" in glm.check("12-2", played).words


# -- the talks of the notebook -------------------------------------------------------------


@pytest.fixture(params=["en", "zh"])
def cells(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The code of an edition, by the ids of its cells."""
    monkeypatch.setenv("GLMKIT_LANG", request.param)
    folder = NOTEBOOKS / ("zh" if request.param == "zh" else "")
    read = nbformat.read(folder / "12_scenarios.ipynb", as_version=4)
    return {cell.id: cell.source for cell in read.cells if cell.cell_type == "code"}


@pytest.fixture
def desk(
    cells: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """The names that the cells see: an emulator that answers from all three scripts of theirs."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"glm": glm, "Path": Path}
    _run(cells, names, "orders", "lecture", "file", "find", "times", "day", "rate", "slip")
    Path("lecture.yaml").write_text(names["lecture"], encoding="utf-8")
    files = [read_script(Path(f"{name}.yaml")) for name in ("orders", "lecture", "watch")]
    with Emulator.start(scripts=[packed(each) for each in files]) as emulator:
        where = {"to": emulator.url, "api_key": emulator.key}
        yield {**names, "manner": {**where, "written": True, "modalities": ["text"]}}


def _run(cells: dict[str, str], names: dict[str, Any], *ids: str) -> None:
    for id in ids:
        exec(compile(cells[id], id, "exec"), names)


@pytest.mark.slow
def test_each_mistake_is_caught_and_mended(cells: dict[str, str], desk: dict[str, Any]) -> None:
    """An invented order, a wrong sum, 1520 beats: one line fails, and passes with a function."""
    _run(cells, desk, "invented", "looked", "wrong", "right", "believed", "checked", "sound")
    caught = {"invented": ("looked_up", 2), "wrong": ("right", 3), "believed": ("sound", 1)}
    for before, (after, line) in caught.items():
        assert [each.line for each in desk[before].lines if not each.passed] == [line], before
        assert desk[after].passed, str(desk[after])


def test_scripts_are_written_by_short_cells(cells: dict[str, str]) -> None:
    """A person edits them: each is a text in one cell of at most twelve lines."""
    for id in ("orders", "lecture", "file", "turned"):
        assert len(cells[id].splitlines()) <= 12
        assert any(isinstance(node, ast.Assign) for node in ast.parse(cells[id]).body)
