"""``Conditions``: the verbs of a Clip that give it as it sounds elsewhere.

::

    clip.noise(10)                   # speech-shaped noise, 10 dB under the voice
    clip.voices(5, speakers=4)       # a classroom
    clip.telephone().drop(0.05)      # a call of which every 20th frame is lost
    clip.faster(1.3)                 # in less time, at the same pitch

Each gives a new clip, float32, at the same rate and, but for ``faster``, of the same length; whose
voice it is and when its syllables are said stays. The same ``seed`` gives the same samples.
"""

from __future__ import annotations

from numbers import Integral
from typing import Self

import numpy as np
from numpy.typing import NDArray

from glmkit.errors import BadArgument, BadAudio
from glmkit.media.conditions import losses, mixing, neighbours, telephone, tempo
from glmkit.numeric import number
from glmkit.texts import text

_SNR, _SPEAKERS, _FACTOR = (-60, 100), (1, 50), (0.25, 4)
Samples = NDArray[np.float32]


class Conditions:
    """A sound that can be had as it would be under other conditions."""

    __slots__ = ()
    rate: int

    @property
    def samples(self) -> Samples:
        """float32 in ±1, shape (n,)."""
        raise NotImplementedError

    def _with_samples(self, samples: Samples, *, stretch: float = 1.0) -> Self:
        """The same of other samples, which say everything ``stretch`` times as late."""
        raise NotImplementedError

    def noise(self, snr_db: float, *, seed: int = 0) -> Self:
        """With steady speech-shaped noise, ``snr_db`` decibels under the voice.

        The noise has the clip's own long-term spectrum. The ratio is that of powers where somebody
        speaks (``voiced_spans``); a sum over full scale is made softer as a whole. Raises BadAudio
        for a clip in which nobody speaks, BadArgument.
        """
        snr, chance = _within("snr_db", snr_db, _SNR), _chance(seed)
        found = self._sound()
        noise = mixing.speech_shaped(found, self.rate, chance)
        return self._with_samples(mixing.mixed(found, noise, self.rate, snr))

    def voices(self, snr_db: float, *, speakers: int = 3, seed: int = 0) -> Self:
        """With ``speakers`` neighbours who talk, all together ``snr_db`` decibels under the voice.

        They say the kit's own recordings, none that is heard in the clip itself. The ratio as for
        ``noise``. Raises BadAudio for a clip in which nobody speaks, BadArgument.
        """
        snr, chance = _within("snr_db", snr_db, _SNR), _chance(seed)
        many = _whole("speakers", speakers, _SPEAKERS)
        found = self._sound()
        mixing.voiced(found, self.rate)
        others = neighbours.babble(found, self.rate, many, chance)
        return self._with_samples(mixing.mixed(found, others, self.rate, snr))

    def telephone(self, *, law: telephone.Law = "a") -> Self:
        """As it comes out of a telephone: 300 to 3400 Hz, 8 kHz, 8 bits a sample (G.711).

        ``law``: ``"a"`` (China, Europe) or ``"mu"`` (North America, Japan). The rate stays the
        clip's. Raises BadAudio, BadArgument.
        """
        if not isinstance(law, str) or law not in telephone.LAWS:
            raise BadArgument(text("media.law", found=law))
        return self._with_samples(telephone.over_telephone(self._sound(), self.rate, law))

    def drop(self, frames: float = 0.05, *, burst: float = 1, seed: int = 0) -> Self:
        """With a share of its 20 ms frames lost: they are silent.

        ``frames``: from 0 to 1. ``burst``: how many in a row are lost, on average; with 1 never
        two, as long as there is room. Raises BadAudio, BadArgument.
        """
        share, run = _within("frames", frames, (0, 1)), _within("burst", burst, (1, 1_000))
        chance = _chance(seed)
        return self._with_samples(losses.with_losses(self._sound(), self.rate, share, run, chance))

    def faster(self, factor: float) -> Self:
        """Said ``factor`` times as fast (0.25 to 4; below 1 slower), at the same pitch.

        Raises BadAudio, BadArgument.
        """
        tempo_factor = _within("factor", factor, _FACTOR)
        found = tempo.at_tempo(self._sound(), self.rate, tempo_factor)
        return self._with_samples(found, stretch=1 / tempo_factor)

    def _sound(self) -> Samples:
        samples = self.samples
        if not len(samples):
            raise BadAudio(text("media.nothing_there"))
        return samples


def _within(name: str, found: object, limits: tuple[float, float]) -> float:
    low, high = limits
    if not low <= number(found) <= high:
        raise BadArgument(text("media.within", name=name, found=found, low=low, high=high))
    return number(found)


def _whole(name: str, found: object, limits: tuple[int, int]) -> int:
    if not isinstance(found, Integral):
        low, high = limits
        raise BadArgument(text("media.within_whole", name=name, found=found, low=low, high=high))
    return int(_within(name, found, limits))


def _chance(seed: object) -> np.random.Generator:
    if not isinstance(seed, Integral) or isinstance(seed, bool) or int(seed) < 0:
        raise BadArgument(text("media.seed", found=seed))
    return np.random.default_rng(int(seed))
