"""A WebSocket client that sends a drawn sequence of events, and reads whatever comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from traceback import format_exception
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from glmkit.events import problems
from glmkit.protocol.table import SPECS
from glmkit.verify.raw_client import configuration
from tests.bare import KEY, sample, wav
from tests.hostile.drawn_events import (
    CLIENT,
    ITEM,
    Message,
    Object,
    b64,
    chance,
    event,
    junk,
    message,
    one,
    random_of,
    session,
)

_SPOKEN = sample("joke_zh")
_WHOLE, _SILENCE, _MINUTE = _SPOKEN + bytes(40_000), bytes(32_000), bytes(2_000_000)
_FENCE = "the last event of the sequence"
_TOO_MUCH = "x" * (17 * 2**20)  # beyond what a message may have
_COMMON = frozenset(
    {"type", "event_id", "client_timestamp", "emulator"}
)  # the last says how it knew
_CODES = (1000, 1001, 1008, 3000, 4999)
#: What an emulator's own error holds, and nothing else.
ERROR_FIELDS = {"type": str, "code": str, "message": str, "param": str, "event_id": str}


@dataclass(frozen=True, slots=True)
class Step:
    """Something a client does: ``say``, ``wait``, ``settle``, ``close`` or ``abort``."""

    do: str
    what: Any = None


# -- drawing -------------------------------------------------------------------------------


def steps_of(seed: int) -> list[Step]:
    """The sequence of a seed: it begins with a configuration, mostly, and may end early."""
    random = random_of("emulator's client", seed)
    steps = [_say({"type": "session.update", "session": _right(random)})]
    steps = steps if chance(random, 0.9) else []
    for _ in range(random.randrange(1, 12)):
        steps += _some(random)
    ends = (Step("abort"), Step("close", random.choice(_CODES)))
    return [*steps, random.choice(ends)] if chance(random, 0.3) else [*steps, Step("settle")]


def _right(random: Random) -> Object:
    """A configuration that the emulator takes."""
    vad = {"type": one(random, (3, "client_vad"), (1, "server_vad"))}
    mode = {"chat_mode": one(random, (4, "audio"), (1, "video_passive"))}
    modalities = random.choice((["text"], ["text", "audio"]))
    return configuration(turn_detection=vad, beta_fields=mode, modalities=modalities)


def _some(random: Random) -> Iterator[Step]:
    kinds = ((4, _event), (3, _turn), (2, _configured), (2, _typed), (2, _sound), (1, _wait))
    yield from one(random, *kinds, (0.03, _huge))(random)


def _say(drawn: Object) -> Step:
    return Step("say", json.dumps(drawn))


def _event(random: Random) -> Iterator[Step]:
    """Any event, mostly with something wrong."""
    yield Step("say", message(random, event(random, CLIENT, wrong=0.6)))


def _turn(random: Random) -> Iterator[Step]:
    """The events of a turn, each there or not, in their order or in another."""
    yield from _sound(random)
    kinds = ["input_audio_buffer.commit", "response.create", "response.cancel"]
    if chance(random, 0.3):
        random.shuffle(kinds)
    for kind in kinds:
        if chance(random, 0.75 if kind != "response.cancel" else 0.3):
            yield _say({"type": kind})
    if chance(random, 0.3):
        yield Step("settle")


def _configured(random: Random) -> Iterator[Step]:
    yield _say({"type": "session.update", "session": session(random)})


def _typed(random: Random) -> Iterator[Step]:
    """A text or a function's output, perhaps taken back, and perhaps answered."""
    words = random.choice(
        ("讲个笑话", "repeat after me: spring", "", "weather?", "\ud83d", "x" * 500)
    )
    part = {"type": "input_text", "text": words}
    item: Object = {"type": "message", "role": "user", "content": [part]}
    if chance(random, 0.3):
        item = {"type": "function_call_output", "output": words, "call_id": junk(random)}
    yield _say({"type": "conversation.item.create", "item": item})
    if chance(random, 0.3):
        kind = random.choice(("conversation.item.delete", "conversation.item.retrieve"))
        yield _say({"type": kind, "item_id": ITEM})
    if chance(random, 0.7):
        yield _say({"type": "response.create"})


def _sound(random: Random) -> Iterator[Step]:
    """Speech or noise in one of the formats, right or wrong, in a few pieces."""
    speech = _SPOKEN[: 2 * random.randrange(1, len(_SPOKEN) // 2)]
    noise = random.randbytes(random.randrange(1, 9_000))
    kinds = ((3, speech), (2, _WHOLE), (1, noise), (1, _SILENCE), (0.2, _MINUTE))
    pcm = one(random, *kinds)
    how = one(
        random, (4, b64), (2, _as_wav), (1, _cut_wav), (1, lambda _: "AAA"), (1, lambda _: "")
    )
    piece = _say({"type": "input_audio_buffer.append", "audio": how(pcm)})
    yield from [piece] * random.randrange(1, 4)


def _as_wav(pcm: bytes) -> str:
    return b64(wav(pcm[: len(pcm) // 2 * 2]))


def _cut_wav(pcm: bytes) -> str:
    return b64(wav(pcm[: len(pcm) // 2 * 2])[: len(pcm) // 2 + 20])


def _wait(random: Random) -> Iterator[Step]:
    yield Step("wait", random.random() / 20)


def _huge(random: Random) -> Iterator[Step]:
    """More than a message may have."""
    yield Step("say", _TOO_MUCH)


# -- playing -------------------------------------------------------------------------------


@dataclass(slots=True)
class HostileClient:
    """One connection; ``wrong`` is what the emulator said that it should not."""

    socket: ClientConnection
    wrong: list[str] = field(default_factory=list)
    _items: list[str] = field(default_factory=list)
    _running: set[str] = field(default_factory=set)  # answers that have begun
    _answered: asyncio.Event = field(default_factory=asyncio.Event)
    _settled: asyncio.Event = field(default_factory=asyncio.Event)

    async def play(self, steps: list[Step]) -> None:
        """Do everything, then wait until the emulator has obeyed the last of it, or has closed."""
        reading = asyncio.create_task(self._read())
        with self._until_closed():
            for step in steps:
                await self._do(step)
            await self._obeyed()
        with self._until_closed():
            await self.socket.close()
        await reading

    @contextmanager
    def _until_closed(self) -> Iterator[None]:
        """Nothing more is done once the connection is closed."""
        try:
            yield
        except (ConnectionClosed, AttributeError):  # the latter: see GuardedConnection.send
            if self.socket.state is not State.CLOSED:
                raise

    async def _do(self, step: Step) -> None:
        if step.do == "say":
            await self.socket.send(self._filled(step.what))
        elif step.do == "wait":
            await asyncio.sleep(step.what)
        elif step.do == "settle":
            await self._obeyed()
            await self._settled.wait()
        elif step.do == "close":
            await self.socket.close(step.what)
        else:
            self.socket.transport.abort()

    async def _obeyed(self) -> None:
        """Waits until everything that was sent is obeyed, or the connection closed."""
        item = {"type": "conversation.item.retrieve", "item_id": "?", "event_id": _FENCE}
        self._answered.clear()
        await self.socket.send(json.dumps(item))
        await self._answered.wait()

    def _filled(self, said: Message) -> Message:
        known = self._items[-1] if self._items else "none"
        return said.replace(ITEM, known) if isinstance(said, str) else said

    async def _read(self) -> None:
        try:
            async for came in self.socket:
                self._take(came)
        except ConnectionClosed:
            pass
        except Exception as error:  # noqa: BLE001 - what came was not what it should be
            self.wrong += format_exception(error)
            await self.socket.close()
        finally:
            self._answered.set()
            self._settled.set()

    def _take(self, came: Message) -> None:
        found: Object = json.loads(came)
        self.wrong += faults(found)
        self.wrong += [f"a secret in {str(came)[:300]}"] if KEY in str(came) else []
        if found["type"] == "conversation.item.created":
            self._items.append(found["item"]["id"])
        elif found["type"] == "response.created":
            self._running.add(found["response"]["id"])
        elif found["type"] == "response.done":
            self._running.remove(found["response"]["id"])  # once, and after it was created
        elif found["type"] == "error" and found["error"].get("event_id") == _FENCE:
            self._answered.set()
        self._settled.clear() if self._running else self._settled.set()


def faults(came: Object) -> list[str]:
    """What is wrong with a message of the emulator's, by the table of the protocol."""
    spec = SPECS.get(came.get("type", ""))
    if spec is None or spec.direction != "server" or not isinstance(came.get("event_id"), str):
        return [f"no event of a server's: {came}"]
    found = [f"{field.name}: {problem}" for field, problem in problems(came, spec.fields)]
    known = _COMMON | {field.name for field in spec.fields}
    found += [f"{name}: not in the table" for name in came if name not in known]
    found += _error_faults(came["error"]) if spec.type == "error" and not found else []
    return [f"{each} in {str(came)[:300]}" for each in found]


def _error_faults(error: Object) -> list[str]:
    missing = [f"error.{name}: missing" for name in ("code", "message") if not error.get(name)]
    strange = [n for n, v in error.items() if type(v) is not ERROR_FIELDS.get(n)]
    internal = ["the emulator's own mistake"] if error.get("code") == "500" else []
    return [*missing, *(f"error.{name}: strange" for name in strange), *internal]
