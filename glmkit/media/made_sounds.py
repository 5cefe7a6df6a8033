"""Two sounds that a listener makes without wanting to speak: a cough, and "mm-hm"; computed.

Nobody was recorded and no voice was used: a cough is shaped noise, "mm-hm" the harmonics of a voice
through a closed mouth. Each is always the same, about as loud as the recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000  # Hz
_LEVEL: Final = 0.1  # root mean square where it sounds: −20 dBFS
_QUIET: Final = 0.1  # seconds before and after
Samples = NDArray[np.float32]
Sound = NDArray[np.floating]


def cough() -> Samples:
    """A cough: a burst of breath, and what the throat makes of its end."""
    chance = np.random.default_rng(1)
    breath = _resonant(chance.standard_normal(round(0.34 * RATE)), (550, 1_400, 2_900))
    at = np.arange(len(breath)) / RATE
    burst = np.exp(-at / 0.05) + 0.35 * np.exp(-(((at - 0.22) / 0.06) ** 2))
    throat = _voice(np.linspace(150, 95, len(at)), (500, 1_300)) * np.exp(
        -(((at - 0.2) / 0.07) ** 2)
    )
    return _finished(breath * burst + 0.15 * throat)


def mm_hm() -> Samples:
    """ "Mm-hm": two hums, the second higher, with a little breath between them."""
    chance = np.random.default_rng(2)
    first = _hum(0.17, 165, 150)
    breath = 0.02 * chance.standard_normal(round(0.07 * RATE)) * np.hanning(round(0.07 * RATE))
    return _finished(np.concatenate([first, breath, _hum(0.27, 170, 215)]))


MADE: Final[Mapping[str, Callable[[], Samples]]] = {"cough": cough, "mm_hm": mm_hm}


def _hum(seconds: float, low: float, high: float) -> Sound:
    count = round(seconds * RATE)
    edge = round(0.03 * RATE)
    swell = np.ones(count)
    swell[:edge] = np.sin(np.linspace(0, np.pi / 2, edge)) ** 2
    swell[-edge:] = swell[:edge][::-1]
    return swell * _voice(np.linspace(low, high, count), (250, 1_050, 2_250))


def _voice(hz: Sound, formants: tuple[float, ...]) -> Sound:
    """The harmonics of a pitch that moves, as strong as formants make them; of unit power."""
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    found = np.zeros(len(hz))
    for harmonic in range(1, int(RATE / 2 / hz.max())):
        found += _gain(harmonic * hz, formants) / harmonic * np.cos(harmonic * phase)
    return _levelled(found)


def _resonant(noise: Sound, formants: tuple[float, ...]) -> Sound:
    bands = np.fft.rfftfreq(len(noise), 1 / RATE)
    return _levelled(np.fft.irfft(np.fft.rfft(noise) * _gain(bands, formants), len(noise)))


def _levelled(sound: Sound) -> Sound:
    level: Sound = sound / np.sqrt(np.mean(sound**2))
    return level


def _gain(hz: Sound, formants: tuple[float, ...]) -> Sound:
    width = 120.0
    return sum((1 / (1 + ((hz - each) / width) ** 2) for each in formants), np.zeros_like(hz))


def _finished(sound: Sound) -> Samples:
    quiet = np.zeros(round(_QUIET * RATE))
    loud = _LEVEL * _levelled(sound)
    return np.concatenate([quiet, loud, quiet]).astype(np.float32)
