"""``Loudspeaker``: answers as they arrive, on one stream of a device that never stops between them.

Rules
- The device asks; what has arrived is given, and silence where nothing has. So what arrives in
  time is played without a gap.
- An answer begins once 120 ms of it are there, or all of it; and again so where it ran dry.
- Answers are played one after the other, in the order in which they began to arrive.
- ``flush`` stops at once, with a short ramp instead of a click; what still comes of an answer that
  was stopped is dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import soxr

from glmkit.media.devices import Device, Running

_AHEAD: Final = 0.12  # seconds that are there before an answer begins
_RAMP: Final = 64  # samples

Samples = np.ndarray


@dataclass(frozen=True, slots=True)
class Sounded:
    """What was played of an answer: samples at its own rate that sounded, and that were dropped.

    ``stopped``: whether ``flush`` ended it.
    """

    id: str
    samples: int
    dropped: int
    underruns: int
    stopped: bool


class _Answer:
    """One answer on its way: at the rate it has, and then at the device's."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.arrived = 0  # samples at its own rate
        self.came = np.empty(0, "<i2")  # not yet at the device's rate
        self.ready = np.empty(0, "<i2")  # at the device's rate
        self.given = 0  # samples at the device's rate
        self.ended = self.sounding = False
        self.underruns = 0
        self._resampler: soxr.ResampleStream | None = None
        self._whole = False  # all of it is at the device's rate

    def add(self, samples: Samples) -> None:
        self.arrived += len(samples)
        self.came = np.concatenate([self.came, samples])

    def prepare(self, rate: int, device_rate: int) -> None:
        """Bring what came to the device's rate; the last of it once the answer has ended."""
        if not len(self.came) and (self._whole or not self.ended):
            return  # a device asks far more often than something comes
        came, self.came = self.came, np.empty(0, "<i2")
        if rate != device_rate and not self._whole:
            if self._resampler is None:
                self._resampler = soxr.ResampleStream(rate, device_rate, 1, dtype="int16")
            came = self._resampler.resample_chunk(came, last=self.ended)
        self._whole = self.ended
        self.ready = np.concatenate([self.ready, came])

    def take(self, count: int) -> Samples:
        taken, self.ready = self.ready[:count], self.ready[count:]
        self.given += len(taken)
        return taken


class Loudspeaker:
    """Plays on ``device`` from now on; ``sounded`` is told of each answer that is over.

    ``rate``: Hz of what is played. ``sounded`` may be called on the device's thread. Raises what
    the device does.
    """

    def __init__(
        self,
        device: Device,
        *,
        rate: int = 24_000,
        sounded: Callable[[Sounded], None] = lambda _: None,
    ) -> None:
        self._rate, self._sounded = rate, sounded
        self._device_rate = rate
        self._lock = threading.Lock()
        self._answers: list[_Answer] = []
        self._stopped: set[str] = set()
        self._ramp = np.empty(0, "<i2")
        self._running: Running | None = device.play(rate, self._fill)

    @property
    def playing(self) -> bool:
        """Whether something is left to be played, of an answer that goes on or has ended."""
        with self._lock:
            return bool(self._answers)

    def play(self, id: str, samples: bytes) -> None:
        """Play a piece of an answer (16-bit mono) behind what is there of it; from any thread."""
        with self._lock:
            if id not in self._stopped:
                self._answer(id).add(np.frombuffer(samples, "<i2"))

    def end(self, id: str) -> None:
        """Nothing more comes of an answer; from any thread."""
        with self._lock:
            if id not in self._stopped:
                self._answer(id).ended = True

    def flush(self) -> None:
        """Stop at once, and forget what was to be played."""
        with self._lock:
            answers, self._answers = self._answers, []
            self._stopped.update(each.id for each in answers)
            if answers and answers[0].sounding:
                last = answers[0].take(_RAMP)
                self._ramp = (last * np.linspace(1, 0, len(last))).astype("<i2")
        for each in answers:
            self._tell(each, stopped=True)

    def close(self) -> None:
        """Play no more; twice is once."""
        self.flush()
        running, self._running = self._running, None
        if running is not None:
            running.close()

    def _answer(self, id: str) -> _Answer:
        found = next((each for each in self._answers if each.id == id), None)
        if found is None:
            found = _Answer(id)
            self._answers.append(found)
        return found

    def _tell(self, answer: _Answer, *, stopped: bool) -> None:
        given = round(answer.given * self._rate / self._device_rate)
        samples = min(given, answer.arrived) if stopped else answer.arrived
        dropped = answer.arrived - samples
        self._sounded(Sounded(answer.id, samples, dropped, answer.underruns, stopped))

    # -- on the device's thread ------------------------------------------------------------

    def _fill(self, count: int, rate: int) -> bytes:
        over: list[_Answer] = []
        with self._lock:
            self._device_rate = rate
            pieces, self._ramp = [self._ramp], np.empty(0, "<i2")
            while (left := count - sum(map(len, pieces))) > 0 and self._answers:
                answer = self._answers[0]
                pieces.append(self._piece(answer, left))
                if answer.ended and not len(answer.ready):
                    over.append(self._answers.pop(0))
                elif not answer.sounding:
                    break
        for each in over:
            self._tell(each, stopped=False)
        played = np.concatenate(pieces)[:count]
        return played.tobytes() + bytes(2 * (count - len(played)))

    def _piece(self, answer: _Answer, count: int) -> Samples:
        """The next of an answer, where enough of it is there."""
        answer.prepare(self._rate, self._device_rate)
        answer.sounding |= answer.ended or len(answer.ready) >= _AHEAD * self._device_rate
        if not answer.sounding:
            return np.empty(0, "<i2")
        taken = answer.take(count)
        if len(taken) < count and not answer.ended:
            answer.sounding = False
            answer.underruns += 1
        return taken
