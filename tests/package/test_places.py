"""What is named by its place is there: files beside the code, modules in tables and programs."""

from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from glmkit.environment import CLONE, PACKAGE
from tests.listed import check_each
from tests.package.imports import PACKAGE as READ

PROJECT: dict[str, Any] = tomllib.loads((CLONE / "pyproject.toml").read_text(encoding="utf-8"))
#: Programs that import the kit and that no other test runs.
OUTSIDE = sorted([*(CLONE / "benchmarks").glob("*.py"), *(CLONE / "docs").glob("*.py")])


def test_the_package_knows_where_it_lies() -> None:
    """Data, notebooks and requirements are looked for beside the package, wherever modules go."""
    assert READ.resolve() == PACKAGE
    assert (PACKAGE / "py.typed").is_file()
    for name in ("data", "examples", "notebooks", "requirements.txt"):
        assert (CLONE / name).exists()


def test_package_data_is_there() -> None:
    """Each pattern of package data finds a file."""
    for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items():
        for pattern in patterns:
            assert list((CLONE / package).glob(pattern)), pattern


def test_modules_in_tables_are_there() -> None:
    """The commands, and whatever ruff and mypy are told of single files, name what there is."""
    for target in PROJECT["project"]["scripts"].values():
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(module), name))
    for pattern in PROJECT["tool"]["ruff"]["lint"]["per-file-ignores"]:
        assert list(CLONE.glob(pattern)), pattern
    told = [each["module"] for each in PROJECT["tool"]["mypy"]["overrides"]]
    ours = [name for names in told for name in names if name.startswith("glmkit")]
    assert [name for name in ours if find_spec(name) is None] == []


def test_programs_beside_the_kit_import_what_there_is() -> None:
    """A benchmark or a picture's program names modules and names that exist."""
    check_each(_imports_what_there_is, [(path,) for path in OUTSIDE])


def _imports_what_there_is(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("glmkit"):
            module = import_module(str(node.module))
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                assert hasattr(module, alias.name) or find_spec(inner), f"{inner} in {path.name}"
