"""The Kokoro-82M voice model: phonemes to sound, in the voices that ship in ``voices/``.

The model's file comes from ``weights/models``. It adds about 0.4 s of silence before and 0.8 s
after whatever it says; ``trimmed`` takes that off, so that clauses can be put together with pauses
of our own.
"""

from __future__ import annotations

import json
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 24_000
"""Hz: the only rate the model makes."""
VOICES = Path(__file__).parent / "voices"
MOST_SYMBOLS = 510
_QUIET = 0.006  # of the loudest sample: breath and hiss, not speech
_BEFORE, _AFTER, _FADE = (round(RATE * seconds) for seconds in (0.02, 0.06, 0.01))


class Kokoro:
    """One loaded model; ``speak`` may be called from any thread, and works on one clause at a time.

    Two threads of a computing library are the best on two cores (measured: 0.32 of real time,
    with one 0.52), and more clauses at once would only make each of them later."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(2, os.cpu_count() or 1)
        options.log_severity_level = 3
        # to fuse more takes a second of loading, and saves nothing afterwards (measured)
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # threads that spin while they wait take the time of those that send and receive
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path = next(iter(sorted(folder.glob("*.onnx"))))
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._symbols: str = self._session.get_inputs()[0].name  # exports differ in this name
        self._busy = threading.Lock()

    def synthesise(
        self, phonemes: str, voice: str, speed: float = 1.0, *, as_of: int = 0
    ) -> Samples:
        """What ``phonemes`` sound like in ``voice`` (a file of ``voices/``), shape (n,), 24 kHz.

        In the manner of a text of at least ``as_of`` symbols: the model mumbles single words."""
        known = symbols()
        numbers = [known[symbol] for symbol in phonemes if symbol in known][:MOST_SYMBOLS]
        if not numbers:
            return np.zeros(0, np.float32)
        styles = style(voice)
        fed: dict[str, Any] = {
            self._symbols: np.array([[0, *numbers, 0]], np.int64),
            "style": styles[min(max(len(numbers), as_of), len(styles) - 1)][None],
            "speed": np.array([speed], np.float32),
        }
        with self._busy:
            made = self._session.run(None, fed)[0]
        return trimmed(np.asarray(made, np.float32).reshape(-1))


@cache
def symbols() -> dict[str, int]:
    """Phoneme symbol → the number the model knows it by."""
    table: dict[str, int] = json.loads((VOICES / "symbols.json").read_text(encoding="utf-8"))
    return table


@cache
def style(voice: str) -> Samples:
    """A voice: one vector for each length of the input, shape (rows, 256)."""
    return np.asarray(np.load(VOICES / f"{voice}.npy"), np.float32)


def trimmed(samples: Samples) -> Samples:
    """``samples`` without the silence around them, faded in and out."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET * np.abs(samples).max(initial=0.0))
    if not len(loud):
        return samples[:0]
    kept = samples[max(0, loud[0] - _BEFORE) : loud[-1] + _AFTER].copy()
    ramp = np.linspace(0, 1, min(_FADE, len(kept)), dtype=np.float32)
    kept[: len(ramp)] *= ramp
    kept[-len(ramp) :] *= ramp[::-1]
    return kept
