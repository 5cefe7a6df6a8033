"""glm.look: one switch, by call or by variable, and what a notebook's own settings add."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.environment.looks import theme_of_figures
from glmkit.errors import BadArgument
from glmkit.process_values import process
from tests.listed import check_each

CHOICES = [
    (("dark",), "glm.look('dark')"),
    (("Projector", "DARK"), "glm.look('projector', 'dark')"),
    (("dark", "projector"), "glm.look('projector', 'dark')"),
    (("narrow, light",), "glm.look('narrow', 'light')"),
    (("auto", "light"), "glm.look('light')"),
    (("auto",), "glm.look('auto')"),
    ((None,), "glm.look('auto')"),
]
MISTAKES = [
    (("sepia",), "'sepia', expected one of: projector, narrow, light, dark, auto"),
    (("dark", "light"), "light + dark, which exclude each other"),
    (("narrow,projector",), "projector + narrow"),
    (("",), "is ''"),
    ((7,), "is 7"),
]


def test_a_choice_stays_until_the_next_one() -> None:
    """It says how it is made again; looks come in any order and case; without any, none changes."""
    check_each(_is_chosen, CHOICES)


def _is_chosen(looks: tuple[str | None, ...], shown: str) -> None:
    glm.look("projector", "light")
    assert repr(glm.look(*looks)) == shown == repr(glm.look())
    assert eval(shown, {"glm": glm}) == glm.look()


def test_what_is_no_look_is_named_and_changes_nothing() -> None:
    """The error lists the looks there are, in the reader's language."""
    glm.look("dark")
    check_each(_is_refused, MISTAKES)
    assert repr(glm.look()) == "glm.look('dark')"


def _is_refused(looks: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadArgument) as caught:
        glm.look(*looks)
    assert said in str(caught.value)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_variable_sets_the_default(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """A wrong word is one error, at first need; a call counts more, and auto leads back to it."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    monkeypatch.setenv("GLMKIT_LOOK", "Projector, dark")
    assert repr(glm.look()) == "glm.look('projector', 'dark')"
    assert repr(glm.look("light")) == "glm.look('light')"
    assert repr(glm.look("auto")) == "glm.look('projector', 'dark')"
    process.reset()
    monkeypatch.setenv("GLMKIT_LOOK", "beamer")
    with pytest.raises(BadArgument, match=r"GLMKIT_LOOK.*'beamer'.*projector, narrow"):
        glm.look()
    assert theme_of_figures() == "light"


THEMES = [
    ('{\n // "theme": "JupyterLab Light"\n "theme": "JupyterLab Dark"\n}', "dark"),
    ('{"theme": "JupyterLab Dark High Contrast"}', "dark"),
    ('{"theme": "JupyterLab Light"}', "light"),
    ('{"theme": "JupyterLab Dark", "adaptive-theme": true}', "light"),
    ('{"theme": "Solarized"}', "light"),
    ('{"theme": ', "light"),
    ("{}", "light"),
]
IN_A_KERNEL = """
import sys
from types import SimpleNamespace
sys.modules["IPython"] = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=sys))
from pathlib import Path
from glmkit.environment.looks import theme_of_figures
for line in sys.stdin.read().split("\\0"):
    Path(sys.argv[1]).write_text(line, encoding="utf-8")
    print(theme_of_figures())
"""


@pytest.mark.slow
def test_a_figure_takes_the_theme_that_jupyterlab_was_given(tmp_path: Path) -> None:
    """Where its kernel runs below Jupyter Server; what is not said, or not known, is light."""
    file = tmp_path / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    file.parent.mkdir(parents=True)
    for server, expected in (({"JPY_SESSION_NAME": "a.ipynb"}, [t for _, t in THEMES]), ({}, [])):
        done = subprocess.run(
            [sys.executable, "-c", IN_A_KERNEL, str(file)],
            input="\0".join(settings for settings, _ in THEMES),
            env={**_environment(), **server, "JUPYTERLAB_SETTINGS_DIR": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        )
        assert done.stdout.split() == (expected or ["light"] * len(THEMES))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("JPY_")}
