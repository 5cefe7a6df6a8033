"""What the neighbours say in a classroom: the kit's own recordings, each in its own time and pitch.

Rules
- Nobody says what the clip says: a recording that is heard in it (by its sound) is left out.
- Each neighbour begins somewhere in a recording, goes on with others, and pauses between them; all
  are equally loud. Up to a sixth higher or lower, so that more speak than there were voices.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from glmkit.media import files, loudness
from glmkit.media.likeness import best_match, lowered
from glmkit.media.sample_files import recordings

_RATE: Final = 16_000  # Hz of the recordings
_ALIKE: Final = 0.5
_PITCH: Final = 2.5  # semitones, either way
_PAUSE: Final = (0.1, 0.5)  # seconds
Samples = NDArray[np.float32]


def babble(
    speech: Samples, rate: int, speakers: int, chance: np.random.Generator
) -> NDArray[np.float64]:
    """``speakers`` neighbours speaking at once, as long as ``speech`` at ``rate`` Hz."""
    others = others_than(speech, rate)
    order = chance.permutation(len(others))
    total = np.zeros(len(speech))
    for speaker in range(speakers):
        turn = [others[each] for each in np.roll(order, -speaker)]
        total += _neighbour(turn, len(speech), rate, chance)
    return total


def others_than(speech: Samples, rate: int) -> list[Samples]:
    """The voiced parts of the recordings, at 16 kHz, less those that are heard in ``speech``."""
    low = lowered(speech, rate)
    return [sound for sound in _spoken() if best_match(low, lowered(sound, _RATE)).alike < _ALIKE]


@cache
def _spoken() -> list[Samples]:
    return [_unsilenced(*files.read(path)) for path in recordings().values()]


def _unsilenced(data: NDArray[np.float32] | NDArray[np.int16], rate: int) -> Samples:
    """From the first word to the last, at one level, as float32 at 16 kHz."""
    spans = loudness.voiced_spans(data, rate)
    sound = soxr.resample(data.astype(np.float32) / 32768, rate, _RATE)
    sound = sound[round(spans[0][0] * _RATE) : round(spans[-1][1] * _RATE)]
    level: Samples = (sound / np.sqrt(np.mean(sound**2))).astype(np.float32)
    return level


def _neighbour(
    turn: list[Samples], length: int, rate: int, chance: np.random.Generator
) -> NDArray[np.float32]:
    """One neighbour who says these one after the other, from somewhere in the first."""
    pitch = 2 ** (chance.uniform(-_PITCH, _PITCH) / 12)
    said: list[Samples] = []
    skipped, needed = 0, length
    while needed > 0:
        for sound in turn:
            spoken = soxr.resample(sound, _RATE * pitch, rate).astype(np.float32)
            pause = np.zeros(round(chance.uniform(*_PAUSE) * rate), np.float32)
            if not said:
                skipped = int(chance.integers(max(1, len(spoken) // 2)))
                needed += skipped
            said += [spoken, pause]
            needed -= len(spoken) + len(pause)
    return np.concatenate(said)[skipped : skipped + length]
