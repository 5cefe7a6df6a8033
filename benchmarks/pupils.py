"""A class at one emulator: how soon each pupil hears an answer, unknown questions among them.

Usage: ``python -m benchmarks.pupils`` (the weights must be in place: ``glmkit voices install``).
Each pupil is a session, says two things in real time and waits for each
answer; every third thing is one that no script knows. At its best on a quiet machine: 60 answers
of 60, none of them "busy", first sound p95 3.6 s after the end of what was said.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time

import numpy as np

import glmkit as glm
from benchmarks.callers import CHUNK, KEY, appends, started
from glmkit.texts import text_in
from glmkit.verify.raw_client import RawClient, open_socket

TURNS = 2
KNOWN = ("joke_zh", "weather_zh", "hello_en", "two_questions_zh")
UNKNOWN = ("量子纠缠到底是怎么一回事？", "How do black holes evaporate?")
PATIENCE = 180.0  # seconds for an answer
APART = 0.3  # seconds from one pupil's beginning to the next's


def sounds() -> list[list[bytes]]:
    """What is said, as messages: two that are known, one that is not, and again."""
    known = [glm.sample(name) for name in KNOWN]
    unknown = [glm.speak(words).resample(16_000) for words in UNKNOWN]
    said = [each for n, one in enumerate(unknown) for each in (*known[2 * n : 2 * n + 2], one)]
    return [appends(clip.to_pcm()) for clip in said]


async def pupil(url: str, number: int, said: list[list[bytes]]) -> list[tuple[float, bool]]:
    """Each turn: seconds from the last of its sound to the first of the answer's, whether busy."""
    await asyncio.sleep(number * APART)
    found = []
    async with open_socket(url, {"Authorization": f"Bearer {KEY}"}) as socket:
        client = RawClient(socket)
        await client.update()
        for turn in range(TURNS):
            async with asyncio.timeout(PATIENCE):
                found.append(await one_turn(client, said[(number + turn) % len(said)]))
    return found


async def one_turn(client: RawClient, sound: list[bytes]) -> tuple[float, bool]:
    """One thing said in real time, and its answer to the end."""
    began = time.perf_counter()
    for n, message in enumerate(sound):
        await asyncio.sleep(began + n * CHUNK - time.perf_counter())
        await client.put(message)
    await client.send("input_audio_buffer.commit")
    await client.send("response.create")
    ended, first, words = time.perf_counter(), 0.0, ""
    while True:
        event = json.loads(await client.receive())
        if event["type"] == "response.audio.delta":
            first = first or time.perf_counter() - ended
        elif event["type"] == "response.audio_transcript.done":
            words = event["transcript"]
        elif event["type"] == "response.done":
            busy = any(words.endswith(text_in(lang, "dialogue.busy")) for lang in ("zh", "en"))
            return first, busy


async def measured(pupils: int) -> None:
    """A class once, and what it found."""
    said = sounds()
    with started("glmkit", "emulator") as server:
        await pupil(server.url, 2, said)  # what is loaded at the first turns counts for nobody
        before = server.cpu()
        every = [pupil(server.url, n, said) for n in range(pupils)]
        done = await asyncio.gather(*every, return_exceptions=True)
        used = server.cpu() - before
    turns = [turn for each in done if isinstance(each, list) for turn in each]
    heard = sorted(first for first, busy in turns if not busy)
    print(f"{len(heard)} of {pupils * TURNS} turns answered, {len(turns) - len(heard)} told busy")
    p50, p95 = np.percentile(heard or [float("nan")], (50, 95))
    print(f"first sound p50 {p50:.1f} s, p95 {p95:.1f} s; {used:.0f} s of CPU")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pupils")
    parser.add_argument("--pupils", type=int, default=30)
    asyncio.run(measured(parser.parse_args().pupils))


if __name__ == "__main__":
    main()
