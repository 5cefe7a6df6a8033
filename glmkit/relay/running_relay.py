"""``glmkit relay``: the port, the service behind it, and a recording of each session.

::

    async with await serve_relay(upstream, keys=[key]) as relay:
        print(relay.url)      # ws://127.0.0.1:PORT/api/paas/v4/realtime
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glmkit.auth.credentials import Key
from glmkit.errors import BadFile
from glmkit.protocol.serving.stated_peer import peer_headers
from glmkit.relay.client_words import ClientWords
from glmkit.relay.entrance import Entrance
from glmkit.relay.kept_session import KeptSession
from glmkit.relay.listener import ListenAt, ListeningPort
from glmkit.relay.relayed_session import RelayedSession

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from glmkit.relay.upstream import Upstream

_NOT_KEPT: Final = "upstream_not_kept"
_PACKED_AT_ONCE: Final = 2
"""Each takes the room of a whole session, and of the same few threads those that begin need one."""


async def serve_relay(
    upstream: Upstream,
    keys: Sequence[Key],
    *,
    at: ListenAt | None = None,
    save: Path | None = None,
    lenient_ms: bool = False,
) -> ListeningPort:
    """A listening relay that lets ``keys`` in and keeps recordings in ``save``.

    ``lenient_ms``: also with a token whose ``exp`` is in milliseconds.

    Raises BadArgument where the address cannot be had, BadFile for a certificate that is none.
    """
    return await _Relay(upstream, keys, save, lenient_ms=lenient_ms).listener.start(
        at or ListenAt()
    )


class _Relay:
    """What the sessions of one relay have in common."""

    def __init__(
        self, upstream: Upstream, keys: Sequence[Key], save: Path | None, *, lenient_ms: bool
    ) -> None:
        self._upstream, self._save, self._count = upstream, save, 0
        self._packing = asyncio.Semaphore(_PACKED_AT_ONCE)
        known = {key.id: key for key in keys}
        said = peer_headers("relay", upstream.peer)
        entrance = Entrance(known.get, via="relay", lenient_ms=lenient_ms)
        self.listener = ListeningPort(entrance, self._run, headers=lambda guest: said)

    async def _run(self, client: ServerConnection, guest: str) -> None:
        try:
            kept = self._kept(guest)
        except BadFile as error:
            await ClientWords(client).end(_NOT_KEPT, "relay.not_kept", {"why": error})
            return
        try:
            await RelayedSession(client, self._upstream, kept).run()
        finally:
            if kept is not None:
                async with self._packing:
                    await kept.close()

    def _kept(self, guest: str) -> KeptSession | None:
        if self._save is None:
            return None
        self._count += 1
        upstream = self._upstream
        return KeptSession(self._save, guest, self._count, peer=upstream.peer, url=upstream.url)
