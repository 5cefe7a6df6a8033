"""``Microphone``: what a device hears, at the rate that is wanted, in pieces of 100 ms.

Sound takes its time: what a device gives ahead of the clock, as a null device does without end, is
no sound and is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import numpy as np
import soxr

from glmkit.media.clip import Clip
from glmkit.media.devices import Device, Running

PIECE: Final = 0.1  # seconds, as a page's microphone gives them
_AHEAD: Final = 1.0  # seconds: more than any device holds back and then gives at once

Heard = Callable[[Clip], None]


class Microphone:
    """Records while it is open; ``heard`` gets each piece (16-bit mono), on the device's thread.

    ``rate``: Hz of the pieces, whatever the device's own is.
    """

    def __init__(self, device: Device, rate: int, heard: Heard) -> None:
        self._device, self._rate, self._heard = device, rate, heard
        self._running: Running | None = None
        self._resampler: soxr.ResampleStream | None = None
        self._waiting: list[np.ndarray] = []  # samples of a piece that is not whole yet
        self._opened_at = self._seconds = 0.0  # on the clock, and what was taken since

    @property
    def on(self) -> bool:
        """Whether it is open."""
        return self._running is not None

    def open(self) -> None:
        """Begin to record; twice is once. Raises what the device does."""
        if self._running is None:
            self._waiting, self._resampler = [], None
            self._opened_at, self._seconds = time.monotonic(), 0.0
            self._running = self._device.record(self._rate, self._take)

    def close(self) -> None:
        """Record no more, and hand on what is left; twice is once."""
        running, self._running = self._running, None
        if running is None:
            return
        running.close()
        if self._resampler is not None:
            self._waiting.append(self._resampler.resample_chunk(np.empty(0, "<i2"), last=True))
        rest = np.concatenate([np.empty(0, "<i2"), *self._waiting])
        if len(rest):
            self._heard(Clip.from_pcm(rest.tobytes(), self._rate))

    def _take(self, data: bytes, rate: int) -> None:
        samples = np.frombuffer(data, "<i2")
        if self._seconds > time.monotonic() - self._opened_at + _AHEAD:
            return
        self._seconds += len(samples) / rate
        if rate != self._rate:
            if self._resampler is None:
                self._resampler = soxr.ResampleStream(rate, self._rate, 1, dtype="int16")
            samples = self._resampler.resample_chunk(samples)
        self._waiting.append(samples)
        size = round(self._rate * PIECE)
        if sum(map(len, self._waiting)) < size:
            return
        kept = np.concatenate(self._waiting)
        whole = len(kept) // size * size
        self._waiting = [kept[whole:]]
        for start in range(0, whole, size):
            self._heard(Clip.from_pcm(kept[start : start + size].tobytes(), self._rate))
