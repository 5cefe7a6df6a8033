"""A WebSocket server that plays a drawn script to each connection: the path names its seed."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import chain
from random import Random
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.hostile.drawn_events import (
    ANSWERS,
    ERRORS,
    IDS,
    SECRETS,
    SERVER,
    Message,
    Object,
    answer,
    b64,
    chance,
    event,
    interleaved,
    message,
    one,
    random_of,
    shown,
)

_CODES = (1000, 1001, 1003, 1008, 1011, 1013, 3000, 4999)
_STATUS = (400, 401, 403, 404, 429, 500, 503)
_BODIES = (
    "",
    "{",
    "[]",
    '{"error": 3}',
    '{"error": {"code": null}}',
    '{"error": {"code": "1002"}}',
)
_LAST = 30.0  # seconds for those who still queue when a test is over
_LARGE = 300_000  # bytes in one delta


@dataclass(frozen=True, slots=True)
class Step:
    """Something a server does: ``say``, ``echo`` what came, ``wait``, ``close`` or ``abort``."""

    do: str
    what: Any = None


@dataclass(frozen=True, slots=True)
class Script:
    """What a connection gets: a refusal, or a greeting and then steps for each event it sends.

    ``bursts`` are drawn when they are asked for, in their order: most connections end before.
    """

    refusal: tuple[int, str] | None
    greeting: tuple[Step, ...]
    bursts: Iterator[tuple[Step, ...]]

    def __str__(self) -> str:
        if self.refusal:
            return f"refused: {self.refusal}"
        bursts = ((f"to event {n}", steps) for n, steps in enumerate(self.bursts))
        lines = [
            f"  {name}: {shown(s)}"
            for name, ss in (("at once", self.greeting), *bursts)
            for s in ss
        ]
        return "\n".join(lines)


# -- drawing -------------------------------------------------------------------------------


def script_of(seed: int) -> Script:
    """The script of a seed. Most of them get a client into a conversation."""
    random = random_of("server", seed)
    body = random.choice((*_BODIES, f"{SECRETS[0]} {SECRETS[1]}"))
    refusal = (random.choice(_STATUS), body) if chance(random, 0.03) else None
    valid = chance(random, 0.9)
    created = Step("say", json.dumps({"type": "session.created", "session": {"id": "s"}}))
    greeting = (created,) if valid else tuple(_burst(random))
    first = (Step("echo"),) if valid else tuple(_burst(random))
    return Script(refusal, greeting, chain([first], (tuple(_burst(random)) for _ in range(16))))


def _burst(random: Random) -> Iterator[Step]:
    """What one event of the client's is met with."""
    if chance(random, 0.65):
        yield Step("echo")
    often = ((6, _events), (2, _answer), (2, _two), (2, _refusal))
    kind = one(random, *often, (6, _nothing), (1, _end))
    yield from kind(random)


def _events(random: Random) -> Iterator[Step]:
    for _ in range(random.randrange(1, 6)):
        specs = ANSWERS if chance(random, 0.6) else SERVER
        yield Step("say", message(random, event(random, specs)))
        if chance(random, 0.05):
            yield Step("wait", random.random() / 10)


def _answer(random: Random) -> Iterator[Step]:
    whole = list(answer(random, random.choice(IDS)))
    if chance(random, 0.3):
        random.shuffle(whole)
    yield from _said(whole[: random.randrange(1, 20)])
    if chance(random, 0.1):
        large = b64(random.randbytes(_LARGE))
        yield from _said([{"type": "response.audio.delta", "response_id": "r0", "delta": large}])


def _two(random: Random) -> Iterator[Step]:
    yield from _said(interleaved(random))


def _refusal(random: Random) -> Iterator[Step]:
    yield from _said([event(random, ERRORS)])


def _nothing(random: Random) -> Iterator[Step]:
    yield from ()


def _end(random: Random) -> Iterator[Step]:
    reason = random.choice(("", "bye", "1001", f"{SECRETS[0]}", "好" * 20))
    ends = ((2, Step("close", (random.choice(_CODES), reason))), (2, Step("abort")))
    yield one(random, *ends, (1, Step("vanish")))


def _said(events: list[Object]) -> Iterator[Step]:
    for each in events:
        yield Step("say", json.dumps(each))


# -- playing -------------------------------------------------------------------------------


@dataclass(slots=True)
class HostileServer:
    """One server for many seeds: ``url`` of a seed, and who is ``left`` connected."""

    key: str
    server: Server = field(init=False)
    here: list[int] = field(default_factory=list)  # the seeds of those that are connected

    def url(self, seed: int) -> str:
        """Where a seed's script is played."""
        return f"ws://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/{seed}"

    async def left(self, within: float) -> list[int]:
        """The seeds of those that are still connected after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.here:
                    await asyncio.sleep(0.01)
        return self.here

    async def greet_all(self) -> None:
        """Waits until everybody is served who came before this: who gave up may still queue."""
        port = self.server.sockets[0].getsockname()[1]
        async with asyncio.timeout(_LAST):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"no request\r\n\r\n")
            await reader.read()
            writer.close()
            await writer.wait_closed()

    def admit(self, socket: ServerConnection, request: Request) -> Response | None:
        """Turn away whom the script turns away."""
        refusal = script_of(_seed(request)).refusal
        if refusal is None:
            return None
        response = socket.respond(HTTPStatus(refusal[0]), "")
        response.body = self._filled(refusal[1], request).encode()
        response.headers["Content-Length"] = str(len(response.body))
        return response

    async def talk(self, socket: ServerConnection) -> None:
        """Play the script of a connection to its end, then say nothing more."""
        assert socket.request is not None
        seed = _seed(socket.request)
        script = script_of(seed)
        self.here.append(seed)
        try:
            await self._play(socket, script.greeting, {})
            async for came in socket:
                await self._play(socket, next(script.bursts, ()), json.loads(came))
        except ConnectionClosed:
            pass
        finally:
            self.here.remove(seed)

    async def _play(self, socket: ServerConnection, steps: tuple[Step, ...], came: Object) -> None:
        for step in steps:
            await self._do(socket, step, came)

    async def _do(self, socket: ServerConnection, step: Step, came: Object) -> None:
        if step.do == "say":
            await socket.send(self._filled(step.what, socket.request))
        elif step.do == "echo":
            for each in echo(came):
                await socket.send(json.dumps(each))
        elif step.do == "wait":
            await asyncio.sleep(step.what)
        elif step.do == "close":
            await socket.close(step.what[0], self._filled(step.what[1], socket.request)[:60])
        else:
            socket.transport.abort() if step.do == "abort" else socket.transport.close()

    def _filled(self, said: Message, request: Request | None) -> Message:
        """A message with what nobody may be shown in the place of its stand-ins."""
        if isinstance(said, bytes) or request is None:
            return said
        token = request.headers["Authorization"].removeprefix("Bearer ")
        return said.replace(SECRETS[0], self.key).replace(SECRETS[1], token)


def echo(came: Object) -> Iterator[Object]:
    """What a well-behaved service answers to a client's event."""
    item = {"id": "i0", "type": "message", "role": "user"}
    if came.get("type") == "session.update":
        yield {"type": "session.updated", "session": came.get("session")}
    elif came.get("type") == "input_audio_buffer.clear":
        yield {"type": "input_audio_buffer.cleared"}
    elif came.get("type") == "input_audio_buffer.commit":
        yield {"type": "input_audio_buffer.committed", "item_id": "i0"}
        yield {"type": "conversation.item.created", "item": item}
    elif came.get("type") == "response.create":
        yield from answer(Random(1), f"of {came.get('client_timestamp')}")
    elif came.get("type") == "response.cancel":
        yield {"type": "response.done", "response": {"id": "r0", "status": "cancelled"}}


def _seed(request: Request) -> int:
    return int(request.path.rpartition("/")[2])


@contextlib.asynccontextmanager
async def hostile_server(key: str) -> AsyncIterator[HostileServer]:
    """A server that plays scripts until the end of the block."""
    hostile = HostileServer(key)
    async with serve(
        hostile.talk,
        "127.0.0.1",
        0,
        process_request=hostile.admit,
        compression=None,
        close_timeout=0.2,
        max_size=None,
    ) as hostile.server:
        yield hostile
        await hostile.greet_all()
