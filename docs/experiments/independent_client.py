"""A client that imports nothing of glmkit, to check its numbers against: sends a WAV and times it.

    GLM_KEY=id.secret python independent_client.py QUESTION.wav --vad server --chunk-ms 100

Mono, 16 bit, 16 kHz. Each chunk leaves when its last sample would have been spoken, by a deadline
counted from the first, and what comes is read meanwhile. It prints a line of JSON: the wait since
the commit (under server VAD: since the chunk with the end of speech) and since the last voiced
sample was spoken, segments, seconds of sound, every moment. GLM_URL is an address other than the
service's. It needs websockets and PyJWT. Not tried on the live service.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import time
import warnings
import wave
from array import array
from typing import Any

import jwt
from websockets.asyncio.client import ClientConnection, connect

URL = os.environ.get("GLM_URL", "wss://open.bigmodel.cn/api/paas/v4/realtime")
RATE, ANSWER_RATE = 16_000, 24_000  # Hz, of what is sent and of what comes
VOICED, AUDIBLE = 330, 104  # of 32768: -40 dBFS of 10 ms that are sent, -50 dBFS of what comes
SILENCE, SECONDS = 2, 120  # sent after the file, for server VAD to hear its end; the most it takes
BETA = {"chat_mode": "audio", "tts_source": "e2e", "auto_search": False}
SESSION = {"input_audio_format": "pcm16", "output_audio_format": "pcm", "beta_fields": BETA}


def token(key: str) -> str:
    name, _, secret = key.partition(".")
    claims = {"api_key": name, "exp": int(time.time()) + 600, "timestamp": int(time.time() * 1000)}
    with warnings.catch_warnings(action="ignore"):  # secrets are shorter than PyJWT advises
        return jwt.encode(claims, secret, "HS256", headers={"sign_type": "SIGN"})


def samples_of(path: str) -> array[int]:
    with wave.open(path, "rb") as file:
        found = file.getnchannels(), file.getsampwidth(), file.getframerate()
        if found != (1, 2, RATE):
            raise SystemExit(f"{path} has (channels, bytes, Hz) {found}, expected (1, 2, {RATE})")
        return array("h", file.readframes(file.getnframes()))


def voiced_end(samples: array[int]) -> float:
    size = RATE // 100  # samples of a frame
    for at in range(len(samples) // size * size - size, -1, -size):
        if sum(each * each for each in samples[at : at + size]) > VOICED**2 * size:
            return (at + size) / RATE
    raise SystemExit("nothing in the file is as loud as speech")


class Talk:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.came: list[tuple[float, dict[str, Any]]] = []
        self.left: list[tuple[float, float]] = []  # when a chunk left, and where its sound ends

    async def send(self, type: str, **fields: Any) -> float:
        now, stamp = time.perf_counter(), int(time.time() * 1000)
        await self.socket.send(json.dumps({"type": type, "client_timestamp": stamp, **fields}))
        return now

    async def read(self, until: str = "") -> None:
        async for message in self.socket:
            event = json.loads(message)
            self.came.append((time.perf_counter(), event))
            if event["type"] == "error":
                raise ConnectionError(f"the service refused: {event['error']}")
            if event["type"] == until:
                break

    def of(self, type: str) -> list[tuple[float, dict[str, Any]]]:
        return [each for each in self.came if each[1]["type"] == type]

    async def say(self, samples: array[int], chunk_ms: int) -> float:
        """Every chunk at its own deadline; when the first began to be spoken."""
        start, size = time.perf_counter(), RATE * chunk_ms // 1000
        for at in range(0, len(samples), size):
            chunk = samples[at : at + size]
            end = (at + len(chunk)) / RATE
            sound = base64.b64encode(chunk.tobytes()).decode("ascii")
            await asyncio.sleep(max(0.0, start + end - time.perf_counter()))
            self.left.append((await self.send("input_audio_buffer.append", audio=sound), end))
        return start

    def audible(self) -> tuple[float, float]:
        """When the last answer's first audible sample sounds, and the seconds of that answer."""
        if not (deltas := self.of("response.audio.delta")):
            raise SystemExit("no sound came")
        free, first, seconds = 0.0, None, 0.0
        for at, event in deltas:
            if event["response_id"] == deltas[-1][1]["response_id"]:
                sound, free = array("h", base64.b64decode(event["delta"])), max(free, at)
                loud = next((n for n, each in enumerate(sound) if abs(each) > AUDIBLE), None)
                if first is None and loud is not None:
                    first = free + loud / ANSWER_RATE
                free, seconds = free + len(sound) / ANSWER_RATE, seconds + len(sound) / ANSWER_RATE
        return first or free, seconds


async def measured(path: str, vad: str, chunk_ms: int) -> dict[str, Any]:
    samples = samples_of(path)
    ended = voiced_end(samples)
    samples += array("h", bytes(2 * RATE * SILENCE if vad == "server" else 0))
    head = {"Authorization": f"Bearer {token(os.environ['GLM_KEY'])}"}
    proxy: Any = None if "//127.0.0.1" in URL else True
    async with connect(URL, additional_headers=head, max_size=None, proxy=proxy) as socket:
        talk = Talk(socket)
        session = {**SESSION, "turn_detection": {"type": f"{vad}_vad"}}
        await talk.send("session.update", session=session)
        await talk.read(until="session.updated")
        reading = asyncio.create_task(talk.read())
        start = await talk.say(samples, chunk_ms)
        zero = next(left for left, end in talk.left if end > ended - 1e-6)
        if vad == "client":
            zero = await talk.send("input_audio_buffer.commit")
            await talk.send("response.create")
        while len(talk.of("response.done")) < max(1, len(talk.of("input_audio_buffer.committed"))):
            await asyncio.wait([reading], timeout=0.02)
            if reading.done():
                raise SystemExit(f"the connection ended: {reading.exception()}")
    first, seconds = talk.audible()
    return {
        "since_sent": first - zero,
        "since_spoken": first - start - ended,
        "since_first_chunk": first - talk.left[0][0],
        "segments": len(talk.of("input_audio_buffer.speech_stopped")),
        "audio_seconds": seconds,
        "response_id": talk.of("response.done")[-1][1]["response"]["id"],
        "moments": [(round(at - start, 4), event["type"]) for at, event in talk.came],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--vad", choices=("client", "server"), default="server")
    parser.add_argument("--chunk-ms", type=int, default=100)
    asked = parser.parse_args()
    if "GLM_KEY" not in os.environ:
        parser.error("GLM_KEY is not set: it is the key, id.secret")
    talk = asyncio.wait_for(measured(asked.file, asked.vad, asked.chunk_ms), SECONDS)
    print(json.dumps(asyncio.run(talk)))
