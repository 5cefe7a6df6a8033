"""Stage 2: it reads while it sends, begins when the server is ready, and heeds errors."""

import asyncio
import base64
import json
import os
import sys
import time
from pathlib import Path

import jwt
from websockets.asyncio.client import connect

URL = os.environ.get("GLM_URL", "wss://open.bigmodel.cn/api/paas/v4/realtime")
SESSION = {
    "input_audio_format": "wav",
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
    for start in range(0, len(sound), 320):
        piece = base64.b64encode(sound[start : start + 320]).decode()
        await send(socket, "input_audio_buffer.append", audio=piece)
        await asyncio.sleep(0.02)
    await send(socket, "input_audio_buffer.commit")


async def talk(sound):
    head = {"Authorization": f"Bearer {token(os.environ['ZHIPU_API_KEY'])}"}
    async with connect(URL, additional_headers=head) as socket:
        await send(socket, "session.update", session=SESSION)
        async for message in socket:  # reads while it sends: an error is seen at once
            event = json.loads(message)
            match event["type"]:
                case "session.updated":
                    sending = asyncio.create_task(upload(socket, sound))
                case "error":
                    sys.exit(f"refused: {event['error']}")
                case "response.text.done":
                    print("said:", event["text"])


question, saved = map(Path, sys.argv[1:])
asyncio.run(talk(question.read_bytes()))
