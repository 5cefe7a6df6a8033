"""The dialogue that a ``--dialogue`` switch names: the rules, or a chat endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.emulator.think.rules import Rules

if TYPE_CHECKING:
    from glmkit.emulator.think.dialogue import Dialogue


def dialogue_for(switch: str) -> Dialogue:
    """The dialogue a ``--dialogue`` switch names: rules, or openai:URL#MODEL."""
    if switch in ("", "rules"):
        return Rules()
    from glmkit.emulator.think.chat import Chat

    return Chat.parse(switch)
