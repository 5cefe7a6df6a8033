"""Run All in a real JupyterLab: every cell is queued at once, and every cell ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import glmkit as glm
from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["01_first_conversation", "03_chunked_upload", "07_your_own_voice"]
)
def test_run_all_ends_without_an_error(lab: Server, open_browser: Open, name: str) -> None:
    """With top-level await, nested loops and live widgets in between: no cell is left behind."""
    shutil.copy(NOTEBOOKS / f"{name}.ipynb", lab.folder)
    page = open_browser(glm.sample("joke_zh"))
    notebook = Notebook(page, lab, f"{name}.ipynb")
    notebook.run_all()
    code = page.locator(".jp-Notebook .jp-CodeCell")
    errors = page.locator('.jp-OutputArea-output[data-mime-type*="error"]')
    notebook.until(lambda: errors.count() > 0 or all(map(ended, notebook.prompts())), 150)
    assert errors.all_inner_texts() == []
    assert len(notebook.prompts()) == code.count()
    if name.startswith("07"):
        assert page.locator("section.glmkit").count() == 2
        assert "stands in" in page.inner_text(".jp-Notebook")


def ended(prompt: str) -> bool:
    return prompt.strip("[]: ").isdecimal()
