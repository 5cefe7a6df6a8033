"""A WebSocket's keepalive that takes a slow line for what it is, and not for a dead one.

A ping asks for a pong, but on a slow line the pong waits behind all the sound that was sent before
it, and the ping behind all that this side sends. So whatever comes meanwhile is a sign of life,
too (the service's heartbeat for one), and so is what goes: a buffer of what is to be sent that
empties, or bytes that the far side confirms while others, and so perhaps the ping, are still under
way (``sent_bytes``). Where this side reads nothing for now, nothing can come.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from typing import Final

from websockets.asyncio.connection import Connection
from websockets.exceptions import ConnectionClosed

from glmkit.environment.tcp_progress import SentBytes, sent_bytes

_LOOKS: Final = 10  # at what goes, within the time that a sign of life has


class PatientKeepalive(Connection):
    """A connection that ends where a ping brought no sign of life for ``ping_timeout`` seconds."""

    _alive_at = -math.inf  # when there was a sign of life, by the loop's clock
    _unsent = 0  # bytes that waited to be sent, then
    _sent: SentBytes | None = None  # how far the others had come, then

    def data_received(self, data: bytes) -> None:
        """Bytes that came."""
        self._alive_at = self.loop.time()
        super().data_received(data)

    async def keepalive(self) -> None:
        """Ask for a pong again and again, and cut the line off where it is dead."""
        assert self.ping_interval is not None
        while True:
            await asyncio.sleep(self.ping_interval)
            self._alive_at, self._sent = self.loop.time(), self._sent_now()
            asked = self.loop.create_task(self._asked())
            try:
                while not asked.done() and (left := self._seconds_left()) > 0:
                    await asyncio.wait([asked], timeout=self._look(left))
            finally:
                asked.cancel()
            if not asked.done():
                self.transport.abort()

    async def _asked(self) -> None:
        with suppress(ConnectionClosed):  # what ends a connection ends its keepalive
            await (await self.ping())

    def _look(self, left: float) -> float | None:
        """In how many seconds to look again; None: never."""
        return None if self.ping_timeout is None else min(left, self.ping_timeout / _LOOKS)

    def _seconds_left(self) -> float:
        """Until the line counts as dead."""
        if self.ping_timeout is None:
            return math.inf
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if unsent != self._unsent or self._goes_on() or not self.transport.is_reading():
            self._unsent, self._alive_at = unsent, now
        return self._alive_at + self.ping_timeout - now

    def _goes_on(self) -> bool:
        """Whether more has arrived there since the last look, and more is to arrive."""
        before, self._sent = self._sent, self._sent_now()
        if before is None or self._sent is None:
            return False
        return self._sent.confirmed > before.confirmed and self._sent.under_way > 0

    def _sent_now(self) -> SentBytes | None:
        return sent_bytes(self.transport.get_extra_info("socket"))
