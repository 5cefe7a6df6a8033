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
_FRAME = 0.025  # seconds: durations are counted in these (found: samples over frames are 600)
#: Seconds that durations are late against dips of loudness (found: 26 ms; half within 14 ms of it).
_LATE = 0.025
#: Where the model's graph has how many frames each symbol lasts, which it doesn't give by itself.
_DURATIONS = b"/encoder/Clip_output_0"
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
            giving_durations(path.read_bytes()), options, providers=["CPUExecutionProvider"]
        )
        self._symbols: str = self._session.get_inputs()[0].name  # exports differ in this name
        self._busy = threading.Lock()

    def synthesise(
        self, phonemes: str, voice: str, speed: float = 1.0, *, as_of: int = 0
    ) -> tuple[Samples, Samples]:
        """What ``phonemes`` sound like in ``voice`` (a file of ``voices/``), shape (n,), 24 kHz.

        In the manner of a text of at least ``as_of`` symbols: the model mumbles single words. And
        the second at which each phoneme begins and the last one ends, by the model's own
        durations, in steps of 25 ms: shape (phonemes + 1,), or (0,) where it tells none."""
        known = symbols()
        numbers = [known[symbol] for symbol in phonemes if symbol in known][:MOST_SYMBOLS]
        if not numbers:
            return np.zeros(0, np.float32), np.zeros(0, np.float32)
        styles = style(voice)
        fed: dict[str, Any] = {
            self._symbols: np.array([[0, *numbers, 0]], np.int64),
            "style": styles[min(max(len(numbers), as_of), len(styles) - 1)][None],
            "speed": np.array([speed], np.float32),
        }
        with self._busy:
            made, *told = self._session.run(None, fed)
        samples = np.asarray(made, np.float32).reshape(-1)
        edges = _edges(phonemes, told[0].reshape(-1)) if told else np.zeros(0, np.float32)
        return trimmed(samples), edges - np.float32(_speech_of(samples).start / RATE + _LATE)


def giving_durations(model: bytes) -> bytes:
    """The model's file with one output more: ONNX is protobuf, where what is appended is merged."""
    if _DURATIONS not in model:
        return model  # another export of it
    output = _message(1, _DURATIONS)  # ValueInfoProto.name
    return model + _message(7, _message(12, output))  # ModelProto.graph, GraphProto.output


def _message(field: int, content: bytes) -> bytes:
    """A field of bytes as protobuf writes it, of fewer than 128."""
    assert len(content) < 128
    return bytes([field << 3 | 2, len(content)]) + content


def _edges(phonemes: str, frames: Samples) -> Samples:
    """When each phoneme begins, in seconds of all that the model made; unknown ones take no time.

    ``frames``: those of the silence before, of each known symbol, and of the silence after."""
    known = np.array([symbol in symbols() for symbol in phonemes])
    lasting = np.zeros(len(phonemes), np.float32)
    places = np.flatnonzero(known)[: len(frames) - 2]
    lasting[places] = frames[1 : 1 + len(places)]
    return np.cumsum(np.concatenate([frames[:1], lasting])).astype(np.float32) * np.float32(_FRAME)


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
    kept = samples[_speech_of(samples)].copy()
    ramp = np.linspace(0, 1, min(_FADE, len(kept)), dtype=np.float32)
    kept[: len(ramp)] *= ramp
    kept[len(kept) - len(ramp) :] *= ramp[::-1]
    return kept


def _speech_of(samples: Samples) -> slice:
    loud = np.flatnonzero(np.abs(samples) > _QUIET * np.abs(samples).max(initial=0.0))
    if not len(loud):
        return slice(0, 0)
    return slice(max(0, int(loud[0]) - _BEFORE), int(loud[-1]) + _AFTER)
