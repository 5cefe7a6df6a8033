"""What opens a connection badly: every answer to the handshake is one of the kit's errors."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable

import pytest

from glmkit import aio
from glmkit.auth import Key
from glmkit.errors import ConnectFailed, Disconnected, GlmError, Refused

DEADLINE = 5.0  # seconds
Answer = Callable[[bytes], bytes]


def opened(*lines: str, then: bytes = b"") -> Answer:
    """The handshake's answer with more lines, and what comes behind it."""

    def answer(request: bytes) -> bytes:
        words = next(
            x for x in request.split(b"\r\n") if x.lower().startswith(b"sec-websocket-key")
        )
        key = words.partition(b":")[2].strip() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key).digest()).decode()
        head = [
            *("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"),
            *(f"Sec-WebSocket-Accept: {accept}", *lines, "", ""),
        ]
        return "\r\n".join(head).encode() + then

    return answer


def refused(status: str, *lines: str, body: bytes = b"", length: bool = True) -> Answer:
    """An answer that opens nothing."""
    size = [f"Content-Length: {len(body)}"] if length else []
    head = "\r\n".join([f"HTTP/1.1 {status}", *size, *lines, "", ""])
    return lambda _: head.encode("utf-8", "surrogateescape") + body


def frame(message: bytes) -> bytes:
    return b"\x81\x7f" + len(message).to_bytes(8, "big") + message


def deep(size: int) -> bytes:
    return b'{"error": ' * size + b"1" + b"}" * size


ANSWERS: list[tuple[Answer, type[GlmError]]] = [
    (opened("Date: a", "Date: b"), Disconnected),
    (opened("Date: \x00"), ConnectFailed),
    (opened("Sec-WebSocket-Extensions: permessage-deflate"), ConnectFailed),
    (opened("Sec-WebSocket-Protocol: a, b"), ConnectFailed),
    (opened("Sec-WebSocket-Accept: x"), ConnectFailed),
    (opened(then=frame(deep(100_000))), Disconnected),
    (opened(then=frame(b"[" * 100_000)), Disconnected),
    (opened(then=frame(b"\xff\xfe")), Disconnected),
    (opened(then=b"\xff" * 20), Disconnected),
    (refused("302 Found", "Location: ws://[::1"), ConnectFailed),
    (refused("302 Found", "Location: ws://h:port/"), ConnectFailed),
    (refused("302 Found", "Location: http://elsewhere/"), ConnectFailed),
    (refused("302 Found", "Location: ws://a/", "Location: ws://b/"), ConnectFailed),
    (refused("302 Found", "Location: ws://" + "x" * 300 + "/"), ConnectFailed),
    (refused("302 Found", "Location: "), ConnectFailed),
    (refused("302 Found"), Refused),
    (refused("401 No", body=deep(50_000)), Refused),
    (refused("401 No", body=b"[" * 200_000), Refused),
    (refused("401 No", body=b'{"error": {"code": ' + b"9" * 5000 + b"}}"), Refused),
    (refused("401 No", body=b'{"error": {"code": 1e999, "message": [1]}}'), Refused),
    (refused("401 No", body=b"\x1f\x8b\x08", length=True), Refused),
    (refused("500 No", "Content-Encoding: br", "Content-Type: x; charset=nothing"), Refused),
    (refused("500 No", body=b"x" * 3_000_000), Refused),
    (refused("500 No", "Content-Length: 1", body=b"ab"), Refused),
    (refused("500 No", "Content-Length: -5", length=False), Refused),
    (refused("500 No", "Transfer-Encoding: chunked", body=b"zz\r\n", length=False), Refused),
    (refused("500 No", "Transfer-Encoding: br", length=False), Refused),
    (refused("999 No"), ConnectFailed),
    (refused("20 No"), ConnectFailed),
    (refused("abc No"), ConnectFailed),
    (refused("200 \x01"), Refused),
    (refused("200 OK", *[f"A{n}: b" for n in range(500)]), Refused),
    (refused("200 OK", "A: " + "b" * 100_000), Refused),
    (refused("200 OK", "no colon"), Refused),
    (lambda _: b"", ConnectFailed),
    (lambda _: b"\xff" * 100, ConnectFailed),
    (lambda _: b"x" * 100_000, ConnectFailed),
    (lambda _: b"SSH-2.0-OpenSSH\r\n", ConnectFailed),
]


@pytest.mark.slow
async def test_only_our_errors_leave_connect_and_nothing_stays_open() -> None:
    """No other error, no task and no socket, whatever the answer."""
    wrong = [found for number in range(len(ANSWERS)) if (found := await _wrong(number))]
    assert not wrong, "\n".join(wrong)


async def _wrong(number: int) -> str:
    """What is wrong with how an answer is taken; nothing, if it is right."""
    answer, expected = ANSWERS[number]
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(await reader.readuntil(b"\r\n\r\n")))
        writer.write_eof()
        while await reader.read(65_536):
            pass
        writer.close()
        gone.set()

    before = asyncio.all_tasks()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        try:
            await aio.connect(f"ws://127.0.0.1:{port}/", api_key=Key.random(), timeout=DEADLINE)
        except Exception as error:  # noqa: BLE001 - it is looked at
            found = f"{type(error).__name__}: {error}"
            right = type(error) is expected
        else:
            found, right = "it connected", False
        try:
            await asyncio.wait_for(gone.wait(), DEADLINE)
        except (TimeoutError, ConnectionError):
            found, right = f"{found}, and the socket stays open", False
    await asyncio.sleep(0)
    left = [task for task in asyncio.all_tasks() - before if "_live" in repr(task)]
    return "" if right and not left else f"{number}: {found[:160]} {left}"


async def test_a_redirect_that_leads_nowhere_is_named() -> None:
    """Where it leads, and not that the address asked for was none."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(refused("302 Found", "Location: ws://[::1")(b""))
        await reader.read()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectFailed, match=r"redirects to 'ws://\[::1'"):
            await aio.connect(f"ws://127.0.0.1:{port}/", api_key=Key.random())
