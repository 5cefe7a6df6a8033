"""The input buffer of a session: sound and pictures until they are committed or cleared.

Rules
- ``read`` checks one append by the configured format; ``add`` keeps it. Under server VAD the
  listener keeps the sound itself, by what it hears, and the buffer only the pictures.
- Over 30 s (documented for client VAD) or 10 MB (observed) the append is refused once with
  ``audio_buffer_size_exceeded``; what follows is dropped until a commit or a clear.
- Of the pictures the last eight are kept: a frame each half second is what the service looks at.
  Fewer where they are so big that they fill the 10 MB.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pybase64

from glmkit.emulator.session.configuration import Configuration
from glmkit.emulator.session.jpeg import check_jpeg
from glmkit.emulator.session.refusals import ILLEGAL, Refusal
from glmkit.emulator.session.riff import PcmAudio, read_riff
from glmkit.media.unread_formats import compressed_kind
from glmkit.media.wav import is_wav

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SECONDS = 30.0
MOST_BYTES = 10_000_000
MOST_FRAMES = 8
RATE = 16_000


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was committed: pieces of sound in order, and pictures."""

    pieces: tuple[PcmAudio, ...]
    pictures: tuple[bytes, ...] = ()

    @property
    def seconds(self) -> float:
        """How long the sound is."""
        return sum(piece.seconds for piece in self.pieces)

    def samples(self) -> NDArray[np.float32]:
        """All of it at 16 kHz, shape (n,), in −1…1. Slow: call it in a worker thread."""
        import numpy as np

        runs = [_samples(run) for run in _runs(self.pieces)]
        return runs[0] if len(runs) == 1 else np.concatenate([np.zeros(0, np.float32), *runs])


def _runs(pieces: tuple[PcmAudio, ...]) -> list[PcmAudio]:
    """Neighbours of one rate joined: a resampler needs them whole."""
    runs: list[tuple[int, list[bytes]]] = []
    for piece in pieces:
        if not runs or runs[-1][0] != piece.rate:
            runs.append((piece.rate, []))
        runs[-1][1].append(piece.pcm)
    return [PcmAudio(b"".join(parts), rate) for rate, parts in runs]


def _samples(sound: PcmAudio) -> NDArray[np.float32]:
    import numpy as np

    samples = np.frombuffer(sound.pcm, "<i2").astype(np.float32)
    samples /= np.float32(32_768)
    if sound.rate == RATE or not len(samples):
        return samples
    import soxr

    made: NDArray[np.float32] = soxr.resample(samples, sound.rate, RATE)
    return made


class InputBuffer:
    """The buffer."""

    def __init__(self, *, lenient_wav: bool = False) -> None:
        self._lenient = lenient_wav
        self._odd = b""  # half a sample, whose other half comes with the next append
        self._pieces: list[PcmAudio] = []
        self._frames: deque[bytes] = deque(maxlen=MOST_FRAMES)
        self._seconds, self._bytes = 0.0, 0
        self._full = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not self._pieces and not self._frames

    @property
    def kept(self) -> int:
        """The bytes that wait here."""
        return self._bytes + sum(map(len, self._frames))

    def read(self, audio: str, configuration: Configuration) -> PcmAudio:
        """One append's sound. Raises Refusal where it is not what the format says."""
        data = decoded(audio, "audio")
        if not data:
            raise Refusal("no_audio", code=ILLEGAL, param="audio")
        if kind := compressed_kind(data):
            raise Refusal("compressed", code=ILLEGAL, param="audio", kind=kind)
        format = configuration.input_audio_format
        if not format.startswith("wav"):
            return self._raw(data, configuration.input_rate)
        if is_wav(data):
            return read_riff(data)
        if self._lenient:
            return self._raw(data, configuration.input_rate)
        raise Refusal("no_header", code=ILLEGAL, param="audio", format=format)

    def add(self, sound: PcmAudio) -> None:
        """Keep ``sound`` for the next commit. Raises Refusal, once, where it is too much."""
        if self._full or not sound.pcm:  # half a sample is kept elsewhere
            return
        self._count(sound.seconds, len(sound.pcm))
        self._pieces.append(sound)

    def _count(self, seconds: float, size: int) -> None:
        if self._seconds + seconds > MOST_SECONDS or self._bytes + size > MOST_BYTES:
            self._full = True
            raise too_much()
        self._seconds += seconds
        self._bytes += size

    def add_frame(self, video_frame: str) -> None:
        """Keep one picture. Raises Refusal where it is not a JPEG."""
        if video_frame.startswith("data:"):
            raise Refusal("data_url", code=ILLEGAL, param="video_frame")
        data = decoded(video_frame, "video_frame")
        check_jpeg(data)
        if len(data) > MOST_BYTES:
            raise too_much()
        self._frames.append(data)
        while sum(map(len, self._frames)) > MOST_BYTES:
            self._frames.popleft()

    def take_frames(self) -> tuple[bytes, ...]:
        """The pictures alone."""
        taken = tuple(self._frames)
        self._frames.clear()
        return taken

    def take(self) -> Utterance:
        """All that is kept; the buffer is empty then."""
        taken = Utterance(tuple(self._pieces), tuple(self._frames))
        self.clear()
        return taken

    def clear(self) -> None:
        """Drop everything."""
        self._pieces = []
        self._frames.clear()
        self._odd = b""
        self._seconds, self._bytes, self._full = 0.0, 0, False

    def _raw(self, data: bytes, rate: int) -> PcmAudio:
        data = self._odd + data
        whole = len(data) // 2 * 2
        self._odd = data[whole:]
        return PcmAudio(data[:whole], rate)


def too_much() -> Refusal:
    """The refusal of what goes beyond the buffer."""
    return Refusal(
        "too_much_audio",
        code="audio_buffer_size_exceeded",
        seconds=f"{MOST_SECONDS:g}",
        megabytes=f"{MOST_BYTES / 1e6:g}",
    )


def decoded(value: str, param: str) -> bytes:
    """The bytes of a base64 field. Raises Refusal where it is not base64."""
    try:
        return pybase64.b64decode(value, validate=True)
    except ValueError:
        raise Refusal("not_base64", code=ILLEGAL, param=param) from None
