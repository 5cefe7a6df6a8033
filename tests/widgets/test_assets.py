"""What goes to the page: one module that asks no network, and every sentence it says."""

from __future__ import annotations

import re

import pytest

import glmkit as glm
from glmkit.plots.drawing.palette import THEMES
from glmkit.texts.widgets import TEXTS
from glmkit.widgets import assets

ENTRIES = ("anywidget.js", "page.js")
SCRIPTS = {
    path.name: path.read_text(encoding="utf-8") for path in sorted(assets.STATIC.glob("*.js"))
}
WORDS = {key.removeprefix("widgets.ui_") for key in TEXTS if key.startswith("widgets.ui_")}


def test_every_sentence_the_module_asks_for_exists() -> None:
    """By name in say("…") and in the keys of buttons; names made of parts begin rightly."""
    module = assets.module()
    asked = set(re.findall(r'\b(?:say|button|key)\("(\w+)"', module))
    assert asked - WORDS == set()
    made = set(re.findall(r"say\(`(\w+)_\$\{", module))
    assert made == {"state", "talk", "problem", "seen", "picture"}


def test_every_sentence_of_the_page_is_said() -> None:
    """None is left behind."""
    module = assets.module()
    unsaid = {
        name
        for name in WORDS
        if not re.search(rf'"{name}"', module)
        and not re.search(r"^(state|talk|problem|seen|picture)_", name)
    }
    assert unsaid == set()
    codes = {name.removeprefix("problem_") for name in WORDS if name.startswith("problem_")}
    said_by_python = {"bad_file"}
    assert {code for code in codes if f'"{code}"' not in module} == said_by_python


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_module_asks_no_network(entry: str) -> None:
    """No address, no fetch, and nothing left to import."""
    module = assets.module(entry)
    asking = r"https?://|\bfetch\(|XMLHttpRequest|^\s*import\b|\bimport\("
    assert not re.search(asking, module, re.MULTILINE)
    assert module.count("export ") == (entry == "anywidget.js")


def test_anywidget_finds_a_default_export() -> None:
    """The last line of the module gives the factory."""
    assert assets.module().endswith("\nexport default widget;\n")


def test_every_script_is_imported_by_another_or_an_entry() -> None:
    """No file is left behind, and nothing is exported that nobody imports."""
    imports = [
        found
        for script in SCRIPTS.values()
        for found in re.findall(r'^import (.+?) from "\./(.+?)"', script, re.MULTILINE | re.DOTALL)
    ]
    assert set(SCRIPTS) == {*ENTRIES, *(file for _, file in imports)}
    imported = {(file, name) for names, file in imports for name in re.findall(r"\w+", names)}
    exported = {
        (file, name)
        for file, script in SCRIPTS.items()
        for name in re.findall(r"^export (?:async )?(?!default)\w+ (\w+)", script, re.MULTILINE)
    }
    assert exported == imported - {("worklet.js", "WORKLET")}  # its text


def test_the_style_asks_no_network() -> None:
    """It brings no other sheet, picture or font."""
    assert "@import" not in assets.style()
    assert "url(" not in assets.style()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_fills_in_the_fields(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """They arrive as {names}, in either language."""
    monkeypatch.setenv("GLMKIT_LANG", language)
    words = assets.words()
    assert "{left}" in words["left"]
    assert words["record"] == ("录音" if language == "zh" else "Record")


def test_both_themes_have_every_colour() -> None:
    """Each --glmkit- name the sheets and the module use is given, light and dark."""
    style = assets.style()
    used = set(re.findall(r"var\(--glmkit-([\w-]+)\)", style))
    used |= set(re.findall(r'colour\(element, "(\w+)"\)', assets.module()))
    for name in used:
        assert style.count(f"--glmkit-{name}:") == 3, (
            name
        )  # light, dark, and where the system asks for dark


def test_a_page_is_told_the_look() -> None:
    """Which the outermost element then carries; its style sheet knows every one."""
    assert assets.options(kind="talk")["look"] == ""
    glm.look("projector", "dark")
    assert assets.options()["look"] == "projector dark"
    assert "dataset.glmLook = look" in assets.module()
    assert all(f'[data-glm-look~="{each}"]' in assets.style() for each in ("projector", *THEMES))
