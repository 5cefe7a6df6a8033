"""One detector, shared by the streams of many sessions."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from numpy.typing import NDArray

from glmkit.emulator.hear.shared_detector import BACKLOG_FRAMES, DetectorStream, SharedDetector
from glmkit.media.voice_activity import silero

DEADLINE = 30


def noise(frames: int, *, seed: int = 0) -> NDArray[np.float32]:
    """Loud noise: its probabilities differ from frame to frame."""
    return (np.random.default_rng(seed).standard_normal((frames, silero.FRAME)) * 0.2).astype("f")


def alone(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    return silero.probabilities(frames.reshape(-1), silero.RATE)


async def read(stream: DetectorStream, count: int) -> NDArray[np.float32]:
    found = np.zeros(0, np.float32)
    async with asyncio.timeout(DEADLINE):
        while len(found) < count:
            found = np.concatenate([found, await anext(stream)])
    return found


async def test_hearing_returns_each_stream_its_own_in_order() -> None:
    """Many sessions at once, in pieces of different sizes, get what each gets alone."""
    frames = [noise(40, seed=seed) for seed in range(8)]

    async def session(mine: NDArray[np.float32], size: int) -> NDArray[np.float32]:
        stream = hearing.open()
        for at in range(0, len(mine), size):
            await stream.feed(mine[at : at + size])
            await asyncio.sleep(0)
        found = await read(stream, len(mine))
        stream.close()
        return found

    async with SharedDetector() as hearing:
        found = await asyncio.gather(*(session(one, 1 + i) for i, one in enumerate(frames)))
    for mine, theirs in zip(frames, found, strict=True):
        np.testing.assert_allclose(theirs, alone(mine), atol=1e-5)


async def test_a_burst_does_not_hold_up_another_session() -> None:
    """A frame fed after a minute of audio is heard before that minute is through."""
    async with SharedDetector() as hearing:
        burst, other = hearing.open(), hearing.open()
        await burst.feed(noise(1_900))
        await asyncio.wait_for(anext(burst), DEADLINE)
        await other.feed(noise(1))
        await asyncio.wait_for(anext(other), DEADLINE)
        assert burst.backlog > 0


async def test_a_feeder_far_ahead_waits() -> None:
    """Feeding waits while more than BACKLOG_FRAMES wait, and goes on afterwards."""
    async with SharedDetector() as hearing:
        stream = hearing.open()
        await stream.feed(noise(BACKLOG_FRAMES + 1))
        late = asyncio.create_task(stream.feed(noise(1)))
        await asyncio.sleep(0)
        assert not late.done()
        await asyncio.wait_for(late, DEADLINE)
        assert len(await read(stream, BACKLOG_FRAMES + 2)) == BACKLOG_FRAMES + 2


async def test_closing_ends_the_reader() -> None:
    """Closing stops the iteration and drops later frames; closing twice is no error."""
    async with SharedDetector() as hearing:
        stream = hearing.open()
        reader = asyncio.create_task(anext(stream, None))
        await asyncio.sleep(0)
        stream.close()
        stream.close()
        await stream.feed(noise(3))
        assert await asyncio.wait_for(reader, DEADLINE) is None
        assert stream.backlog == 0


async def test_leaving_hearing_ends_every_stream() -> None:
    """The readers of a server that stops do not wait for ever."""
    async with SharedDetector() as hearing:
        stream = hearing.open()
    assert [part async for part in stream] == []


async def test_a_failing_call_reaches_the_readers() -> None:
    """Frames of the wrong length raise where the probabilities are read, and at the next open."""
    async with SharedDetector() as hearing:
        stream = hearing.open()
        await stream.feed(np.zeros((2, 100), np.float32))
        with pytest.raises(Exception, match="input"):
            await asyncio.wait_for(anext(stream), DEADLINE)
        with pytest.raises(Exception, match="input"):
            hearing.open()
