"""The control channel over HTTP: log, faults and reset, for tests in whatever language."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import httpx
import pytest

from glmkit.auth.credentials import Key
from glmkit.auth.tokens import make_token
from glmkit.emulator.server.control import ROOT
from glmkit.protocol.serving.whole_request import LARGEST, WholeRequestReader
from tests.bare import KEY, SECONDS, joined, running
from tests.listed import check_each

BEARER = {"Authorization": f"Bearer {KEY}"}


def root(server: Any) -> str:
    return f"http://127.0.0.1:{server.port}/_emulator"


def client(server: Any, **settings: Any) -> httpx.AsyncClient:
    settings = {"headers": BEARER, "timeout": SECONDS, "trust_env": False, **settings}
    return httpx.AsyncClient(base_url=root(server), **settings)


async def raw(server: Any, *parts: bytes) -> bytes:
    """What comes for bytes that are sent a part at a time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for part in parts:
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0.02 if len(part) > 1 else 0)
    answer = await asyncio.wait_for(reader.read(), SECONDS)
    writer.close()
    return answer


async def test_faults_are_set_shown_and_ended() -> None:
    """As words, as a form, as the JSON that was shown; one ends by name, all at once."""
    async with running() as server, client(server) as http:
        assert (await http.get("/faults")).json() == {}
        words = await http.post("/faults", content="gateway=503,times=2\ncut,after=2")
        assert words.json() == server.faults.active()
        assert words.json()["gateway"] == {"value": 503.0, "times": 2}
        form = await http.post("/faults", data={"latency": "0.2", "stall,after": "3"})
        assert set(form.json()) == {"gateway", "cut", "latency", "stall"}
        left = await http.delete("/faults", params={"name": "gateway"})
        assert set(left.json()) == {"cut", "latency", "stall"}
        assert (await http.delete("/faults")).json() == {}
        again = await http.post("/faults", json=form.json())
        assert again.json() == form.json()
        assert (await http.post("/faults", json={"rate_limit": 9})).json()["rate_limit"] == {
            "value": 9.0
        }


async def test_no_fault_strikes_the_control_channel() -> None:
    """Or none that keeps everybody out could be ended; nor does it count there."""
    shut_out = ["unauthorized,times=1", "busy,times=1", "gateway,times=1"]
    async with running(faults=shut_out, connections=1) as server, client(server) as http:
        active = (await http.get("/faults")).json()
        assert {name: each["times"] for name, each in active.items()} == {
            "unauthorized": 1,
            "busy": 1,
            "gateway": 1,
        }


async def test_the_log_is_what_python_sees_and_begins_where_it_is_asked_to() -> None:
    """Sessions, what was ignored, the emulator's own problems; ``now`` is the next ``since``."""
    async with running() as server, client(server) as http, joined(server) as bare:
        await bare.update(prompt={"id": "p"})
        first = (await http.get("/log")).json()
        await bare.append(bytes(3200))
        await bare.fence()
        rest = (await http.get("/log", params={"since": first["now"]})).json()
        nothing = (await http.get("/log", params={"since": time.time() + 9})).json()
        assert (await http.get("/log")).json()["sessions"] == server.log()
    assert first["ignored"] == [
        {"event": "session.update", "field": "session.prompt.id", "instead": ""}
    ]
    assert first["problems"] == []
    [session] = rest["sessions"]
    came = [row[2] for row in session["events"] if row[1] == "in"]
    assert came == ["input_audio_buffer.append", "conversation.item.retrieve"]
    assert nothing["sessions"] == []


async def test_reset_gives_the_faults_of_the_start_and_an_empty_log() -> None:
    """What goes on is logged from then on."""
    async with running(faults=["latency=0.001"]) as server, client(server) as http:
        async with joined(server) as bare:
            await http.post("/faults", content="cut,after=9")
            assert (await http.post("/reset")).json() == {"latency": {"value": 0.001}}
            await bare.fence()
            [session] = server.log()
    assert "session.created" not in str(session)
    assert "conversation.item.retrieve" in str(session)


REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/log", {"headers": {}}, 401, "Authorization"),
    ("GET", "/log", {"headers": {"Authorization": f"Bearer {KEY}x"}}, 401, ""),
    ("POST", "/reset", {"headers": {**BEARER, "Host": "evil.example"}}, 403, "evil.example"),
    ("POST", "/reset", {"headers": {**BEARER, "Origin": "https://evil.example"}}, 403, "origin"),
    ("GET", "/other", {}, 404, "/_emulator/log"),
    ("GET", "", {}, 404, "/_emulator/faults"),
    ("POST", "/log", {}, 405, "GET"),
    ("PUT", "/faults", {"content": "cut"}, 405, "DELETE"),
    ("GET", "/reset", {}, 405, "POST"),
    ("GET", "/log", {"params": {"since": "yesterday"}}, 400, "yesterday"),
    ("POST", "/faults", {"content": ""}, 400, "--fault"),
    ("POST", "/faults", {"content": "lattency"}, 400, "latency"),
    ("POST", "/faults", {"content": "gateway=7"}, 400, "gateway"),
    ("POST", "/faults", {"content": '{"cut": '}, 400, "JSON"),
    ("POST", "/faults", {"content": '{"cut": {"afer": 1}}'}, 400, "afer"),
    ("POST", "/faults", {"content": '{"cut": [1]}'}, 400, "cut"),
    ("POST", "/faults", {"content": b"\xff\xfe"}, 400, "--fault"),
    ("POST", "/faults", {"content": "x" * (LARGEST + 1)}, 413, str(LARGEST)),
    ("DELETE", "/faults", {"params": {"name": "no"}}, 400, "no"),
]


@pytest.mark.slow
async def test_what_cannot_be_is_refused_and_changes_nothing() -> None:
    """With a status, and words that name what was found, what is expected, or what to do."""
    async with running() as server:
        answers = {}
        for number, (method, path, settings, *_) in enumerate(REFUSED):
            async with client(server, headers=settings.get("headers", BEARER)) as http:
                rest = {name: value for name, value in settings.items() if name != "headers"}
                answers[number] = await http.request(method, root(server) + path, **rest)
        assert server.faults.active() == {}

    def refused(number: int, status: int, words: str) -> None:
        answer = answers[number]
        assert answer.status_code == status, answer.text
        assert words in answer.json()["error"]["message"], answer.text
        assert KEY not in answer.text

    check_each(refused, [(n, row[3], row[4]) for n, row in enumerate(REFUSED)])


async def test_a_token_or_a_key_in_the_query_does_as_well() -> None:
    """As the WebSocket takes them."""
    token = make_token(Key.parse(KEY)).reveal()
    async with running() as server:
        for settings in (
            {"headers": {"Authorization": f"Bearer {token}"}},
            {"headers": {}, "params": {"Authorization": KEY}},
        ):
            async with client(server, **settings) as http:
                assert (await http.get("/faults")).status_code == 200


async def test_a_request_may_come_in_pieces_and_wait_for_a_word() -> None:
    """Byte by byte, in chunks, with Expect: 100-continue, as HTTP/1.0; what is none is 400."""
    head = f"Authorization: Bearer {KEY}\r\n"
    host = "Host: 127.0.0.1\r\n" + head
    whole = f"POST /_emulator/faults HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\ncut".encode()
    chunked = (
        f"POST /_emulator/faults HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n".encode()
    )
    expecting = (
        f"POST /_emulator/faults HTTP/1.1\r\n{host}Content-Length: 3\r\nExpect: 100-continue"
    )
    async with running() as server:
        for parts, begins in (
            ([bytes([each]) for each in whole], b"HTTP/1.1 200"),
            ([chunked, b"3\r\ncut\r\n", b"0\r\n\r\n"], b"HTTP/1.1 200"),
            ([f"{expecting}\r\n\r\n".encode(), b"cut"], b"HTTP/1.1 100"),
            (
                [b"GET /_emulator/faults HTTP/1.0\r\nHost: [::1]\r\n", head.encode(), b"\r\n"],
                b"HTTP/1.1 200",
            ),
            ([b"POST /_emulator/reset HTTP/1.1\r\nno header\r\n\r\n"], b"HTTP/1.1 400"),
            ([whole.replace(b"Host", b"Host: a\r\nHost")], b"HTTP/1.1 400"),
            ([b"GET /_emulator/log HTTP/1.1\r\n" + b"x: y\r\n" * 9_000], b"HTTP/1.1 431"),
        ):
            answer = await raw(server, *parts)
            assert answer.startswith(begins), (parts, answer)
            assert json.loads(answer.rpartition(b"\r\n\r\n")[2])


def test_what_is_for_the_websocket_is_handed_on_as_it_came() -> None:
    """However it is cut into pieces, and whatever it is."""
    for sent in (
        b"GET /api/paas HTTP/1.1\r\n",
        b"GET /_emu HTTP",
        b"\x16\x03\x01\x02\x00\x01\x00\xfc\x03",
    ):
        for size in (1, 3, 100):
            reader = WholeRequestReader(ROOT)
            pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
            assert b"".join(map(reader.take, pieces)) == sent
            assert reader.ours is False


async def test_other_machines_may_not_control() -> None:
    """Not even with a key: a class shares one emulator."""
    async with running() as server:
        asked = WholeRequestReader(ROOT)
        asked.take(
            b"GET /_emulator/log HTTP/1.1\r\nHost: localhost\r\n"
            + f"Authorization: {KEY}\r\n\r\n".encode()
        )
        assert asked.request is not None
        for peer, status in (("127.0.0.1", 200), ("::1", 200), ("192.168.0.7", 403), ("", 403)):
            assert server._control.answer(asked.request, peer=peer).status_code == status
        assert KEY not in repr(asked.request)


@pytest.mark.slow
async def test_who_is_connected_and_asks_nothing_more_is_sent_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half a request waits no longer than half a handshake."""
    monkeypatch.setattr("glmkit.emulator.server.running.OPEN_SECONDS", 0.3)
    async with running() as server:
        assert await raw(server, b"POST /_emulator/faults HTTP/1.1\r\nHost: localhost\r\n") == b""
