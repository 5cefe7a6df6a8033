"""Speech with something else in it, at a signal-to-noise ratio that is what it says.

Rules
- SNR is the power of the clip over that of what is added, both where somebody speaks (the clip's
  ``voiced_spans``): pauses over 0.2 s don't count, as in the active speech level of ITU-T P.56.
- Noise is speech-shaped, as speech audiometry uses it: white, filtered by the clip's own long-term
  spectrum, so that it covers every band as much as another.
- Where the sum would be over full scale both are made softer alike; the ratio stays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glmkit.errors import BadAudio
from glmkit.media import loudness
from glmkit.texts import text

Samples = NDArray[np.float32]
Sound = NDArray[np.float64]


def mixed(speech: Samples, added: Sound, rate: int, snr_db: float) -> Samples:
    """``speech`` with what is ``added`` (any level, as long) at ``snr_db`` decibels."""
    spoken = voiced(speech, rate)
    gain = np.sqrt(_power(speech[spoken]) / _power(added[spoken])) * 10 ** (-snr_db / 20)
    whole = speech + gain * added
    whole /= max(1.0, float(np.abs(whole).max()))
    result: Samples = whole.astype(np.float32)
    return result


def voiced(speech: Samples, rate: int) -> NDArray[np.bool_]:
    """Which samples somebody speaks in. Raises BadAudio where nobody does."""
    spoken = np.zeros(len(speech), bool)
    for start, end in loudness.voiced_spans(speech, rate):
        spoken[round(start * rate) : round(end * rate)] = True
    if not spoken.any():
        raise BadAudio(text("media.no_snr", quiet=f"{loudness.QUIET:.0f}"))
    return spoken


def speech_shaped(speech: Samples, rate: int, chance: np.random.Generator) -> Sound:
    """Noise as long as ``speech``, with the spectrum of its voiced parts."""
    power = _spectrum(speech[voiced(speech, rate)], rate)
    white = np.fft.rfft(chance.standard_normal(len(speech)))
    bands = np.linspace(0, 1, len(power))
    shape = np.sqrt(np.interp(np.linspace(0, 1, len(white)), bands, power))
    return np.fft.irfft(white * shape, len(speech))


def _spectrum(spoken: Samples, rate: int) -> Sound:
    """The mean power of each band, over half-overlapping frames of 32 ms."""
    size = max(16, round(0.032 * rate))
    padded = np.pad(spoken, (0, max(0, size - len(spoken))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[:: size // 2]
    power = np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2
    mean: Sound = power.mean(axis=0)
    return mean


def _power(sound: NDArray[np.floating]) -> float:
    return float(np.mean(np.square(sound, dtype=np.float64)))
