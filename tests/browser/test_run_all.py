"""Run All in a real JupyterLab: every cell is queued at once, every cell ends, all is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glmkit as glm
from tests.browser.conftest import Open
from tests.browser.jupyter import Server
from tests.browser.shown_lesson import ShownLesson
from tests.notebooks.test_notebooks import BUSY, PROMISED

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SECONDS = 240  # what a whole lesson may take on a machine that has much else to do
#: Some of each edition: with nested loops, live widgets, rehearsals, processes.
LESSONS = (
    "01_first_conversation",
    "03_chunked_upload",
    "07_your_own_voice",
    "13_from_the_blog_script",
    "zh/08_functions",
    "zh/12_scenarios",
)
#: Those that show a turn, and with it a player.
SHOWING_TURNS = {"01_first_conversation", "zh/08_functions", "zh/12_scenarios"}


@pytest.mark.long
@pytest.mark.parametrize("name", LESSONS)
def test_run_all_shows_what_a_lesson_promises(lab: Server, open_browser: Open, name: str) -> None:
    """No error, no warning, no empty place; figures, players and sounds are there and are whole."""
    lesson = ShownLesson(open_browser(voice_for(name)), lab, copied(name, lab.folder))
    lesson.run(SECONDS)
    assert lesson.errors == []
    assert [each for each in lesson.warnings if BUSY.search(each) is None] == []
    assert lesson.broken_widgets == []
    figures, sounds = PROMISED[Path(name).stem]
    assert len(lesson.figures) + len(lesson.players) >= figures
    assert min(map(min, lesson.figures), default=200) >= 200
    assert all(lesson.players)
    assert lesson.players or name not in SHOWING_TURNS
    assert len(lesson.sounds) >= sounds
    assert min(lesson.sounds, default=1.0) > 0.05
    if sounds or lesson.players:
        lesson.play()
    if name.startswith("07"):
        assert lesson.page.locator("section.glmkit").count() == 2
        assert "stands in" in lesson.page.inner_text(".jp-Notebook")
    assert lesson.hosts == {"127.0.0.1"}
    assert lesson.complaints == []


def voice_for(name: str) -> glm.Clip | None:
    """What the microphone hears, in the one lesson that has one."""
    return glm.sample("joke_zh") if "your_own_voice" in name else None


def copied(name: str, folder: Path) -> str:
    """A copy of a lesson in ``folder``, where it may write; its path there."""
    path = folder / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(NOTEBOOKS / f"{name}.ipynb", path)
    return f"{name}.ipynb"
