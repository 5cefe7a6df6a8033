"""The wheels that several files look into, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.built import build, copied


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to build from."""
    return copied(tmp_path_factory.mktemp("clone") / "glmkit")


@pytest.fixture(scope="session")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``pip install .`` installs."""
    return build("build_wheel", clone, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def editable(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``pip install -e .`` installs: it leads to the copy."""
    return build("build_editable", clone, tmp_path_factory.mktemp("editable"))
