"""Server VAD in one session: sound in, "somebody began", "somebody ended" out.

Rules
- What was said is found by content, not by when it came: a burst is heard like a stream.
- ``settled`` waits until everything fed has been judged, so that a commit or an update that
  followed some sound sees what that sound was.
- Only the current speech is kept, and what may become its beginning. Speech that nobody ends is
  kept up to the buffer's limit, and heard on without being kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from glmkit.emulator.session.input_buffer import MOST_BYTES, Utterance
from glmkit.emulator.session.riff import PcmAudio
from glmkit.emulator.turn.arrivals import Arrivals
from glmkit.media.loudness import voiced_spans
from glmkit.media.voice_activity.segments import (
    TAIL_MS,
    Intake,
    Segmenter,
    SegmentEvent,
    Started,
    Stopped,
    Tuning,
)
from glmkit.media.voice_activity.silero import FRAME, RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glmkit.emulator.hear.shared_detector import DetectorStream
    from glmkit.emulator.session.configuration import TurnDetection

_SLICE_SECONDS = 2  # of sound resampled at once: a few milliseconds of the loop's time
_KEPT_SECONDS = 12  # while nobody speaks: the longest padding and more
_MOST_SAMPLES = MOST_BYTES // 2

OnHeard = Callable[[SegmentEvent], Awaitable[None]]


class SpeechDetection:
    """The ear of one session under server VAD."""

    def __init__(
        self,
        stream: DetectorStream,
        turns: TurnDetection,
        on_heard: OnHeard,
        *,
        goes_deaf: Callable[[], bool],
    ) -> None:
        self._stream, self._on_heard, self._goes_deaf = stream, on_heard, goes_deaf
        self._deaf = False  # to the end of the speech that goes on
        self._intake = Intake()
        self._segmenter = Segmenter(
            Tuning(turns.threshold, turns.prefix_padding_ms, turns.silence_duration_ms)
        )
        self._rate = RATE
        self._resampler: Any = None
        self._fed = self._judged = 0  # frames
        self._arrivals = Arrivals()
        self._progress = asyncio.Event()
        self._first = self._forgotten = 0
        self._cut: NDArray[np.float32] | None = None
        self._task = asyncio.create_task(self._listen(), name="listening")

    @property
    def task(self) -> asyncio.Task[None]:
        """Ends only with an error of the server's own."""
        return self._task

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now, or has not been heard to stop."""
        return self._deaf or self._segmenter.speaking

    @property
    def full(self) -> bool:
        """Whether the current speech is longer than the buffer."""
        return self._cut is not None

    @property
    def milliseconds(self) -> int:
        """How much was heard so far."""
        return self._judged * FRAME * 1000 // RATE

    @property
    def kept(self) -> int:
        """The bytes of sound that are still here."""
        held = (self._intake.end - self._forgotten) * 4
        return held if self._cut is None else held + self._cut.nbytes

    async def feed(self, sound: PcmAudio, *, came_at: float) -> None:
        """Hear ``sound``, which came at that loop time; waits while far behind."""
        self._arrivals.add(sound.seconds, came_at)
        step = _SLICE_SECONDS * sound.rate * 2
        for at in range(0, len(sound.pcm), step):
            frames = self._intake.feed(self._at_16k(sound.pcm[at : at + step], sound.rate))
            self._fed += len(frames)
            await self._stream.feed(frames)

    async def settled(self) -> None:
        """Waits until everything fed has been judged."""
        while self._judged < self._fed and not self._task.done():
            self._progress.clear()
            waiting = asyncio.create_task(self._progress.wait())
            await asyncio.wait([waiting, self._task], return_when="FIRST_COMPLETED")
            waiting.cancel()

    def utterance(self, first: int, last: int | None = None) -> Utterance:
        """The sound from sample ``first`` to ``last`` (both at 16 kHz)."""
        samples = self._intake.samples(first, last) if self._cut is None else self._cut
        pcm = np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype("<i2")
        return Utterance((PcmAudio(pcm.tobytes(), RATE),))

    def ended_at(self, first: int, last: int) -> float:
        """When the last voiced sample of these came: what ``turn.latency`` counts from.

        By energy, as there, on the same grid of 10 ms; that of the detector where none is loud.
        """
        samples = self._intake.samples(first - first % (RATE // 100), last)
        if spans := voiced_spans(samples, RATE):
            return self._arrivals.of((last - len(samples)) / RATE + spans[-1][1])
        return self._arrivals.of((last - TAIL_MS * RATE // 1000) / RATE)

    def close(self) -> None:
        """Stop listening."""
        self._stream.close()
        self._task.cancel()

    async def _listen(self) -> None:
        async for chances in self._stream:
            for event in self._segmenter.feed(chances):
                if self._deaf:
                    continue
                if isinstance(event, Started):
                    self._first, self._deaf = event.first, self._goes_deaf()
                await self._on_heard(event)
                if isinstance(event, Stopped):
                    self._cut = None
            self._judged += len(chances)
            self._forget()
            self._progress.set()

    def current(self) -> Utterance:
        """The speech so far, as if it had ended here."""
        return self.utterance(self._first)

    def _at_16k(self, pcm: bytes, rate: int) -> NDArray[np.float32]:
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32_768)
        if rate != self._rate:
            self._rate, self._resampler = rate, _resampler(rate)
        if self._resampler is None:
            return samples
        made: NDArray[np.float32] = self._resampler.resample_chunk(samples)
        return made

    def _forget(self) -> None:
        if self.speaking:
            if self._cut is None and self._intake.end - self._first > _MOST_SAMPLES:
                self._cut = self._intake.samples(self._first, self._first + _MOST_SAMPLES).copy()
            if self._cut is None:
                return
        before = self._judged * FRAME - _KEPT_SECONDS * RATE
        if before - self._forgotten > _KEPT_SECONDS * RATE:  # seldom: it copies what is left
            self._intake.forget(before)
            self._forgotten = before


def _resampler(rate: int) -> Any:
    if rate == RATE:
        return None
    import soxr

    return soxr.ResampleStream(rate, RATE, 1, dtype="float32")
