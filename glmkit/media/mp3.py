"""MP3 and MP2 as they come: frames out of bytes, samples out of frames.

Rules
- A frame is believed when another of its kind follows; after that, one after the other until
  one is broken, and then the search begins again.
- The header that encoders put into the first frame (Xing, Info, VBRI) carries a frame count. A
  stream's is wrong (it is rewritten when the encoder closes), so the decoder never sees it. Its
  encoder delay is only used for whole files.
- A frame needs bytes of those before it, so one decoder lives as long as the stream. It reads
  from a ``_Tape``, which is a file that grows: libsndfile is handed whole frames, asked for
  exactly their samples, and never reaches the end. The result is the same to the last bit as
  decoding all at once, and the cost is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glmkit.media.arrays import Whole
from glmkit.media.library_noise import without_noise
from glmkit.media.libsndfile import soundfile
from glmkit.media.tags import HEAD, tag_size

Samples = NDArray[np.float32]

_KBPS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_KBPS = {  # by layer, in MPEG-1
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
DECODER_DELAY = 529  # samples every decoder adds in front, by construction of the filterbank


@dataclass(frozen=True, slots=True)
class Header:
    """Four bytes read: layer, length in bytes, samples, Hz, and where side info ends."""

    layer: int
    size: int
    samples: int
    rate: int
    side_end: int


@dataclass(frozen=True, slots=True)
class Info:
    """What an encoder says in its first frame; counts are 0 where it says nothing."""

    frames: int = 0
    delay: int = 0
    padding: int = 0


def header(data: bytes | bytearray, at: int = 0) -> Header | None:
    """The header of a Layer III or II frame at ``at``, or None if there is none."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] < 0xE0:
        return None
    layer = 4 - (data[at + 1] >> 1 & 3)
    if layer not in _KBPS:
        return None
    version, bitrate, rate = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or bitrate in {0, 15} or rate == 3:
        return None
    first = version == 3
    hz, samples = _RATES[version][rate], 1152 if first or layer == 2 else 576
    kbps = (_KBPS[layer] if first else _KBPS_LOW)[bitrate]
    size = samples // 8 * kbps * 1000 // hz + (data[at + 2] >> 1 & 1)
    mono = data[at + 3] >> 6 == 3
    side = (17 if mono else 32) if first else (9 if mono else 17)
    return Header(layer, size, samples, hz, 4 + side)


def info(frame: bytes) -> Info | None:
    """What the first frame says about the others, or None if it holds sound itself."""
    head = header(frame)
    if head is None:
        return None
    if frame[36:40] == b"VBRI":
        return Info()
    tag = frame[head.side_end :]
    if tag[:4] not in {b"Xing", b"Info"}:
        return None
    if len(tag) < 12:
        return Info()
    flags = tag[7]
    frames = int.from_bytes(tag[8:12], "big") if flags & 1 else 0
    lame = tag[8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) // 2 :]
    if len(lame) < 24 or not lame[:4].isalnum():
        return Info(frames)
    both = int.from_bytes(lame[21:24], "big")
    return Info(frames, both >> 12, both & 0xFFF)


class Splitter:
    """Whole frames out of bytes that arrive in any pieces."""

    def __init__(self) -> None:
        self.first: Header | None = None
        self.info: Info | None = None
        self._held = bytearray()
        self._synced = False

    @property
    def rest(self) -> bytes:
        """Bytes that are no whole frame yet."""
        return bytes(self._held)

    @property
    def cut(self) -> bool:
        """Whether what is left over is the beginning of a frame."""
        return self.first is not None and header(self._held) is not None

    def feed(self, data: bytes) -> list[bytes]:
        """The frames of sound that are complete now; the encoder's own first one is left out."""
        self._held += data
        if not self._past_tag():
            return []
        at, frames = 0, []
        while at + 4 <= len(self._held):
            head = self._frame_at(at)
            if head is None:
                self._synced = False
                at = self._next_sync(at)
            elif at + head.size + (0 if self._synced else 4) > len(self._held):
                break
            else:
                frames.append(bytes(self._held[at : at + head.size]))
                self._synced = True
                at += head.size
        del self._held[:at]
        return self._without_info(frames)

    def _past_tag(self) -> bool:
        """Drop an ID3 tag in front; False while it is still arriving."""
        held = self._held
        if self.first is not None or held[:3] != b"ID3":
            return True
        if len(held) < HEAD or tag_size(held[:HEAD]) > len(held):
            return False
        del held[: tag_size(held[:HEAD])]
        return True

    def _frame_at(self, at: int) -> Header | None:
        head = header(self._held, at)
        if head is None or (self.first and not _alike(head, self.first)):
            return None
        after = at + head.size
        if self._synced or after + 4 > len(self._held):
            return head
        follower = header(self._held, after)
        return head if follower and _alike(follower, head) else None

    def _next_sync(self, at: int) -> int:
        found = self._held.find(b"\xff", at + 1)
        return found if found >= 0 else len(self._held)

    def _without_info(self, frames: list[bytes]) -> list[bytes]:
        if not frames or self.first is not None:
            return frames
        self.first, self.info = header(frames[0]), info(frames[0])
        return frames[1:] if self.info else frames


def _alike(one: Header, other: Header) -> bool:
    return (one.layer, one.rate) == (other.layer, other.rate)


class _Tape:
    """A file that grows at its end and forgets what was read; it says it is very long."""

    _END = 1 << 34

    def __init__(self) -> None:
        self._data = bytearray()
        self._start = 0
        self._at = 0

    def append(self, frames: list[bytes]) -> None:
        """Add frames; what was read before is let go."""
        del self._data[: self._at - self._start]
        self._start = self._at
        self._data += b"".join(frames)

    def read(self, count: int = -1) -> bytes:
        """Up to ``count`` bytes of what was added, from where the decoder stands."""
        # the decoder looks for a tag in the last 128 bytes: there is none
        if self._at >= self._END - 128:
            found = bytes(min(count, self._END - self._at))
        else:
            begin = self._at - self._start
            found = bytes(self._data[begin : begin + count])
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._END)[whence]
        return self._at

    def tell(self) -> int:
        return self._at


class Stream:
    """Mono samples out of MP3 bytes, as they arrive."""

    def __init__(self) -> None:
        self.splitter = Splitter()
        self.frames = 0
        self._tape = _Tape()
        self._waiting: list[bytes] = []
        self._file: soundfile.SoundFile | None = None

    @property
    def rate(self) -> int:
        """Hz; 0 before the first frame."""
        return self.splitter.first.rate if self.splitter.first else 0

    @property
    def dangling(self) -> int:
        """Bytes that are no sound yet."""
        return sum(map(len, self._waiting)) + len(self.splitter.rest)

    def feed(self, data: bytes) -> Samples:
        """Every sample that these bytes complete, shape (n,)."""
        self._waiting += self.splitter.feed(data)
        # libsndfile needs a second frame before it believes in the first
        if not self._waiting or (self._file is None and len(self._waiting) < 2):
            return np.zeros(0, np.float32)
        frames, self._waiting = self._waiting, []
        self._tape.append(frames)
        try:
            with without_noise():
                return self._decode(len(frames))
        except soundfile.LibsndfileError:
            # frames that look right and are not: go on with the next ones
            self._tape, self._file = _Tape(), None
            return np.zeros(0, np.float32)

    def _decode(self, frames: int) -> Samples:
        if self._file is None:
            self._file = soundfile.SoundFile(self._tape)
        assert self.splitter.first is not None, "frames come after the first header"
        count = frames * self.splitter.first.samples
        found = self._file.read(count, dtype="float32", always_2d=True)
        self.frames += frames
        mixed: Samples = found.mean(axis=1, dtype=np.float32)
        return mixed


def starts(data: bytes) -> list[int]:
    """Where the first frames that encoders write stand: of one file, or of several joined."""
    marks = (mark.start() for mark in re.finditer(rb"Xing|Info", data))
    places = ((mark - side, side) for mark in marks for side in (13, 21, 36) if mark >= side)
    heads = ((at, side, header(data, at)) for at, side in places)
    return [at for at, side, head in heads if head and head.layer == 3 and head.side_end == side]


def decode(data: bytes) -> Whole | None:
    """A whole file's samples without the encoder's padding; None if it holds no MP3 or MP2."""
    stream = Stream()
    samples = stream.feed(data)
    if not stream.frames:
        return None
    said = stream.splitter.info or Info()
    start = said.delay + DECODER_DELAY if said.delay else 0
    end = len(samples)
    if said.frames == stream.frames:
        end -= max(0, said.padding - DECODER_DELAY)
    cut = stream.splitter.cut or said.frames > stream.frames
    return Whole(samples[start:end], stream.rate, cut)
