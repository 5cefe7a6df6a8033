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
    "clip_card": "glmkit.cards.clips:clip_card",
    "diff": "glmkit.diff:diff",
    "doctor": "glmkit.doctor:doctor",
    "emulator": "glmkit.emulator.launch:shared_emulator",
    "event_card": "glmkit.cards.single:event_card",
    "explain": "glmkit.explain:explain",
    "export": "glmkit.export:export",
    "load": "glmkit.bundle:load",
    "record": "glmkit.recording:Recording",
    "recover": "glmkit.bundle:recover",
    "reference": "glmkit.reference:Reference",
    "replay": "glmkit.emulator.launch:emulator_playing",
    "save": "glmkit.bundle:save",
    "session_card": "glmkit.cards.sessions:session_card",
    "table": "glmkit.table:table",
    "talk": "glmkit.widgets.talk:Talk",
    "token_card": "glmkit.cards.tokens:token_card",
    "token_info_card": "glmkit.cards.tokens:token_info_card",
    "trace_card": "glmkit.cards.traces:trace_card",
    "turn_card": "glmkit.cards.turns:turn_card",
    "waveform": "glmkit.plots:waveform",
}


def upward(name: str) -> Any:
    """The function behind ``name``."""
    module, _, attribute = TABLE[name].partition(":")
    return getattr(import_module(module), attribute)


def callable_module(module: str, name: str) -> None:
    """Let a module be called as well: ``glm.events()`` beside ``glm.events.commit()``."""

    class Callable(ModuleType):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return upward(name)(*args, **kwargs)

    sys.modules[module].__class__ = Callable
