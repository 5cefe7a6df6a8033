"""Why no connection came about: which address failed, and how, in the reader's language."""

from __future__ import annotations

import asyncio
import errno
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets import exceptions as failed
from websockets.datastructures import Headers
from websockets.http11 import Response

from glmkit import aio
from glmkit.auth import Key
from glmkit.errors import ConnectFailed, GlmError, Refused
from glmkit.session.connect_failure import explained
from glmkit.session.opening import Route
from tests.listed import check_each

KEY = Key.random()
URL = "ws://glm.example:9/"


@asynccontextmanager
async def answering(*answers: str | bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives each request the next answer; its address, and the requests."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        answer = answers[min(len(asked), len(answers)) - 1]
        writer.write(answer.encode() if isinstance(answer, str) else answer)
        writer.write_eof()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/", asked


def http(status: int, *lines: str, body: str = "") -> str:
    head = [f"HTTP/1.1 {status} No", f"Content-Length: {len(body)}", *lines, "", ""]
    return "\r\n".join(head) + body


async def failure_at(url: str) -> GlmError:
    with pytest.raises(GlmError) as caught:
        await aio.connect(url, api_key=KEY, timeout=5)
    return caught.value


@pytest.mark.parametrize("status", [301, 307])
async def test_what_failed_behind_a_redirect_is_said_of_where_it_led(status: int) -> None:
    """The key was not sent there, so it is not called wrong."""
    body = '{"error": {"code": "1002", "message": "no token"}}'
    async with answering(http(401, body=body)) as (there, asked):
        async with answering(http(status, f"Location: {there}api?x=secretly")) as (first, _):
            error = await failure_at(first)
    assert isinstance(error, Refused)
    assert b"Authorization" not in asked[0]
    assert f"{first} redirects to {there}api" in str(error)
    assert "neither key nor token" in str(error)
    assert "api_key=" in str(error)
    assert "not valid" not in str(error)
    assert "wrong" not in str(error)
    assert "secretly" not in str(error)


async def test_a_redirect_to_where_nothing_listens_names_that() -> None:
    """The first address did answer."""
    async with answering() as (closed, _):
        pass
    async with answering(http(307, f"Location: {closed}")) as (first, _):
        error = await failure_at(first)
    assert isinstance(error, ConnectFailed)
    assert f"nothing listens at {closed}" in str(error)
    assert f"{first} redirects to {closed}" in str(error)


async def test_a_redirect_within_a_host_keeps_the_key() -> None:
    """A key that is refused there was looked at."""
    async with answering(http(308, "Location: /other"), http(401)) as (first, asked):
        error = await failure_at(first)
    assert b"Authorization" in asked[1]
    assert f"{first}other answered HTTP 401" in str(error)
    assert "copy the key again" in str(error)


@pytest.mark.parametrize("to", ["http://portal.example/login?id=secretly", "HTTPS://10.0.0.1/"])
async def test_a_redirect_to_a_page_speaks_of_signing_in(to: str) -> None:
    """That is how networks ask for it."""
    async with answering(http(302, f"Location: {to}")) as (first, _):
        error = await failure_at(first)
    assert isinstance(error, ConnectFailed)
    assert "sign in" in str(error)
    assert to.partition("?")[0] in str(error)
    assert "secretly" not in str(error)


async def test_redirects_without_end_are_named() -> None:
    """In words of their own."""
    async with answering(http(302, "Location: /again")) as (first, asked):
        error = await failure_at(first)
    assert len(asked) > 2
    assert "again and again" in str(error)


LARGE = b"HTTP/1.1 503 No\r\nContent-Length: 3000000\r\n\r\n<p>busy</p>" + b" " * 2_999_989
ENDLESS = b"HTTP/1.1 503 No\r\n\r\n<p>busy</p>" + b"x" * 1_500_000
CUT = b"HTTP/1.1 503 No\r\nContent-Length: 50\r\n\r\n<p>busy</p>"
CHUNKS = b"HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n<p>busy</p>\r\nzz"
OLD = b"HTTP/1.0 503 No\r\n\r\n<p>busy</p>"


@pytest.mark.parametrize("answer", [LARGE, ENDLESS, CUT, CHUNKS, OLD], ids=range(5))
async def test_an_answer_that_cannot_be_taken_whole_has_its_status(answer: bytes) -> None:
    """Too large, cut off, ill-made or of an old version: what came is read."""
    async with answering(answer) as (url, _):
        error = await failure_at(url)
    assert isinstance(error, Refused)
    assert error.status == 503
    assert "busy or under maintenance" in str(error)
    assert "its words: busy" in str(error)


def under(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


#: What failed, and what a Chinese reader is told
CAUSES: list[tuple[Exception, str]] = [
    (failed.InvalidHeader("Sec-WebSocket-Accept"), "缺少 Sec-WebSocket-Accept 头"),
    (failed.InvalidHeaderValue("Sec-WebSocket-Accept", "x"), "Sec-WebSocket-Accept 头的内容不正确"),
    (failed.InvalidUpgrade("Upgrade", None), "缺少 Upgrade 头"),
    (failed.NegotiationError("no extensions supported"), "未曾提供的扩展"),
    (under(failed.InvalidMessage("did not receive"), EOFError("closed")), "断开了连接"),
    (under(failed.InvalidMessage("did not receive"), ValueError("odd")), "不是 HTTP"),
    (failed.StatusLineTooLong("line too long"), "不是 HTTP"),
    (failed.SecurityError("more than 10 redirects"), "不断重定向"),
    (EOFError("connection closed"), "断开了连接"),
    (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "断开了连接"),
    (OSError(errno.ENETUNREACH, "Connect call failed ('10.0.0.1', 9)"), "当前网络无法到达"),
    (OSError(errno.EHOSTUNREACH, "No route to host"), "当前网络无法到达"),
    (ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed"), "拒绝连接"),
    (TimeoutError("timed out during opening handshake"), "没有应答"),
    (certificate(10), "不在有效期内"),
    (certificate(18), "不是本机信任的机构"),
    (certificate(62), "属于别的主机"),
    (failed.InvalidProxy("ftp://me:secretly@p:1", "scheme isn't supported"), "不是可用的代理地址"),
    (failed.InvalidStatus(Response(511, "No", Headers())), "登录"),
]


def test_chinese_readers_are_told_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence of a library's stands in ours, and no password."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")

    def check(error: Exception, said: str) -> None:
        words = str(explained(error, Route(URL, URL), "glm.example:9", 5))
        assert said in words, words
        prose = words.replace("import os", "")  # a line to paste
        assert not re.search(r"[a-z]+ [a-z]+", prose), words
        assert "secretly" not in words, words

    check_each(check, CAUSES)
