"""``import glmkit`` loads nothing heavy, and yet everybody sees every public name."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import glmkit as glm
from tests.listed import check_each

ROOT = Path(__file__).parents[2]
HEAVY = "numpy matplotlib librosa anywidget jwt websockets msgspec soundfile soxr pandas asyncio"
LOADED = f"""
import glmkit, glmkit.auth, glmkit.errors, json, sys
glmkit.emulator, glmkit.lab, glmkit.lessons, glmkit.plots, dir(glmkit)
print(json.dumps([name for name in {HEAVY.split()} if name in sys.modules]))
"""


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A Python of its own."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=300, cwd=cwd, check=False
    )


def test_the_import_loads_nothing_heavy() -> None:
    """Nor do its rooms before something of them is asked for, in a fresh interpreter."""
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
    with pytest.raises(AttributeError, match=r"'glmkit\.lab' has no attribute 'repaet'"):
        _ = glm.lab.repaet  # type: ignore[attr-defined]


def test_checkers_are_told_every_public_name() -> None:
    """The names under TYPE_CHECKING are the public ones, no more and no fewer; so is ``dir``."""
    check_each(_is_told, [(each,) for each in (glm, glm.auth, glm.lab, glm.lessons, glm.plots)])


def _is_told(package: ModuleType) -> None:
    tree = ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))
    told = [
        name
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for name in named_by(statement)
    ]
    assert sorted(told) == sorted(package.__all__) == dir(package)


def named_by(statement: ast.stmt) -> list[str]:
    """What a statement offers: ``import x as x``, or a module that can be called, ``x: Kind``."""
    if isinstance(statement, ast.ImportFrom):
        return [alias.asname for alias in statement.names if alias.asname]
    return [ast.unparse(statement.target)] if isinstance(statement, ast.AnnAssign) else []


def test_checkers_are_told_what_the_callable_modules_hold() -> None:
    """``glm.events.commit`` is known to them as well as ``glm.events()``."""
    for name in ("events", "explain", "doctor"):
        module = getattr(glm, name)
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        told = {
            found.id
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            for block in node.body
            if isinstance(block, ast.If)
            for target in ast.walk(block)
            if isinstance(found := target, ast.Name) and isinstance(found.ctx, ast.Store)
        }
        assert told == set(module.__all__), name


WRONG = """import glmkit as glm
glm.conect()
glm.connect(voise="x")
session = glm.connect()
session.sya("question.wav")
session.say("question.wav", chunkms=20)
session.update(voise="x")
session.talk(pages=True)
glm.events.comit()
glm.plots.wavefrom()
glm.lab.repaet()
glm.lessons.knok()
"""


@pytest.mark.long
def test_mypy_finds_a_misspelt_name(tmp_path: Path) -> None:
    """A checker complains of each line that names what isn't there; ``test_types`` has the rest.

    With lint's own options, so that what lint has read is not read again, here or by the next lint.
    """
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    options = ["--strict", f"--cache-dir={ROOT / '.mypy_cache'}"]
    config = f"--config-file={ROOT / 'pyproject.toml'}"
    found = run("-m", "mypy", *options, config, str(tmp_path / "wrong.py"))
    lines = re.findall(r"wrong\.py:(\d+): error:", found.stdout)
    assert lines == ["2", "3", *map(str, range(5, 13))], found.stdout + found.stderr
