"""A view that is held until it is another one than its reader has seen: a long poll.

Rules
- Each view has a mark. Whoever has seen it waits for another one, at most ``HELD`` seconds, which
  is less than a listener gives a request.
- What changes without a word to anybody is looked for every ``_LOOK`` seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from glmkit.classroom.listeners import Told

HELD: Final = 6.0  # seconds
_LOOK: Final = 1.0  # seconds
_OF_THE_MOMENT: Final = ("now", "version")  # no news by themselves
View = dict[str, Any]


def marked(view: View) -> View:
    """The view with its ``mark``: the same for what looks the same."""
    lasting = {name: value for name, value in view.items() if name not in _OF_THE_MOMENT}
    written = json.dumps(lasting, sort_keys=True).encode()
    return {**view, "mark": hashlib.sha256(written).hexdigest()[:16]}


async def other_than(
    mark: str, look: Callable[[], Awaitable[View]], subscribe: Callable[[Told], Told]
) -> View:
    """The view that ``look`` gives once its mark is another one, or after ``HELD`` seconds."""
    changed = asyncio.Event()
    leave = subscribe(changed.set)
    now = asyncio.get_running_loop().time
    until = now() + HELD
    try:
        while (found := await _looked(changed, look))["mark"] == mark and now() < until:
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), _LOOK)
    finally:
        leave()
    return found


async def _looked(changed: asyncio.Event, look: Callable[[], Awaitable[View]]) -> View:
    changed.clear()  # first: what changes during the look is looked at again
    return await look()
