"""Anything that holds sound → one channel of samples with its own rate; samples → a file's bytes.

Rules
- Files: WAV, MP3, FLAC, OGG (and whatever else libsndfile knows), told by their content, never
  by their name. Arrays: int16, int32, uint8 or floats, of shape (n,), (n, channels) or
  (channels, n); the shorter side is the channels.
- Channels are averaged. The rate stays what it was. 16-bit mono stays 16-bit, so that it is
  kept exactly and takes half the room; everything else becomes float32.
- Floats mean ±1. Up to ±2 is kept, and warned about in an array (it is cut off when sent);
  beyond that somebody forgot to divide, and we say so.
- A file that was cut off gives what is there, and a GlmWarning. Everything that gives no
  samples at all is a BadAudio that says what was found.
"""

from __future__ import annotations

import io
from typing import Any, Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glmkit.environment import file_names_cure
from glmkit.errors import BadArgument, BadAudio, Missing, warn
from glmkit.media.source import Source, load
from glmkit.numeric import is_number, number
from glmkit.texts import text

try:
    import soundfile
except UnicodeEncodeError:  # its library lies in a folder whose name was misread
    raise Missing(file_names_cure()) from None

from glmkit.media import mp3, wav

#: float32 in ±1, or int16 where that is exact; shape (n,)
Data = NDArray[np.float32] | NDArray[np.int16]

LOWEST_RATE, HIGHEST_RATE = 1_000, 768_000
_MOST_CHANNELS = 32
_LOUDEST = 2.0
_BLOCK, _SMALL_BLOCK = 1 << 16, 256  # frames; a broken file is read again in small steps
_INTEGERS = {"int16": (0, 1 << 15), "int32": (0, 1 << 31), "uint8": (128, 128)}
_TAIL = b"OggS"

_OTHERS = (
    (4, b"ftyp", "MP4/M4A"),
    (0, b"\x1a\x45\xdf\xa3", "WebM/Matroska"),
    (0, b"#!AMR", "AMR"),
    (0, b"\x30\x26\xb2\x75", "WMA"),
    (0, b"\xff\xf1", "AAC"),
    (0, b"\xff\xf9", "AAC"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04")


def read(source: Source | ArrayLike, *, rate: float | None = None) -> tuple[Data, int]:
    """Samples and Hz of a path, bytes, an open file, a pair, or an array with its ``rate``."""
    if is_pair(source):
        if rate is not None:
            raise BadArgument(text("media.rate_of_file", rate=rate))
        first, second = cast("tuple[Any, Any]", source)
        return read(first, rate=second) if is_number(second) else read(second, rate=first)
    if hasattr(source, "__array__") or isinstance(source, (list, tuple)):
        if rate is None:
            raise BadAudio(text("media.array_rate"))
        return mono(cast("ArrayLike", source)), check_rate(rate)
    if rate is not None:
        raise BadArgument(text("media.rate_of_file", rate=rate))
    loaded = load(source, error=BadAudio)
    return decode(loaded.data, name=loaded.name)


def is_pair(source: object) -> bool:
    """Whether it is (rate, samples) or (samples, rate), as other libraries give a file's sound."""
    if not isinstance(source, (tuple, list)) or len(source) != 2:
        return False
    numbers = [is_number(each) for each in source]
    samples = source[numbers[0]]
    return any(numbers) and (hasattr(samples, "__array__") or isinstance(samples, (list, tuple)))


def check_rate(rate: object) -> int:
    """The rate as an int in Hz. Raises BadAudio if it cannot be one."""
    hz = number(rate)
    if not LOWEST_RATE <= hz <= HIGHEST_RATE or hz % 1:
        expected = {"lowest": LOWEST_RATE, "highest": HIGHEST_RATE}
        raise BadAudio(text("media.rate", found=repr(rate), **expected))
    return int(hz)


def mono(samples: ArrayLike) -> Data:
    """A copy of an array's samples as one channel. Raises BadAudio."""
    try:
        found = np.asarray(samples)
    except (ValueError, TypeError) as error:
        raise BadAudio(text("media.ragged")) from error
    if found.dtype.name not in _INTEGERS and found.dtype.kind != "f":
        raise BadAudio(text("media.dtype", found=found.dtype))
    if found.dtype == np.int16 and found.ndim == 1:
        return found.astype("<i2")
    mixed = _one_channel(found)
    if _check_values(mixed, text("media.array")) > 1:
        warn(text("media.over", peak=f"{np.abs(mixed).max():.2f}"))
    return mixed.astype(np.float32)


def _one_channel(found: NDArray[Any]) -> NDArray[Any]:
    if found.ndim not in {1, 2}:
        raise BadAudio(text("media.shape", found=found.shape))
    if found.dtype.name in _INTEGERS:
        middle, full = _INTEGERS[found.dtype.name]
        found = (found.astype(np.float64) - middle) / full
    if found.ndim == 1:
        return found
    channels_last = found.shape[1] <= found.shape[0] or not found.shape[0]
    channels = found.shape[1 if channels_last else 0]
    if not channels:
        raise BadAudio(text("media.no_channels", name=text("media.array")))
    if channels > _MOST_CHANNELS and found.size:
        raise BadAudio(text("media.shape", found=found.shape))
    mixed: NDArray[Any] = found.mean(axis=1 if channels_last else 0)
    return mixed


def _check_values(samples: NDArray[Any], name: str) -> float:
    """The peak. Raises BadAudio for NaN, infinities and floats that are not in ±1."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    if not np.isfinite(peak):
        bad = int(np.count_nonzero(~np.isfinite(samples)))
        raise BadAudio(text("media.not_finite", name=name, bad=bad, found=samples.size))
    if peak > _LOUDEST:
        raise BadAudio(text("media.too_loud", name=name, peak=f"{peak:.6g}"))
    return peak


def decode(data: bytes, *, name: str) -> tuple[Data, int]:
    """Samples and Hz of a file's bytes; ``name`` is what errors call it."""
    plain = wav.unpack(data)
    if plain:
        return np.frombuffer(plain.pcm, "<i2"), check_rate(plain.rate)
    if wav.is_wav(data):
        mended = wav.mend(data, name=name)
        return _with_soundfile(mended.data, name, cut=mended.cut)
    _refuse_others(data, name)
    # never libsndfile's: it reports what it finds in a broken MP3 on stderr
    if data[:3] == b"ID3" or (data[:1] == b"\xff" and data[1:2] >= b"\xe0"):
        return _from_mp3(data, name)
    return _with_soundfile(data, name)


def _refuse_others(data: bytes, name: str) -> None:
    for at, mark, kind in _OTHERS:
        if data.startswith(mark, at):
            raise BadAudio(text("media.other", name=name, found=kind))
    if data.startswith(_PICTURES):
        raise BadAudio(text("media.picture", name=name))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_text(data[:2048]):
        page = b"<html" in data[:2048].lower()
        raise BadAudio(text("media.page" if page else "media.text", name=name))


def _is_text(start: bytes) -> bool:
    words = start.decode("utf-8", "replace").rstrip("�")
    return not any(letter == "�" or (letter < " " and letter not in "\t\n\r") for letter in words)


def _from_mp3(data: bytes, name: str) -> tuple[Data, int]:
    whole = mp3.decode(data)
    if whole is None:
        raise BadAudio(text("media.not_audio", name=name, why="MP3"))
    _check_values(whole.samples, name)
    if whole.cut:
        warn(text("media.cut", name=name, seconds=f"{len(whole.samples) / whole.rate:.2f}"))
    return whole.samples, whole.rate


def _with_soundfile(data: bytes, name: str, *, cut: bool = False) -> tuple[Data, int]:
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            claimed, rate, kind = file.frames, file.samplerate, file.format
            exact = file.channels == 1 and file.subtype == "PCM_16"
    except soundfile.LibsndfileError as error:
        raise BadAudio(text("media.not_audio", name=name, why=error.error_string)) from error
    rate = check_rate(rate)
    samples, complete = _frames(data, exact=exact)
    cut = cut or not complete or len(samples) < claimed or (kind == "OGG" and _open_end(data))
    if cut and not len(samples):
        raise BadAudio(text("media.cut_before_samples", name=name))
    if not exact:
        _check_values(samples, name)
    if cut:
        warn(text("media.cut", name=name, seconds=f"{len(samples) / rate:.2f}"))
    return samples, rate


def _frames(data: bytes, *, exact: bool) -> tuple[Data, bool]:
    """All samples up to the end or the first error, and whether it was the end."""
    pieces, complete = _pieces(data, exact, _BLOCK)
    if not complete:
        pieces, _ = _pieces(data, exact, _SMALL_BLOCK)
    empty = np.zeros(0, np.int16 if exact else np.float32)
    return np.concatenate([empty, *pieces]), complete


def _pieces(data: bytes, exact: bool, block: int) -> tuple[list[NDArray[Any]], bool]:
    pieces: list[NDArray[Any]] = []
    kind = "int16" if exact else "float32"
    with soundfile.SoundFile(io.BytesIO(data)) as file:
        try:
            while len(found := file.read(block, dtype=kind, always_2d=True)):
                pieces.append(found[:, 0] if exact else found.mean(axis=1, dtype=np.float32))
        except soundfile.LibsndfileError:
            return pieces, False
    return pieces, True


def _open_end(data: bytes) -> bool:
    """Whether an OGG stream stops without its last page: each page carries an end flag."""
    at = data.rfind(_TAIL)
    if at + 27 > len(data) or not data[at + 5] & 4:
        return True
    segments = data[at + 26]
    return at + 27 + segments + sum(data[at + 27 : at + 27 + segments]) > len(data)


# -- writing: WAV, FLAC, OGG or MP3 --------------------------------------------------------

#: Suffix → libsndfile's name for the format and its encoding.
KINDS: Final = {
    "wav": ("WAV", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "ogg": ("OGG", "VORBIS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
}
_MP3_RATES: Final = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_WRITE_BLOCK = 1 << 16  # frames: the Vorbis encoder keeps what it is handed at once on its stack


def pcm16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """float32 in ±1 as 16-bit, rounded; what is beyond full scale is cut off."""
    scaled = np.rint(samples * np.float32(32768))
    whole: NDArray[np.int16] = np.clip(scaled, -32768, 32767).astype("<i2")
    return whole


def encodable_rate(rate: int, kind: str) -> int:
    """The rate in Hz a file of this kind can have: the same, or the next one MP3 knows."""
    if kind != "mp3":
        return rate
    return min((each for each in _MP3_RATES if each >= rate), default=_MP3_RATES[-1])


def encode(samples: NDArray[np.int16], rate: int, kind: str) -> bytes:
    """A complete file. ``kind`` is a key of ``KINDS``; ``rate`` is in Hz."""
    if kind == "wav":
        return wav.pack(samples.tobytes(), rate)
    container, encoding = KINDS[kind]
    out = io.BytesIO()
    try:
        with soundfile.SoundFile(out, "w", rate, 1, encoding, format=container) as file:
            for at in range(0, len(samples), _WRITE_BLOCK):
                file.write(samples[at : at + _WRITE_BLOCK])
    except soundfile.LibsndfileError as error:
        raise BadAudio(text("media.not_written", kind=kind, rate=rate, why=error)) from error
    return out.getvalue()
