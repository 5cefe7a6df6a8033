"""From speech probabilities to the events of server VAD, by audio content alone.

The rules, with the service's observed numbers as defaults (its detector decides every 96 ms,
this one every 32 ms):

1. A frame is voiced at a probability of ``threshold`` (0.85) or more, silent at ``quiet``
   (0.35) or less, and otherwise leaves everything as it was.
2. Speech starts at ``SPEECH_FRAMES`` voiced frames without 96 ms of silence among them; it is
   dated from the first of them, ``prefix_padding_ms`` earlier.
3. Speech stops at ``silence_duration_ms`` (768 ms) of silent frames without a voiced one among
   them; it is dated from the first of them. It never stops for any other reason.
4. At ``HINT_MS`` of silence a hint allows recognition to begin; another says that speech
   resumed and what was begun is void.

Nothing here knows a clock: audio that arrives in a burst, late, or in odd pieces gives the same
events. Positions are samples at 16 kHz (``first``, ``last``) or milliseconds from the start of
the stream.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glmkit.media.voice_activity.silero import FRAME, FRAME_MS, RATE

Samples = NDArray[np.float32]

SPEECH_FRAMES = 4
HINT_MS = 6 * FRAME_MS
"""Milliseconds of silence after which recognition may begin: 192, the frames next to 200."""
TAIL_MS = HINT_MS
"""Milliseconds kept after the end of speech: a last soft consonant looks silent. No longer than
``HINT_MS``, or what the hint was about would not be what the segment turns out to be."""

_GAP_FRAMES = 3
_PER_MS = RATE // 1000


@dataclass(frozen=True, slots=True)
class Tuning:
    """The three settings a client may choose; the defaults are the service's observed ones."""

    threshold: float = 0.85
    prefix_padding_ms: float = 96
    silence_duration_ms: float = 768

    @property
    def quiet(self) -> float:
        """The probability at or below which a frame is silent."""
        return min(0.35, self.threshold / 2)


@dataclass(frozen=True, slots=True)
class Started:
    """Speech began; ``first`` is the first sample of the segment, padding included."""

    at_ms: int
    first: int


@dataclass(frozen=True, slots=True)
class SilenceSoFar:
    """A hint: silent for ``ms``; the segment would be ``first`` to ``last`` if it ended here."""

    ms: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """A hint: speech goes on after SilenceSoFar."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Speech ended at ``at_ms``; the segment is samples ``first`` to ``last``, tail included."""

    at_ms: int
    first: int
    last: int


SegmentEvent = Started | SilenceSoFar | Resumed | Stopped


class Segmenter:
    """The state of one stream: feed probabilities, get events."""

    def __init__(self, tuning: Tuning | None = None) -> None:
        self.tuning = tuning or Tuning()
        self.speaking = False
        """Whether a Started waits for its Stopped."""
        self._frame = 0  # of the stream
        self._since: int | None = None  # first voiced frame, of speech or of what may become it
        self._voiced = 0
        self._silent = 0  # silent frames since the last voiced one
        self._quiet_since = 0  # first of them
        self._ended = 0  # frame at which the last segment stopped
        self._hinted = False

    def feed(self, chances: Samples) -> list[SegmentEvent]:
        """The events of the next frames, given their probabilities of shape (n,)."""
        events: list[SegmentEvent] = []
        for chance in chances.tolist():
            if chance >= self.tuning.threshold:
                events += self._voiced_frame()
            elif chance <= self.tuning.quiet and self._since is not None:
                events += self._silent_frame()
            self._frame += 1
        return events

    def _voiced_frame(self) -> list[SegmentEvent]:
        self._since = self._frame if self._since is None else self._since
        self._voiced += 1
        self._silent = 0
        if not self.speaking and self._voiced >= SPEECH_FRAMES:
            self.speaking = True
            return [Started(self._first // _PER_MS, self._first)]
        if self._hinted:
            self._hinted = False
            return [Resumed()]
        return []

    def _silent_frame(self) -> list[SegmentEvent]:
        if self._silent == 0:
            self._quiet_since = self._frame
        self._silent += 1
        silence = self._silent * FRAME_MS
        if not self.speaking:
            if self._silent >= _GAP_FRAMES:
                self._forget()
        elif silence >= self.tuning.silence_duration_ms:
            return [self._stop()]
        elif silence >= HINT_MS and not self._hinted:
            self._hinted = True
            return [SilenceSoFar(silence, self._first, self._last)]
        return []

    def _stop(self) -> Stopped:
        stopped = Stopped(self._quiet_since * FRAME_MS, self._first, self._last)
        self._ended = self._frame + 1
        self.speaking = self._hinted = False
        self._forget()
        return stopped

    def _forget(self) -> None:
        self._since, self._voiced, self._silent = None, 0, 0

    @property
    def _first(self) -> int:
        """Sample at which the segment begins: never inside the one before."""
        since = self._frame if self._since is None else self._since
        padding = int(self.tuning.prefix_padding_ms * _PER_MS)
        return max(self._ended * FRAME, since * FRAME - padding)

    @property
    def _last(self) -> int:
        """Sample at which the segment ends, were it to end now."""
        return min(self._quiet_since * FRAME + TAIL_MS * _PER_MS, (self._frame + 1) * FRAME)


class Intake:
    """Sound at 16 kHz in pieces of any size on its way into frames of 32 ms.

    It keeps what came, so that a segment can be taken out by its sample positions.
    """

    def __init__(self) -> None:
        self.end = 0
        """Samples so far."""
        self._kept = self._rest = np.zeros(0, np.float32)
        self._new: list[Samples] = []

    def feed(self, samples: Samples) -> Samples:
        """The frames that ``samples`` of shape (n,) complete: shape (k, 512), k ≥ 0."""
        self._new.append(samples)
        self.end += len(samples)
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // FRAME * FRAME
        self._rest = joined[whole:]
        return joined[:whole].reshape(-1, FRAME)

    def samples(self, first: int = 0, last: int | None = None) -> Samples:
        """What came from position ``first`` to ``last``, without what was forgotten."""
        self._kept = np.concatenate([self._kept, *self._new])
        self._new = []
        start = self.end - len(self._kept)
        stop = self.end if last is None else last
        return self._kept[max(0, first - start) : max(0, stop - start)]

    def forget(self, before: int) -> None:
        """Drop what was kept before position ``before``."""
        self._kept = self.samples(before).copy()
