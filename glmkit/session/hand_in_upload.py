"""Sends a hand-in to a class, piece by piece; what broke goes on where it broke.

Each attempt asks first how much has arrived. What it takes is said in ``classroom/hand_in_desk``:
plain HTTP at the class's own address, with what opens a session there as Authorization.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from glmkit.auth.credentials import Key
from glmkit.auth.masking import their_words
from glmkit.environment.loopback import leads_here
from glmkit.errors import ConnectFailed, GlmError, Refused
from glmkit.session.address import Address, tokens_of
from glmkit.session.backoff import attempted
from glmkit.session.connect_failure import explained
from glmkit.session.host import host
from glmkit.session.opening import Route
from glmkit.texts import language, text

if TYPE_CHECKING:
    import httpx

    from glmkit.session.hand_in_bundle import HandInBundle

PATH: Final = "/_class/hand-in/"
PIECE: Final = 65_536  # bytes: what a class reads of one request
_ATTEMPTS: Final = 6
_ANSWER: Final = 20.0  # seconds for one piece
_SHOWN: Final = 1.0  # seconds between two lines of how far it is
_CORRECTIONS: Final = 8  # times that a class may say that less has arrived than was sent


class HandInPost:
    """The way to the hand-ins of one seat's class."""

    def __init__(self, address: Address) -> None:
        self._address = address
        parts = urlsplit(address.url)
        self._base = f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}{PATH}"
        self._shown_at = time.monotonic()
        self.arrived = 0
        """Bytes of the bundle that the class has."""

    async def send(self, bundle: HandInBundle, *, within: float) -> dict[str, Any]:
        """Send it whole, within so many seconds; the class's acknowledgement.

        Raises Refused, and ConnectFailed where it has to be tried again.
        """
        done: dict[str, Any] = {}

        async def attempt() -> None:
            done.update(await self._go_on(bundle))

        try:
            await attempted(attempt, times=_ATTEMPTS, within=within)
        except ConnectFailed as error:
            percent = 100 * self.arrived // max(len(bundle.content), 1)
            words = text("hand_in.broke", lesson=bundle.lesson, percent=percent, why=error)
            raise ConnectFailed(words, peer=self._address.peer) from None
        finally:
            host.get().status("")
        return done

    async def withdraw(self, lesson: str, *, within: float) -> int:
        """Have all of a lesson deleted; how many there were. Raises as ``send``."""
        gone: list[int] = []

        async def attempt() -> None:
            async with self._client() as http:
                answer = await self._ask(http, "DELETE", lesson)
            gone.append(int(answer["withdrawn"]))

        await attempted(attempt, times=_ATTEMPTS, within=within)
        return gone[0]

    async def _go_on(self, bundle: HandInBundle) -> dict[str, Any]:
        what = {"sha256": bundle.sha256, "bytes": str(len(bundle.content))}
        async with self._client() as http:
            state = await self._ask(http, "GET", bundle.lesson, what)
            corrections = 0
            while not state["done"]:
                offset = self.arrived = int(state["offset"])
                self._show(len(bundle.content))
                piece = bundle.content[offset : offset + PIECE]
                at = {**what, "offset": str(offset)}
                state = await self._ask(http, "PUT", bundle.lesson, at, piece)
                corrections += not state["done"] and state["offset"] <= offset
                if corrections > _CORRECTIONS:
                    raise self._unlike_a_class()
        return dict(state["done"])

    def _client(self) -> httpx.AsyncClient:
        import httpx

        secure = self._base.startswith("https:")
        return httpx.AsyncClient(
            verify=ssl.create_default_context() if secure else False,
            trust_env=not leads_here(self._address.url),  # a proxy, where one is set
            timeout=_ANSWER,
        )

    async def _ask(
        self,
        http: httpx.AsyncClient,
        method: str,
        lesson: str,
        query: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> dict[str, Any]:
        """One request; its answer's JSON. Raises ConnectFailed, Refused."""
        import httpx

        url, key = self._base + lesson, self._address.credential
        tokens = tokens_of(key) if isinstance(key, Key) else None
        headers = {**self._address.header(tokens), "Accept-Language": language()}
        try:
            answer = await http.request(method, url, params=query, content=body, headers=headers)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            failure = self._explained(error)
        else:
            return self._read(answer)
        raise failure

    def _explained(self, error: BaseException) -> GlmError:
        below = next((each for each in _chain(error) if isinstance(each, OSError)), EOFError())
        if type(error).__name__.endswith("Timeout"):
            below = TimeoutError()
        route = Route(self._base, self._base)
        return explained(below, route, self._address.peer, _ANSWER)

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            found = answer.json()
        except (ValueError, RecursionError):
            found = None
        known = found if isinstance(found, dict) else {}
        if answer.status_code == 200 and known.keys() & {"withdrawn", "done"}:
            return known
        if answer.status_code == 200:
            raise self._unlike_a_class()
        error = known.get("error")
        error = error if isinstance(error, dict) else {}
        said = their_words(error.get("message"), 600) or answer.reason_phrase
        code = their_words(error.get("code"), 40) or None
        words = text("hand_in.refused", status=answer.status_code, words=said)
        raise Refused(words, peer=self._address.peer, status=answer.status_code, code=code)

    def _show(self, size: int) -> None:
        if (now := time.monotonic()) - self._shown_at >= _SHOWN:
            self._shown_at = now
            host.get().status(text("hand_in.sending", done=self.arrived / 1e6, size=size / 1e6))

    def _unlike_a_class(self) -> Refused:
        words = text("hand_in.no_class_there", url=self._base)
        return Refused(words, peer=self._address.peer, status=200, code="no_class")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
