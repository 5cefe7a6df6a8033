"""No function is longer than a screen can hold: thirty lines, less its signature and docstring."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import glmkit

HERE = Path(glmkit.__file__).parent
MOST = 30


@pytest.mark.slow
def test_no_function_is_over_thirty_lines() -> None:
    """Longer ones are two functions, or a table."""
    wrong = [
        f"{file.relative_to(HERE)}:{found.lineno} {found.name}: {lines(found)}"
        for file in HERE.rglob("*.py")
        for found in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) and lines(found) > MOST
    ]
    assert wrong == []


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of its body."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 1 + (body[-1].end_lineno or 0) - body[0].lineno if body else 0
