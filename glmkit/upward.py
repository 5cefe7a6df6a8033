"""The one table of upward calls: a name here, a function higher on the ladder.

Imports go down only. Where a lower room must reach up (a turn draws itself, ``connect`` starts
the emulator), it asks here, and the module is imported inside the call.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

TABLE: Final[dict[str, str]] = {
    "doctor": "glmkit.doctor:doctor",
    "emulator": "glmkit.emulator.launch:emulator",
    "explain": "glmkit.explain:explain",
    "reference": "glmkit.reference:Reference",
    "waveform": "glmkit.plots:waveform",
}


def upward(name: str) -> Any:
    """The function behind ``name``."""
    module, _, attribute = TABLE[name].partition(":")
    return getattr(import_module(module), attribute)


def callable_module(module: str, name: str) -> None:
    """Let a module be called as well as imported: ``glm.events()`` beside ``glm.events.commit()``."""

    class Callable(ModuleType):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return upward(name)(*args, **kwargs)

    sys.modules[module].__class__ = Callable
