"""Trying again: what may work a moment later, and how long to pause before it is tried."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator

from glmkit.errors import ConnectFailed, Disconnected, Refused, Rejected, ServiceError
from glmkit.texts import text

_FIRST, _LONGEST = 0.2, 8.0  # seconds
#: Codes of an overload (documented). All others are of the account, the model or the key, and
#: would come again.
_PASSING = frozenset(
    {"1302", "1305", "1200", "1230", "429", "500", "502", "503", "504", "rate_limit_error"}
)


def may_pass(error: ServiceError) -> bool:
    """Whether what kept a connection from being opened may be gone in a moment."""
    if isinstance(error, Refused | Rejected) and error.code is not None:
        return error.code in _PASSING
    if isinstance(error, Refused):
        return error.status == 429 or (error.status or 0) >= 500
    return isinstance(error, ConnectFailed | Disconnected)


def pauses() -> Iterator[float]:
    """Seconds before each attempt: doubled each time, and not the same for all who wait."""
    longest = _FIRST
    while True:
        yield longest * random.uniform(0.5, 1)
        longest = min(2 * longest, _LONGEST)


async def attempted(attempt: Callable[[], Awaitable[None]], *, times: int, within: float) -> None:
    """Make an attempt until one succeeds, so many ``times`` at most, ``within`` seconds in all.

    Raises what the last one did, and at once what would come again.
    """
    last: ServiceError = ConnectFailed(text("session.no_attempt_ended", seconds=within))
    try:
        async with asyncio.timeout(within) as limit:
            for _, pause in zip(range(times), pauses(), strict=False):
                await asyncio.sleep(pause)
                try:
                    return await attempt()
                except (ConnectFailed, Disconnected, Refused, Rejected) as error:
                    if not may_pass(error):
                        raise
                    last = error
    except TimeoutError:
        if not limit.expired():
            raise
    raise last
