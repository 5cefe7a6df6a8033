"""Puts the recordings of ``data/`` into the built package; everything else is in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithSamples(build_py):
    """Copies ``data/`` to ``glmkit/samples/``, where an installed kit looks for it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(
                HERE / "data", Path(self.build_lib, "glmkit", "samples"), dirs_exist_ok=True
            )


setup(cmdclass={"build_py": BuildWithSamples})
