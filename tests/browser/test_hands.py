"""The lessons' hands in a real JupyterLab, and in an export that reaches no other page."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server

HEAR = """def hear(silence=768):
    glm.plots.vad(clip, silence_duration_ms=silence)

glm.lessons.interact(hear, silence=(192, 2400, 96))"""
CELLS = [
    "import glmkit as glm; glm.use_language('en'); clip = glm.sample('joke_en')",
    "glm.lessons.chunk_hand(clip, guess=72)",
    HEAR,
    "glm.Recorder()",
]


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
    _interaction_follows(notebook)
    recorder = notebook.cell(3)
    notebook.until(lambda: recorder.get_by_role("button").count() > 0)
    assert not recorder.get_by_text("In Jupyter there is").is_visible()


def _interaction_follows(notebook: Notebook) -> None:
    """One figure is seen, and the still behind it is the newest one, too."""
    cell = notebook.cell(2)
    shown = cell.locator("img:visible")
    notebook.until(lambda: shown.count() == 1)
    before = shown.get_attribute("src")
    cell.get_by_role("slider").focus()
    notebook.page.keyboard.press("ArrowRight")
    notebook.until(lambda: shown.count() == 1 and shown.get_attribute("src") != before)
    after = shown.get_attribute("src")
    notebook.until(lambda: cell.locator(f'img[src="{after}"]').count() == 2)


@pytest.mark.long
def test_an_export_shows_what_its_widgets_showed(tmp_path: Path, open_browser: Open) -> None:
    """With the widgets' state and no network: a picture for each hand, words for a recorder."""
    cells = [nbformat.v4.new_code_cell(each) for each in CELLS]
    book = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(book, timeout=100, kernel_name="python3").execute()
    assert book.metadata.widgets
    (tmp_path / "export.html").write_text(
        HTMLExporter().from_notebook_node(book)[0], encoding="utf-8"
    )
    page = open_browser()
    page.context.set_offline(True)
    page.goto((tmp_path / "export.html").as_uri())
    shown = page.locator(".jp-CodeCell")
    for number in (1, 2):
        picture = shown.nth(number).locator("img:visible")
        assert picture.count() == 1
        assert picture.evaluate("image => image.naturalWidth") > 300
    assert shown.nth(3).get_by_text("In Jupyter there is a recorder").is_visible()
