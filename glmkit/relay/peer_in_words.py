"""Who answers what passes through a relay or a class, as a person would say it."""

from __future__ import annotations

from typing import Final

from glmkit.texts import text
from glmkit.turns.labels import Say, name_behind

_SAID: Final = ("live", "emulator", "file")


def who_answers(peer: str, *, say: Say = text) -> str:
    """A clause that says so, of an ``Upstream``'s peer; ``say`` makes a sentence of its id."""
    known = peer if peer in _SAID else "other"
    return say(f"relay.answers_{known}", peer=name_behind(peer, say=say))
