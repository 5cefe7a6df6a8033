"""Sound out of an answer's deltas, as they arrive: PCM and MP3.

Rules
- Deltas are cut anywhere: in the middle of a sample, in the middle of a frame. What is not yet
  whole waits for the next one, and ``dangling`` counts it.
- Nothing that arrives is an exception; a stream that ends in half a sample says so by ``dangling``.
- MP3: see ``mp3``. The encoder's lead-in (about 0.05 s of near silence) is kept, since a stream's
  first frame cannot be trusted to say how long it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import soxr

from glmkit.errors import BadArgument, BadAudio
from glmkit.media import wav
from glmkit.media.clip import Clip, clip_of
from glmkit.media.formats import FORMATS, OUTPUT_FORMATS
from glmkit.media.mp3 import Samples, Stream
from glmkit.texts import text


class Decoder(Protocol):
    """Bytes in, clips out."""

    rate: int

    @property
    def dangling(self) -> int:
        """Bytes that came and are no sound yet; after ``finish``, those that never will be."""
        ...

    def feed(self, data: bytes) -> Clip:
        """The sound that these bytes complete; it may be empty."""
        ...

    def finish(self) -> Clip:
        """What was still inside at the end; it may be empty."""
        ...


class PcmDecoder:
    """16-bit little-endian mono samples (documented: 24 kHz), cut anywhere."""

    def __init__(self, rate: int = OUTPUT_FORMATS["pcm"]) -> None:
        self.rate = rate
        self._half = b""

    @property
    def dangling(self) -> int:
        """1 while half a sample waits for its other half."""
        return len(self._half)

    def feed(self, data: bytes) -> Clip:
        """The samples that these bytes complete."""
        if self._half:
            data = self._half + data
        whole = len(data) - len(data) % 2
        self._half = bytes(data[whole:])
        return Clip.from_pcm(data[:whole], self.rate)

    def finish(self) -> Clip:
        """Nothing: every whole sample has been given already."""
        return Clip.from_pcm(b"", self.rate)


class Mp3Decoder:
    """MP3 frames cut anywhere, as a clip at ``rate`` Hz whatever the stream's own rate is."""

    def __init__(self, rate: int = OUTPUT_FORMATS["mp3"]) -> None:
        self.rate = rate
        self._stream = Stream()
        self._resampler: soxr.ResampleStream | None = None

    @property
    def dangling(self) -> int:
        """Bytes of a frame that is not complete."""
        return self._stream.dangling

    def feed(self, data: bytes) -> Clip:
        """The sound of the frames that these bytes complete."""
        return self._clip(self._stream.feed(data))

    def finish(self) -> Clip:
        """What the resampler still held."""
        return self._clip(np.zeros(0, np.float32), last=True)

    def _clip(self, samples: Samples, *, last: bool = False) -> Clip:
        own = self._stream.rate
        if own not in {0, self.rate}:
            if self._resampler is None:
                self._resampler = soxr.ResampleStream(own, self.rate, 1, dtype="float32")
            samples = self._resampler.resample_chunk(samples, last=last)
        return clip_of(samples, self.rate)


def decoder(output_format: str = "pcm") -> Decoder:
    """The decoder for a session's ``output_audio_format``: pcm or mp3."""
    if output_format == "pcm":
        return PcmDecoder()
    if output_format == "mp3":
        return Mp3Decoder()
    known = ", ".join(OUTPUT_FORMATS)
    raise BadArgument(text("media.output_format", found=output_format, known=known))


def decode_payload(payload: bytes, *, format: str | None = None, rate: int = 24_000) -> Clip:
    """The sound of one event's bytes; BadAudio if it is a broken WAV. See ``join_payloads``."""
    if wav.is_wav(payload) and format != "mp3":
        return Clip.from_wav(payload)
    return join_payloads([payload], format=format, rate=rate)


def join_payloads(
    payloads: Iterable[bytes], *, format: str | None = None, rate: int = 24_000
) -> Clip:
    """The sound of many events' bytes, in order, as one clip.

    ``format`` is the session's; ``rate`` in Hz is that of bare samples whose format does not say
    (``pcm`` is 16 kHz up and 24 kHz down). Bare samples under a wav format are taken for what
    they are; half a sample at the end is left out.
    """
    pieces = list(payloads)
    if format == "mp3":
        decoder = Mp3Decoder(rate)
        return decoder.feed(b"".join(pieces)) + decoder.finish()
    if format in FORMATS and format != "pcm":
        rate = FORMATS[format].rate
    if any(map(wav.is_wav, pieces)):
        rate, pieces = _unwrapped(pieces, rate)
    return PcmDecoder(rate).feed(b"".join(pieces))


def _unwrapped(pieces: list[bytes], rate: int) -> tuple[int, list[bytes]]:
    """The rate of the first WAV, and every piece as bare samples at that rate.

    A WAV that cannot be read adds no sound: one broken append must not hide the others.
    """
    clips = [_piece(piece, rate) for piece in pieces]
    wrapped = (clip for clip, piece in zip(clips, pieces, strict=True) if wav.is_wav(piece))
    own = next((clip.rate for clip in wrapped if len(clip)), rate)
    return own, [clip.to_pcm(own) for clip in clips]


def _piece(piece: bytes, rate: int) -> Clip:
    if not wav.is_wav(piece):
        return PcmDecoder(rate).feed(piece)
    try:
        return Clip.from_wav(piece)
    except BadAudio:
        return Clip.from_pcm(b"", rate)
