"""Runs the experiments, and keeps their figures: ``python docs/experiments/figures.py [NAME …]``.

Each notebook runs as it is, in both languages, in a folder under ``rows/``, where its rows stay: a
second call takes them from there, so that an interrupted one goes on. The last picture of a
notebook becomes ``NAME.png`` beside it, and its last words, what was found, are printed.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = Path(__file__).parent
EDITIONS = {"en": ("", HERE), "zh": (".zh-CN", HERE / "zh")}
#: What says the same to the peer in both languages is measured once.
SPOKEN_ALIKE = frozenset({"02_chunks_and_networks"})
CELL_SECONDS = 7200
COLOURS = 48  # of a picture: half the bytes, and nobody sees it


def main(names: list[str]) -> None:
    """Run the named experiments, or all of them."""
    for path in sorted(HERE.glob("[0-9]*.ipynb")):
        if not names or path.stem in names:
            for lang, (edition, folder) in EDITIONS.items():
                notebook = executed(folder / path.name, lang)
                keep(last_picture(notebook), HERE / f"{path.stem}{edition}.png")
                print(last_words(notebook))


def executed(path: Path, lang: str) -> Any:
    """A notebook with its outputs; its rows stay in a folder of their own."""
    rows = HERE / "rows" / ("both" if path.stem in SPOKEN_ALIKE else lang)
    rows.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(path, as_version=4)
    kernel = {**os.environ, "GLMKIT_LANG": lang, "GLMKIT_LOOK": "light", "PYTHONUTF8": "1"}
    place = {"metadata": {"path": str(rows)}}
    NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3", resources=place).execute(
        env=kernel
    )
    return notebook


def last_picture(notebook: Any) -> bytes:
    """The last picture that a notebook shows."""
    pictures = [o.data["image/png"] for o in outputs(notebook) if "image/png" in o.get("data", {})]
    return base64.b64decode(pictures[-1])


def last_words(notebook: Any) -> str:
    """The last words that a notebook prints."""
    return [str(o.text) for o in outputs(notebook) if o.get("name") == "stdout"][-1]


def outputs(notebook: Any) -> Iterator[Any]:
    """All that its cells showed, in their order."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
