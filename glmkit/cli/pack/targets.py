"""A Python on a system, and pip told that it is on it: what it would take there, it takes here.

pip takes ``--platform`` for wheels only and reads markers for the Python that runs it (its issue
11198), so it is told another environment before it starts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from glmkit.errors import BadArgument
from glmkit.texts import text

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SECONDS: Final = 3600.0  # for one set of wheels, on a slow network
_LINUX: Final = [f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)]  # glibc ≤ 2.28
#: A system's sys_platform and platform_machine → its os_name, platform_system and wheels.
SYSTEMS: Final[Mapping[tuple[str, str], tuple[str, str, Sequence[str]]]] = {
    ("linux", "x86_64"): ("posix", "Linux", [*_LINUX, "manylinux2014_x86_64"]),
    ("win32", "AMD64"): ("nt", "Windows", ["win_amd64"]),
    ("darwin", "arm64"): ("posix", "Darwin", ["macosx_14_0_arm64"]),
    ("darwin", "x86_64"): ("posix", "Darwin", ["macosx_14_0_x86_64"]),
}
#: What people call them.
NAMES: Final = {"windows": "win32", "macos": "darwin", "linux": "linux"}
_ADDRESS: Final = re.compile(r"\w+://\S+")
#: Run as ``python -c``: the environment's markers as JSON, then pip's own words.
PIP: Final = """
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
NOT_TO_BE_HAD: Final = Target("3.14", "darwin", "x86_64")
ALL: Final = [Target(python, *system) for system, python in product(SYSTEMS, PYTHONS)]
TARGETS: Final = [target for target in ALL if target != NOT_TO_BE_HAD]


def targets_of(systems: str, pythons: str) -> list[Target]:
    """The targets of ``"windows,linux"`` and ``"3.11,3.12"``. Raises BadArgument."""
    wanted = [NAMES[name] for name in _listed("--for", systems, NAMES)]
    versions = _listed("--pythons", pythons, PYTHONS)
    return [each for each in TARGETS if each.system in wanted and each.python in versions]


def _listed(option: str, given: str, known: Sequence[str] | Mapping[str, str]) -> list[str]:
    names = [name.strip().lower() for name in given.replace("，", ",").split(",") if name.strip()]
    strange = [name for name in names if name not in known]
    if strange or not names:
        found, expected = ", ".join(strange) or repr(given), ", ".join(known)
        raise BadArgument(text("pack.unlisted", option=option, found=found, expected=expected))
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class PipAnswer:
    """How pip ended: its status, and the last line of its complaint."""

    status: int
    complaint: str


def run_pip(target: Target, command: str, *words: str) -> PipAnswer:
    """Run pip for another Python and system, by its own configuration, wheels only."""
    told = [sys.executable, "-P", "-X", "utf8", "-c", PIP, json.dumps(target.environment())]
    fixed = [command, "--quiet", "--only-binary=:all:", "--no-input", "--disable-pip-version-check"]
    with tempfile.TemporaryFile() as said:
        status = _ended([*told, *fixed, *target.options(), *words], said.fileno())
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    return PipAnswer(status, _complaint(lines))


def _ended(command: Sequence[str], said: int) -> int:
    """The exit status of a command, killed past its deadline or where it is interrupted."""
    until = time.monotonic() + SECONDS
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        command, stdin=subprocess.DEVNULL, stdout=said, stderr=said
    ) as process:
        try:
            while process.poll() is None and time.monotonic() < until:
                try:  # in short steps: on Windows a long wait cannot be interrupted
                    process.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.kill()  # nothing where it has ended
    return process.returncode


def _complaint(lines: Sequence[str]) -> str:
    """The error that names a package, else the first error, else the last line; no addresses.

    Where the index was not reached, that goes before: what pip makes of it sounds otherwise.
    """
    said = [line for line in lines if line.strip()]
    errors = [line for line in said if line.startswith("ERROR:")]
    named = [line for line in errors if "No matching distribution" in line]
    found = next(iter([*named, *errors, *said[-1:]]), "").removeprefix("ERROR:").strip()
    found = _ADDRESS.sub("…", found)
    if any("connection broken by" in line for line in said):
        return text("pack.no_index", found=found)
    return found
