"""End of speech → first audio of the emulator's answer, as a caller in real time waits for it.

Every question goes up in 100 ms pieces at real time, silence after it, under server VAD with
``silence_duration_ms: 500``; the zero point is the moment the last voiced sample was sent. The
first two turns of each kind warm up and do not count. The questions are spoken by the kit's own
voice with other numbers each time, so that no answer was made before; the jokes are asked for
with the kit's recordings, and what answers them is in stock. *client VAD* is the default turn:
the joke, its commit, and no silence to wait for.

    python -m benchmarks.response_time [--turns 5] [KIND …]

It needs the speech models (``glmkit voices install``); without them the dynamic kinds are stock.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import Any

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.verify.raw_client import RawClient, open_socket

CHUNK = 0.1  # seconds
RATE = 16_000
SILENCE_MS = 500
DEADLINE = 30.0
WARM = 2
ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of turn: what is asked the nth time, the limit in seconds, who ends the turn."""

    question: Callable[[int], glm.Clip]
    limit: float
    server_vad: bool = True


def sum_in_english(n: int) -> glm.Clip:
    """A sum nobody asked before."""
    one, two = ENGLISH[n % 10], ENGLISH[(n + 3) % 10]
    return glm.speak(f"What is {one} plus {two} plus twenty?", lang="en")


def repeated_in_mandarin(n: int) -> glm.Clip:
    """A sentence to say after us, of which nothing is in stock."""
    return glm.speak(f"请跟我说，西红柿炒鸡蛋要放{CHINESE[n % 10]}个鸡蛋。", lang="zh")


def sum_in_mandarin(n: int) -> glm.Clip:
    """A sum nobody asked before."""
    one, two = CHINESE[n % 10], CHINESE[(n + 3) % 10]
    return glm.speak(f"二十{one}加三十{two}等于多少？", lang="zh")


KINDS: dict[str, Kind] = {
    "English": Kind(sum_in_english, 0.9),
    "dynamic Mandarin": Kind(repeated_in_mandarin, 1.6),
    "Mandarin sum": Kind(sum_in_mandarin, 1.6),
    "stock, Mandarin joke": Kind(lambda n: glm.sample("joke_zh"), 0.7),
    "stock, English joke": Kind(lambda n: glm.sample("joke_en"), 0.7),
    "client VAD, joke": Kind(lambda n: glm.sample("joke_zh"), 0.7, server_vad=False),
}


async def wait_for_answer(url: str, key: str, kind: Kind, n: int) -> tuple[float, str]:
    """Seconds from the end of speech to the first audio, and what was heard."""
    headers = {"Authorization": f"Bearer {key}"}
    async with open_socket(url, headers, patience=DEADLINE) as socket:
        client = RawClient(socket, patience=DEADLINE)
        await client.next("session.created")
        detection: dict[str, Any] = {"type": "client_vad"}
        if kind.server_vad:
            detection = {"type": "server_vad", "silence_duration_ms": SILENCE_MS}
        await client.update(turn_detection=detection)
        clip = kind.question(n).resample(RATE)
        end = clip.voiced_end or clip.seconds
        began = time.perf_counter()
        talking = asyncio.create_task(talk(client, clip, began, server_vad=kind.server_vad))
        came, heard = await first_audio(client)
        talking.cancel()
        with suppress(asyncio.CancelledError):
            await talking
        zero = end if kind.server_vad else clip.seconds
        return came - began - zero, heard


async def talk(client: RawClient, clip: glm.Clip, began: float, *, server_vad: bool) -> None:
    """The question in real time: each piece leaves when its last sample would have been said."""
    pcm = clip.to_pcm()
    if server_vad:
        pcm += bytes(int(DEADLINE * RATE) * 2)
    size = int(CHUNK * RATE) * 2
    for at in range(0, len(pcm), size):
        piece = pcm[at : at + size]
        said = (at + len(piece)) / 2 / RATE
        await asyncio.sleep(began + said - time.perf_counter())
        await client.append(piece)
    if not server_vad:
        await client.send("input_audio_buffer.commit")
        await client.send("response.create")


async def first_audio(client: RawClient) -> tuple[float, str]:
    """When the first sound came, and the transcript if it came before."""
    await client.next("response.audio.delta")
    came = time.perf_counter()
    heard = [e["transcript"] for e in client.came if e["type"].endswith("transcription.completed")]
    return came, heard[-1] if heard else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.response_time")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    given = parser.parse_args()
    with Emulator.start() as emulator:
        for name in given.kinds or KINDS:
            kind = KINDS[name]
            found = []
            for n in range(WARM + given.turns):
                turn = wait_for_answer(emulator.url, emulator.key.reveal(), kind, n)
                seconds, heard = asyncio.run(turn)
                found.append(seconds)
            each = " ".join(f"{seconds:.2f}" for seconds in found[WARM:])
            mark = "" if median(found[WARM:]) <= kind.limit else "  over the limit"
            print(
                f"{name:22} {median(found[WARM:]):5.2f} s  ≤ {kind.limit:.1f} s{mark}  "
                f"({each}; cold {found[0]:.2f}; heard {heard!r})",
                flush=True,
            )


if __name__ == "__main__":
    main()
