"""What pip would install for another Python on another system; nothing is installed."""

from __future__ import annotations

import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from glmkit.cli.pack.targets import Target, run_pip

CLONE = Path(__file__).parents[2]


def wanted() -> list[str]:
    """What the kit and its developers ask for."""
    project = tomllib.loads((CLONE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return ["-r", str(CLONE / "requirements.txt"), *extras["dev"], *extras["site"]]


def resolved(target: Target) -> dict[str, str]:
    """Every package that pip would install there, and its version."""
    with tempfile.TemporaryDirectory() as folder:
        places = f"--report={report_of(target, Path(folder))}", f"--target={folder}/nowhere"
        answer = run_pip(target, "install", "--dry-run", *places, *wanted())
        assert answer.status == 0, f"{target}: {answer.complaint}"
        return taken(target, Path(folder))


def report_of(target: Target, folder: Path) -> Path:
    """Where in ``folder`` pip is to say what it would do for a target."""
    return folder / f"{target.python}-{target.system}-{target.machine}.json"


def taken(target: Target, folder: Path) -> dict[str, str]:
    """Every package in pip's report for a target, and its version."""
    words = report_of(target, folder).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(words)
    assert found["environment"] == target.environment(), "pip took other markers than it was told"
    packages = [each["metadata"] for each in found["install"]]
    return {canonicalize_name(each["name"]): each["version"] for each in packages}
