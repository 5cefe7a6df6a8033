"""What a relay, or a class, says to a client itself: an error in the service's shape, a notice.

Rules
- In the language that the client's handshake asked for, else in both.
- A client that is gone is told nothing, and nobody minds.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from websockets.exceptions import ConnectionClosed

from glmkit.protocol.serving.own_events import FAILED, REFUSED, error_message, notice_message
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.relay.passing import close_as, deliver
from glmkit.texts import read_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from websockets.asyncio.server import ServerConnection

UNREACHABLE: Final = "upstream_unreachable"
LOST: Final = "upstream_lost"
BAD_GATEWAY: Final = 1011  # 1014 is not known everywhere
_BRIEFLY: Final = 2.0  # seconds for a last word to be taken


class ClientWords:
    """Says things to one client."""

    def __init__(self, client: ServerConnection) -> None:
        self._client, self._languages = client, languages_of(client.request)

    @contextmanager
    def read_by_client(self) -> Iterator[None]:
        """Meanwhile errors are worded for the client, in its language where it named one."""
        with read_in(self._languages[0] if len(self._languages) == 1 else None):
            yield

    async def refuse(self, code: str, sentence: str, values: Mapping[str, object]) -> None:
        """An error about what the client sent; the session goes on. Raises ConnectionClosed."""
        words = said_in(self._languages, sentence, **values)
        await deliver(self._client, error_message(code, words, type=REFUSED))

    async def end(
        self,
        code: str,
        sentence: str,
        values: Mapping[str, object],
        *,
        close: int = BAD_GATEWAY,
        type: str = FAILED,
    ) -> None:
        """An error after which nothing more comes, and the close."""
        words = said_in(self._languages, sentence, **values)
        with suppress(ConnectionClosed):
            message = error_message(code, words, type=type)
            await deliver(self._client, message, patience=_BRIEFLY)
        await close_as(self._client, close, code)

    async def notify(self, **said: Any) -> None:
        """A heartbeat that carries what is said: see ``own_events``."""
        with suppress(ConnectionClosed):
            await deliver(self._client, notice_message(**said))
