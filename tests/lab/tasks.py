"""Tasks at the top of a module, as processes want them."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import glmkit as glm


def where(number: int) -> dict[str, Any]:
    """Which process this is; a moment long, so that others come to do some, too."""
    time.sleep(0.05)
    return {"pid": os.getpid(), "twice": 2 * number}


def deadly(number: int, flag: str) -> dict[str, Any]:
    """The worker that does the fifth dies, once."""
    if number == 5 and not Path(flag).exists():
        Path(flag).touch()
        os._exit(1)
    return where(number)


def asked(session: glm.Session, words: str) -> glm.Turn:
    """A question in writing."""
    return session.ask(words)


async def asked_async(session: Any, words: str) -> glm.Turn:
    """The same on an event loop."""
    turn: glm.Turn = await session.ask(words)
    return turn


def slow_to_answer(number: int) -> dict[str, Any]:
    """A moment long, and which process it was: time for somebody to kill it."""
    time.sleep(0.2)
    return {"pid": os.getpid(), "twice": 2 * number}
