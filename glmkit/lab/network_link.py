"""``network("4g", to=…)``: the same peer, over a worse line.

::

    with glm.lab.network("4g", to="emulator") as line:
        session = glm.connect(line)

Rules
- The peer stays what it is: ``live`` is live, with its price, its budget and its certificate, and
  a found key passes under the same rules as without the line.
- The network's name is beside every figure: ``turn.network``, a column of the lab's tables.
- Delays come on top of those that the real way to the peer has: a slow line of one's own can't
  be made fast.
"""

from __future__ import annotations

import asyncio
import os
import socket
from types import TracebackType
from typing import Any, Unpack
from urllib.parse import urlsplit

from glmkit.environment.loopback import leads_here
from glmkit.errors import BadArgument, BadState
from glmkit.lab.byte_link import ByteLink
from glmkit.lab.network_conditions import Condition, ConditionChanges, condition
from glmkit.media.source import path_of
from glmkit.numeric import is_number
from glmkit.texts import text


class Network:
    """A line in front of a peer, made by ``network``; ``connect`` takes it in an address's place.

    ``condition``: what it is like. ``leads_to``: whom one reaches by it, as ``connect`` takes it.
    Close it, or leave its ``with`` block; sessions over it end then.
    """

    def __init__(self, shaped: Condition, leads_to: str | None, seed: int) -> None:
        self.condition, self.leads_to = shaped, leads_to
        self._link = ByteLink(shaped, seed)
        self._closed = False

    @property
    def name(self) -> str:
        """The condition's name, with what was changed in it."""
        return self.condition.name

    async def near_end(self, url: str) -> tuple[str, int]:
        """(host, port) of this end of the line that leads to where ``url`` does."""
        if self._closed:
            raise BadState(text("lab.network_closed", name=self.name))
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "wss" else 80)
        return "127.0.0.1", await asyncio.to_thread(
            self._link.end_for, f"{parts.scheme}://{parts.hostname}:{port}", _Opened(url, port)
        )

    @property
    def trouble(self) -> BaseException | None:
        """Why the far end wasn't reached, the last time; None where it was."""
        return self._link.trouble

    def close(self) -> None:
        """Take the line away; twice is once."""
        self._closed = True
        self._link.close()

    def __enter__(self) -> Network:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        line = self.condition
        return (
            f"<network {line.name}: {1000 * line.round_trip:.0f} ms there and back, "
            f"{_mbit(line.up.bandwidth)} up, {_mbit(line.down.bandwidth)} down>"
        )


class _Opened:
    """A socket to where ``url`` leads, by a proxy where the environment names one."""

    def __init__(self, url: str, port: int) -> None:
        self._url, self._port = url, port

    async def __call__(self) -> socket.socket:
        host = urlsplit(self._url).hostname or ""
        proxy = None if leads_here(self._url) else _proxy(self._url)
        if proxy is not None:
            from python_socks.async_.asyncio import Proxy

            opened: socket.socket = await Proxy.from_url(proxy).connect(host, self._port)
            return opened
        return await _opened(host, self._port)


async def _opened(host: str, port: int) -> socket.socket:
    """The first of a host's addresses that answers."""
    loop, last = asyncio.get_running_loop(), OSError()
    for family, kind, protocol, _, address in await loop.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        opened = socket.socket(family, kind, protocol)
        opened.setblocking(False)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await loop.sock_connect(opened, address)
        except OSError as error:
            last = error
            opened.close()
        else:
            return opened
    raise last


def _proxy(url: str) -> str | None:
    from websockets.proxy import get_proxy
    from websockets.uri import parse_uri

    return get_proxy(parse_uri(url))


def _mbit(bandwidth: float | None) -> str:
    return "∞" if bandwidth is None else f"{bandwidth / 1e6:g} Mbit/s"


def network(
    name: str,
    *,
    to: str | os.PathLike[str] | None = None,
    seed: int = 0,
    **changes: Unpack[ConditionChanges],
) -> Network:
    """A network in front of a peer, for ``connect`` to go by.

    ``name``: 5g, 5g-edge, 4g, wifi-noon, 3g, satellite or unshaped (see ``CONDITIONS`` in
    ``glmkit.lab.network_conditions`` for their numbers and where these come from). ``to``: whom
    it leads to, as for ``connect``. ``seed``: of jitter and stalls. ``changes``: ``delay``,
    ``jitter``, ``stall``, ``stall_every`` in seconds and ``bandwidth`` in bits a second, for both
    directions, or with ``up_`` or ``down_`` before it for one. Not tried with the live service.
    Raises BadArgument.

    >>> with glmkit.lab.network("4g", to="emulator", up_bandwidth=200_000) as line:
    ...     turn = glmkit.connect(line).say(glmkit.sample("joke_en"))
    """
    if not is_number(seed) or seed != int(seed):
        raise BadArgument(text("lab.count", name="seed", found=seed))
    if isinstance(to, Network):
        raise BadArgument(text("lab.network_twice"))
    if to is not None and not isinstance(to, str | os.PathLike):
        raise BadArgument(text("session.to", found=type(to).__name__))
    leads_to = to if to is None or isinstance(to, str) else str(path_of(to))
    given: dict[str, Any] = {**changes}
    return Network(condition(name, given), leads_to, int(seed))
