"""What a person gave to say: a Clip or pieces of sound, cut into chunks as the service takes them.

Under wav formats each chunk is a complete WAV file; under pcm formats it is raw samples.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from glmkit.errors import BadArgument, BadAudio
from glmkit.media.arrays import Pair, is_pair
from glmkit.media.clip import Clip
from glmkit.media.formats import INPUT_FORMATS
from glmkit.media.source import Source
from glmkit.media.wav import HEADER_BYTES, is_wav
from glmkit.protocol.settings import Settings
from glmkit.session.host import host
from glmkit.texts import text

SpeechPiece = Clip | bytes | bytearray | memoryview | Pair
Pieces = Iterable[SpeechPiece] | AsyncIterable[SpeechPiece]
Speech = Clip | Pieces
Sayable = Speech | Source | Pair  # what ``say`` takes
_END = object()


async def chunked(
    speech: Speech, format: str, chunk_ms: float
) -> AsyncIterator[tuple[bytes, float]]:
    """(bytes, seconds) chunks of a Clip, or of an iterator of Clips or bytes in ``format``."""
    if isinstance(speech, Clip):
        for chunk in _cut(speech, format, chunk_ms):
            yield chunk
        return
    async for given in each(speech):
        piece = Clip.read(given) if is_pair(given) else given
        if isinstance(piece, Clip):
            for chunk in _cut(piece, format, chunk_ms):
                yield chunk
        elif isinstance(piece, bytes | bytearray | memoryview):
            checked = check_piece(bytes(piece), format)
            yield checked, seconds_of(checked, format)
        else:
            raise BadAudio(text("session.not_bytes", found=type(piece).__name__))


def _cut(clip: Clip, format: str, chunk_ms: float) -> Iterator[tuple[bytes, float]]:
    header = HEADER_BYTES if format.startswith("wav") else 0
    bytes_a_second = 2 * INPUT_FORMATS[format]
    for chunk in clip.chunks(chunk_ms, format):
        yield chunk, (len(chunk) - header) / bytes_a_second


async def each(pieces: Pieces) -> AsyncIterator[Any]:
    """Iterate over either kind of iterable; one that waits, for a microphone, never on the loop."""
    if isinstance(pieces, AsyncIterable):
        async for piece in pieces:
            yield piece
        return
    step = partial(next, iter(pieces), _END)
    while (piece := await host.get().run(step)) is not _END:
        yield piece


def check_piece(piece: bytes, format: str) -> bytes:
    """A piece of raw input as the format wants it; BadAudio says what it is instead."""
    if format.startswith("wav"):
        if not is_wav(piece):
            raise BadAudio(text("session.not_wav", format=format, found=piece[:4]))
    elif is_wav(piece):
        raise BadAudio(text("session.a_wav", format=format))
    elif len(piece) % 2:
        raise BadAudio(text("session.odd", found=len(piece)))
    return piece


def seconds_of(chunk: bytes, format: str) -> float:
    """How long a chunk of input lasts, in seconds."""
    if format.startswith("wav"):
        return Clip.from_wav(chunk).seconds
    return len(chunk) / 2 / INPUT_FORMATS[format]


def as_speech(audio: object) -> Speech:
    """What a person gave to ``say``, as a Clip or an iterator of pieces."""
    if isinstance(audio, Clip):
        if not len(audio):
            raise BadAudio(text("session.empty"))
        return audio
    if isinstance(audio, str):
        return as_speech(_read(audio))
    file = isinstance(audio, bytes | bytearray | memoryview | os.PathLike) or hasattr(audio, "read")
    if file or is_pair(audio):
        return as_speech(Clip.read(audio))  # type: ignore[arg-type]
    if isinstance(audio, Iterable | AsyncIterable) and not hasattr(audio, "__array__"):
        return _some(audio)
    raise BadArgument(text("session.say_what", found=type(audio).__name__))


async def _some(pieces: Pieces) -> AsyncIterator[Any]:
    """Each of the pieces that holds something; BadAudio if none does."""
    found = False
    async for piece in each(pieces):
        if not hasattr(piece, "__len__") or len(piece):  # the service refuses an empty append
            found = True
            yield piece
    if not found:
        raise BadAudio(text("session.nothing_came"))


def _read(path: str) -> Clip:
    try:
        return Clip.read(path)
    except BadAudio as error:
        if Path(path).suffix or os.sep in path:
            raise
        words = text("session.say_or_ask", found=error)
    raise BadAudio(words)


# -- silence, so that the service hears the end ----------------------------------------------


def silence_after(settings: Settings, rate: int = 16_000) -> Clip:
    """The silence that ends a turn under server VAD."""
    return Clip.silence(max(1.0, settings.silence_seconds + 0.25), rate)


def with_silence(speech: Speech, settings: Settings) -> Speech:
    """The speech, and behind it the silence that ends it."""
    if isinstance(speech, Clip):
        return speech + silence_after(settings, speech.rate)
    return _chain(speech, silence_after(settings))


async def _chain(speech: Pieces, silence: Clip) -> AsyncIterator[SpeechPiece]:
    async for piece in each(speech):
        yield piece
    yield silence


def upload_seconds(speech: Speech, settings: Settings) -> float:
    """How long an upload will take, 0 where nobody knows."""
    if not isinstance(speech, Clip):
        return 0.0
    return speech.seconds + (silence_after(settings).seconds if settings.server_vad else 0.0)
