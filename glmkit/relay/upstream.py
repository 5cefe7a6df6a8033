"""``Upstream``: where sessions are passed on to, and the one key that opens it.

The key stays in this process: what crosses the wire is a token of it, made anew before it expires.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from websockets.asyncio.client import ClientConnection

from glmkit.auth.credentials import Key
from glmkit.protocol.serving.stated_peer import for_guest
from glmkit.relay.passing import IN_HAND
from glmkit.session.address import Address, tokens_of
from glmkit.session.wire import open_socket_to

OPENING: Final = 12.0  # seconds: less than clients wait for a session, so that they are told why


class Upstream:
    """One peer for many sessions; ``peer`` is what it is called: ``live``, ``emulator``, ``file``
    or a host."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self.peer = "file" if address.peer == "replay" else address.peer

    @property
    def live(self) -> bool:
        """Whether what passes costs money."""
        return self._address.live

    @property
    def plays(self) -> bool:
        """Whether it is a recording: what passes costs nobody anything."""
        return self.peer == "file"

    @property
    def url(self) -> str:
        """Its address, masked where it is displayed."""
        return self._address.url

    async def open(self, guest: str = "") -> ClientConnection:
        """One more WebSocket there. Raises ConnectFailed, Refused, in words.

        ``guest``: for whom, which a recording is told, so that each begins at its first event.
        """
        self._address = address = await asyncio.to_thread(self._address.current)
        if guest and self.plays:
            address = replace(address, url=for_guest(address.url, guest))
        key = address.credential
        tokens = tokens_of(key) if isinstance(key, Key) else None
        return await open_socket_to(address, tokens, timeout=OPENING, max_queue=IN_HAND)
