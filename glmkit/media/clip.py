"""``Clip``: some sound and its rate, with verbs in seconds and hertz.

::

    clip = Clip.read("hello.mp3")            # any rate, any channels → mono, own rate kept
    clip[0.5:1.2].resample(16_000).write("hello.wav")
    for chunk in clip.chunks(100, format="pcm16"): ...

A clip never changes. What came in as 16-bit samples is kept as 16-bit samples, so received
audio costs its bytes once; ``samples`` converts whenever it is asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import soxr
from numpy.typing import ArrayLike, NDArray

from glmkit.environment.features import needs
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadAudio, BadFile
from glmkit.media import arrays, encoders, files, loudness, wav
from glmkit.media.arrays import Data, check_rate
from glmkit.media.conditions.verbs import Conditions
from glmkit.media.formats import FORMATS, Format
from glmkit.media.source import Source, bytes_of, path_of
from glmkit.media.syllables import Syllables, later, stretched, within
from glmkit.numeric import number
from glmkit.texts import minus, text

if TYPE_CHECKING:
    from IPython.display import Audio

Samples = NDArray[np.float32]
Speaker = Literal["you", "answer"]
_LOUDEST_TONE = -3.01  # dBFS: the level of a full-scale sine
_LONGEST = 86_400  # seconds: a day


@dataclass(frozen=True, slots=True, init=False, repr=False, eq=False)
class Clip(Conditions):
    """A sound: its samples, and how many of them a second.

    ``samples``: one channel, float32 in ±1, shape (n,), read-only; ``rate``: Hz.
    ``speaker``: whose it is in a conversation, ``"you"`` or ``"answer"``; None where nobody knows.
    ``syllables``: (start, end, pinyin) of each in seconds, where the voice that spoke it told; else
    empty.
    ``Clip(samples, rate)`` takes int16, int32, uint8 or float arrays of shape (n,), (n, channels)
    or (channels, n). Raises BadAudio for anything that is not sound.
    """

    _data: Data
    rate: int
    speaker: Speaker | None
    syllables: Syllables
    __iter__: ClassVar[None] = None  # in samples or in seconds? neither

    def __init__(self, samples: ArrayLike, rate: float) -> None:
        self._keep(arrays.mono(samples), check_rate(rate))

    def _keep(
        self, data: Data, rate: int, speaker: Speaker | None = None, syllables: Syllables = ()
    ) -> None:
        data.setflags(write=False)
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "rate", rate)
        object.__setattr__(self, "speaker", speaker)
        object.__setattr__(self, "syllables", syllables)

    @classmethod
    def _of(
        cls, data: Data, rate: int, speaker: Speaker | None = None, syllables: Syllables = ()
    ) -> Clip:
        clip = object.__new__(cls)
        clip._keep(data, rate, speaker, syllables)
        return clip

    def __reduce__(self) -> tuple[Any, ...]:
        # a frozen value with slots, and arrays forget that they are read-only
        return Clip._of, (self._data, self.rate, self.speaker, self.syllables)

    # making clips

    @classmethod
    def read(cls, source: Source | ArrayLike | Clip, rate: float | None = None) -> Clip:
        """A clip from a path, bytes, an open file, or an array with its ``rate`` in Hz.

        A pair (rate, samples) or (samples, rate) is such an array, too.
        WAV, MP3, FLAC and OGG are told by their content. Raises BadAudio; warns (GlmWarning)
        where a file is cut off, and gives what is there.
        """
        if isinstance(source, Clip):
            return source
        return cls._of(*files.read(source, rate=rate))

    @classmethod
    def from_pcm(cls, data: bytes | bytearray | memoryview, rate: float = 24_000) -> Clip:
        """A clip on 16-bit little-endian mono samples at ``rate`` Hz, without a header.

        ``data`` is not copied. Raises BadAudio.
        """
        data = bytes_of(data)
        if len(data) % 2:
            raise BadAudio(text("media.odd", found=len(data)))
        return cls._of(np.frombuffer(data, "<i2"), check_rate(rate))

    @classmethod
    def from_wav(cls, data: bytes | bytearray | memoryview) -> Clip:
        """A clip from the bytes of a WAV file. Raises BadAudio."""
        data = bytes_of(data)
        if data and not (wav.is_wav(data) or wav.is_rf64(data)):
            raise BadAudio(text("media.no_riff", found=data[:4].hex(" ")))
        return cls.read(data)

    @classmethod
    def tone(cls, hz: float, seconds: float, rate: float = 16_000, level: float = -12) -> Clip:
        """A sine of ``hz`` hertz, ``seconds`` long at ``rate`` Hz.

        ``level``: its root mean square in dBFS, at most -3. Raises BadArgument, BadAudio.
        """
        rate, seconds = check_rate(rate), _length(seconds)
        if not 0 < number(hz) <= rate / 2:
            raise BadArgument(text("media.tone_hz", found=hz, highest=rate // 2))
        if not number(level) <= _LOUDEST_TONE:
            raise BadArgument(text("media.tone_level", found=level))
        turns = np.arange(round(seconds * rate)) * (number(hz) / rate)
        amplitude = 2**0.5 * 10 ** (number(level) / 20)
        return cls._of((amplitude * np.sin(2 * np.pi * turns)).astype(np.float32), rate)

    @classmethod
    def silence(cls, seconds: float, rate: float = 16_000) -> Clip:
        """Nothing, for so many ``seconds`` at ``rate`` Hz. Raises BadArgument, BadAudio."""
        rate = check_rate(rate)
        return cls._of(np.zeros(round(_length(seconds) * rate), "<i2"), rate)

    # looking at one

    @property
    def samples(self) -> Samples:
        """float32 in ±1, shape (n,), read-only; made anew where the clip holds 16-bit samples."""
        if self._data.dtype == np.float32:
            return self._data  # type: ignore[return-value]
        converted = self._data.astype(np.float32)
        converted *= np.float32(1 / 32768)
        converted.setflags(write=False)
        return converted

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self) / self.rate

    @property
    def level(self) -> float:
        """Root mean square in dBFS; ``-inf`` for silence."""
        return loudness.level(self._data)

    @property
    def peak(self) -> float:
        """The largest sample in dBFS; ``-inf`` for silence, 0 at full scale."""
        return loudness.peak(self._data)

    def voiced_spans(self, *, gap: float = 0.2) -> list[tuple[float, float]]:
        """(start, end) in seconds of what is loud enough to be speech, by energy alone.

        Pauses up to ``gap`` seconds stay inside a span; the grid is 10 ms.
        """
        return loudness.voiced_spans(self._data, self.rate, gap=_length(gap))

    @property
    def voiced_end(self) -> float | None:
        """The second after which nothing is loud enough to be speech; None if nothing is."""
        spans = self.voiced_spans()
        return spans[-1][1] if spans else None

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Clip):
            return NotImplemented
        if self.rate != other.rate or len(self) != len(other):
            return False
        same_kind = self._data.dtype == other._data.dtype
        mine, theirs = (self._data, other._data) if same_kind else (self.samples, other.samples)
        return bool(np.array_equal(mine, theirs))

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.clips import clip_card

        return clip_card(self)

    def __repr__(self) -> str:
        level = self.level
        how_loud = f"{level:.1f} dBFS" if level > float("-inf") else "silent"
        return f"Clip({self.seconds:.2f} s, {self.rate} Hz, {how_loud})"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.samples, dtype=dtype, copy=copy)

    def play(self, *, autoplay: bool = False) -> Audio:
        """A player to show in a notebook. Raises Missing outside of one."""
        needs("players")
        from IPython.display import Audio

        return Audio(data=self.to_wav(), autoplay=autoplay)  # type: ignore[no-untyped-call]

    # making others of it

    def spoken_by(self, speaker: Speaker | None) -> Clip:
        """The same sound as that of ``"you"`` or the ``"answer"``: figures colour it so."""
        return Clip._of(self._data, self.rate, speaker, self.syllables)

    def with_syllables(self, syllables: Iterable[tuple[float, float, str]]) -> Clip:
        """The same sound, and when each of its syllables is said: (start, end, pinyin).

        In seconds, in order. Cuts and other rates keep them; new samples have none.
        """
        found = tuple((float(start), float(end), str(said)) for start, end, said in syllables)
        return Clip._of(self._data, self.rate, self.speaker, found)

    def __getitem__(self, span: slice) -> Clip:
        if not isinstance(span, slice) or span.step is not None:
            raise BadArgument(text("media.slice"))
        first, last = (None if at is None else self._index(at) for at in (span.start, span.stop))
        data = self._data[first:last]
        start = slice(first, last).indices(len(self))[0] / self.rate
        said = within(self.syllables, start, start + len(data) / self.rate)
        return Clip._of(data, self.rate, self.speaker, said)

    def _index(self, seconds: object) -> int:
        try:
            return round(float(seconds) * self.rate)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError) as error:
            raise BadArgument(text("media.slice")) from error

    def __add__(self, other: Clip) -> Clip:
        """This and then ``other``, at this one's rate, whatever the other's is."""
        if not isinstance(other, Clip):
            return NotImplemented
        other = other.resample(self.rate)
        same_kind = self._data.dtype == other._data.dtype
        parts = [self._data, other._data] if same_kind else [self.samples, other.samples]
        speaker = self.speaker if self.speaker == other.speaker else None
        syllables = self.syllables + later(other.syllables, self.seconds)
        return Clip._of(np.concatenate(parts), self.rate, speaker, syllables)

    def __radd__(self, other: object) -> Clip:
        """``sum(clips)``, at the first one's rate: it begins with 0."""
        return self if isinstance(other, int) and other == 0 else NotImplemented

    def _with_samples(self, samples: Samples, *, stretch: float = 1.0) -> Clip:
        said = stretched(self.syllables, stretch)
        return Clip._of(samples, self.rate, self.speaker, said)

    def resample(self, rate: float) -> Clip:
        """The same sound at ``rate`` Hz (soxr, high quality); the same clip if it has it."""
        rate = check_rate(rate)
        if rate == self.rate:
            return self
        resampled = soxr.resample(self.samples, self.rate, rate, quality="HQ")
        return Clip._of(resampled, rate, self.speaker, self.syllables)

    def to_pcm(self, rate: float | None = None) -> bytes:
        """16-bit little-endian mono samples, at ``rate`` Hz (None: the clip's own).

        What is beyond full scale is cut off. Raises BadAudio for a rate that is none.
        """
        return self._pcm16(rate).tobytes()

    def _pcm16(self, rate: float | None) -> NDArray[np.int16]:
        data = self.resample(self.rate if rate is None else rate)._data
        return data if data.dtype == np.int16 else encoders.pcm16(data)  # type: ignore[return-value,arg-type]

    def to_wav(self, rate: float | None = None) -> bytes:
        """A 16-bit mono WAV file: 44 bytes of header, then the samples.

        ``rate`` as for ``to_pcm``.
        """
        return wav.pack(self.to_pcm(rate), check_rate(self.rate if rate is None else rate))

    def to_mp3(self, rate: float | None = None) -> bytes:
        """An MP3 file; a ``rate`` (Hz) that MP3 does not know becomes the next higher one."""
        return self._encoded("mp3", rate)

    def _encoded(self, kind: str, rate: float | None = None) -> bytes:
        rate = encoders.encodable_rate(check_rate(self.rate if rate is None else rate), kind)
        return encoders.encode(self._pcm16(rate), rate, kind)

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write a .wav (16-bit), .flac, .ogg or .mp3 file, as the suffix says; gives its path.

        Raises BadArgument for another suffix, BadFile where it cannot be written.
        """
        path = path_of(path)
        kind = path.suffix[1:].lower()
        if kind not in encoders.KINDS:
            known = ", ".join(f".{each}" for each in encoders.KINDS)
            raise BadArgument(text("media.suffix", found=path.suffix or path.name, known=known))
        data = self._encoded(kind)
        try:
            path.write_bytes(data)
        except (OSError, ValueError) as error:
            raise BadFile(text("media.no_place", path=path, why=why_refused(error))) from error
        return path

    def chunks(self, ms: float = 100, format: str = "pcm16") -> Iterator[bytes]:
        """Pieces of ``ms`` milliseconds as one ``input_audio_buffer.append`` each wants them.

        pcm, pcm16, pcm24: bare 16-bit samples at 16 or 24 kHz. wav, wav24, wav48: a complete WAV
        file each time. The clip is resampled once, as a whole; piece k begins at the sample
        nearest to k·ms, so odd lengths do not drift; the last piece may be shorter. ``format``: one
        of these (documented: the suffix is kHz, pcm and wav are 16). Raises BadArgument.
        """
        if not isinstance(format, str) or format not in FORMATS:
            raise BadArgument(text("media.format", found=format, known=", ".join(FORMATS)))
        chosen = FORMATS[format]
        if not 1000 <= chosen.rate * number(ms) < float("inf"):
            raise BadArgument(text("media.chunk_ms", found=ms))
        return _cut(memoryview(self.to_pcm(chosen.rate)), number(ms), chosen)


def clip_of(data: Data, rate: int) -> Clip:
    """A clip on samples that are sound already: not looked at, not copied, read-only from now."""
    return Clip._of(data, rate)


def level_in_words(level: float) -> str:
    """A level in dBFS as people read it: a whole number with a true minus, −∞ for silence."""
    return "−∞" if level == float("-inf") else minus(f"{level:.0f}")


def _cut(pcm: memoryview, ms: float, format: Format) -> Iterator[bytes]:
    samples, start, count = len(pcm) // 2, 0, 0
    while start < samples:
        count += 1
        end = min(samples, int(count * ms * format.rate / 1000 + 0.5))
        piece = pcm[2 * start : 2 * end]
        yield wav.pack(piece, format.rate) if format.container == "wav" else bytes(piece)
        start = end


def _length(seconds: float) -> float:
    if not 0 <= number(seconds) <= _LONGEST:
        raise BadArgument(text("media.seconds", found=seconds, most=_LONGEST))
    return number(seconds)
