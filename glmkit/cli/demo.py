"""``glmkit demo``: the first notebook run against the emulator, and what it leaves behind.

The notebook is executed as it is, by a real kernel; one more cell, which the page doesn't show,
writes the answer's sound and the figure.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glmkit.cli.course import FIRST, notebooks
from glmkit.environment.features import needs
from glmkit.errors import Missing
from glmkit.session.blocking.background_loop import loop_thread
from glmkit.texts import language, text

_CELL_SECONDS = 120

#: The page's template without the scripts that would be fetched: they load, typeset and draw what
#: these notebooks don't have.
_PAGE = """\
{% extends 'lab/index.html.j2' %}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block jupyter_widgets %}{% endblock %}
"""

_LEAVE = """\
from glmkit.cli.demo import leave
leave(session.turns[0], {folder!r})
"""


def what_would_be_better() -> str | None:
    """The one line to read where the emulator's speech models are not in place."""
    from glmkit.emulator.weights import models

    absent = [each for each in models.status() if each.path is None]
    if not absent:
        return None
    return text("cli.no_voices", size=models.megabytes(sum(e.download_bytes for e in absent)))


@dataclass(frozen=True, slots=True)
class Left:
    """What a demo left: the page, the answer's sound, the figure, and the turn in words."""

    page: Path
    answer: Path
    figure: Path
    words: tuple[str, ...]

    def lines(self) -> list[str]:
        """What a person reads at the end."""
        return [*self.words, *(str(path) for path in (self.page, self.answer, self.figure))]


def run_demo(folder: Path) -> Left:
    """Run the first notebook against the emulator and leave its results in ``folder``."""
    needs("demo")
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    book = nbformat.read(notebooks() / FIRST, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell(_LEAVE.format(folder=str(folder.resolve()))))
    execute(book)
    last = book.cells.pop()
    words = json.loads("".join(output.get("text", "") for output in last.outputs))
    _leave_out_links(book)
    page = folder / "first_conversation.html"
    page.write_text(as_page(book), encoding="utf-8")
    return Left(page, folder / "answer.wav", folder / "conversation.png", tuple(words))


def execute(book: Any) -> None:
    """Run every cell of ``book`` in a kernel of this very Python, with the emulator, and a bar."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from tqdm import tqdm

    environment = {**os.environ, "GLMKIT_TO": "emulator", "PYTHONUTF8": "1"}
    shown = f"{{desc}} {{bar}} {{n_fmt}}/{{total_fmt}} {text('cli.unit_cells')} · {{elapsed}}"
    count, words = len(_code(book)), text("cli.running")
    with tqdm(total=count, desc=words, bar_format=shown, file=sys.stderr) as bar:
        client = NotebookClient(
            book,
            timeout=_CELL_SECONDS,
            kernel_name="python3",
            shutdown_kernel="immediate",  # also in the middle of a cell, where it would not listen
            extra_arguments=["--log-level=ERROR"],  # it would warn of its own TCP on loopback
            resources={"metadata": {"path": str(notebooks())}},
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            # nbclient takes Ctrl+C for itself in the main thread, and trips over what it has ended
            loop_thread().carry(client.async_execute(env=environment))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise Missing(_failure(book, error)) from None


def _failure(book: Any, error: Exception) -> str:
    """One sentence, with the cell's own error instead of the many frames around it."""
    where = [n for n, cell in enumerate(_code(book), 1) if _failed(cell)]
    name = getattr(error, "ename", None)  # of the error in the cell
    found = str(error) if name is None else f"{name}: {getattr(error, 'evalue', '')}"
    cell = where[0] if where else "?"
    return text("cli.failed", name=FIRST, cell=cell, found=found)


def _leave_out_links(book: Any) -> None:
    """Other notebooks don't lie beside the page: their names stay, without a link to nowhere."""
    for cell in book.cells:
        cell.source = re.sub(r"\[([^\]]+)\]\(\w+\.ipynb\)", r"\1", cell.source)


def _code(book: Any) -> list[Any]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def _failed(cell: Any) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def as_page(book: Any) -> str:
    """An executed notebook as one HTML page that needs nothing else, no network either."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(embed_images=True, raw_template=_PAGE, language_code=language())
    page, _ = exporter.from_notebook_node(book, {"metadata": {"name": _title(book)}})
    return str(page)


def _title(book: Any) -> str:
    """What the notebook calls itself: its first heading."""
    prose = (cell.source for cell in book.cells if cell.cell_type == "markdown")
    heading = re.search(r"^# +(.+)$", "\n".join(prose), re.MULTILINE)
    return heading[1] if heading else text("cli.running")


def leave(turn: Any, folder: str) -> None:
    """Write a turn's answer and its figure to ``folder``, and its lines to stdout as JSON."""
    import matplotlib.pyplot

    from glmkit.plots import waveform

    turn.audio.write(Path(folder, "answer.wav"))
    waveform(turn).figure.get_figure(root=True).savefig(Path(folder, "conversation.png"), dpi=150)
    matplotlib.pyplot.close("all")  # the page has the notebook's own figure
    sys.stdout.write(json.dumps(str(turn).splitlines()))
