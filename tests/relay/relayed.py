"""A relay in front of an emulator or of a server that a test writes itself, all in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve

from glmkit.auth.credentials import Key
from glmkit.relay.listener import ListeningPort
from glmkit.relay.running_relay import serve_relay
from glmkit.relay.upstream import Upstream
from glmkit.session.address import Address
from glmkit.verify.raw_client import open_socket
from tests.bare import KEY, Bare, running

CLIENT_KEY = Key("guest-1.abcdefghijklmnopqr")
BEARER = {"Authorization": f"Bearer {CLIENT_KEY.reveal()}"}


def upstream_at(url: str, peer: str = "emulator") -> Upstream:
    return Upstream(Address(url, peer, Key(KEY)))


@asynccontextmanager
async def relayed(save: Path | None = None, **switches: Any) -> AsyncIterator[ListeningPort]:
    """A relay before an emulator with these switches."""
    async with running(**switches) as server:
        async with await serve_relay(upstream_at(server.url), [CLIENT_KEY], save=save) as relay:
            yield relay


@asynccontextmanager
async def before(
    answer: Callable[[ServerConnection], Awaitable[None]],
) -> AsyncIterator[ListeningPort]:
    """A relay before a server that does what ``answer`` does."""
    async with serve(answer, "127.0.0.1", 0, max_size=None, compression=None) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with await serve_relay(upstream_at(url), [CLIENT_KEY]) as relay:
            yield relay


@asynccontextmanager
async def guest(
    relay: ListeningPort, headers: dict[str, str] | None = None
) -> AsyncIterator[ClientConnection]:
    async with open_socket(relay.url, headers or BEARER) as socket:
        yield socket


@asynccontextmanager
async def bare_guest(relay: ListeningPort) -> AsyncIterator[Bare]:
    async with guest(relay) as socket:
        yield Bare(socket)
