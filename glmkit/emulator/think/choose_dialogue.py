"""The dialogue that a ``--dialogue`` switch names: the rules, or a chat endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.emulator.think.rules import Rules
from glmkit.protocol.script_file import unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glmkit.emulator.think.dialogue import Dialogue


def dialogue_for(switch: str, scripts: Sequence[str] = ()) -> Dialogue:
    """The dialogue a ``--dialogue`` switch names: rules, with packed scripts, or openai:URL#MODEL."""
    if switch in ("", "rules"):
        return Rules([unpacked(each) for each in scripts])
    from glmkit.emulator.think.chat import Chat

    return Chat.parse(switch)
