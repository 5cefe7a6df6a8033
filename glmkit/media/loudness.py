"""How loud samples are, and where in them somebody speaks.

All levels are dBFS: 20·log10 of the amplitude, where 1.0 is full scale; silence is ``-inf``. A
full-scale sine has a peak of 0 dBFS and a level (root mean square) of -3 dBFS.

"Voiced" is about energy, nothing more: 10 ms frames that are above ``QUIET`` dBFS, no further than
``RANGE`` dB under the loudest ones, and ``ABOVE_NOISE`` dB over the recording's own noise. It
finds the last word of a recording, which is the zero point of a latency under server VAD; it
does not tell speech from music.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

QUIET = -50.0
RANGE = 35.0
ABOVE_NOISE = 6.0
_STEADY = 12.0  # dB: a tone has no pauses, and must not be taken for noise
_DIGITAL_SILENCE = -90.0
_BLOCK = 1 << 20  # samples: minutes of sound are never converted in one piece
_SHORTEST = 3  # frames: anything shorter is a click

Sound = NDArray[np.float32] | NDArray[np.int16]


def decibels(amplitude: float) -> float:
    """dBFS of an amplitude; -inf for 0."""
    return 20 * math.log10(amplitude) if amplitude > 0 else -math.inf


def level(sound: Sound) -> float:
    """Root mean square in dBFS."""
    squares = sum(float(np.dot(block, block)) for block in _blocks(sound, _BLOCK))
    return decibels(math.sqrt(squares / len(sound))) if len(sound) else -math.inf


def peak(sound: Sound) -> float:
    """The largest sample in dBFS."""
    if not len(sound):
        return -math.inf
    largest = max(float(sound.max()), -float(sound.min()))
    return decibels(largest / 32768 if sound.dtype == np.int16 else largest)


def voiced_spans(sound: Sound, rate: int, *, gap: float = 0.2) -> list[tuple[float, float]]:
    """(start, end) in seconds of each voiced stretch; pauses up to ``gap`` seconds stay inside."""
    size = max(1, round(rate / 100))
    levels = _frame_levels(sound, size)
    if not len(levels):
        return []
    runs = _merged(_runs(levels > _floor(levels)), round(gap * rate / size))
    seconds = [(a * size / rate, min(b * size, len(sound)) / rate) for a, b in runs]
    return [(a, b) for a, b in seconds if round((b - a) * rate / size) >= _SHORTEST]


def _floor(levels: NDArray[np.float64]) -> float:
    """The level in dBFS that a frame must exceed to count as voiced."""
    heard = levels[levels > _DIGITAL_SILENCE]
    if not len(heard):
        return QUIET
    # percentiles, so that one click is neither the loudest word nor one dropout the noise
    noise, loudest = (float(level) for level in np.percentile(heard, [5, 99]))
    return max(QUIET, loudest - RANGE, min(noise + ABOVE_NOISE, loudest - _STEADY))


def _blocks(sound: Sound, size: int) -> Iterator[NDArray[np.float32]]:
    for at in range(0, len(sound), size):
        block = sound[at : at + size].astype(np.float32, copy=False)
        if sound.dtype == np.int16:
            block *= np.float32(1 / 32768)  # a copy, made by the line above
        yield block


def _frame_levels(sound: Sound, size: int) -> NDArray[np.float64]:
    """dBFS of each frame of ``size`` samples, less its mean: cheap microphones have an offset."""
    powers = [np.zeros(0)]
    for block in _blocks(sound, _BLOCK // size * size):
        whole = len(block) // size * size
        for frames in (block[:whole].reshape(-1, size), block[None, whole:]):
            if frames.size:
                squares = np.einsum("ij,ij->i", frames, frames) / frames.shape[1]
                powers.append(squares - frames.mean(axis=1) ** 2)
    return 10 * np.log10(np.maximum(np.concatenate(powers), 1e-12))


def _runs(loud: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _merged(runs: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in runs:
        if merged and start - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
