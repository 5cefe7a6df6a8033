"""Whoever installed the kit, in either way, has its types: strict mypy reads a script of theirs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.package.built import installed, run

SCRIPT = Path(__file__).with_name("users_script.py")
MYPY = ("-m", "mypy", "--strict", "--config-file=", "--no-incremental", "-m", SCRIPT.stem)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["wheel", "editable"])
def test_a_users_script_is_typed(way: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The checker sees the kit and none of what it depends on, so that it reads little else."""
    python, _ = installed(request.getfixturevalue(way), tmp_path / "env")
    shutil.copy(SCRIPT, tmp_path)
    assert "no issues" in run(sys.executable, *MYPY, "--python-executable", python, cwd=tmp_path)
