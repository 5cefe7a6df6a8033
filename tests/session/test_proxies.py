"""Proxies: real ones, an HTTP and a SOCKS one, that lead to the emulator by a name of their own."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest

from glmkit import aio
from glmkit.auth import Key, make_token
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.errors import ConnectFailed, Refused
from tests.bare import running

KEY = Key.random()
NAME = "emulator.example"  # resolved by the proxy, and by nobody else

Greeting = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[str]]


async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """The CONNECT method; the name that was asked for."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return head.split()[1].rpartition(":")[0]


async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """SOCKS 5 without authentication, by name; the name that was asked for."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _, _, _, kind = await reader.readexactly(4)
    assert kind == 3
    name = await reader.readexactly((await reader.readexactly(1))[0])
    await reader.readexactly(2)
    writer.write(b"\x05\x00\x00\x01" + bytes(4) + struct.pack(">H", 0))
    return name.decode("ascii")


@asynccontextmanager
async def proxy(greet: Greeting, port: int) -> AsyncIterator[tuple[int, list[str]]]:
    """A proxy that greets its own way and leads every name to ``port``; its port, and the names."""
    asked: list[str] = []

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await greet(reader, writer))
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(copy(reader, back), copy(there, writer))

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("greet", "variable", "scheme"),
    [(http, "http_proxy", "http"), (socks, "socks_proxy", "socks5h")],
)
async def test_a_proxy_is_used_elsewhere_than_on_loopback(
    monkeypatch: pytest.MonkeyPatch, greet: Greeting, variable: str, scheme: str
) -> None:
    """A turn goes through, and it was the proxy that resolved the name."""
    async with await serve(Options(key=KEY, pace=0, allow_hosts=(NAME,))) as server:
        async with proxy(greet, server.port) as (port, asked):
            monkeypatch.setenv(variable, f"{scheme}://127.0.0.1:{port}")
            url = server.url.replace(urlsplit(server.url).netloc, f"{NAME}:{server.port}")
            async with aio.connect(url, api_key=KEY) as session:
                turn = await session.ask("你好")
    assert asked == [NAME]
    assert turn.status == "completed"
    assert turn.peer == f"{NAME}:{server.port}"


@pytest.mark.parametrize(
    ("status", "said"), [(403, "firewall"), (407, "name and a password"), (502, "no answer")]
)
async def test_a_proxy_that_refuses_is_named(
    monkeypatch: pytest.MonkeyPatch, status: int, said: str
) -> None:
    """Its refusal is the proxy's, not the service's, and its status is explained."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        with pytest.raises(ConnectFailed, match=f"proxy .*{status}.*{said}"):
            await aio.connect(f"ws://{NAME}:1/", api_key=KEY, timeout=5)


@asynccontextmanager
async def stripping(port: int) -> AsyncIterator[int]:
    """A gateway that lets no Authorization header through to ``port``; its own port."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        there, back = await asyncio.open_connection("127.0.0.1", port)
        kept = [each for each in lines if not each.lower().startswith(b"authorization:")]
        back.write(b"\r\n".join(kept))
        await asyncio.gather(copy(reader, back), copy(there, writer))

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_where_headers_are_stripped_a_token_in_the_address_does() -> None:
    """And the refusal says so; the token is not in what is shown."""
    async with running(key=KEY) as server, stripping(urlsplit(server.url).port or 0) as port:
        url = f"ws://127.0.0.1:{port}/api/paas/v4/realtime"
        with pytest.raises(Refused, match=r"append \?Authorization="):
            await aio.connect(url, api_key=KEY)
        token = make_token(KEY).reveal()
        there = f"{url}?Authorization={token}"
        async with aio.connect(there, api_key=KEY, modalities=["text"]) as session:
            assert (await session.ask("Hello!")).transcript
            assert token not in repr(session) + str(session.peer)
