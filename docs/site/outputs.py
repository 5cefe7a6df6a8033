"""What a page without a kernel shows of an executed notebook.

Rules
- Players, timelines, cards, tables and figures are HTML and pictures with their code: they stay.
- A slider is shown as it stood, its picture below it; a bar that is full is left out.
- A recorder or a live talk says that it needs a kernel, by the still behind it.
- Where it ran is nobody's matter: folders of that machine become plain names.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import nbformat

from docs.site.pages import ROOT
from docs.site.sentences import sentence
from glmkit.texts import Language
from glmkit.widgets.exported_still import METADATA

_VIEW: Final = "application/vnd.jupyter.widget-view+json"
_STATE: Final = "application/vnd.jupyter.widget-state+json"
_PICTURES: Final = ("image/", "application/")
_CONTROL: Final = re.compile("Slider|Dropdown")
_SAY_IT: Final = ("recorder", "talk")  # by their stills


def settle_outputs(notebook: Any, lang: Language) -> None:
    """Make the outputs of ``notebook`` what a page can show, in place."""
    held = notebook.metadata.pop("widgets", {}).get(_STATE, {}).get("state", {})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [_neutral(each) for each in _settled(cell.outputs, held, lang)]


def _settled(outputs: list[Any], held: dict[str, Any], lang: Language) -> Iterator[Any]:
    pictured = False  # the widget before has shown its picture itself: its still is one too many
    for output in outputs:
        view = output.get("data", {}).get(_VIEW)
        if view is not None:
            parts = list(_parts(view["model_id"], held))
            inside = [each for part in parts for each in part["state"].get("outputs", ())]
            yield from _notes(parts, lang)
            yield from map(nbformat.from_dict, inside)
            pictured = bool(inside)
        elif not (pictured and METADATA.items() <= output.get("metadata", {}).items()):
            yield output


def _notes(parts: list[Any], lang: Language) -> Iterator[Any]:
    """What a widget is, where nothing else says it."""
    kinds = {each["model_name"] for each in parts}
    if "AnyModel" in kinds and parts[0]["state"].get("options", {}).get("kind") not in _SAY_IT:
        yield _note(sentence(lang, "widget"))
    elif any("Slider" in kind for kind in kinds):
        yield _note(sentence(lang, "slider", values=_values(parts)))


def _parts(model: str, held: dict[str, Any]) -> Iterator[Any]:
    """A widget and what is inside it."""
    if model in held:
        yield held[model]
        for child in held[model]["state"].get("children", ()):
            yield from _parts(child.removeprefix("IPY_MODEL_"), held)


def _values(parts: list[Any]) -> str:
    """``silence = 768, threshold = 0.85``: what the sliders, and lists beside them, stood at."""
    controls = [each["state"] for each in parts if _CONTROL.search(each["model_name"])]
    return "; ".join(f"{state['description']} = {_value(state)}" for state in controls)


def _value(state: dict[str, Any]) -> object:
    if "value" in state:
        return state["value"]
    return state["_options_labels"][state["index"]]


def _note(words: str) -> Any:
    html = f'<p class="site-note">{escape(words)}</p>'
    return nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": words})


def _neutral(value: Any) -> Any:
    """The same without folders of this machine, whatever it is made of."""
    if isinstance(value, str):
        return _without_places(value)
    if isinstance(value, list):
        return [_neutral(each) for each in value]
    if isinstance(value, dict):
        items = {k: v if k.startswith(_PICTURES) else _neutral(v) for k, v in value.items()}
        return nbformat.from_dict(items)
    return value


#: The file that a kernel makes of a cell, before a warning from it.
_CELL_FILE: Final = re.compile(r"^\S*ipykernel_\d+[/\\]\d+\.py:\d+: ", re.MULTILINE)


def _without_places(words: str) -> str:
    for place, name in places():
        words = place.sub(name, words)
    return _CELL_FILE.sub("", words)


@cache
def places() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Folders that pages must not name, the longest first, and what stands in their place.

    Not found in the middle of base64, which has slashes, too.
    """
    named = {
        str(Path(sys.prefix)): ".venv",
        str(ROOT): "glmkit",
        str(Path.home()): "~",
        **dict.fromkeys(
            (tempfile.gettempdir(), str(Path(tempfile.gettempdir()).resolve())), "temp"
        ),
    }
    spelt = {
        form: name
        for place, name in named.items()
        if len(place) > 3  # the root of a disk is no secret
        for form in (place, place.replace("\\", "\\\\"), place.replace("\\", "/"))
    }
    longest_first = sorted(spelt.items(), key=lambda pair: -len(pair[0]))
    return tuple(
        (re.compile(rf"(?<![\w+/]){re.escape(place)}(?![\w+-])"), name)
        for place, name in longest_first
    )
