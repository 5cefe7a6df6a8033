"""Clients built like the service's official samples have their turns; only the address differs.

Each is written here from what is documented and observed about the sample it stands for: what it
sends, in which order and at what rate, and what it insists on in what comes. None has code of it.
"""

from __future__ import annotations

import asyncio
import base64
import json
import uuid
from typing import Any

import msgspec
import numpy as np
import pytest
import soxr

from tests.bare import (
    KEY,
    SECONDS,
    Bare,
    b64,
    joined,
    jpeg,
    of,
    running,
    sample,
    silence,
    sound,
    wav,
)

PAGE = "http://localhost:5173"
CALL = {
    "type": "function",
    "name": "phoneCall",
    "description": "拨打电话给指定的联系人",
    "parameters": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {"contact_name": {"type": "string", "description": "联系人姓名"}},
        "required": ["contact_name"],
    },
}


# -- Python: typed models that refuse what they do not expect ------------------------------


class BetaFields(msgspec.Struct):
    chat_mode: str
    tts_source: str | None = None
    auto_search: bool | None = None


class Detection(msgspec.Struct):
    type: str


class Configured(msgspec.Struct):
    """A session as the Python models want it: four fields may not be missing."""

    id: str
    model: str
    modalities: list[str]
    beta_fields: BetaFields
    instructions: str | None = None
    voice: str | None = None
    input_audio_format: str | None = None
    output_audio_format: str | None = None
    turn_detection: Detection | None = None
    tools: list[dict[str, Any]] | None = None
    temperature: float | None = None


UNSET = ("threshold", "prefix_padding_ms", "silence_duration_ms")


class Usage(msgspec.Struct):
    total_tokens: int
    input_tokens: int
    output_tokens: int


class Answer(msgspec.Struct):
    id: str
    status: str
    usage: Usage


class Item(msgspec.Struct):
    id: str
    type: str
    object: str
    status: str


class OfSession(msgspec.Struct):
    event_id: str
    session: Configured


class OfAnswer(msgspec.Struct):
    event_id: str
    response: Answer


class OfItem(msgspec.Struct):
    event_id: str
    item: Item


class Committed(msgspec.Struct):
    event_id: str
    item_id: str


class Heard(msgspec.Struct):
    event_id: str
    item_id: str
    transcript: str


class Delta(msgspec.Struct):
    event_id: str
    response_id: str
    delta: str


class Call(msgspec.Struct):
    event_id: str
    response_id: str
    name: str
    arguments: str


MODELS: dict[str, type[msgspec.Struct]] = {
    "session.created": OfSession,
    "session.updated": OfSession,
    "conversation.item.created": OfItem,
    "conversation.item.input_audio_transcription.completed": Heard,
    "input_audio_buffer.committed": Committed,
    "response.created": OfAnswer,
    "response.done": OfAnswer,
    "response.audio.delta": Delta,
    "response.audio_transcript.delta": Delta,
    "response.function_call_arguments.done": Call,
}


class Python(Bare):
    """Reads every event into its model, dumps its own with all their empty fields."""

    async def any(self) -> dict[str, Any]:
        event = await super().any()
        assert event["type"] != "error", event
        if model := MODELS.get(event["type"]):
            msgspec.convert(event, model)
        return event

    async def send(self, type: str, **fields: Any) -> None:
        empty = {"event_id": None, "client_timestamp": self._clock()}
        await super().send(type, **empty, **fields)

    @staticmethod
    def _clock() -> int:
        return int(asyncio.get_running_loop().time() * 1000)  # no epoch: monotonic

    async def configure(self, **session: Any) -> None:
        whole = {
            "model": None,
            "modalities": ["text", "audio"],
            "instructions": "",
            "voice": "tongtong",
            "input_audio_format": "wav",
            "output_audio_format": "pcm",
            "input_audio_transcription": None,
            "turn_detection": {"type": "none", **dict.fromkeys(UNSET, 0)},
            "tools": [],
            "temperature": None,
            "max_output_tokens": None,
            "beta_fields": {"chat_mode": "audio", "tts_source": "e2e", "auto_search": False},
        }
        await self.send("session.update", session={**whole, **session})

    async def create(self) -> None:
        await self.send("response.create", response={"modalities": None, "tools": None})


def at_22050(pcm: bytes) -> bytes:
    """A recording at the rate of the Python samples' own files, as a whole WAV."""
    samples = soxr.resample(np.frombuffer(pcm, "<i2"), 16_000, 22_050)
    return wav(samples.astype("<i2").tobytes(), 22_050)


@pytest.mark.parametrize("profile", ["documented", "observed-2026-09"])
async def test_the_python_sample_has_a_turn_under_client_vad(profile: str) -> None:
    """It updates before it reads, sends a whole WAV, commit and create back to back."""
    async with running(profile=profile) as server, joined(server, greeted=False) as bare:
        client = Python(bare.socket)
        await client.configure()
        await client.send("input_audio_buffer.append", audio=b64(at_22050(sample("joke_zh"))))
        await client.send("input_audio_buffer.commit")
        await client.create()
        done = await client.next("response.done")
    assert done["response"]["status"] == "completed"
    assert len(sound(client.came)) > 24_000
    assert client.types()[:2] == ["heartbeat", "session.created"]


async def test_the_python_sample_has_a_turn_under_server_vad() -> None:
    """96 ms WAVs stamped by a monotonic clock, with zeros where it has no tuning."""
    pcm = sample("hello_en") + silence(1.2)
    async with running() as server, joined(server, greeted=False) as bare:
        client = Python(bare.socket)
        await client.configure(turn_detection={"type": "server_vad", **dict.fromkeys(UNSET, 0)})
        for at in range(0, len(pcm), 3072):
            await client.send("input_audio_buffer.append", audio=b64(wav(pcm[at : at + 3072])))
        await client.next("response.done")
    assert of(client.came, "input_audio_buffer.speech_stopped")
    assert len(sound(client.came)) > 24_000


async def test_the_python_sample_calls_a_function_and_hears_the_answer() -> None:
    """The output goes as soon as the arguments are there, before response.done."""
    async with running() as server, joined(server, greeted=False) as bare:
        client = Python(bare.socket)
        await client.configure(tools=[CALL])
        await client.send("input_audio_buffer.append", audio=b64(wav(sample("call_zh"))))
        await client.send("input_audio_buffer.commit")
        await client.create()
        call = await client.next("response.function_call_arguments.done")
        item = {"type": "function_call_output", "output": '{"status": "success"}'}
        await client.send("conversation.item.create", previous_item_id=None, item=item)
        await client.create()
        await client.next("response.done")
        await client.next("response.done")
    assert "张三" in json.loads(call["arguments"])["contact_name"]
    assert sound(client.came)


async def test_the_python_sample_shows_a_picture() -> None:
    """Video frames travel with the sound of a passive video call."""
    async with running() as server, joined(server, greeted=False) as bare:
        client = Python(bare.socket)
        await client.configure(beta_fields={"chat_mode": "video_passive", "tts_source": "e2e"})
        await client.send("input_audio_buffer.append", audio=b64(wav(sample("hello_en"))))
        await client.send("input_audio_buffer.append_video_frame", video_frame=b64(jpeg()))
        await client.send("input_audio_buffer.commit")
        await client.create()
        done = await client.next("response.done")
    assert done["response"]["status"] == "completed"
    assert sound(client.came)


# -- Go: recorded lines, sent at a beat of their own ---------------------------------------

IN_SECONDS = 1_739_450_257  # one constant stamp, in the wrong unit, on every append
APPEND_SECONDS, BEAT = 0.194, 0.135


def recorded(pcm: bytes, session: dict[str, Any]) -> list[str]:
    """The lines of an input file: one update, then raw sound with a stray field each."""
    size = 2 * round(16_000 * APPEND_SECONDS)
    lines = [{"type": "session.update", "session": session}]
    for at in range(0, len(pcm), size):
        append = {"type": "input_audio_buffer.append", "client_timestamp": IN_SECONDS}
        lines.append({**append, "delta": "", "audio": b64(pcm[at : at + size])})
    return [json.dumps(line, ensure_ascii=False) for line in lines]


def go_session(**fields: Any) -> dict[str, Any]:
    return {
        "modalities": ["audio", "text"],
        "input_audio_format": "pcm",
        "output_audio_format": "pcm",
        "voice": "default",
        "temperature": 0.2,
        "max_response_output_tokens": 1024,
        "input_audio_noise_reduction": {"type": "far_field"},
        "input_audio_transcription": {"enabled": True, "model": "whisper"},
        "beta_fields": {"chat_mode": "audio", "tts_source": "e2e", "auto_search": True},
        "flow_backend": "",
        **fields,
    }


async def play_lines(bare: Bare, lines: list[str]) -> None:
    """Send each line when its beat comes, whether or not anything was answered."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, line in enumerate(lines):
        await asyncio.sleep(began + number * BEAT - loop.time())
        await bare.socket.send(line)


@pytest.mark.slow
async def test_the_go_sample_has_a_turn_under_server_vad() -> None:
    """Raw sound faster than it was spoken, a little silence, no commit; it reads meanwhile."""
    lines = recorded(
        sample("joke_zh") + silence(1.2), go_session(turn_detection={"type": "server_vad"})
    )
    async with running() as server, joined(server, greeted=False) as bare:
        sending = asyncio.create_task(play_lines(bare, lines))
        done = await bare.next("response.done", "error")
        await sending
    assert done.get("response", {}).get("status") == "completed", done
    assert len(sound(bare.came)) > 24_000
    assert len(of(bare.came, "response.created")) == 1


@pytest.mark.slow
async def test_the_go_sample_has_a_turn_under_client_vad() -> None:
    """turn_detection is null; commit and create are two lines more."""
    lines = recorded(sample("hello_en"), go_session(turn_detection=None))
    lines += ['{"type":"input_audio_buffer.commit"}', '{"type":"response.create"}']
    async with running() as server, joined(server, greeted=False) as bare:
        sending = asyncio.create_task(play_lines(bare, lines))
        await bare.next("response.done", "error")
        await sending
    assert not of(bare.came, "error")
    assert sound(bare.came)


@pytest.mark.slow
async def test_the_go_sample_calls_a_function_after_response_done() -> None:
    """A tool with a $schema; the output waits for response.done and echoes the call_id."""
    lines = recorded(
        sample("call_zh") + silence(1.2),
        go_session(turn_detection={"type": "server_vad"}, tools=[CALL]),
    )
    async with running() as server, joined(server, greeted=False) as bare:
        sending = asyncio.create_task(play_lines(bare, lines))
        call = await bare.next("response.function_call_arguments.done", "error")
        first = await bare.next("response.done")
        item = {"type": "function_call_output", "call_id": call["call_id"], "output": "{}"}
        await bare.send("conversation.item.create", item=item)
        await bare.send("response.create")
        second = await bare.next("response.done")
        await sending
    assert call["name"] == "phoneCall"
    assert first["response"]["id"] != second["response"]["id"]
    assert sound(bare.came)


# -- the web front end: a browser's ways ---------------------------------------------------


class Page(Bare):
    """Obeys what session.updated says, keeps one answer's sound, drops it while one speaks."""

    def __init__(self, bare: Bare) -> None:
        super().__init__(bare.socket)
        self.session: dict[str, Any] = {}
        self.speaking = False
        self.played = b""

    async def any(self) -> dict[str, Any]:
        event = await super().any()
        kind = event["type"]
        assert kind != "error", event
        if kind == "session.updated":
            self.session = event["session"]
        elif kind == "input_audio_buffer.speech_started":
            self.speaking, self.played = True, b""
        elif kind == "input_audio_buffer.speech_stopped":
            self.speaking = False
        elif kind == "response.audio.delta" and not self.speaking:
            assert self.session["output_audio_format"] == "pcm"  # its player was made for it
            self.played += base64.b64decode(event["delta"])
        return event

    async def configure(self, detection: dict[str, Any] | None) -> None:
        await self.next("session.created")
        session = {
            "turn_detection": detection,
            "instructions": "",
            "output_audio_format": "pcm",
            "input_audio_format": "wav",
            "tools": None,
            "beta_fields": {"chat_mode": "audio", "tts_source": "e2e"},
            "voice": "default",
        }
        await self.send("session.update", event_id=str(uuid.uuid4()), session=session)
        await self.next("session.updated")

    async def stream(self, pcm: bytes, samples: int) -> None:
        """Each append is a WAV of its own."""
        for at in range(0, len(pcm), 2 * samples):
            await self.append(wav(pcm[at : at + 2 * samples]))


def opened(server: Any) -> Any:
    """Neither header nor Bearer nor model: the raw key in the query, and a page's Origin."""
    return joined(server, query=f"?Authorization={KEY}", headers={"Origin": PAGE}, greeted=False)


async def test_the_page_pushes_to_talk() -> None:
    """null stays null in the echo, or it would stream without end."""
    async with running(allow_origins=[PAGE]) as server, opened(server) as bare:
        page = Page(bare)
        await page.configure(None)
        assert page.session["turn_detection"] is None
        assert page.session["beta_fields"]["chat_mode"] == "audio"
        await page.stream(sample("hello_en"), 4096)
        await page.send("input_audio_buffer.commit")
        await page.send("response.create")
        await page.next("response.done")
    assert len(page.played) > 24_000


async def test_the_page_listens_to_the_servers_vad() -> None:
    """128 ms WAVs; what is played is the answer, whole."""
    async with running(allow_origins=[PAGE]) as server, opened(server) as bare:
        page = Page(bare)
        await page.configure({"type": "server_vad"})
        assert page.session["turn_detection"]["type"] == "server_vad"
        await page.stream(sample("joke_zh") + silence(1.5), 2048)
        await page.next("response.done")
    assert len(page.played) > 24_000
    assert page.played == sound(page.came)


async def test_the_page_finds_the_end_itself_and_commits_early() -> None:
    """A long first WAV, short ones, pre_commit, and a moment later commit and create."""
    pcm = sample("hello_en")
    async with running(allow_origins=[PAGE]) as server, opened(server) as bare:
        page = Page(bare)
        await page.configure(None)
        await page.stream(pcm[: 2 * 7680], 7680)
        await page.stream(pcm[2 * 7680 :], 1536)
        await page.send("input_audio_buffer.pre_commit")
        await asyncio.sleep(0.2)
        await page.send("input_audio_buffer.commit")
        await page.send("response.create")
        await page.next("response.done")
    assert len(page.played) > 24_000


@pytest.mark.slow
async def test_the_page_expects_response_done_after_a_cancel() -> None:
    """And its next turn works."""
    async with running(allow_origins=[PAGE], pace=1) as server, opened(server) as bare:
        page = Page(bare)
        await page.configure(None)
        for cancel in (True, False):
            await page.stream(sample("hello_en"), 4096)
            await page.send("input_audio_buffer.commit")
            await page.send("response.create")
            await page.next("response.audio.delta")
            if cancel:
                await page.send("response.cancel")
            done = await asyncio.wait_for(page.next("response.done"), SECONDS)
            assert done["response"]["status"] == ("cancelled" if cancel else "completed")
