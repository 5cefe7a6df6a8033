"""A quicker loop by hand: an append of constant parts around its base64, no dict, clock or JSON.

It keeps nothing and notices nothing. It stands on websockets and the standard library, as
``plain`` does.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from websockets.asyncio.client import ClientConnection

from benchmarks import plain

HEAD, TAIL = '{"type":"input_audio_buffer.append","audio":"', '"}'
RATE = 16_000
#: The 44 bytes before the samples of a WAV of 100 ms.
WAV_HEAD = (
    b"RIFF"
    + (36 + RATE // 10 * 2).to_bytes(4, "little")
    + b"WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    + RATE.to_bytes(4, "little")
    + (RATE * 2).to_bytes(4, "little")
    + b"\x02\x00\x10\x00data"
    + (RATE // 10 * 2).to_bytes(4, "little")
)


async def say(socket: ClientConnection, pcm: bytes, *, wav: bool = False) -> bytes:
    """Send 16 kHz samples unpaced in pieces of 100 ms, ask, and give the answer's samples."""
    for chunk in chunks(pcm, wav=wav):
        await socket.send(HEAD + base64.b64encode(chunk).decode("ascii") + TAIL)
    await plain.send(socket, "input_audio_buffer.commit")
    await plain.send(socket, "response.create")
    return await plain.receive(socket)


def chunks(pcm: bytes, *, wav: bool) -> Iterator[bytes]:
    """Samples of 100 ms each, or complete WAV files of them."""
    head, size = WAV_HEAD if wav else b"", RATE // 10 * 2
    for start in range(0, len(pcm), size):
        yield head + pcm[start : start + size]
