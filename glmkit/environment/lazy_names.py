"""Public names that a package imports when they are first asked for, so that it costs nothing.

::

    if not TYPE_CHECKING:
        __getattr__, __dir__ = module_attributes(__name__, {"Clip": "media.clip"})

Rules
- It stands under ``not TYPE_CHECKING``: a checker that sees ``__getattr__`` takes every misspelt
  name for a public one. What it sees instead are imports, under ``TYPE_CHECKING``.
- No module of the package may bear the name of a function: importing it would put it in the
  function's place.
- ``dir`` lists what a person may use, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any


def module_attributes(
    package: str,
    homes: Mapping[str, str],
    *,
    rooms: Collection[str] = (),
    first: Callable[[str], object] = lambda name: None,
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """A package's ``__getattr__`` and ``__dir__`` (PEP 562).

    ``homes``: each public name, and the module in the package that has it; ``rooms``: modules that
    are public themselves; ``first``: told a name before its home is imported.
    """

    def attribute(name: str) -> Any:
        if name in homes:
            first(name)
            return getattr(import_module(f"{package}.{homes[name]}"), name)
        if name in rooms:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return attribute, lambda: sorted([*homes, *rooms])
