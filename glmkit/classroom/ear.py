"""Whether a pupil speaks under server VAD: heard here, where the service is not asked.

Rules
- Silero's detector, as the emulator and the figures use it; where it is not installed, a level.
- Sound is heard piece by piece in a worker thread, and each piece is judged before the next.
"""

from __future__ import annotations

import asyncio
from typing import Final

from glmkit.environment.features import has
from glmkit.errors import GlmError
from glmkit.media.voice_activity.segments import Intake, Segmenter, Started
from glmkit.media.voice_activity.silero import RATE, Samples, StreamState, detector
from glmkit.protocol.event import Event

_LOUD: Final = -40.0  # dBFS: above it something is said, where no detector is installed
_KEPT: Final = 5 * RATE  # samples


class PupilEar:
    """Hears one session's appends; ``speaking`` while somebody does."""

    def __init__(self) -> None:
        self._intake, self._segmenter = Intake(), Segmenter()
        self._state = StreamState.fresh()
        self._exact = has("voice_activity")
        self._loud = False

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now."""
        return self._segmenter.speaking if self._exact else self._loud

    async def begins(self, append: Event) -> bool:
        """Hear one append; whether somebody began to speak in it. What is no sound is speech."""
        try:
            clip = append.clip
        except GlmError:
            return True
        if clip is None or not len(clip):
            return False
        if not self._exact:
            before, self._loud = self._loud, clip.level > _LOUD
            return self._loud and not before
        return await asyncio.to_thread(self._heard, clip.resample(RATE).samples)

    def _heard(self, samples: Samples) -> bool:
        frames = self._intake.feed(samples)
        if not len(frames):
            return False
        [(chances, self._state)] = detector().probabilities([(self._state, frames)])
        events = self._segmenter.feed(chances)
        self._intake.forget(self._intake.end - _KEPT)
        return any(isinstance(each, Started) for each in events)
