"""``Address``: where to connect, whom one meets there, and with which credential.

Rules
- ``live`` is the service, or what stands at ``ZHIPU_REALTIME_URL``: that counts as the service,
  with its price, unless it is on this computer. ``zai`` is its platform overseas (unverified).
- A key *found* on this computer goes only over wss to the service's own hosts, or to
  ``ZHIPU_REALTIME_URL``. Any other address needs ``api_key=``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from glmkit.auth.credentials import Key, Token, bearer
from glmkit.auth.key_search import OWN_ADDRESS, need_key, official
from glmkit.auth.masking import MaskedAddress
from glmkit.auth.platforms import BIGMODEL, PLATFORMS, Platform, platform_at
from glmkit.auth.seat_line import SeatLine
from glmkit.auth.tokens import TokenSource
from glmkit.environment.loopback import leads_here
from glmkit.errors import BadArgument, NoKey
from glmkit.protocol.serving.stated_peer import ARROW, StatedPeer
from glmkit.texts import text


class OwnServer(Protocol):
    """A server that this process started: what it is, and why it is gone."""

    @property
    def switches(self) -> str:
        """What it was started with that is not as usual, in words."""

    @property
    def running(self) -> bool:
        """Whether its process lives."""

    def why_ended(self) -> str | None:
        """Why it ended, in words; None while it runs. May take half a second."""


@runtime_checkable
class Link(Protocol):
    """A network of one's own on the way to the peer; ``connect`` takes it in ``to``'s place."""

    @property
    def name(self) -> str:
        """What it is called beside every figure."""

    @property
    def leads_to(self) -> str | None:
        """Whom one reaches by it, as ``connect`` takes it."""

    @property
    def trouble(self) -> BaseException | None:
        """Why the far end wasn't reached, the last time; None where it was."""

    async def near_end(self, url: str) -> tuple[str, int]:
        """(host, port) of its end here that leads to where ``url`` does."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to connect: the url, who is there (``peer``), and with what to say who we are.

    ``server``: what is there, if this process started it, and ``switches`` with what, in words.
    ``find_again``: the address it has when it was started anew, which that call may do. ``link``:
    the network of one's own that leads there. ``seat``: whose seat of a class it is.
    """

    url: str
    peer: str
    credential: Key | Token
    server: OwnServer | None = field(default=None, repr=False, compare=False)
    find_again: Callable[[], Address] | None = field(default=None, repr=False, compare=False)
    link: Link | None = field(default=None, repr=False, compare=False)
    seat: str = ""

    @property
    def network(self) -> str:
        """The condition of the line there; "" where none was set."""
        return "" if self.link is None else self.link.name

    @property
    def switches(self) -> str:
        """What the server was started with, in words; "" where it is not ours."""
        return "" if self.server is None else self.server.switches

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", MaskedAddress(self.url))  # it may hold a key

    @property
    def movable(self) -> bool:
        """Whether its server has ended and can be found again."""
        ended = self.server is not None and not self.server.running
        return ended and self.find_again is not None

    def current(self) -> Address:
        """Where it is now: elsewhere, if it is movable."""
        if self.movable and self.find_again is not None:
            return replace(self.find_again(), link=self.link)
        return self

    async def why_ended(self) -> str | None:
        """Why its server ended, in words; None while it runs, and where that is not known."""
        return None if self.server is None else await asyncio.to_thread(self.server.why_ended)

    @property
    def platform(self) -> Platform:
        """Whose keys it takes, where it is the service."""
        return platform_at(self.url)

    @property
    def live(self) -> bool:
        """Whether this is the paid service."""
        return self.peer == "live"

    @property
    def reaches_live(self) -> bool:
        """Whether what is sent comes to the paid service, be it by a class or a relay."""
        return self.peer.rpartition(ARROW)[2] == "live"

    def stated(self, said: StatedPeer) -> Address:
        """The same, as whoever answers there says whom it passes on to."""
        return replace(self, peer=said.peer, seat=said.seat) if said.peer else self

    def header(self, tokens: TokenSource | None) -> dict[str, str]:
        """The Authorization header: a fresh token of the key, so that the secret stays here."""
        return bearer(self.credential if tokens is None else tokens.current())


@lru_cache(maxsize=16)
def tokens_of(key: Key) -> TokenSource:
    """The tokens of a key: its sessions share one until it nears its end."""
    return TokenSource(key)


def live_address(to: str, api_key: Key | Token | None) -> Address:
    """That of ``live`` or ``zai``. Raises NoKey, BadKey."""
    return _live(live_url(to), api_key)


def live_url(to: str) -> str:
    """Where ``live`` or ``zai`` is: for the first, ``ZHIPU_REALTIME_URL`` where it is set."""
    platform = PLATFORMS[to]
    own = os.environ.get(OWN_ADDRESS, "").strip() if platform is BIGMODEL else ""
    return MaskedAddress(own or platform.url)


def class_address(line: SeatLine) -> Address:
    """That of a seat in a class. Raises BadKey."""
    url, key = line.place()
    return Address(url, _host(url), key)  # it says itself that it is a class


def other_address(url: str, api_key: Key | Token | None) -> Address:
    """One given as ``ws://`` or ``wss://``. Raises BadArgument, NoKey, BadKey."""
    host = _host(url)
    if official(url):
        return _live(url, api_key)
    if api_key is None:
        raise NoKey(text("session.needs_key", url=host))
    return Address(url, host, api_key)


def _live(url: str, api_key: Key | Token | None) -> Address:
    peer = _host(url) if leads_here(url) else "live"
    key = need_key(api_key, dotenv=True, platform=platform_at(url)).key_for(url)
    return Address(url, peer, key)


def _host(url: str) -> str:
    """Host and port of a WebSocket's address, without a user. Raises BadArgument for no such."""
    host = _host_in(url)  # its parts may hold a key: none of them is here when this raises
    if host is None:
        raise BadArgument(text("session.to", found=url))
    return host


def _host_in(url: str) -> str | None:
    with suppress(ValueError):  # half an IPv6 address in brackets, or a port that is no number
        parts = urlsplit(url)
        if parts.scheme in ("ws", "wss") and parts.hostname and parts.port != 0:
            return parts.netloc.rpartition("@")[2]
    return None
