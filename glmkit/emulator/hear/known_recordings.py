"""The kit's own recordings, known by their sound where nothing can recognise speech.

A recording is known by 0.4 s around its loudest moment, sought in what was said by correlation
below 2 kHz: so it is found whole or in part, resampled, louder or softer, in a few milliseconds.
A VAD cuts anywhere, so the moment is sought between the samples, too, and beyond both ends, where
some of its softer part may be missing.
What is found this way was looked up, not recognised, and is marked so wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE: Final = 16_000
LOW_RATE: Final = 4_000
ALIKE: Final = 0.9
"""Of a correlation of 1.0 between the recording's moment and what was said."""
_HALF: Final = LOW_RATE // 5  # samples either side of the loudest one
_MARGIN: Final = 2 * RATE // 5  # samples kept around what is loud
_QUIET: Final = 0.05  # of the loudest sample
_PAUSE: Final = LOW_RATE // 2  # samples of quiet between two sentences of one recording


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The loudest 0.4 s of a sentence, of unit energy, and the sentence."""

    words: str
    shape: Samples

    @property
    def lang(self) -> Literal["zh", "en"]:
        """The sentence's language."""
        return "en" if self.words.isascii() else "zh"


def known_words(samples: Samples) -> tuple[str, Literal["zh", "en"]] | None:
    """What is said in ``samples`` of shape (n,) at 16 kHz, if it is the kit's; slow."""
    return _said_in(_lowered(_trimmed(samples)).tobytes())


@lru_cache(maxsize=16)  # of at most half a megabyte
def _said_in(sound: bytes) -> tuple[str, Literal["zh", "en"]] | None:
    """The sentences in samples at ``LOW_RATE``; what is sent again is not searched again."""
    import numpy as np

    low = np.frombuffer(sound, np.float32)
    if len(low) < 2 * _HALF:
        return None
    search = _Search(low)
    found = {place: each for each in moments() if (place := search.find(each.shape)) is not None}
    if not found:
        return None
    said = [found[place] for place in sorted(found)]
    blank = " " if said[0].lang == "en" else ""
    return blank.join(moment.words for moment in said), said[0].lang


@cache
def moments() -> tuple[Moment, ...]:
    """Every sentence's moment, read from the recordings once."""
    from glmkit.media.kit_samples import sample, samples, sentences_in

    return tuple(
        Moment(words, _shape(sentence))
        for name in samples()
        for words, sentence in zip(
            sentences_in(name), _sentences(_lowered(sample(name).samples)), strict=False
        )
    )


def _lowered(samples: Samples) -> Samples:
    import numpy as np
    import soxr

    return np.asarray(soxr.resample(samples, RATE, LOW_RATE), np.float32)


def _trimmed(samples: Samples) -> Samples:
    """``samples`` without the quiet before and after: silence is most of what some clients send."""
    import numpy as np

    level = np.abs(samples)
    loud = np.flatnonzero(level > _QUIET * level.max(initial=0.0))
    if not len(loud):
        return samples[:0]
    return samples[max(0, int(loud[0]) - _MARGIN) : int(loud[-1]) + _MARGIN]


def _sentences(samples: Samples) -> list[Samples]:
    """A recording cut where it is quiet for half a second."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > 0.02)
    cuts = np.flatnonzero(np.diff(loud) > _PAUSE)
    bounds = [0, *(int(loud[cut] + loud[cut + 1]) // 2 for cut in cuts), len(samples)]
    return [samples[a:b] for a, b in pairwise(bounds)]


def _shape(sentence: Samples) -> Samples:
    import numpy as np

    peak = int(np.argmax(np.abs(sentence)))
    start = min(max(0, peak - _HALF), max(0, len(sentence) - 2 * _HALF))
    part = sentence[start : start + 2 * _HALF]
    shape: Samples = part / np.float32(np.linalg.norm(part) + 1e-9)
    return shape


class _Search:
    """Finds shapes in some samples; their spectrum is made once."""

    def __init__(self, samples: Samples) -> None:
        import numpy as np

        padded = np.pad(samples, _HALF)
        self._length = len(padded)
        self._size = 1 << (len(padded) + 2 * _HALF).bit_length()
        spectrum = np.fft.rfft(padded, self._size)
        between = np.exp(1j * np.pi * np.fft.rfftfreq(self._size))  # half a sample further
        self._spectra = (spectrum, spectrum * between)
        self._energy = np.concatenate([[0.0], np.cumsum(padded.astype(np.float64) ** 2)])

    def find(self, shape: Samples) -> int | None:
        """Where ``shape`` is, or None."""
        import numpy as np

        if len(shape) > self._length:
            return None
        sought = _spectrum_of(shape.tobytes(), self._size)
        whole, between = (np.fft.irfft(each * sought, self._size) for each in self._spectra)
        match = np.maximum(whole, between)[: self._length - len(shape) + 1]
        norms = np.sqrt(self._energy[len(shape) :] - self._energy[: -len(shape)])
        alike = match / np.maximum(norms, 1e-3)
        best = int(np.argmax(alike))
        return best if alike[best] >= ALIKE else None


@lru_cache(maxsize=64)
def _spectrum_of(shape: bytes, size: int) -> NDArray[np.complex64]:
    """A shape's spectrum, conjugated: there are few shapes, and few sizes."""
    import numpy as np

    spectrum: NDArray[np.complex64] = np.conj(np.fft.rfft(np.frombuffer(shape, np.float32), size))
    return spectrum
