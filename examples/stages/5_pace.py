"""Stage 5: ten messages a second, each at a moment fixed beforehand."""

import asyncio
import base64
import json
import os
import sys
import time
import wave
from pathlib import Path

import jwt
from websockets.asyncio.client import connect

URL = os.environ.get("GLM_URL", "wss://open.bigmodel.cn/api/paas/v4/realtime")
UP, PIECE = 16_000, 0.1  # Hz sent (16 bits, mono), s in a message
WAIT = float(os.environ.get("GLM_WAIT", "20"))  # seconds without a word from the server
SESSION = {
    "input_audio_format": "pcm16",  # samples without a header; 16 stands for kHz
    "output_audio_format": "pcm",
    "turn_detection": {"type": "server_vad"},
    "beta_fields": {"chat_mode": "audio"},  # nested, or the service hangs up
}


def token(key):
    (name, secret), now = key.split("."), time.time()  # exp: seconds, timestamp: milliseconds
    claims = {"api_key": name, "exp": int(now) + 600, "timestamp": int(now * 1000)}
    return jwt.encode(claims, secret, "HS256", headers={"sign_type": "SIGN"})


async def send(socket, type, **fields):
    await socket.send(json.dumps({"type": type, **fields}))


async def upload(socket, sound):
    begun, size = time.monotonic(), 2 * int(PIECE * UP)
    for n, start in enumerate(range(0, len(sound), size), 1):
        piece = base64.b64encode(sound[start : start + size]).decode()
        await send(socket, "input_audio_buffer.append", audio=piece)
        await asyncio.sleep(begun + n * PIECE - time.monotonic())  # a moment fixed beforehand
    await send(socket, "input_audio_buffer.commit")


async def talk(sound):
    head = {"Authorization": f"Bearer {token(os.environ['ZHIPU_API_KEY'])}"}
    opening = connect(URL, additional_headers=head)
    async with asyncio.timeout(30 + 4 * WAIT), opening as socket:
        await send(socket, "session.update", session=SESSION)
        while True:  # reads while it sends: an error is seen at once
            event = json.loads(await asyncio.wait_for(socket.recv(), WAIT))
            match event["type"]:
                case "session.updated":
                    sending = asyncio.create_task(upload(socket, sound))
                case "error":
                    sys.exit(f"refused: {event['error']}")
                case "response.text.done":
                    print("said:", event["text"])
                case "response.done":
                    return await sending


question, saved = map(Path, sys.argv[1:])
with wave.open(str(question)) as file:
    assert file.getparams()[:3] == (1, 2, UP), f"expected one channel, 16 bits, {UP} Hz"
    asyncio.run(talk(file.readframes(file.getnframes())))
