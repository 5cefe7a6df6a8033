"""A written and a spoken turn with GLM-Realtime: python talk.py QUESTION.wav ANSWER.wav.

In the order of the official Python samples: it configures before it reads, and sends sound, commit
and request back to back, reading meanwhile. It needs websockets and nothing else. GLM_KEY is the
key (or a token of it), GLM_URL an address other than the service's.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time
import wave
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

URL = os.environ.get("GLM_URL", "wss://open.bigmodel.cn/api/paas/v4/realtime")
SECONDS = 60
RATE = 24_000  # of the answer, in Hz: raw samples, 16 bit, mono
SESSION = {
    "modalities": ["text", "audio"],
    "input_audio_format": "wav",  # each append is a whole file
    "output_audio_format": "pcm",
    "turn_detection": {"type": "client_vad"},  # we say when we have ended
    "beta_fields": {"chat_mode": "audio"},  # nested, or the service hangs up
}
WORDS = {"type": "input_text", "text": "1加1等于几？"}


class NoAnswerError(Exception):
    """The service refused something, or went away."""


async def talk(question: bytes, answer: Path) -> None:
    head = {"Authorization": f"Bearer {os.environ['GLM_KEY']}"}
    async with connect(URL, additional_headers=head, max_size=None) as socket:
        await send(socket, "session.update", session=SESSION)
        message = {"type": "message", "role": "user", "content": [WORDS]}
        await send(socket, "conversation.item.create", item=message)
        await send(socket, "response.create")
        async for _ in answered(socket):
            pass
        sound = base64.b64encode(question).decode("ascii")
        await send(socket, "input_audio_buffer.append", audio=sound)
        await send(socket, "input_audio_buffer.commit")
        await send(socket, "response.create")
        with wave.open(str(answer), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            async for samples in answered(socket):
                file.writeframes(samples)
    print("saved:", answer)


async def send(socket: ClientConnection, type: str, **fields: Any) -> None:
    stamp = int(time.time() * 1000)
    await socket.send(json.dumps({"type": type, "client_timestamp": stamp, **fields}))


async def answered(socket: ClientConnection) -> AsyncIterator[bytes]:
    """The sound of one answer, as it comes; what was heard and said is printed."""
    async for message in socket:
        match json.loads(message):
            case {"type": "response.done"}:
                return
            case {"type": "error", "error": error}:
                raise NoAnswerError(f"{error.get('code')}: {error.get('message')}")
            case {"type": "response.audio.delta", "delta": delta}:
                yield base64.b64decode(delta)
            case {"type": "response.audio_transcript.done", "transcript": words}:
                print("said:", words)
            case {
                "type": "conversation.item.input_audio_transcription.completed",
                "transcript": words,
            }:
                print("heard:", words)
    raise NoAnswerError("the connection closed before the answer's end")


def main() -> str | None:
    """What went wrong, or None."""
    if len(sys.argv) != 3 or not os.environ.get("GLM_KEY"):
        return "expected GLM_KEY, and two files: QUESTION.wav ANSWER.wav"
    question, answer = map(Path, sys.argv[1:])
    try:
        asyncio.run(asyncio.wait_for(talk(question.read_bytes(), answer), SECONDS))
    except TimeoutError:
        return f"no answer within {SECONDS} s"
    except (OSError, WebSocketException, NoAnswerError) as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
