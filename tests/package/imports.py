"""The imports of a package, read from its files: who imports whom, and inside which function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "glmkit"
FACE = "__init__"  # what ``import glmkit`` itself gives


@dataclass(frozen=True, slots=True)
class Import:
    """One file's import of another: both as ``folder/…/file``, and the function it stands in.

    ``inside`` is empty where it stands outside of functions; ``for_types``: under TYPE_CHECKING.
    """

    file: str
    imported: str
    inside: str
    for_types: bool

    @property
    def between(self) -> tuple[str, str]:
        """The doors it leads from and to."""
        return door(self.file), door(self.imported)


def door(file: str) -> str:
    """The folder in the package, or the file, that ``file`` belongs to."""
    return file.partition("/")[0]


def files(package: Path = PACKAGE) -> dict[str, Path]:
    """Every file of the package by its name, ``folder/file``; a folder's own is ``folder``."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).with_suffix("").as_posix()
        found[name.removesuffix(f"/{FACE}") if name != FACE else name] = path
    return found


def imports(package: Path = PACKAGE) -> list[Import]:
    """Every import of the package's own files, in functions and for types included.

    That a folder's own file runs before those in it is no import. Relative imports, which ruff
    refuses, are not read.
    """
    known = files(package)
    return [
        Import(name, target, inside, for_types)
        for name, path in known.items()
        for node, inside, for_types in _statements(ast.parse(path.read_text(encoding="utf-8")))
        for target in _targets(node, package.name, known)
        if target != name
    ]


def _statements(
    node: ast.AST, inside: str = "", for_types: bool = False
) -> Iterator[tuple[ast.AST, str, bool]]:
    """Each import, with the function it stands in, ``Class.method``, and whether for types."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, inside, for_types
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{inside}.{child.name}".removeprefix(".")
            yield from _statements(child, name, for_types)
        else:
            types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
            yield from _statements(child, inside, for_types or types)


def _targets(node: ast.AST, package: str, known: dict[str, Path]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _named(alias.name, package, known)
    elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
        whole = _path(f"{node.module}", package)
        for alias in node.names:
            part = f"{whole}/{alias.name}".removeprefix("/")
            yield part if part in known else whole or FACE


def _named(name: str, package: str, known: dict[str, Path]) -> Iterator[str]:
    if name.split(".")[0] == package:
        path = _path(name, package)
        yield path if path in known else FACE


def _path(dotted: str, package: str) -> str:
    return dotted.removeprefix(package).removeprefix(".").replace(".", "/")


def circles(arrows: set[tuple[str, str]]) -> list[list[str]]:
    """The groups of names that reach each other along the arrows."""
    reach = {name: reached(name, arrows) for arrow in arrows for name in arrow}
    found = {frozenset(n for n in reach[name] if name in reach[n]) for name in reach}
    return sorted(sorted(group) for group in found if group)


def reached(start: str, arrows: set[tuple[str, str]]) -> set[str]:
    """The names to which arrows lead from ``start``, itself only where a circle does."""
    after: dict[str, list[str]] = {}
    for here, there in arrows:
        after.setdefault(here, []).append(there)
    seen: set[str] = set()
    left = [start]
    while left:
        new = set(after.get(left.pop(), ())) - seen
        seen |= new
        left += new
    return seen
