"""Puts ``data/``, ``notebooks/``, ``examples/`` and the constraints into the built package.

All else is in pyproject.toml.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
_CONTENT = (("data", "samples"), ("notebooks", "notebooks"), ("examples", "examples"))


class BuildWithContent(build_py):
    """Copies them to where an installed kit looks: ``glmkit/samples`` and others."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source, place in _CONTENT:
                target = Path(self.build_lib, "glmkit", place)
                shutil.copytree(HERE / source, target, dirs_exist_ok=True)
            # ``glmkit pack`` asks for these versions
            shutil.copyfile(
                HERE / "constraints.txt", Path(self.build_lib, "glmkit", "constraints.txt")
            )


setup(cmdclass={"build_py": BuildWithContent})
