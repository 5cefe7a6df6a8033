"""Whether others are heard behind a voice: what a recording alone can show of it.

Rules
- One looks where the voice pauses: ``_PAUSE`` seconds or more, at least ``_UNDER`` dB under its
  loud parts. Where it never pauses so long, nothing can be said, and nothing is.
- Others are heard where these pauses are less than ``_DEEPEST`` dB under the voice, rise and fall
  as speech does, and have a pitch in them. Noise has no pitch; a hum, a fan or a telephone's tone
  does not rise and fall. Chords and tunes do both, and are taken for voices; drums alone are not.
- Digital silence before and behind is none of the recording: clients add it.
- It misses many: nearly always a single neighbour, who pauses, too, and any who are as loud as
  the voice itself. That nothing is found does not mean that nobody spoke.

Measured with the kit's twelve recordings, half a second of pause before and behind, neighbours
and music drawn by a seed, 5, 10 and 15 dB under the voice: one neighbour is found in 2 of 36
mixes, three in 14, six in 18; chords in 29 of 36, a band in 29, a tune in 15, drums in none; of
1,060 with neither voices nor music, in none. It varies with what is drawn: of other 36 with three
neighbours, 10 dB under the voice, in 26.

Pure. Levels are in dB under the voice's loud parts, their 90th percentile.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000  # Hz
_FRAME, _STEP = 1_024, 256  # samples: 64 ms hold some periods of any voice
_EDGE: Final = 3  # steps at either end of a pause, in which the voice is still heard
_UNDER, _DEEPEST = 7.0, 22.0  # dB
_PAUSE, _PAUSES = 0.25, 0.6  # seconds: of one of them, of all of them
_SWING: Final = 1.0  # dB between the median and the 10th percentile: steady noise has 0.1 to 0.9
_PITCHED, _SHARE = 0.5, 0.16  # of the autocorrelation, of the frames: noise has up to 0.15
_LAGS: Final = slice(RATE // 400, RATE // 80)  # periods of voices: 80 to 400 Hz
_PREEMPHASIS: Final = 0.9  # so that a rumble has no pitch
_SILENT: Final = 1e-4  # 3 steps of 16 bits
_LONGEST: Final = 60 * RATE  # samples that are looked at, the last ones
Samples = NDArray[np.float32]
Floats = NDArray[np.float64]


def level_behind(samples: Samples) -> float | None:
    """How many dB under the voice others are heard; None where none are, or nobody can say.

    ``samples``: mono at 16 kHz, shape (n,).
    """
    sound = _recorded(samples)[-_LONGEST:].astype(np.float64)
    if len(sound) < RATE:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(sound, _FRAME)[::_STEP]
    levels = 10 * np.log10(np.maximum(frames.var(axis=1), 1e-12))
    levels -= np.percentile(levels, 90)
    pauses = _pauses(levels)
    quiet = levels[pauses]
    if len(quiet) * _STEP < _PAUSES * RATE:
        return None
    low, floor, middle = np.percentile(quiet, (10, 20, 50))
    if floor < -_DEEPEST or middle - low < _SWING:
        return None
    spoken = float(np.mean(_pitch(sound, pauses) > _PITCHED)) >= _SHARE
    return float(-middle) if spoken else None


def _recorded(samples: Samples) -> Samples:
    heard = np.flatnonzero(np.abs(samples) > _SILENT)
    return samples[heard[0] : heard[-1] + 1] if len(heard) else samples[:0]


def _pauses(levels: Floats) -> NDArray[np.intp]:
    """The frames of all pauses that are long enough, without their edges."""
    quiet = np.concatenate(([0], levels < -_UNDER, [0]))
    runs = np.flatnonzero(np.diff(quiet)).reshape(-1, 2)
    long = [np.arange(a + _EDGE, b - _EDGE) for a, b in runs if (b - a) * _STEP >= _PAUSE * RATE]
    return np.concatenate(long) if long else np.zeros(0, np.intp)


def _pitch(sound: Floats, chosen: NDArray[np.intp]) -> Floats:
    """How much each of these frames repeats itself at a voice's period: 0 to about 1."""
    bright = np.append(sound[:1], sound[1:] - _PREEMPHASIS * sound[:-1])
    frames = np.lib.stride_tricks.sliding_window_view(bright, _FRAME)[::_STEP][chosen]
    window = np.hanning(_FRAME)
    own = _autocorrelation(window)
    found = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * window)
    shape = found / (found[:, :1] + 1e-12) / (own / own[0] + 0.05)
    best: Floats = shape[:, _LAGS].max(axis=1)
    return best


def _autocorrelation(frames: Floats) -> Floats:
    power = np.abs(np.fft.rfft(frames, 2 * _FRAME)) ** 2
    found: Floats = np.fft.irfft(power)[..., :_FRAME]
    return found
