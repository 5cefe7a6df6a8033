"""The lessons' hands in a real JupyterLab: a control that is moved redraws its picture."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server

CELLS = ["import glmkit as glm", "glm.lessons.chunk_hand(glm.sample('joke_en'), guess=72)"]


@pytest.mark.long
def test_a_hand_is_moved_by_the_keyboard(lab: Server, open_browser: Open) -> None:
    """An arrow key moves the slider by a step; picture and words below it follow, once shown."""
    lab.write("hand.ipynb", CELLS)
    notebook = Notebook(open_browser(), lab, "hand.ipynb")
    for number in range(len(CELLS)):
        notebook.run(number)
    cell = notebook.cell(1)
    picture, words = cell.locator("img.widget-image"), cell.locator(".widget-html-content").first
    notebook.until(lambda: picture.count() == 1 and "100 ms" in words.inner_text())
    assert cell.locator("img:visible").count() == 1  # the export's picture is hidden
    before = picture.get_attribute("src")
    cell.get_by_role("slider").focus()
    notebook.page.keyboard.press("ArrowLeft")
    notebook.until(lambda: "80 ms" in words.inner_text())
    notebook.until(lambda: picture.get_attribute("src") != before)
