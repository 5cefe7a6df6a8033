"""Voice-activity detection: how likely each 32 ms of audio is speech.

The network is Silero's, version 6 (MIT, see ``silero/``), arranged so that one call takes the
frames of many streams. What it remembers of a stream is a ``State`` of 320 numbers that the
stream keeps, so one network serves every session of a server:

- ``Detector`` is the network; ``detector()`` loads it once a process (0.3 s, most of it the
  import of onnxruntime: call it in a worker thread);
- ``Hearing`` is the server's ear: sessions open a ``Stream``, feed frames, and read
  probabilities; all streams' frames go into one call in one worker thread;
- ``probabilities`` is for a whole recording, as a figure wants it.

Rules of ``Hearing``: a stream's results come in its order; frames wait at most ``GATHER_SECONDS``
for those of other streams; a call takes at most ``CALL_FRAMES`` frames, shared fairly, so that a
recording uploaded in a burst delays nobody by more than a call; a stream more than
``BACKLOG_FRAMES`` behind makes its feeder wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Hz: the only rate the network takes."""
FRAME = 512
"""Samples of a frame: 32 ms."""
FRAME_MS = 32
GATHER_SECONDS = 0.016
CALL_FRAMES = 256
BACKLOG_FRAMES = 2_000

Samples = NDArray[np.float32]

_MODEL = Path(__file__).with_name("silero") / "vad.onnx"
_HIDDEN = 128
_CONTEXT = 64  # samples of the frame before that the network wants to see


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What the network remembers of one stream: two vectors of 128 and the last 64 samples."""

    h: Samples
    c: Samples
    context: Samples

    @classmethod
    def fresh(cls) -> State:
        """The state before the first frame."""
        zeros = np.zeros(_HIDDEN, np.float32)
        return cls(zeros, zeros, np.zeros(_CONTEXT, np.float32))


Batch = Sequence[tuple[State, Samples]]


class Detector:
    """The network; it holds no state of any stream and may be shared by all of them."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # a burst's peak would be kept for ever
        self._session = onnxruntime.InferenceSession(
            str(_MODEL), options, providers=["CPUExecutionProvider"]
        )

    def probabilities(self, batch: Batch) -> list[tuple[Samples, State]]:
        """Speech probabilities and next states for ``(state, frames)`` of any number of streams.

        ``frames`` has shape (n, 512), n ≥ 1 of its own for each stream, float32 at 16 kHz in
        −1…1; the probabilities have shape (n,).
        """
        if not batch:
            return []
        lengths = np.array([len(frames) for _, frames in batch], np.int32)
        firsts = np.cumsum(lengths) - lengths
        steps = np.arange(lengths.max())[:, None]
        chances, h, c = self._session.run(
            None,
            {
                "input": np.concatenate([_with_context(state, frames) for state, frames in batch]),
                "order": firsts + np.minimum(steps, lengths - 1),
                "lengths": lengths,
                "h": np.stack([state.h for state, _ in batch])[None],
                "c": np.stack([state.c for state, _ in batch])[None],
            },
        )
        return [
            (chances[: len(frames), i], State(h[0, i], c[0, i], frames[-1, -_CONTEXT:].copy()))
            for i, (_, frames) in enumerate(batch)
        ]


@cache
def detector() -> Detector:
    """The process's one detector, loaded at the first call."""
    return Detector()


def probabilities(samples: Samples, rate: int) -> Samples:
    """Speech probability of each 32 ms of a recording; ``samples`` of shape (n,) at ``rate`` Hz.

    The last frame is filled up with silence.
    """
    if rate != RATE:
        import soxr

        samples = soxr.resample(samples, rate, RATE)
    padded = np.pad(np.asarray(samples, np.float32), (0, -len(samples) % FRAME))
    state, found = State.fresh(), [np.zeros(0, np.float32)]
    for part in _portions(padded.reshape(-1, FRAME), 1_000):
        [(chances, state)] = detector().probabilities([(state, part)])
        found.append(chances)
    return np.concatenate(found)


class Hearing:
    """One detector for every session of a server: ``async with Hearing() as hearing``."""

    def __init__(self) -> None:
        self._streams: list[Stream] = []
        self._fed = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vad")
        self._task: asyncio.Task[None] | None = None
        self._broken: BaseException | None = None

    async def __aenter__(self) -> Hearing:
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

    def open(self) -> Stream:
        """A new stream; close it when its session, or its audio, ends."""
        if self._broken is not None:
            raise self._broken
        stream = Stream(self)
        self._streams.append(stream)
        return stream

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        network = await loop.run_in_executor(self._thread, detector)
        while True:
            await self._something()
            turns = self._turns()
            batch = [(stream._state, frames) for stream, frames in turns]
            results = await loop.run_in_executor(self._thread, network.probabilities, batch)
            for (stream, _), (chances, state) in zip(turns, results, strict=True):
                stream._heard(chances, state)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Hand the detector's failure to every reader, which would wait for ever otherwise."""
        self._broken = None if task.cancelled() else task.exception()
        for stream in list(self._streams):
            stream.close(self._broken)

    async def _something(self) -> None:
        """Wait for frames, and a little longer for other streams' frames."""
        if any(stream.backlog for stream in self._streams):
            return
        self._fed.clear()
        await self._fed.wait()
        if len(self._streams) > 1:
            await asyncio.sleep(GATHER_SECONDS)

    def _turns(self) -> list[tuple[Stream, Samples]]:
        """Each waiting stream's share of the next call."""
        waiting = [stream for stream in self._streams if stream.backlog]
        share = max(1, CALL_FRAMES // max(1, len(waiting)))
        return [(stream, stream._take(share)) for stream in waiting]


class Stream:
    """One session's audio on its way through the detector: feed frames, iterate probabilities."""

    def __init__(self, hearing: Hearing) -> None:
        self.backlog = 0
        """Frames fed and not yet taken by the detector."""
        self._hearing = hearing
        self._state = State.fresh()
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
            self._hearing._fed.set()

    def __aiter__(self) -> Stream:
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
            self._hearing._streams.remove(self)
            self._room.set()
            self._results.put_nowait(error)

    def _take(self, share: int) -> Samples:
        """Remove and return the first ``share`` frames that wait."""
        joined = self._frames[0] if len(self._frames) == 1 else np.concatenate(self._frames)
        taken, rest = joined[:share], joined[share:]
        self._frames, self.backlog = [rest] if len(rest) else [], len(rest)
        self._room.set()
        return taken

    def _heard(self, chances: Samples, state: State) -> None:
        if not self._closed:
            self._state = state
            self._results.put_nowait(chances)


def _with_context(state: State, frames: Samples) -> Samples:
    """Each frame after the last 64 samples of the one before: shape (n, 576)."""
    before = np.concatenate([state.context[None], frames[:-1, -_CONTEXT:]])
    return np.concatenate([before, frames], axis=1)


def _portions(frames: Samples, size: int) -> list[Samples]:
    return [frames[at : at + size] for at in range(0, len(frames), size)]
