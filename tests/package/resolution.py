"""What pip would install for another Python on another system; nothing is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

CLONE = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)]  # glibc 2.28 and older
#: A system's sys_platform and platform_machine → its os_name, platform_system and wheels.
SYSTEMS = {
    ("linux", "x86_64"): ("posix", "Linux", [*LINUX, "manylinux2014_x86_64"]),
    ("win32", "AMD64"): ("nt", "Windows", ["win_amd64"]),
    ("darwin", "arm64"): ("posix", "Darwin", ["macosx_14_0_arm64"]),
    ("darwin", "x86_64"): ("posix", "Darwin", ["macosx_14_0_x86_64"]),
}
#: pip takes --platform for wheels only and reads markers for the Python that runs it (its issue
#: 11198), so it is told another one before it starts; its report says which it took.
PIP = """
import json, sys
from pip._vendor.packaging import markers
told = json.loads(sys.argv.pop(1))
markers.default_environment = lambda: dict(told)
from pip._internal.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A Python on a system."""

    python: str
    system: str
    machine: str

    def __str__(self) -> str:
        return f"Python {self.python}, {self.system} {self.machine}"

    def environment(self) -> dict[str, str]:
        """What markers ask for."""
        os_name, platform_system, _ = SYSTEMS[self.system, self.machine]
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": os_name,
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": platform_system,
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": self.system,
        }

    def options(self) -> list[str]:
        """Which wheels fit, in pip's words."""
        wheels = SYSTEMS[self.system, self.machine][2]
        return ["--python-version", self.python, *(f"--platform={wheel}" for wheel in wheels)]


#: onnxruntime has no wheel for it.
NOT_TO_BE_HAD = Target("3.14", "darwin", "x86_64")
ALL = [Target(python, *system) for system, python in product(SYSTEMS, PYTHONS)]
TARGETS = [target for target in ALL if target != NOT_TO_BE_HAD]


def wanted() -> list[str]:
    """What the kit and its developers ask for."""
    project = tomllib.loads((CLONE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return ["-r", str(CLONE / "requirements.txt"), *project["optional-dependencies"]["dev"]]


def resolved(target: Target, *words: str) -> dict[str, str]:
    """Every package that pip would install there, and its version."""
    with tempfile.TemporaryDirectory() as folder:
        report, nowhere = Path(folder, "report.json"), Path(folder, "nowhere")
        _pip(target, f"--report={report}", f"--target={nowhere}", *wanted(), *words)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert found["environment"] == target.environment(), "pip took other markers than it was told"
    packages = [each["metadata"] for each in found["install"]]
    return {canonicalize_name(each["name"]): each["version"] for each in packages}


def _pip(target: Target, *words: str) -> None:
    fixed = ("install", "--dry-run", "--quiet", "--only-binary=:all:")
    told = json.dumps(target.environment())
    done = subprocess.run(
        [sys.executable, "-c", PIP, told, *fixed, *target.options(), *words],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=900,
    )
    assert done.returncode == 0, f"{target}: {done.stderr}"
