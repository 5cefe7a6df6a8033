"""Messages passed on from one WebSocket to another, and its end as well.

Rules
- A message leaves as it came: text as text, bytes as bytes, one for one and in order.
- Who reads slowly holds up who sends, by the network's own means: one message is in hand each way.
- Who reads nothing for ``PATIENCE`` seconds is cut off.
- A close is passed on with its code and reason; what may not be sent (1005, 1006) has a code that
  says the same. Pings stay on each side: a round trip is that to the next station.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from websockets.asyncio.connection import Connection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.protocol import State

Message = str | bytes
PATIENCE: Final = 30.0  # seconds
IN_HAND: Final = 2  # messages of each side that came and were not passed on
_CLOSE: Final = 2.0  # seconds
_MOST_REASON: Final = 123  # bytes that a close can carry
_UNSENT: Final = {1004, 1005, 1006, 1015, *range(1016, 3000)}


async def deliver(target: Connection, message: Message, *, patience: float = PATIENCE) -> None:
    """Send one message as it is. Raises ConnectionClosed, also where nobody took it in time."""
    try:
        async with asyncio.timeout(patience):
            await target.send(message)
    except TimeoutError:
        target.transport.abort()
        await target.wait_closed()
        raise target.protocol.close_exc from None
    except AttributeError:  # a transport that closes with its last bytes, see session/wire
        if target.state is not State.CLOSED:
            raise
        raise target.protocol.close_exc from None


async def pass_on(source: Connection, each: Callable[[Message], Awaitable[None]]) -> None:
    """Hand each message of ``source`` on, until it or whoever takes them has ended."""
    with suppress(ConnectionClosed):
        async for message in source:
            await each(message)


async def close_as(target: Connection, code: int, reason: str = "") -> None:
    """Close with this code; who takes no goodbye, or none in time for who waits, is cut off."""
    try:
        async with asyncio.timeout(_CLOSE):
            with suppress(ConnectionClosed, AttributeError):
                await target.close(sendable(code), _fitting(reason))
    except TimeoutError:
        target.transport.abort()
    except asyncio.CancelledError:
        target.transport.abort()
        raise


def ending_of(socket: Connection) -> tuple[int, str]:
    """The code and the reason that a closed WebSocket ended with."""
    return socket.close_code or CloseCode.ABNORMAL_CLOSURE, socket.close_reason or ""


def sendable(code: int) -> int:
    """A close code that may be sent, for one that another side gave, or the network."""
    if code == CloseCode.NO_STATUS_RCVD:
        return CloseCode.NORMAL_CLOSURE
    return CloseCode.INTERNAL_ERROR if code in _UNSENT or not 1000 <= code < 5000 else code


def _fitting(reason: str) -> str:
    return reason.encode("utf-8", "replace")[:_MOST_REASON].decode("utf-8", "ignore")
