"""constraints.txt names every package that pip installs, for each Python and system."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from glmkit.cli.pack.targets import TARGETS, Target
from tests.listed import check_each
from tests.package.dry_runs import may_be_taken
from tests.package.renew_constraints import FILE, written
from tests.package.resolution import CLONE, report_of, taken, wanted

LINES = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


def pinned(target: Target, lines: list[str] = LINES) -> list[tuple[str, str]]:
    """The packages that the lines name for a target, and the version of each."""
    asked = map(Requirement, lines)
    fitting = [r for r in asked if not r.marker or r.marker.evaluate(dict(target.environment()))]
    return [(r.name, str(r.specifier).removeprefix("==")) for r in fitting]


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_each_package_has_one_version(target: Target) -> None:
    """No package has two, those asked for by name have one, and no index is named."""
    versions = dict(pinned(target))
    assert [name for name, n in Counter(n for n, _ in pinned(target)).items() if n > 1] == []
    listed = (CLONE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for asked in map(Requirement, [*(x for x in listed if x[:1] != "#"), *wanted()[2:]]):
        assert versions[canonicalize_name(asked.name)] in asked.specifier, asked
    assert "://" not in FILE.read_text(encoding="utf-8")


def test_lines_say_where_versions_differ() -> None:
    """What is written for some packages gives back each target's own versions."""
    kinds = {
        "everywhere": lambda _: "1",
        "by_python": lambda target: "1" if target.python < "3.12" else "2",
        "by_system": lambda target: "1" if target.system == "win32" else "2",
        "by_machine": lambda target: "1" if target.machine == "arm64" else "2",
        "by_both": lambda target: "2" if (target.python, target.system) == TWO else "1",
    }
    found = {target: {name: kind(target) for name, kind in kinds.items()} for target in TARGETS}
    lines = written(found)
    assert "everywhere==1" in lines
    for target, packages in found.items():
        assert sorted(pinned(target, lines)) == sorted(packages.items())


TWO = ("3.14", "darwin")


def test_what_may_be_taken_is_what_is_pinned_and_what_is_not_named() -> None:
    """So pip still sees all that the file lacks, and no file of another version hides behind it."""
    name, version = "numpy", dict(pinned(TARGETS[0]))["numpy"]
    assert may_be_taken(f"{name}-{version}-py3-none-any.whl")
    assert may_be_taken(f"{name}-{version}.0-1-py3-none-any.whl")  # the same version, built twice
    assert not may_be_taken(f"{name}-{version}1-py3-none-any.whl")
    assert not may_be_taken(f"{name}-{version}.tar.gz")
    assert may_be_taken("no_such_package-1-py3-none-any.whl")
    assert may_be_taken("no-such-package-1.tar.gz")


@pytest.mark.long(minutes=2)
def test_pip_finds_what_is_pinned_for_each_python_and_system(tmp_path: Path) -> None:
    """pip's dry run succeeds with the file, and takes no package that it does not name."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.package.dry_runs", str(tmp_path)],
        cwd=CLONE,
        capture_output=True,
        encoding="utf-8",
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr
    complaints = [line for line in done.stderr.splitlines() if not line.startswith("WARNING")]
    assert all(report_of(target, tmp_path).is_file() for target in TARGETS), complaints
    check_each(_takes_what_is_pinned, [(target, tmp_path) for target in TARGETS])


def _takes_what_is_pinned(target: Target, folder: Path) -> None:
    found = taken(target, folder)
    assert found
    assert found.items() - set(pinned(target)) == set()
