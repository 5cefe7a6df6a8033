"""Voice-activity detection: how likely each 32 ms of audio is speech.

The network is Silero's, version 6 (MIT, see ``silero_model/``), arranged so that one call takes the
frames of many streams. What it remembers of a stream is a ``StreamState`` of 320 numbers that the
stream keeps, so one network serves every session of a server.

- ``Detector`` is the network; ``detector()`` loads it once a process (0.3 s, most of it the
  import of onnxruntime: call it in a worker thread);
- ``probabilities`` is for a whole recording, as a figure wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glmkit.environment.features import needs

RATE = 16_000
"""Hz: the only rate the network takes."""
FRAME = 512
"""Samples of a frame: 32 ms."""
FRAME_MS = 32

Samples = NDArray[np.float32]

_MODEL = Path(__file__).with_name("silero_model") / "vad.onnx"
_HIDDEN = 128
_CONTEXT = 64  # samples of the frame before that the network wants to see


@dataclass(frozen=True, slots=True, eq=False)
class StreamState:
    """What the network remembers of one stream: two vectors of 128 and the last 64 samples."""

    h: Samples
    c: Samples
    context: Samples

    @classmethod
    def fresh(cls) -> StreamState:
        """The state before the first frame."""
        zeros = np.zeros(_HIDDEN, np.float32)
        return cls(zeros, zeros, np.zeros(_CONTEXT, np.float32))


Batch = Sequence[tuple[StreamState, Samples]]


class Detector:
    """The network; it holds no state of any stream and may be shared by all of them."""

    def __init__(self) -> None:
        needs("voice_activity")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # a burst's peak would be kept for ever
        self._session = onnxruntime.InferenceSession(
            str(_MODEL), options, providers=["CPUExecutionProvider"]
        )

    def probabilities(self, batch: Batch) -> list[tuple[Samples, StreamState]]:
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
            (
                chances[: len(frames), i],
                StreamState(h[0, i], c[0, i], frames[-1, -_CONTEXT:].copy()),
            )
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
    state, found = StreamState.fresh(), [np.zeros(0, np.float32)]
    for part in _portions(padded.reshape(-1, FRAME), 1_000):
        [(chances, state)] = detector().probabilities([(state, part)])
        found.append(chances)
    return np.concatenate(found)


def _with_context(state: StreamState, frames: Samples) -> Samples:
    """Each frame after the last 64 samples of the one before: shape (n, 576)."""
    before = np.concatenate([state.context[None], frames[:-1, -_CONTEXT:]])
    return np.concatenate([before, frames], axis=1)


def _portions(frames: Samples, size: int) -> list[Samples]:
    return [frames[at : at + size] for at in range(0, len(frames), size)]
