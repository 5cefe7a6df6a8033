"""Say a WAV file to GLM-Realtime: ZHIPU_API_KEY=… python bare.py QUESTION.wav ANSWER.wav"""

import asyncio
import base64
import json
import os
import sys
import time
import warnings
import wave
import webbrowser
from pathlib import Path

import jwt
from websockets.asyncio.client import connect

URL = os.environ.get("GLM_URL", "wss://open.bigmodel.cn/api/paas/v4/realtime")
UP, DOWN, PIECE = 16_000, 24_000, 0.1  # Hz sent and received (16 bits, mono), s in a message
WAIT = float(os.environ.get("GLM_WAIT", "20"))  # seconds without a word from the server
warnings.filterwarnings("ignore", module="jwt")  # the service's secrets are short
SESSION = {
    "input_audio_format": "pcm16",  # samples without a header; 16 stands for kHz
    "output_audio_format": "pcm",
    "turn_detection": {"type": "client_vad"},  # we say when we have finished
    "beta_fields": {"chat_mode": "audio"},  # nested, or the service hangs up
}


def token(key):
    (name, secret), now = key.split("."), time.time()  # exp: seconds, timestamp: milliseconds
    claims = {"api_key": name, "exp": int(now) + 600, "timestamp": int(now * 1000)}
    return jwt.encode(claims, secret, "HS256", headers={"sign_type": "SIGN"})


async def send(socket, type, **fields):
    event = {"type": type, "client_timestamp": int(time.time() * 1000), **fields}
    await socket.send(json.dumps(event))


async def upload(socket, sound):
    begun, size = time.monotonic(), 2 * int(PIECE * UP)
    for n, start in enumerate(range(0, len(sound), size), 1):
        piece = base64.b64encode(sound[start : start + size]).decode()
        await send(socket, "input_audio_buffer.append", audio=piece)
        await asyncio.sleep(begun + n * PIECE - time.monotonic())  # a moment fixed beforehand
    await send(socket, "input_audio_buffer.commit")
    await send(socket, "response.create")


async def talk(sound):
    answer, sending = bytearray(), None
    head = {"Authorization": f"Bearer {token(os.environ['ZHIPU_API_KEY'])}"}
    opening = connect(URL, additional_headers=head, max_size=None)
    async with asyncio.timeout(len(sound) / 2 / UP + 4 * WAIT), opening as socket:
        while True:  # reads while it sends: an error is seen at once
            event = json.loads(await asyncio.wait_for(socket.recv(), WAIT))
            match event["type"]:
                case "session.created":
                    await send(socket, "session.update", session=SESSION)
                case "session.updated":
                    sending = asyncio.create_task(upload(socket, sound))
                case "error":
                    sys.exit(f"refused: {event['error']}")
                case "response.audio.delta":
                    answer += base64.b64decode(event["delta"])
                case type if "transcript" in event:
                    print("heard:" if "input" in type else "said:", event["transcript"])
                case "response.done" if sending:
                    await sending
                    return bytes(answer)


question, saved = map(Path, sys.argv[1:])
with wave.open(str(question)) as file:
    assert file.getparams()[:3] == (1, 2, UP), f"expected one channel, 16 bits, {UP} Hz"
    answer = asyncio.run(talk(file.readframes(file.getnframes())))
with wave.open(str(saved), "wb") as file:
    file.setparams((1, 2, DOWN, 0, "NONE", ""))
    file.writeframes(answer)
webbrowser.open(saved.resolve().as_uri())  # whatever plays a WAV here
