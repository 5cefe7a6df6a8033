"""A run of pytest in a folder, with the kit's own plugin and no other that is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from glmkit.environment import CLONE

PLUGIN = "glmkit.emulator.pytest_plugin"


def pytest_run(folder: Path, *words: str) -> tuple[int, str]:
    """Its status, and all it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(CLONE)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr
