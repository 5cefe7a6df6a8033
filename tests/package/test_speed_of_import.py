"""``import glmkit`` loads nothing heavy, and yet everybody sees every public name."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import glmkit as glm
from tests.listed import check_each

ROOT = Path(__file__).parents[2]
HEAVY = "numpy matplotlib librosa anywidget jwt websockets msgspec soundfile soxr pandas asyncio"
LOADED = f"""
import glmkit, json, sys
print(json.dumps([name for name in {HEAVY.split()} if name in sys.modules]))
"""


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A Python of its own."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=300, cwd=cwd, check=False
    )


def test_the_import_loads_nothing_heavy() -> None:
    """A fresh interpreter has none of the large libraries after ``import glmkit``."""
    found = run("-c", LOADED)
    assert json.loads(found.stdout) == [], found.stderr


def test_completion_sees_every_public_name() -> None:
    """``dir`` and ``__all__`` list what is public, before any of it is loaded."""
    code = "import glmkit, json; print(json.dumps([dir(glmkit), list(glmkit.__all__)]))"
    listed, public = json.loads(run("-c", code).stdout)
    assert {"connect", "Clip", "Session", "aio", "events"} <= set(public) <= set(listed)
    assert len(public) == len(set(public))


def test_every_public_name_is_there() -> None:
    """What is listed can be had."""
    check_each(_is_there, [(name,) for name in glm.__all__])


def _is_there(name: str) -> None:
    assert getattr(glm, name) is not None


def test_a_misspelt_name_is_an_attribute_error() -> None:
    """A name that isn't there says so, as for any module."""
    with pytest.raises(AttributeError, match="conect"):
        _ = glm.conect  # type: ignore[attr-defined]


def test_checkers_are_told_every_public_name() -> None:
    """The names under TYPE_CHECKING are the public ones, no more and no fewer."""
    tree = ast.parse((ROOT / "glmkit" / "__init__.py").read_text(encoding="utf-8"))
    told = [
        alias.asname
        for node in tree.body
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    ]
    assert sorted(map(str, told)) == sorted(glm.__all__)


def test_mypy_finds_a_misspelt_name(tmp_path: Path) -> None:
    """A checker passes what is public, with its types, and complains of what isn't there."""
    pytest.importorskip("mypy")
    (tmp_path / "right.py").write_text(
        "import glmkit as glm\n"
        "def heard(session: glm.Session) -> float:\n"
        "    clips = list(session.stream(glm.sample('joke_zh')))\n"
        "    return clips[0].seconds + glm.Clip.silence(1).seconds\n"
        "session = glm.connect('emulator', vad='server')\n",
        encoding="utf-8",
    )
    (tmp_path / "wrong.py").write_text("import glmkit as glm\nglm.conect()\n", encoding="utf-8")
    options = ["--strict", "--follow-imports=silent", f"--cache-dir={ROOT / '.mypy_cache'}"]
    config = f"--config-file={ROOT / 'pyproject.toml'}"
    found = run("-m", "mypy", *options, config, *map(str, sorted(tmp_path.glob("*.py"))))
    complaints = [each for each in found.stdout.splitlines() if ": error:" in each]
    assert len(complaints) == 1, found.stdout + found.stderr
    assert "wrong.py:2" in complaints[0]
    assert '"conect"' in complaints[0]
