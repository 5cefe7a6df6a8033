"""Run All in a real JupyterLab: every cell is queued at once, and every cell ends."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from browser.conftest import Open
from browser.jupyter import Notebook, Server

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.mark.parametrize(
    "name", ["01_first_conversation", "03_chunked_upload", "07_your_own_voice"]
)
def test_run_all_ends_without_an_error(lab: Server, open_browser: Open, name: str) -> None:
    """With top-level await, nested loops and live widgets in between: no cell is left behind."""
    shutil.copy(NOTEBOOKS / f"{name}.ipynb", lab.folder)
    page = open_browser(glm.sample("joke_zh"))
    notebook = Notebook(page, lab, f"{name}.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    code = page.locator(".jp-Notebook .jp-CodeCell")
    errors = page.locator('.jp-OutputArea-output[data-mime-type*="error"]')
    notebook.until(lambda: errors.count() > 0 or all(map(ended, prompts(page))), 300)
    assert errors.all_inner_texts() == []
    assert len(prompts(page)) == code.count()
    if name.startswith("07"):
        assert page.locator("section.glmkit").count() == 2
        assert "stands in" in page.inner_text(".jp-Notebook")


def prompts(page: Any) -> list[str]:
    found: list[str] = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    return found


def ended(prompt: str) -> bool:
    return prompt.strip("[]: ").isdecimal()
