"""A telephone call: 300 to 3400 Hz at 8 kHz, and each sample in 8 bits (ITU-T G.711).

A-law is what China and Europe speak, μ-law North America and Japan.
"""

from __future__ import annotations

import io
from typing import Final, Literal

import numpy as np
import soxr
from numpy.typing import NDArray

from glmkit.media.libsndfile import soundfile

Law = Literal["a", "mu"]
LAWS: Final = {"a": "ALAW", "mu": "ULAW"}
_RATE: Final = 8_000  # Hz
_EDGES: Final = (200.0, 300.0, 3_400.0, 3_700.0)  # Hz: silent below and above, whole between
_ROOM: Final = 800  # samples around, so that the filter's end does not ring into its beginning
Samples = NDArray[np.float32]


def over_telephone(samples: Samples, rate: int, law: Law) -> Samples:
    """float32 samples of shape (n,) as they come out of a telephone; as many at the same rate."""
    narrow = _banded(soxr.resample(samples, rate, _RATE, quality="HQ"))
    wide = soxr.resample(coded(narrow, law), _RATE, rate, quality="HQ")
    found: Samples = np.pad(wide, (0, max(0, len(samples) - len(wide))))[: len(samples)]
    return found


def coded(samples: Samples, law: Law) -> Samples:
    """float32 samples at 8 kHz after they were written in G.711's 8 bits and read again."""
    named = {"samplerate": _RATE, "format": "RAW", "subtype": LAWS[law]}
    line = io.BytesIO()
    soundfile.write(line, np.clip(samples, -1.0, 1.0), **named)
    line.seek(0)
    return soundfile.read(line, dtype="float32", channels=1, **named)[0]  # type: ignore[no-any-return]


def _banded(samples: Samples) -> Samples:
    padded = np.pad(samples, _ROOM)
    bands = np.fft.rfftfreq(len(padded), 1 / _RATE)
    gain = np.interp(bands, _EDGES, (0.0, 1.0, 1.0, 0.0))
    found = np.fft.irfft(np.fft.rfft(padded) * gain, len(padded))
    return found[_ROOM : _ROOM + len(samples)].astype(np.float32)
