"""A microphone that plays clips and a loudspeaker that keeps what it is given, in real time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from glmkit.media.clip import Clip

TICK = 0.02  # seconds a device asks for at once


class StandInDevice:
    """What ``SoundDevice`` is, at one rate of its own: each ``record`` hears the next clip."""

    def __init__(self, spoken: Sequence[Clip] = (), *, rate: int = 24_000) -> None:
        self.rate = rate
        self.spoken = list(spoken)
        self.to_come = 0.0  # seconds of speech that the microphone has yet to hear
        self.open_microphones = self.open_loudspeakers = 0
        self._played = bytearray()

    def record(self, rate: int, take: Callable[[bytes, int], None]) -> Running:
        clip = self.spoken.pop(0) if self.spoken else Clip.silence(0)
        sound = memoryview(clip.to_pcm(self.rate))
        self.open_microphones += 1
        self.to_come = clip.seconds

        def heard(start: int, count: int) -> None:
            piece = bytes(sound[2 * start : 2 * (start + count)])
            take(piece + bytes(2 * count - len(piece)), self.rate)
            self.to_come = clip.seconds - (start + count) / self.rate

        def closed() -> None:
            self.open_microphones -= 1

        return Running(self.rate, heard, closed)

    def play(self, rate: int, fill: Callable[[int, int], bytes]) -> Running:
        self.open_loudspeakers += 1

        def wanted(start: int, count: int) -> None:
            given = fill(count, self.rate)
            assert len(given) == 2 * count
            self._played += given

        def closed() -> None:
            self.open_loudspeakers -= 1

        return Running(self.rate, wanted, closed)

    @property
    def played(self) -> bytes:
        """All that sounded so far, silence between answers included, from the first sound on."""
        samples = np.frombuffer(bytes(self._played), "<i2")
        loud = np.flatnonzero(samples)
        return samples[loud[0] if len(loud) else len(samples) :].tobytes()

    @property
    def silent_for(self) -> float:
        """Seconds since anything sounded."""
        samples = np.frombuffer(bytes(self._played), "<i2")
        loud = np.flatnonzero(np.abs(samples.astype(int)) > 30)
        return (len(samples) - (loud[-1] if len(loud) else 0)) / self.rate


class Running:
    """Calls ``step(start, count)`` for each piece of time, on a thread of its own."""

    def __init__(
        self, rate: int, step: Callable[[int, int], None], closed: Callable[[], None]
    ) -> None:
        self._rate, self._step, self._closed = rate, step, closed
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stand-in device", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        begun, done = time.monotonic(), 0
        count = round(self._rate * TICK)
        while not self._over.wait(max(begun + done / self._rate - time.monotonic(), 0)):
            self._step(done, count)
            done += count

    def close(self) -> None:
        self._over.set()
        self._thread.join(5)
        self._closed()


class StandInPortAudio:
    """The package sounddevice, as far as a loudspeaker needs it: it plays on a stand-in."""

    class PortAudioError(Exception):
        """What it raises where a device fails; never here."""

    def __init__(self, device: StandInDevice) -> None:
        self._device = device

    def query_devices(self, number: int | None = None, kind: str = "") -> dict[str, object]:
        return {"name": "stand-in", "default_samplerate": float(self._device.rate)}

    def RawOutputStream(  # noqa: N802 - its name there
        self, *, callback: Callable[..., None], **_: object
    ) -> StandInStream:
        return StandInStream(self._device, callback)


class StandInStream:
    """One stream of it."""

    def __init__(self, device: StandInDevice, callback: Callable[..., None]) -> None:
        self._device, self._callback = device, callback

    def start(self) -> None:
        self._running = self._device.play(self._device.rate, self._fill)

    def _fill(self, count: int, rate: int) -> bytes:
        wanted = bytearray(2 * count)
        self._callback(wanted, count, None, None)
        return bytes(wanted)

    def stop(self) -> None:
        self._running.close()

    def close(self) -> None:
        pass
