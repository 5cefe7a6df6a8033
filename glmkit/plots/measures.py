"""Tone of voice in numbers: pitch, loudness over time, speaking rate, pauses.

Pitch is librosa's pyin. Loudness is the root mean square of 20 ms every 10 ms. Speaking rate
counts syllables as swells of loudness: peaks that stand 2 dB above the dips beside them, inside
speech. That is how phoneticians estimate it without a transcript; it is an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from glmkit.plots.drawing.argument_checks import one_clip
from glmkit.plots.drawing.librosa_loader import librosa

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

Track = NDArray[np.float64]
HOP: Final = 0.01  # seconds between two loudness values
LOWEST, HIGHEST = 65.0, 600.0  # Hz: voices from a low man's to a small child's
LONGEST: Final = 120.0  # seconds of which pitch is looked for: it takes about 30 ms each
_PITCH_RATE, _PITCH_HOP, _PITCH_FRAME = 16_000, 256, 1024
_FLOOR = -100.0  # dBFS shown for silence
_SWELL, _SYLLABLE = 2.0, 0.09  # dB over the dips beside it; the least seconds between two


@dataclass(frozen=True, slots=True)
class Pitch:
    """Pitch every 16 ms: ``seconds``, ``hertz`` (NaN where none), ``confidence`` 0 to 1."""

    seconds: Track
    hertz: Track
    confidence: Track

    def percentiles(self, *shares: float) -> list[float] | None:
        """Percentiles of the pitches there are, in Hz; None if there are none."""
        there = self.hertz[~np.isnan(self.hertz)]
        return [float(v) for v in np.percentile(there, shares)] if len(there) else None


def pitch_of(clip: Clip) -> Pitch:
    """The pitch of the clip's first two minutes."""
    samples = clip[:LONGEST].resample(_PITCH_RATE).samples
    if len(samples) < _PITCH_FRAME or not samples.any():
        nothing = np.zeros(0)
        return Pitch(nothing, nothing, nothing)
    hertz, _, confidence = librosa().pyin(
        samples,
        fmin=LOWEST,
        fmax=HIGHEST,
        sr=_PITCH_RATE,
        frame_length=_PITCH_FRAME,
        hop_length=_PITCH_HOP,
        resolution=0.2,  # of a semitone: seven times as fast as the default
    )
    seconds = np.arange(len(hertz), dtype=np.float64) * (_PITCH_HOP / _PITCH_RATE)
    return Pitch(seconds, hertz, confidence)


def loudness_of(clip: Clip) -> Track:
    """dBFS of 20 ms every 10 ms, shape (n,); silence is -100."""
    hop = max(1, round(clip.rate * HOP))
    squares = np.concatenate([np.zeros(0), *_squares(clip, hop)])
    if not len(squares):
        return squares
    means = (squares + np.append(squares[1:], squares[-1])) / 2
    levels: Track = np.maximum(10 * np.log10(np.maximum(means, 1e-12)), _FLOOR)
    return levels


def _squares(clip: Clip, hop: int) -> list[Track]:
    """Mean square of each hop, read a minute at a time."""
    found = []
    for first in range(0, len(clip), 6000 * hop):
        block = clip[first / clip.rate : (first + 6000 * hop) / clip.rate].samples
        starts = np.arange(0, len(block), hop)
        counts = np.diff(np.append(starts, len(block)))
        found.append(np.add.reduceat(block.astype(np.float64) ** 2, starts) / counts)
    return found


def syllables(clip: Clip) -> list[float]:
    """About when each syllable is loudest, in seconds."""
    loud = loudness_of(clip)
    if not len(loud):
        return []
    spans = clip.voiced_spans()
    seconds = [number * HOP for number in _swells(_smoothed(loud))]
    spoken = [at for at in seconds if any(begin <= at <= end for begin, end in spans)]
    return [at for n, at in enumerate(spoken) if not n or at - spoken[n - 1] >= _SYLLABLE]


def _smoothed(loud: Track) -> Track:
    """A bell of 20 ms around each value, so that single periods of the voice are no swells."""
    bell = np.exp(-0.5 * (np.arange(-8, 9) / 2.0) ** 2)
    return np.convolve(np.pad(loud, 8, mode="edge"), bell / bell.sum(), mode="valid")


def _swells(loud: Track) -> list[int]:
    """Where the level peaks between two dips that are both ``_SWELL`` dB lower."""
    found: list[int] = []
    dip, peak, rising = loud[0], 0, False
    for number, level in enumerate(loud):
        if rising and level > loud[peak]:
            peak = number
        elif rising and level < loud[peak] - _SWELL:
            found.append(peak)
            dip, rising = level, False
        elif not rising and level > dip + _SWELL:
            peak, rising = number, True
        dip = min(dip, level)
    return found


@dataclass(frozen=True, slots=True)
class ToneOfVoice:
    """A clip's voice in numbers; seconds, Hz, dBFS. None where there is no speech or no pitch.

    ``rate`` is syllables a second of speech (estimated); ``pauses`` are those of 0.2 s and more
    between first and last speech; ``pitch`` is (5 %, median, 95 %) in Hz.
    """

    seconds: float
    speech: float
    lead: float | None
    pauses: tuple[tuple[float, float], ...]
    rate: float | None
    pitch: tuple[float, float, float] | None
    level: float
    peak: float


def measure(clip: Clip, *, pitch: Pitch | None = None) -> ToneOfVoice:
    """The clip's tone of voice in numbers.

    ``pitch`` saves computing it twice. Raises BadArgument.
    """
    one_clip(clip)
    spans = clip.voiced_spans()
    speech = sum(end - begin for begin, end in spans)
    found = (pitch or pitch_of(clip)).percentiles(5, 50, 95)
    return ToneOfVoice(
        seconds=clip.seconds,
        speech=speech,
        lead=spans[0][0] if spans else None,
        pauses=tuple((a[1], b[0]) for a, b in pairwise(spans)),
        rate=len(syllables(clip)) / speech if speech else None,
        pitch=(found[0], found[1], found[2]) if found else None,
        level=clip.level,
        peak=clip.peak,
    )
