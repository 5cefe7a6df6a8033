"""The kit's own page: it serves whoever has the token, from its own origin, and then closes."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable
from types import ModuleType
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from glmkit.environment.browser import page_advice
from glmkit.widgets import page as page_module
from glmkit.widgets.page import Page
from glmkit.widgets.switchboard import LARGEST, Switchboard, pack, unpack

HANDSHAKE = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
OPTIONS = {"kind": "recorder", "words": {"recorder": "</script>"}}


class Heard(list[Any]):
    """What a page said, and a way to wait for it."""

    def __call__(self, face: Page, message: object, buffers: list[bytes]) -> None:
        self.append((message, buffers))

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self) < count:
                await asyncio.sleep(0.01)


@pytest.fixture
async def heard() -> Heard:
    return Heard()


@pytest.fixture
async def page(heard: Heard) -> AsyncIterator[Page]:
    served = Page(OPTIONS, heard)
    await served.open()
    yield served
    await served.close()


async def get(url: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(url, headers=headers)


@pytest.mark.slow
async def test_the_page_needs_the_token(page: Page) -> None:
    """With it there is HTML and the module; without it, or with another, nothing."""
    found = await get(page.url)
    assert found.status_code == 200
    assert "script-src 'self'" in found.headers["content-security-policy"]
    assert found.text.count("</script>") == 2  # a sentence cannot end the script it stands in
    base, _, token = page.url.partition("?")
    assert "registerProcessor" in (await get(f"{base}page.js?{token}")).text
    for wrong in (base, f"{base}?token=", f"{base}?token=x", f"{base}page.js"):
        assert (await get(wrong)).status_code == 403
    assert (await get(f"{base}etc/passwd?{token}")).status_code == 404


async def test_a_foreign_name_does_not_lead_here(page: Page) -> None:
    """A host name of somebody else's that resolves to this machine is turned away."""
    assert (await get(page.url, Host="evil.example:80")).status_code == 421


async def test_the_socket_is_for_the_pages_own_origin(page: Page, heard: Heard) -> None:
    """Another page in the same browser cannot take the microphone's place."""
    address = page.url.replace("http", "ws").replace("/?", "/ws?")
    for origin in (None, "http://evil.example", "http://127.0.0.1:1"):
        with pytest.raises(InvalidStatus):
            await connect(address, origin=origin, proxy=None)  # type: ignore[arg-type]
    origin: Any = f"http://127.0.0.1:{page.port}"
    async with connect(address, origin=origin, proxy=None) as socket:
        await socket.send(pack({"type": "hello"}, b"\1\2"))
        await socket.send(b"\0")  # nonsense is passed over
        await heard.until(1)
        page.tell("got", b"\3", seq=7)
        assert unpack(await socket.recv()) == ({"type": "got", "seq": 7}, b"\3")
    await heard.until(2)
    assert heard == [({"type": "hello"}, [b"\1\2"]), ({"type": "gone"}, [])]


@pytest.mark.parametrize(
    "request_line",
    ["GET //[x HTTP/1.1", "GET /?token=x HTTP/1.1\r\nHost: 127.0.0.1:1"],
)
async def test_what_can_be_read_in_two_ways_is_a_bad_request(page: Page, request_line: str) -> None:
    """Half an IPv6 address, two Hosts: an answer in words, not a mistake of the server's."""
    reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
    lines = (request_line, f"Host: 127.0.0.1:{page.port}", *HANDSHAKE)
    writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
    writer.close()


async def test_no_log_shows_its_token(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    """Not even what websockets says at DEBUG."""
    caplog.set_level(logging.DEBUG)
    await get(page.url)
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("glmkit")]
    assert any("GET /?token=" in each for each in ours)
    assert not any(page.url.partition("token=")[2] in each for each in ours)
    assert not [each for each in caplog.records if each.name.startswith("websockets.server")]


async def test_junk_is_passed_over_where_it_comes_in() -> None:
    """Nothing but what the page sends gets as far as the widget, and no part without an end."""
    taken: list[Any] = []
    board = Switchboard(asyncio.get_running_loop(), lambda *message: taken.append(message[1:]))
    face: Any = object()
    deep = b'{"type":' * 9_999
    for junk in (deep, b"\xff", b"[]", b"NaN"):
        with pytest.raises(ValueError, match=r"."):
            unpack(len(junk).to_bytes(4, "little") + junk)
    for message in (
        *(None, 5, [], {}, {"type": None}, {"type": ["start"]}, {"type": "start", "rate": 0}),
        *({"type": "chunk", "seq": seq} for seq in ("x", -1, 1.5, 1e300, float("nan"), [], True)),
        *({"type": "heard", name: {}} for name in ("samples", "ms", "response", "checksum")),
        *({"type": "text", "words": words} for words in (5, ["a"], {})),
    ):
        board.heard(face, message)
    for _ in range(3):
        board.heard(face, {"type": "part"}, [bytes(LARGEST // 2)])
    board.heard(face, {"type": "upload", "name": "a.wav"}, [b"x"])
    await asyncio.sleep(0)
    assert taken == [({"type": "upload", "name": "a.wav"}, b"x")]


async def test_it_closes_after_use(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody opened it in time: it is gone, and says so."""
    monkeypatch.setattr(page_module, "UNOPENED", 0.05)
    gone = asyncio.Event()
    told: Callable[[], None] = gone.set
    served = Page(OPTIONS, heard, told)
    url = await served.open()
    async with asyncio.timeout(10):
        await gone.wait()
    with pytest.raises(httpx.ConnectError):
        await get(url)


async def test_its_address_is_not_in_its_repr(page: Page) -> None:
    """The token is a key to a microphone's page."""
    assert page.url.partition("token=")[2] not in repr(page)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "opens in your own browser"),
        ({"JUPYTERHUB_USER": "ann"}, "Forward port 4711"),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "end of an SSH connection"),
    ],
    ids=["here", "hub", "ssh"],
)
def test_a_remote_kernel_says_how_to_reach_its_page(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    """By a forwarded port or an upload; a notebook's foreign address counts as a hub."""
    for name in ("JUPYTERHUB_USER", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert expected in page_advice(4711)
    if not variables:
        assert "Forward port 4711" in page_advice(4711, host="hub.example")


def test_colab_is_told_to_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    """No port of its kernel can be reached."""
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    assert "use Upload" in page_advice(4711)
