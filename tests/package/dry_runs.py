"""pip's dry run of constraints.txt for every Python and system, in one process.

``python -m tests.package.dry_runs FOLDER`` leaves a report there for each target that pip could
resolve. Most of what a dry run costs is reading the names of a hundred thousand files off an index,
again for each target. So the index is asked once, and of a package that constraints.txt names only
the wheels of its versions are looked at: pip may take no others (``--only-binary`` and a
constraint), and where it should need one, it finds none and says so. What the file does not name
is looked at whole.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, canonicalize_version
from pip._internal.cli.main import main as pip
from pip._internal.index import package_finder
from pip._internal.index.collector import LinkCollector
from pip._vendor.packaging import markers

from glmkit.cli.pack.targets import TARGETS, Target
from tests.package.renew_constraints import FILE
from tests.package.resolution import report_of, wanted

FIXED = ("--quiet", "--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--dry-run")


def main(folder: Path) -> None:
    """Ask pip for each target in turn; what it complains of is on stderr, under the target."""
    _read_once()
    told: dict[str, str] = {}
    markers.default_environment = lambda: dict(told)  # once: pip's report imports it by name
    for target in TARGETS:
        told |= target.environment()
        sys.stderr.write(f"{target}\n")
        sys.stderr.flush()
        _ask(target, folder)


def _ask(target: Target, folder: Path) -> None:
    places = f"--report={report_of(target, folder)}", f"--target={folder / 'nowhere'}"
    pip(["install", *FIXED, *target.options(), *places, *wanted(), "-c", str(FILE)])


def _read_once() -> None:
    """Let pip keep, until this process ends, what it was told and the links that may be taken."""
    LinkCollector.fetch_response = _kept(  # type: ignore[method-assign]
        LinkCollector.fetch_response, lambda _, location, **__: location.url
    )
    links_of = package_finder.parse_links
    package_finder.parse_links = _kept(
        lambda page: [link for link in links_of(page) if may_be_taken(link.filename)],
        lambda page: page.url,
    )


def _kept(ask: Callable[..., Any], key_of: Callable[..., str]) -> Callable[..., Any]:
    answers: dict[str, Any] = {}

    def asked(*given: Any, **named: Any) -> Any:
        key = key_of(*given, **named)
        if key not in answers:
            answers[key] = ask(*given, **named)
        return answers[key]

    return asked


def may_be_taken(file: str) -> bool:
    """Whether constraints.txt leaves a file to pip: one of its versions, or a package it lacks."""
    name, _, rest = file.removesuffix(".whl").partition("-")
    versions = _versions().get(canonicalize_name(name))
    if versions is None or rest.count("-") < 3:
        return versions is None
    return _plain(rest.partition("-")[0]) in versions


@cache
def _versions() -> dict[str, set[str]]:
    """By name, every version that some Python or system gets."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line[:1] != "#":
            pin = Requirement(line)
            found[canonicalize_name(pin.name)].add(_plain(str(pin.specifier).removeprefix("==")))
    return dict(found)


@cache
def _plain(version: str) -> str:
    return canonicalize_version(version)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
