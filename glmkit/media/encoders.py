"""Samples → a file's bytes: WAV, FLAC, OGG or MP3."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glmkit.errors import BadAudio
from glmkit.media import wav
from glmkit.media.libsndfile import soundfile
from glmkit.texts import text

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
