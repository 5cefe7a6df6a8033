"""Where ``connect(to=…)`` leads, and which key may go there.

Rules
- ``to=None``: ``GLMKIT_TO`` if set; else the live service where a key is given or found; else
  the local emulator.
- The path of a recording leads to a local server that plays it back, at ``speed``.
- ``live`` is the service, or what stands at ``ZHIPU_REALTIME_URL``: that counts as the service,
  with its price, unless it is on this computer.
- A key *found* on this computer goes only over wss to the service's own hosts, or to
  ``ZHIPU_REALTIME_URL``. Any other address needs ``api_key=``.
"""

from __future__ import annotations

import os
from contextlib import suppress
from urllib.parse import urlsplit

from glmkit.auth import Key, Token
from glmkit.errors import BadArgument, NoKey
from glmkit.keys import LIVE_URL, OWN_ADDRESS, Found, find_key, need_key, official
from glmkit.loopback import leads_here
from glmkit.masking import MaskedAddress
from glmkit.replayed import recording_at
from glmkit.texts import text
from glmkit.upward import upward
from glmkit.wire import Address


def find_address(to: str | None, api_key: Key | Token | None, *, speed: float = 1.0) -> Address:
    """The address ``to`` means; may start the emulator, so it is not for the event loop.

    Raises BadArgument for an unknown ``to``, NoKey and BadKey for keys, BadFile for recordings.
    """
    to = MaskedAddress.of(to or os.environ.get("GLMKIT_TO") or None)  # it may hold a key
    if to is None:
        to = "emulator" if find_key(api_key) is None else "live"
    if to == "emulator":
        emulator = upward("emulator")()
        return Address(emulator.url, "emulator", api_key or emulator.key)
    if to == "live":
        own = MaskedAddress(os.environ.get(OWN_ADDRESS) or LIVE_URL)
        return _live(own, api_key)
    if "://" not in to and (path := recording_at(to)) is not None:
        playing = upward("replay")(path, speed=speed)
        return Address(playing.url, "replay", playing.key)
    return _elsewhere(to, api_key)


def _key(api_key: Key | Token | None) -> Found:
    return need_key(api_key, dotenv=True)


def _live(url: str, api_key: Key | Token | None) -> Address:
    peer = _host(url) if leads_here(url) else "live"
    return Address(url, peer, _key(api_key).key_for(url))


def _elsewhere(url: str, api_key: Key | Token | None) -> Address:
    host = _host(url)
    if official(url):
        return _live(url, api_key)
    if api_key is None:
        raise NoKey(text("session.needs_key", url=host))
    return Address(url, host, api_key)


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
