"""Whoever installed the kit, in either way, has its types: strict mypy reads a script of theirs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.package.built import installed, run

SCRIPTS = [Path(__file__).with_name(name) for name in ("users_script.py", "mistaken_script.py")]
NAMED = [word for script in SCRIPTS for word in ("-m", script.stem)]
MYPY = ("-m", "mypy", "--strict", "--config-file=", "--no-incremental", *NAMED)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["wheel", "editable"])
def test_a_users_script_is_typed(way: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """What is right passes, and each mistake is refused.

    The checker sees the kit and none of what it depends on, so that it reads little else.
    """
    python, _ = installed(request.getfixturevalue(way), tmp_path / "env")
    for script in SCRIPTS:
        shutil.copy(script, tmp_path)
    assert "no issues" in run(sys.executable, *MYPY, "--python-executable", python, cwd=tmp_path)
