"""Write constraints.txt anew: ``python -m tests.package.renew_constraints`` (five minutes).

pip is asked for each Python and system what it would install now. Run the tests with that, and say
in the file's second line where they ran: renewing empties it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from glmkit.cli.pack.targets import NOT_TO_BE_HAD, PYTHONS, SYSTEMS, TARGETS, Target
from tests.package.resolution import CLONE, resolved

FILE = CLONE / "constraints.txt"
HEAD = """\
# Versions that fit together: pip install -c constraints.txt -e .
# The tests have run with them on: nothing yet.
# Elsewhere they were only resolved, by pip's dry run: Python {first} to {last} on Linux and Windows
# (x86-64) and on macOS (both processors), without {without}:
# onnxruntime has no wheel there. Written by python -m tests.package.renew_constraints.
"""


def renew() -> None:
    """Ask pip for every target, and write."""
    lines = written({target: resolved(target) for target in TARGETS})
    head = HEAD.format(first=PYTHONS[0], last=PYTHONS[-1], without=NOT_TO_BE_HAD)
    FILE.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def written(found: dict[Target, dict[str, str]]) -> list[str]:
    """A line for each package, or for each version where Pythons or systems differ."""
    versions: dict[str, dict[str, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for target, packages in found.items():
        for name, version in packages.items():
            versions[name][version].append(target)
    return [line for name in sorted(versions) for line in _lines(name, versions[name])]


def _lines(name: str, versions: dict[str, list[Target]]) -> list[str]:
    if len(versions) == 1:  # also where some targets do without: a constraint installs nothing
        return [f"{name}=={version}" for version in versions]
    return [f"{name}=={version} ; {marker(targets)}" for version, targets in versions.items()]


def marker(targets: Iterable[Target]) -> str:
    """What is true of these targets: a clause for the systems that have the same Pythons."""
    pythons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in targets:
        pythons[target.system, target.machine].append(target.python)
    clauses: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for system, those in pythons.items():
        clauses[_bounds(those, system)].append(system)
    return " or ".join(_clause(bounds, systems) for bounds, systems in clauses.items())


def _bounds(pythons: list[str], system: tuple[str, str]) -> tuple[str, ...]:
    """The first and the last of the Pythons, where the system has others outside of them."""
    own = [target.python for target in TARGETS if (target.system, target.machine) == system]
    first = [f'python_version >= "{pythons[0]}"'] if pythons[0] != own[0] else []
    last = [f'python_version <= "{pythons[-1]}"'] if pythons[-1] != own[-1] else []
    return (*first, *last)


def _clause(bounds: tuple[str, ...], systems: list[tuple[str, str]]) -> str:
    if len(systems) == len(SYSTEMS):
        return " and ".join(bounds)
    where = " or ".join(_system(*system) for system in systems)
    return " and ".join([*bounds, f"({where})" if bounds and len(systems) > 1 else where])


def _system(name: str, machine: str) -> str:
    of_several = [system for system, _ in SYSTEMS].count(name) > 1
    return f'sys_platform == "{name}"' + f' and platform_machine == "{machine}"' * of_several


if __name__ == "__main__":
    renew()
