"""A local server that speaks GLM-Realtime's protocol, without a key.

For learning and testing: it is not the model, and says so. Its rooms, each importing only those
above it in this list, or in its own line:

- ``options`` ``profiles`` ``faults`` ``log`` ``threads``: how one emulator is to run
- ``weights/``: the model files · ``think/``: what to answer
- ``hear/``: speech in · ``speak/``: speech out · ``pipeline``: both, shared by all sessions
- ``session/``: what one session consists of
- ``turn/``: whose turn it is, and its answer
- ``server/`` and ``replay``: who comes in, and what they meet
- ``process`` ``launch`` ``child``: the emulator as a program
- ``watched_log`` ``pytest_plugin``: the emulator in other projects' tests
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

__all__: list[str] = []  # the room is called; what it gives is a glm.Emulator

if TYPE_CHECKING:
    from glmkit.emulator.launch import Emulator


if TYPE_CHECKING:  # to checkers a ModuleType has any name
    _Module = object
else:
    _Module = ModuleType


class _EmulatorModule(_Module):
    """This module, which can be called: ``glm.emulator()``."""

    def __call__(self) -> Emulator:
        """The emulator of this kernel: the running one, else a new one.

        Warns (GlmWarning) with the reason when the one before had ended by itself.
        """
        from glmkit.emulator.launch import shared_emulator

        return shared_emulator()


sys.modules[__name__].__class__ = _EmulatorModule  # type: ignore[assignment]
