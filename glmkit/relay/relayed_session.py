"""One client's session, passed on unchanged: opened there, carried both ways, ended as it ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from websockets.protocol import State

from glmkit.errors import GlmError
from glmkit.relay.client_words import LOST, UNREACHABLE, ClientWords
from glmkit.relay.passing import Message, close_as, deliver, ending_of, pass_on

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.asyncio.server import ServerConnection

    from glmkit.relay.kept_session import KeptSession
    from glmkit.relay.upstream import Upstream

_LAST: Final = 10.0  # seconds for what is still under way once one side has ended


class RelayedSession:
    """A client and its WebSocket at the service; ``kept`` takes what passes, if anybody does."""

    def __init__(
        self, client: ServerConnection, upstream: Upstream, kept: KeptSession | None = None
    ) -> None:
        self._client, self._upstream, self._kept = client, upstream, kept
        self._words = ClientWords(client)

    async def run(self) -> None:
        """From the client's arrival until both have ended."""
        try:
            with self._words.read_by_client():
                far = await self._upstream.open()
        except GlmError as error:
            await self._words.end(UNREACHABLE, "relay.unreachable", {"why": error})
            return
        try:
            await self._carry(far)
        finally:
            await close_as(far, *ending_of(self._client))

    async def _carry(self, far: ClientConnection) -> None:
        client, kept = self._client, self._kept

        async def up(message: Message) -> None:
            if kept is not None:
                kept.take(message, "client")
            await deliver(far, message)

        async def down(message: Message) -> None:
            if kept is not None:
                kept.take(message, "server")
            await deliver(client, message)

        sending = asyncio.create_task(pass_on(client, up), name="relay up")
        receiving = asyncio.create_task(pass_on(far, down), name="relay down")
        try:
            await asyncio.wait({sending, receiving}, return_when="FIRST_COMPLETED")
            if client.state is State.OPEN:  # the service ended: what it said last is still to come
                await asyncio.wait({receiving}, timeout=_LAST)
                await self._end_as(far)
        finally:
            for task in (sending, receiving):
                task.cancel()
            await asyncio.gather(sending, receiving, return_exceptions=True)

    async def _end_as(self, far: ClientConnection) -> None:
        """End as the service did; where it was lost, say so first."""
        code, reason = ending_of(far)
        if code == 1006 or far.state is State.OPEN:
            await self._words.end(LOST, "relay.lost", {"peer": self._upstream.peer})
        else:
            await close_as(self._client, code, reason)
