"""What an HTTP answer instead of a WebSocket is said to mean, whoever gave it."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from glmkit import aio
from glmkit.auth import Key
from glmkit.errors import Refused
from glmkit.explain import explain
from glmkit.session.http_refusal import body_in
from tests.listed import check_each

KEY = Key.random()
RIGHT = "/api/paas/v4/realtime"
PAGE = "<html><head><title>x</title><style>p {}</style></head><h1>502 Bad\nGateway</h1></html>"
BETWEEN = "a proxy or gateway answered, not the service"


def error(code: object, message: object = "words") -> str:
    return json.dumps({"error": {"code": code, "message": message}})


#: (status, body, path, what is said, what is not said)
ANSWERS = [
    (
        401,
        error("401", "令牌已过期或验证不正确！"),
        RIGHT,
        "copy the key again; 令牌已过期; 401",
        BETWEEN,
    ),
    (401, error(401), RIGHT, "has expired; clock", BETWEEN),
    (401, error("1003"), RIGHT, "the token has expired; 1003", BETWEEN),
    (401, '{"code": 401, "msg": "expired"}', RIGHT, "copy the key again; expired", BETWEEN),
    (401, '{"error": "token is bad"}', RIGHT, "copy the key again; token is bad", BETWEEN),
    (401, '{"error": {"message": "bad"}}', RIGHT, "copy the key again; bad", BETWEEN),
    (401, "", RIGHT, "nothing in the answer tells; copy the key again", BETWEEN),
    (401, "<h1>Sign in</h1>", RIGHT, f"{BETWEEN}; Sign in; never looked at", "id.secret"),
    (403, "Forbidden", RIGHT, f"{BETWEEN}; firewall", "no explanation"),
    (403, error("1220"), RIGHT, "may not use", BETWEEN),
    (407, "", RIGHT, "name and a password", "no explanation"),
    (429, error("what?"), RIGHT, "too many; what?", "no explanation"),
    (429, "", RIGHT, "too many", BETWEEN),
    (500, error("500"), RIGHT, "failed inside", BETWEEN),
    (502, PAGE, RIGHT, f"{BETWEEN}; 502 Bad Gateway", "p {}"),
    (503, error(503), RIGHT, "busy", BETWEEN),
    (511, "<h1>Log in</h1>", RIGHT, f"{BETWEEN}; sign in there; Log in", "failed inside"),
    (511, "", RIGHT, "asks for a sign-in", "wait a little"),
    (501, "", RIGHT, "does not open WebSockets", "wait a little"),
    (451, "", RIGHT, "legal reasons", "check the address"),
    (504, '{"message": "no route"}', RIGHT, f"{BETWEEN}; no route; in vain", "no explanation"),
    (418, '["tea"]', RIGHT, f"{BETWEEN}; not accepted", "no explanation"),
    (200, "<p>Please sign in</p>", RIGHT, f"{BETWEEN}; sign-in; Please sign in", RIGHT + "."),
    (404, "404 page not found", "/v1/realtime", f"nothing is served; {RIGHT}", "no explanation"),
    (405, error("405"), "/v1/realtime", f"/v1/realtime, the service's is {RIGHT}", BETWEEN),
    (404, error("404"), RIGHT, "nothing is served", "the service's is"),
    (500, error("x" * 9_000, "\x1b[31mred\x07 " + "y" * 900_000), RIGHT, "red y", "\x1b"),
    (500, '{"error": ' + "[" * 9_000, RIGHT, BETWEEN, "no explanation"),
]


async def refused_with(status: int, body: str, path: str) -> Refused:
    """The error of a connection that is answered so."""

    def answer(_: ServerConnection, __: Request) -> Response:
        data = body.encode()
        return Response(status, HTTPStatus(status).phrase, Headers(), data)

    async with serve_websocket(_nothing, "127.0.0.1", 0, process_request=answer) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}{path}"
        with pytest.raises(Refused) as caught:
            await aio.connect(url, api_key=KEY, timeout=5)
    return caught.value


async def _nothing(_: ServerConnection) -> None:
    """Nobody gets this far."""


@pytest.mark.slow
def test_a_refusal_is_explained_by_its_code_or_its_status() -> None:
    """Wherever the code stands; and who answered, where it was not the service."""

    def check(status: int, body: str, path: str, said: str, unsaid: str) -> None:
        refused = asyncio.run(refused_with(status, body, path))
        words = f"{refused} {explain(refused)}"
        assert refused.status == status
        assert all(part in words for part in said.split("; ")), words
        assert unsaid not in words, words
        assert "no explanation" not in words, words
        assert len(words) < 9_000
        assert explain(refused)[0].cure

    check_each(check, ANSWERS)


JSON = error("1113", "余额不足").encode()
PORTAL = "<title>x</title><p>请先登录校园网</p>"
#: (headers, body, what is said of it, by whom)
PACKED = [
    ({"Content-Encoding": "gzip"}, gzip.compress(JSON), "余额不足", "service"),
    ({}, gzip.compress(JSON), "余额不足", "service"),
    ({"Content-Encoding": "identity, X-GZIP"}, gzip.compress(JSON), "余额不足", "service"),
    ({"Content-Encoding": "deflate"}, zlib.compress(JSON), "余额不足", "service"),
    ({"Content-Encoding": "deflate"}, zlib.compress(JSON)[2:-4], "余额不足", "service"),
    ({"Content-Encoding": "gzip"}, JSON, "余额不足", "service"),
    ({"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-9], "502", "other"),
    ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 50_000_000), "xxx", "other"),
    ({"Content-Encoding": "br"}, b"\x8b\x02\x80", "", "unknown"),
    ({}, b"\x1f\x8b\x08", "", "unknown"),
    ({"Content-Type": "text/html; charset=gbk"}, PORTAL.encode("gbk"), "请先登录校园网", "other"),
    ({}, PORTAL.encode("gb18030"), "请先登录校园网", "other"),
    ({"Content-Type": "text/html; charset=utf-8"}, PORTAL.encode("gbk"), "请先登录校园网", "other"),
    ({}, b"<meta charset=big5>" + "請登入".encode("big5"), "請登入", "other"),
    ({"Content-Type": "x; charset=zip"}, PORTAL.encode("gbk"), "请先登录校园网", "other"),
    ({}, JSON.decode().encode("utf-16"), "余额不足", "service"),
    ({}, JSON.decode().encode("utf-8-sig"), "余额不足", "service"),
    ({}, "请先登录".encode()[:-1], "请先登", "other"),
]


def test_a_body_is_read_whatever_it_is_packed_in() -> None:
    """As words, and by whom it was written; nothing unreadable is shown."""

    def check(headers: dict[str, str], body: bytes, said: str, by: str) -> None:
        found = body_in(Response(503, "No", Headers(headers), body))
        assert (said in found.message, found.by) == (True, by), found
        assert bool(said) == bool(found.message), found
        assert "\ufffd" not in found.message

    check_each(check, PACKED)
