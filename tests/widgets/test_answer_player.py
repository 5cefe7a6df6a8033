"""``play=True`` in a notebook that is run unattended, and what an exported one shows."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

CELL = """
import glmkit as glm
session = glm.connect("emulator")
turn = session.ask("Who are you?", play=True)
session.close()
"""


@pytest.mark.slow
def test_run_unattended_it_leaves_the_usual_player() -> None:
    """No widget that nobody would see, and no waiting; the export has the player as well."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    shown: list[dict[str, Any]] = [each["data"] for each in book.cells[0].outputs if "data" in each]
    shown = [data for data in shown if data["text/plain"]]  # a line said what was waited for
    assert [data["text/html"].count("<audio ") for data in shown] == [1]
    assert "application/vnd.jupyter.widget-view+json" not in shown[0]
    page, _ = HTMLExporter().from_notebook_node(book)
    assert (page.count("<audio "), page.count("waiting for")) == (1, 0)
