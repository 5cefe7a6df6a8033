"""What goes to the page: one module that asks no network, and every sentence it says."""

from __future__ import annotations

import re

import pytest

from glmkit.texts.widgets import TEXTS
from glmkit.widgets import assets

WORDS = {key.removeprefix("widgets.ui_") for key in TEXTS if key.startswith("widgets.ui_")}


def test_every_sentence_the_module_asks_for_exists() -> None:
    """By name in say("…") and in the keys of buttons; names made of parts begin rightly."""
    module = assets.module()
    asked = set(re.findall(r'\b(?:say|button|key)\("(\w+)"', module))
    assert asked - WORDS == set()
    made = set(re.findall(r"say\(`(\w+)_\$\{", module))
    assert made == {"state", "talk", "problem", "seen"}


def test_every_sentence_of_the_page_is_said() -> None:
    """None is left behind."""
    module = assets.module()
    unsaid = {
        name
        for name in WORDS
        if not re.search(rf'"{name}"', module)
        and not re.search(r"^(state|talk|problem|seen)_", name)
    }
    assert unsaid == set()
    codes = {name.removeprefix("problem_") for name in WORDS if name.startswith("problem_")}
    said_by_python = {"bad_file"}
    assert {code for code in codes if f'"{code}"' not in module} == said_by_python


def test_the_module_asks_no_network() -> None:
    """No address, no fetch, no import of anything that is not beside it."""
    module = assets.module()
    assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|^\s*import ", module, re.MULTILINE)
    assert module.count("export default") == 1
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
        assert style.count(f"--glmkit-{name}:") == 4, name  # two themes, each twice
