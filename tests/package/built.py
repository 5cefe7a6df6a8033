"""The kit as pip would build it, and environments that have nothing but it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

CLONE = Path(__file__).parents[2]
#: What ``pip install .`` and ``pip install -e .`` ask setuptools for.
BUILD = "import sys; from setuptools import build_meta as b; getattr(b, sys.argv[1])(sys.argv[2])"


def build(hook: str, clone: Path, folder: Path) -> Path:
    """The wheel made of a clone by a hook: ``build_wheel`` or ``build_editable``."""
    run(sys.executable, "-c", BUILD, hook, str(folder), cwd=clone)
    return next(folder.glob("*.whl"))


def copied(place: Path) -> Path:
    """A clone with what is needed to build: what an earlier build has left is not in it."""
    left = (".*", "build", "dist", "out", "tests", "node_modules", "*.egg-info", "__pycache__")
    return shutil.copytree(CLONE, place, ignore=shutil.ignore_patterns(*left))


def installed(wheel: Path, home: Path) -> tuple[Path, Path]:
    """A new environment with the wheel and nothing else: its Python, its site-packages."""
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", asked, cwd=home).strip())
    with zipfile.ZipFile(wheel) as inside:
        inside.extractall(packages)
    return python, packages


def run(*words: str | Path, cwd: Path) -> str:
    """What a command prints outside the clone; where it fails, that is the failure."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "MYPYPATH")}
    done = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
