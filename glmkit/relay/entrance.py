"""Who may come in: decided on the request, with keys of its own, never the one of the service.

Rules
- Keys and tokens come as ``given_credential`` knows; they verify with keys that ``secrets`` gives.
- No page and no host name is refused: what lets somebody in is in the request itself, and no
  browser adds it by itself.
- Keys are those of a class or a relay, so whoever brings another is not sent to the service's page.
- Who is wrong too often waits for the answer (``wrong_tries``); of those that wait there are few,
  and whoever comes beyond that is sent away with 429 at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from websockets.datastructures import MultipleValuesError
from websockets.http11 import Request, Response

from glmkit.auth.credentials import Key
from glmkit.auth.platforms import BIGMODEL
from glmkit.auth.tokens import RefusedToken
from glmkit.protocol.serving.given_credential import given_in, key_id_of, let_in, path_of
from glmkit.protocol.serving.http_answers import FAILED, refusal
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.protocol.serving.stated_peer import PEER_HEADER
from glmkit.relay.wrong_tries import WrongTries
from glmkit.texts import Language

PATH: Final = urlsplit(BIGMODEL.url).path
_STRANGER: Final = "1002"  # documented: a key that nobody here has
_EXPIRED: Final = "1003"  # documented
_MOST_WAITING: Final = 32
_RETRY: Final = "30"  # seconds


class Entrance:
    """``secrets`` gives the key of an id, or None; ``lenient_ms`` as for ``check_token``.

    ``via``: whose it is, a ``class`` or a ``relay``, which who is turned away is told.
    """

    def __init__(
        self, secrets: Callable[[str], Key | None], *, via: str, lenient_ms: bool = False
    ) -> None:
        self._secrets, self._via, self._lenient_ms = secrets, via, lenient_ms
        self._tries = WrongTries()
        self._waiting = 0

    async def refuse(self, request: Request, *, address: str) -> Response | None:
        """The HTTP answer that turns a request away, or None if it may become a WebSocket."""
        languages = languages_of(request)
        if path_of(request) != PATH:
            words = said_in(languages, "protocol.serve_path", path=PATH)
            return refusal(HTTPStatus.NOT_FOUND, "404", words)
        return await self.turn_away(request, address=address)

    async def turn_away(self, request: Request, *, address: str) -> Response | None:
        """The HTTP answer to who has no key, whatever is asked for, or None where one is right."""
        languages = languages_of(request)
        try:
            let_in(given_in(request), self._secrets, lenient_ms=self._lenient_ms)
        except MultipleValuesError:
            words = said_in(languages, "protocol.serve_repeated_header")
            return refusal(HTTPStatus.BAD_REQUEST, FAILED, words)
        except RefusedToken as refused:
            return await self.slowed(address, self._unauthorized(refused, languages), request)
        return None

    async def slowed(self, address: str, answer: Response, request: Request) -> Response:
        """The answer to a wrong key or password, when it is due; or 429 where too many wait."""
        delay = self._tries.delay(address, now=time.monotonic())
        if delay and self._waiting >= _MOST_WAITING:
            words = said_in(languages_of(request), "relay.too_many_tries")
            answer = refusal(HTTPStatus.TOO_MANY_REQUESTS, "1302", words)
            answer.headers["Retry-After"] = _RETRY
            return answer
        self._waiting += 1
        try:
            await asyncio.sleep(delay)
        finally:
            self._waiting -= 1
        return answer

    def _unauthorized(self, refused: RefusedToken, languages: Sequence[Language]) -> Response:
        words = str(refused)
        if refused.code == _EXPIRED:  # by a clock that its sender does not see
            here = datetime.fromtimestamp(time.time()).astimezone()
            shown = here.isoformat(" ", timespec="seconds")
            words = said_in(languages, "relay.token_expired", time=shown)
        elif refused.code == _STRANGER:
            words = said_in(languages, f"relay.stranger_{self._via}")
        found = refusal(HTTPStatus.UNAUTHORIZED, refused.code, words)
        found.headers[PEER_HEADER] = self._via
        return found


def guest_of(request: Request) -> str:
    """The id of the key that let a request in."""
    return key_id_of(given_in(request))
