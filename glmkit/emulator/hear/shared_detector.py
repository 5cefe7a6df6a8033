"""One detector of speech for the streams of all sessions of a server.

``SharedDetector`` opens a ``DetectorStream`` for each session; the session feeds frames and reads
probabilities. The frames of all streams go into one call of the network, in one worker thread.

Rules
- A stream's results come in its order.
- Frames wait at most ``GATHER_SECONDS`` for those of other streams.
- A call takes at most ``CALL_FRAMES`` frames, shared fairly, so that a recording uploaded in a
  burst delays nobody by more than a call.
- A stream more than ``BACKLOG_FRAMES`` behind makes its feeder wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from glmkit.media.voice_activity.silero import Samples, StreamState, detector

GATHER_SECONDS = 0.016
CALL_FRAMES = 256
BACKLOG_FRAMES = 2_000


class DetectorStream:
    """One session's audio on its way through the detector.

    The session calls ``feed``, iterates over probabilities, and calls ``close``; the detector calls
    ``take`` and ``give``, and is told by ``on_feed`` and ``on_close``.
    """

    def __init__(
        self, on_feed: Callable[[], None], on_close: Callable[[DetectorStream], None]
    ) -> None:
        self.backlog = 0
        """Frames fed and not yet taken by the detector."""
        self._on_feed, self._on_close = on_feed, on_close
        self._state = StreamState.fresh()
        self._frames: list[Samples] = []
        self._room = asyncio.Event()
        self._results: asyncio.Queue[Samples | BaseException | None] = asyncio.Queue()
        self._closed = False

    async def feed(self, frames: Samples) -> None:
        """Queue ``frames`` of shape (n, 512); waits only while the stream is far behind."""
        while self.backlog > BACKLOG_FRAMES and not self._closed:
            self._room.clear()
            await self._room.wait()
        if len(frames) and not self._closed:
            self._frames.append(frames)
            self.backlog += len(frames)
            self._on_feed()

    def __aiter__(self) -> DetectorStream:
        return self

    async def __anext__(self) -> Samples:
        """Probabilities of the next frames, shape (n,): in order, as many as were ready."""
        result = await self._results.get()
        if isinstance(result, BaseException):
            raise result
        if result is None:
            raise StopAsyncIteration
        return result

    def close(self, error: BaseException | None = None) -> None:
        """End the stream: its reader's iteration stops (or raises ``error``), waiting frames are
        dropped."""
        if not self._closed:
            self._closed = True
            self._frames, self.backlog = [], 0
            self._on_close(self)
            self._room.set()
            self._results.put_nowait(error)

    def take(self, share: int) -> tuple[StreamState, Samples]:
        """What the network needs next: its memory of the stream, and up to ``share`` frames."""
        joined = self._frames[0] if len(self._frames) == 1 else np.concatenate(self._frames)
        taken, rest = joined[:share], joined[share:]
        self._frames, self.backlog = [rest] if len(rest) else [], len(rest)
        self._room.set()
        return self._state, taken

    def give(self, chances: Samples, state: StreamState) -> None:
        """What the network found in the frames that were taken last, and its memory since."""
        if not self._closed:
            self._state = state
            self._results.put_nowait(chances)


class SharedDetector:
    """One detector for every session of a server: ``async with SharedDetector() as detector``."""

    def __init__(self) -> None:
        self._streams: list[DetectorStream] = []
        self._fed = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vad")
        self._task: asyncio.Task[None] | None = None
        self._broken: BaseException | None = None

    async def __aenter__(self) -> SharedDetector:
        self._task = asyncio.create_task(self._listen(), name="vad")
        self._task.add_done_callback(self._ended)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End every stream and the worker thread."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=5)
        self._thread.shutdown(wait=False)

    def open(self) -> DetectorStream:
        """A new stream; close it when its session, or its audio, ends."""
        if self._broken is not None:
            raise self._broken
        stream = DetectorStream(self._fed.set, self._streams.remove)
        self._streams.append(stream)
        return stream

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        network = await loop.run_in_executor(self._thread, detector)
        while True:
            waiting = await self._waiting()
            share = max(1, CALL_FRAMES // len(waiting))
            batch = [stream.take(share) for stream in waiting]
            results = await loop.run_in_executor(self._thread, network.probabilities, batch)
            for stream, (chances, state) in zip(waiting, results, strict=True):
                stream.give(chances, state)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Hand the detector's failure to every reader, which would wait for ever otherwise."""
        self._broken = None if task.cancelled() else task.exception()
        for stream in list(self._streams):
            stream.close(self._broken)

    async def _waiting(self) -> list[DetectorStream]:
        """The streams that have frames, once there are any; after a little while, for others'."""
        while not (found := [stream for stream in self._streams if stream.backlog]):
            self._fed.clear()
            await self._fed.wait()
            if len(self._streams) > 1:
                await asyncio.sleep(GATHER_SECONDS)
        return found
