"""One test for many cases alike: its failure lists every case that is wrong, not the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_WIDTH = 60  # letters of a case in its line


def check_each(check: Callable[..., None], cases: Iterable[tuple[Any, ...]]) -> None:
    """Call ``check`` with each case; fails with a line for each that it finds wrong."""
    every = list(cases)
    wrong = [line for case in every if (line := _wrong(check, case))]
    assert every, "there is nothing to check"
    assert not wrong, "\n".join([f"{len(wrong)} of {len(every)} are wrong:", *wrong])


def _wrong(check: Callable[..., None], case: tuple[Any, ...]) -> str:
    """What is wrong with a case: which it is, and the first line of what ``check`` raised."""
    try:
        check(*case)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - it is listed
        said = str(error).partition("\n")[0]
        kind = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
        return f"  {', '.join(map(_name, case))}: {kind}{said}"
    return ""


def _name(part: Any) -> str:
    """How a part of a case is called; a lambda is found by its line."""
    if isinstance(part, Path):
        return f"{part.parent.name}/{part.name}"
    if isinstance(part, ModuleType) or hasattr(part, "__code__"):
        line = getattr(getattr(part, "__code__", None), "co_firstlineno", "")
        return f"line {line}" if part.__name__ == "<lambda>" else str(part.__name__)
    said = repr(part)
    return said if len(said) <= _WIDTH else f"{said[: _WIDTH - 1]}…"
