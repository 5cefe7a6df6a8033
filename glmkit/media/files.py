"""Anything that holds sound → one channel of samples with its own rate.

Rules
- Files: WAV, MP3, FLAC, OGG (and whatever else libsndfile knows), told by their content, never
  by their name. Tags in front are no sound; files joined end to end are one sound.
- Channels are averaged. The rate stays what it was.
- A file that was cut off gives what is there, and a GlmWarning. Everything that gives no
  samples at all is a BadAudio that says what was found.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

import numpy as np
import soxr
from numpy.typing import ArrayLike, NDArray

from glmkit.errors import BadArgument, BadAudio, warn
from glmkit.media import joined_files, mp3, unknown_lengths, wav
from glmkit.media.arrays import Data, Whole, check_rate, check_values, is_pair, mono
from glmkit.media.library_noise import without_noise
from glmkit.media.libsndfile import soundfile
from glmkit.media.source import Source, load
from glmkit.media.tags import past_tags
from glmkit.media.unread_formats import refuse_unread
from glmkit.numeric import is_number
from glmkit.texts import text

_BLOCK, _SMALL_BLOCK = 1 << 16, 256  # frames; a broken file is read again in small steps
_PAGE = b"OggS"


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


def decode(data: bytes, *, name: str) -> tuple[Data, int]:
    """Samples and Hz of a file's bytes; ``name`` is what errors call it."""
    plain = wav.unpack(data)
    if plain:
        return np.frombuffer(plain.pcm, "<i2"), check_rate(plain.rate)
    data = past_tags(data) or data
    refuse_unread(data, name)
    whole = _all_of(joined_files.parts(data), name)
    if whole.cut:
        seconds = f"{len(whole.samples) / whole.rate:.2f}"
        warn(text("media.cut", name=name, seconds=seconds))
    return whole.samples, whole.rate


def _all_of(parts: list[bytes], name: str) -> Whole:
    """Files one after the other as one, at the rate of the first that can be read."""
    wholes, failures = [], []
    for part in parts:
        try:
            wholes.append(_decoded(part, name))
        except BadAudio as error:
            failures.append(error)
    if not wholes:
        raise failures[0]
    if len(parts) == 1:
        return wholes[0]
    rate, cut = wholes[0].rate, bool(failures) or any(each.cut for each in wholes)
    same = len({(each.rate, each.samples.dtype) for each in wholes}) == 1
    pieces: list[Any] = [each.samples if same else _at(rate, each) for each in wholes]
    return Whole(np.concatenate(pieces), rate, cut)


def _at(rate: int, whole: Whole) -> NDArray[np.float32]:
    samples = whole.samples
    floats = samples.astype(np.float32) / 32768 if samples.dtype == np.int16 else samples
    resampled: NDArray[np.float32] = soxr.resample(floats, whole.rate, rate, quality="HQ")
    return resampled


def _decoded(data: bytes, name: str) -> Whole:
    if wav.is_wav(data) or wav.is_rf64(data):
        return _from_wav(wav.mend(data, name=name), name)
    # never libsndfile's: it trusts the first frame, and gives up at a broken one
    if data[:1] == b"\xff" and data[1:2] >= b"\xe0":
        return _from_mpeg(data, name, why="MP3")
    try:
        return _with_libsndfile(unknown_lengths.with_length(data), name)
    except soundfile.LibsndfileError as error:  # MP3 may begin in the middle of a frame
        return _from_mpeg(data, name, why=error.error_string)


def _from_wav(mended: wav.Mended, name: str) -> Whole:
    try:
        if mended.encoding in wav.MPEG:
            whole = _from_mpeg(mended.sound, name, why="MP3")
            return replace(whole, cut=whole.cut or mended.cut)
        return _with_libsndfile(mended.data, name, cut=mended.cut)
    except soundfile.LibsndfileError as error:
        said = {"why": error.error_string, "encoding": f"0x{mended.encoding:04X}"}
        raise BadAudio(text("media.wav_encoding", name=name, **said)) from error


def _from_mpeg(data: bytes, name: str, *, why: str) -> Whole:
    whole = mp3.decode(data)
    if whole is None:
        raise BadAudio(text("media.not_audio", name=name, why=why))
    check_values(whole.samples, name)
    return whole


# -- libsndfile ----------------------------------------------------------------------------


LONGEST = 3 * 3600  # seconds of sound in one file


class _Bytes(io.BytesIO):
    """Bytes as a file that a broken header may send anywhere: no traceback from a C callback."""

    def seek(self, offset: int, whence: int = 0) -> int:
        begin = (0, self.tell(), self.getbuffer().nbytes)[whence]
        return super().seek(max(0, begin + offset))


def _with_libsndfile(data: bytes, name: str, *, cut: bool = False) -> Whole:
    with without_noise():
        with soundfile.SoundFile(_Bytes(data)) as file:
            claimed, rate, kind = file.frames, file.samplerate, file.format
            exact = file.channels == 1 and file.subtype == "PCM_16"
        rate = check_rate(rate)
        if claimed > LONGEST * rate:  # or a small file of zeros would fill the memory
            hours = f"{claimed / rate / 3600:.1f}"
            raise BadAudio(text("media.too_long", name=name, hours=hours, most=LONGEST // 3600))
        samples, complete = _frames(data, exact=exact)
    cut = cut or not complete or len(samples) < claimed or (kind == "OGG" and _open_end(data))
    if cut and not len(samples):
        raise BadAudio(text("media.cut_before_samples", name=name))
    if not exact:
        check_values(samples, name)
    return Whole(samples, rate, cut)


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
    with soundfile.SoundFile(_Bytes(data)) as file:
        if file.subtype == "OPUS":
            # where ffmpeg counts the encoder's lead-in from the first page on (seen of libavformat
            # 62), libsndfile leaves it out only after a seek
            with suppress(soundfile.LibsndfileError):
                file.seek(0)
        try:
            while len(found := file.read(block, dtype=kind, always_2d=True)):
                pieces.append(found[:, 0] if exact else found.mean(axis=1, dtype=np.float32))
        except soundfile.LibsndfileError:
            return pieces, False
    return pieces, True


def _open_end(data: bytes) -> bool:
    """Whether an OGG stream stops without its last page: each page carries an end flag."""
    at = data.rfind(_PAGE)
    if at + 27 > len(data) or not data[at + 5] & 4:
        return True
    segments = data[at + 26]
    return at + 27 + segments + sum(data[at + 27 : at + 27 + segments]) > len(data)
