"""The emulator's tests: the raw client with what they ask of it, sounds, and servers."""

from __future__ import annotations

import base64
import io
import wave
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed

from glmkit.emulator.options import Options
from glmkit.emulator.server.running import RunningServer, serve
from glmkit.verify.raw_client import PATIENCE, RawClient, open_socket, text_message

KEY = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"
DATA = Path(__file__).parents[1] / "data"
SECONDS = PATIENCE  # the deadline of every wait
Event = dict[str, Any]


class Bare(RawClient):
    """A client that asks more of what came: a turn, a fence, an error."""

    async def closed(self) -> None:
        """Waits until the connection is closed; what came before is in ``came``."""
        with suppress(ConnectionClosed):
            while True:
                await self.any()

    async def fence(self) -> list[Event]:
        """Everything that comes before the answer to an event sent now."""
        first = len(self.came)
        mark = f"fence{first}"
        await self.send("conversation.item.retrieve", item_id="no such item", event_id=mark)
        while (await self.any()).get("error", {}).get("event_id") != mark:
            pass
        return self.came[first:-1]

    async def ask(self, audio: bytes) -> list[Event]:
        """One turn under client VAD; its events up to response.done."""
        first = len(self.came)
        await self.append(audio)
        await self.send("input_audio_buffer.commit")
        await self.send("response.create")
        await self.next("response.done")
        return self.came[first:]

    async def write(self, words: str) -> None:
        await self.send("conversation.item.create", item=text_message(words))

    async def error(self) -> Event:
        found: Event = (await self.next("error"))["error"]
        return found

    def types(self) -> list[str]:
        return types(self.came)


def types(events: list[Event]) -> list[str]:
    return [event["type"] for event in events]


def of(events: list[Event], type: str) -> list[Event]:
    return [event for event in events if event["type"] == type]


def sound(events: list[Event]) -> bytes:
    """The bytes of an answer."""
    return b"".join(base64.b64decode(e["delta"]) for e in of(events, "response.audio.delta"))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def sample(name: str) -> bytes:
    """The samples of a recording of the kit, 16 kHz 16-bit mono."""
    with wave.open(str(DATA / f"{name}.wav"), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return file.readframes(file.getnframes())


def silence(seconds: float, rate: int = 16_000) -> bytes:
    return bytes(2 * round(seconds * rate))


def wav(pcm: bytes, rate: int = 16_000, *, channels: int = 1) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return made.getvalue()


def jpeg(width: int = 56, height: int = 56) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(made, "JPEG")
    return made.getvalue()


@asynccontextmanager
async def running(**switches: Any) -> AsyncIterator[RunningServer]:
    """An emulator in this process; fails the test where it made a mistake of its own."""
    options = Options(**{"key": KEY, "pace": 0, "heartbeat": 0, **switches})
    async with await serve(options) as server:
        yield server
        assert server.problems() == []


@asynccontextmanager
async def joined(
    server: RunningServer,
    *,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    greeted: bool = True,
) -> AsyncIterator[Bare]:
    """A client of ``server``, past session.created unless ``greeted`` is false."""
    head = {"Authorization": f"Bearer {KEY}"} if headers is None else headers
    async with open_socket(server.url + query, head) as socket:
        bare = Bare(socket)
        if greeted:
            await bare.next("session.created")
        yield bare


@asynccontextmanager
async def talking(**switches: Any) -> AsyncIterator[Bare]:
    """A client of an emulator of its own."""
    async with running(**switches) as server, joined(server) as bare:
        yield bare
