"""Where a process runs is decided in one place: notebook, IPython, script, offline."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import glmkit as glm
from glmkit import environment
from glmkit.environment.kernel import ipykernel_major

ASKED = (
    "from glmkit.environment.kernel import in_kernel, nobody_types, shell; "
    "print(shell() is not None, in_kernel(), nobody_types())"
)


def test_a_script_without_a_terminal() -> None:
    """No shell, no kernel, nobody; and IPython is not imported for the question."""
    words = [sys.executable, "-c", f"{ASKED}; import sys; print('IPython' in sys.modules)"]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout.split() == ["False", "False", "True", "False"], done.stderr


@pytest.mark.slow
def test_a_script_without_stdout_has_a_turn(tmp_path: Path) -> None:
    """As under pythonw: the line about the missing key goes nowhere, as print's would."""
    script = "import sys; sys.stdout = None; import glmkit as glm; glm.connect().ask('Hello')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "GLMKIT_TO": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_ipython_in_a_terminal_is_no_kernel() -> None:
    """There is a shell, and no notebook."""
    words = [sys.executable, "-m", "IPython", "--no-banner", "--quick", "-c", ASKED]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout.split() == ["True", "False", "True"], done.stderr


@pytest.mark.slow
def test_an_unattended_notebook() -> None:
    """A kernel runs, and nobody types."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ASKED)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert notebook.cells[0].outputs[0]["text"].split() == ["True", "True", "True"]


def test_the_kernels_version_is_read() -> None:
    """The major number of the package that is installed."""
    assert version("ipykernel").startswith(f"{ipykernel_major()}.")


@pytest.mark.parametrize(
    ("value", "offline"),
    [(None, False), ("", False), ("0", False), ("No", False), ("false ", False), ("1", True)],
)
def test_offline_is_what_the_variable_says(
    value: str | None, offline: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unset and the words for no mean no; anything else is yes."""
    if value is not None:
        monkeypatch.setenv("GLMKIT_OFFLINE", value)
    assert environment.offline() is offline


def test_a_notebook_chooses_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, samples and the processes that are started follow; anything else is refused."""
    monkeypatch.setenv("GLMKIT_LANG", "en")
    for lang in ("zh", "en"):
        glm.use_language(lang)
        assert os.environ["GLMKIT_LANG"] == lang
        assert glm.sample("joke") == glm.sample(f"joke_{lang}")
    for other in ("fr", "", None, 1):
        with pytest.raises(glm.errors.BadArgument, match='expected "en" or "zh"'):
            glm.use_language(other)  # type: ignore[arg-type]
