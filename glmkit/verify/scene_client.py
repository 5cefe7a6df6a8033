"""``SceneClient``: a scene's connection, events out and in, all of them kept as evidence.

A scene never fails because an event did not come: ``next`` and ``quiet`` return at their
deadlines, and what did come is judged afterwards. When the connection ends, ``ConnectionEnded``
ends the scene too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from websockets.exceptions import ConnectionClosed

from glmkit.auth.credentials import Key
from glmkit.auth.masking import MaskedAddress
from glmkit.events import append, append_video_frame
from glmkit.media.formats import INPUT_FORMATS
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import AUDIO_DELTA, OPENED
from glmkit.session.address import Address, tokens_of
from glmkit.session.connect_failure import UNOPENED, explained
from glmkit.session.opening import Opening
from glmkit.turns.trace import Trace
from glmkit.verify.evidence import Evidence, Untestable
from glmkit.verify.raw_client import (
    RawClient,
    close_socket,
    configuration,
    socket_options,
    text_message,
)

SCENE = "glmkit.scene"
#: What a scene's configuration says beside what every one must say.
ASKED: Final[dict[str, Any]] = {
    "modalities": ["text", "audio"],
    "instructions": "Answer in one short sentence. 请用一句短话回答。",
    "voice": "tongtong",
}
MOST_ANSWER = 20.0  # seconds of an answer's sound before it is cancelled
_STEP = 1.0  # seconds of sound an append carries; ten a second may be sent
_BETWEEN = 0.03


class ConnectionEnded(Exception):
    """The connection was closed in the middle of a scene."""


@dataclass(slots=True)
class SoundSpent:
    """Seconds of sound that crossed the wire in a scene, both ways."""

    up: float = 0.0
    down: float = 0.0

    @property
    def seconds(self) -> float:
        """Both ways together."""
        return self.up + self.down


class Stage:
    """Where scenes are played: an address, a model, how long to wait, one trace for all."""

    def __init__(
        self, address: Address, trace: Trace, *, model: str, quiet: float, patience: float
    ) -> None:
        self.address, self.trace, self.model = address, trace, model
        self.quiet, self.patience = quiet, patience
        self.spent = SoundSpent()

    @property
    def key(self) -> Key:
        """The key that signs tokens. Raises Untestable where only a token is known."""
        if isinstance(self.address.credential, Key):
            return self.address.credential
        raise Untestable("token only")

    @asynccontextmanager
    async def joined(self, scene: str, *, query: str = "") -> AsyncIterator[SceneClient]:
        """A connection past session.created; its end ends the scene and is evidence."""
        key = self.address.credential
        tokens = tokens_of(key) if isinstance(key, Key) else None
        url = MaskedAddress(self.address.url + query)
        async with self.opened(url, self.address.header(tokens)) as raw:
            client = SceneClient(self, raw)
            self.keep(Event(OPENED, {"epoch": time.time()}, direction="local"))
            self.keep(Event(SCENE, {"scene": scene}, direction="local"))
            with suppress(ConnectionEnded):
                await client.next("session.created")
            with suppress(ConnectionEnded):
                yield client

    @asynccontextmanager
    async def opened(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[RawClient]:
        """A bare connection. Raises Refused and what else connecting raises, in words."""
        opening = Opening(MaskedAddress(url), **socket_options(url, headers, self.patience))
        try:
            socket = await opening
        except UNOPENED as error:
            raise explained(error, opening.route, self.address.peer, self.patience) from None
        try:
            yield RawClient(socket, patience=self.patience)
        finally:
            await close_socket(socket)

    def keep(self, event: Event, format: str | None = None) -> Event:
        """Put an event into the trace, with the time."""
        kept = stamped(event, time.perf_counter(), format)
        self.trace.add(kept)
        return kept


class SceneClient:
    """A client that does as it is told, right or wrong."""

    def __init__(self, stage: Stage, raw: RawClient) -> None:
        self.evidence = Evidence()
        self.stage, self._raw = stage, raw
        self._format, self._output = "pcm16", "pcm"
        self._sound: dict[str, float] = {}

    def step(self, name: str) -> None:
        """What comes from now on belongs to this step of the scene."""
        self.evidence.parts[name] = len(self.evidence.came)

    # -- sending ---------------------------------------------------------------------------

    async def send(self, type: str, **fields: Any) -> None:
        """Send one event with a client_timestamp."""
        await self.put(Event(type, fields, direction="client"))

    async def put(self, event: Event, *, stamp: bool = True) -> None:
        """Send an event as it is, but for the stamp."""
        if stamp:
            event = stamped(event, 0.0, None, client_timestamp=int(time.time() * 1000))
        self.stage.keep(event, self._format if event.payload else None)
        await self.raw(event.to_json())

    async def raw(self, message: bytes) -> None:
        """Send any bytes as a text frame."""
        try:
            await self._raw.put(message)
        except ConnectionClosed:
            raise self._ended() from None

    async def update(self, **session: Any) -> None:
        """A whole configuration, some of it otherwise; waits for the echo or an error."""
        whole = configuration(**{"model": self.stage.model, **ASKED, **session})
        self._format, self._output = whole["input_audio_format"], whole["output_audio_format"]
        await self.send("session.update", session=whole)
        await self.next("session.updated", "error")

    async def say(self, pcm: bytes, *, stamp: bool = True) -> None:
        """Raw sound in the configured format, a second an append, as fast as is allowed."""
        size = round(INPUT_FORMATS[self._format] * _STEP) * 2
        for at in range(0, len(pcm), size):
            await self.append(pcm[at : at + size], stamp=stamp)

    async def append(self, data: bytes, *, stamp: bool = True) -> None:
        """One append; under wav formats a whole file."""
        self.stage.spent.up += len(data) / 2 / INPUT_FORMATS[self._format]
        await self.put(append(data, format=self._format), stamp=stamp)
        await asyncio.sleep(_BETWEEN)  # 45 a second are the most

    async def show(self, jpeg: bytes) -> None:
        """One picture."""
        await self.put(append_video_frame(jpeg))

    async def commit(self) -> None:
        """The end of a turn under client VAD."""
        await self.send("input_audio_buffer.commit")

    async def create(self, **fields: Any) -> None:
        """Ask for an answer."""
        await self.send("response.create", **fields)

    async def request(self, **fields: Any) -> None:
        """Ask for an answer, and wait for its end."""
        await self.create(**fields)
        await self.answered()

    async def ask(self, pcm: bytes) -> None:
        """A whole turn under client VAD: say, commit, ask, wait."""
        await self.say(pcm)
        await self.commit()
        await self.request()

    async def write(self, words: str) -> None:
        """A text message."""
        item = {"object": "realtime.item", **text_message(words)}
        await self.send("conversation.item.create", item=item)

    async def output(self, words: str, **fields: Any) -> None:
        """A function's output."""
        item = {"type": "function_call_output", "object": "realtime.item", "output": words}
        await self.send("conversation.item.create", item={**item, **fields})

    # -- reading ---------------------------------------------------------------------------

    async def next(self, *types: str, within: float | None = None) -> Event | None:
        """The next event of one of ``types``; None if none comes in time."""
        return await self._until(lambda event: event.type in types, within or self.stage.patience)

    async def answered(self) -> Event | None:
        """Waits for a response's end."""
        return await self.next("response.done")

    async def quiet(self, *, times: float = 1.0) -> None:
        """Reads until nothing but heartbeats came for a while, or patience ends."""
        pause = self.stage.quiet * times
        deadline = time.monotonic() + self.stage.patience
        calm = time.monotonic() + pause
        while (left := min(calm, deadline) - time.monotonic()) > 0:
            event = await self._until(lambda event: True, left)
            if event is not None and event.type != "heartbeat":
                calm = time.monotonic() + pause

    async def closing(self) -> None:
        """Reads until the connection is closed, or patience ends."""
        await self._until(lambda event: False, self.stage.patience)

    async def _until(self, wanted: Callable[[Event], bool], within: float) -> Event | None:
        try:
            async with asyncio.timeout(within):
                while not wanted(event := await self._read()):
                    pass
                return event
        except TimeoutError:
            return None

    async def _read(self) -> Event:
        try:
            message = await self._raw.socket.recv(decode=False)  # its deadline is in ``_until``
        except ConnectionClosed:
            raise self._ended() from None
        event = Event.from_json(message, direction="server", format=self._output)
        event = self.stage.keep(event, self._output if event.payload else None)
        self.evidence.came.append(event)
        if event.type == AUDIO_DELTA:
            await self._heard(event)
        return event

    def _ended(self) -> ConnectionEnded:
        self.evidence.closed = self._raw.socket.close_code or 1006
        return ConnectionEnded()

    async def _heard(self, event: Event) -> None:
        """Counts an answer's sound, and cancels one that grows too long."""
        seconds = event.size / (2 * 24_000 if self._output == "pcm" else 4_000)
        self.stage.spent.down += seconds
        id = str(event.get("response_id"))
        before = self._sound.get(id, 0.0)
        self._sound[id] = before + seconds
        if before < MOST_ANSWER <= before + seconds:
            await self.send("response.cancel")
