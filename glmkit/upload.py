"""Sends sound in chunks, each at an absolute deadline, as a microphone would.

Rules
- Chunk k leaves when its last sample would have been spoken: start + (k + 1) * chunk / speed.
  Deadlines are absolute, so that nothing adds up (``sleep`` a chunk drifts +1.2 s in 30 s).
- After a stall the chunks that are due leave at once, but where a ``rate`` is given never
  faster than that many a second.
- Under wav formats each chunk is a complete WAV file; under pcm formats it is raw samples.
"""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from glmkit.audio import Clip
from glmkit.calling import caller
from glmkit.errors import BadArgument, BadAudio, warn
from glmkit.masking import number_or_masked
from glmkit.numeric import is_number
from glmkit.specs import INPUT_FORMATS
from glmkit.texts import text
from glmkit.wav import is_wav

Pieces = Iterable[Any] | AsyncIterable[Any]
Speech = Clip | Pieces
_END = object()
LIVE_RATE = 45  # appends a second; the service's cap is 50 (documented)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast chunks may leave: their length, the speed (None: unpaced), the most a second."""

    chunk_ms: float = 100
    speed: float | None = 1.0
    rate: float | None = None

    def __post_init__(self) -> None:
        if not (is_number(self.chunk_ms) and 10 <= self.chunk_ms <= 1000):
            raise BadArgument(text("session.chunk_ms", found=self.chunk_ms))
        if self.speed is not None and not (is_number(self.speed) and self.speed > 0):
            raise BadArgument(text("session.speed", found=self.speed))

    def within(self, rate: float) -> Pace:
        """The same pace kept under ``rate`` chunks a second, with larger chunks if need be."""
        needed = math.ceil(1000 * (self.speed or 1) / rate)
        if self.chunk_ms >= needed:
            return Pace(self.chunk_ms, self.speed, rate)
        used = min(1000, needed)
        words = text("session.slower", asked=self.chunk_ms, used=used)
        warn(words)
        return Pace(used, self.speed, rate)


async def upload(
    chunks: AsyncIterable[tuple[bytes, float]],
    send: Callable[[bytes], Awaitable[None]],
    pace: Pace,
    *,
    progress: Callable[[float], None] = lambda sent: None,
    clock: Callable[[], float] = perf_counter,
) -> float:
    """Send (bytes, seconds) chunks at their deadlines; the seconds of sound sent."""
    start, sent, last = clock(), 0.0, -math.inf
    async for chunk, seconds in chunks:
        sent += seconds
        due = last + 1 / pace.rate if pace.rate else start
        if pace.speed is not None:
            due = max(due, start + sent / pace.speed)
        await _until(due, clock)
        last = clock()
        await send(chunk)
        progress(sent)
    return sent


async def _until(due: float, clock: Callable[[], float]) -> None:
    while (left := due - clock()) > 0:  # noqa: ASYNC110 - a clock is no event
        await asyncio.sleep(left)


async def chunked(
    speech: Speech, format: str, chunk_ms: float
) -> AsyncIterator[tuple[bytes, float]]:
    """(bytes, seconds) chunks of a Clip, or of an iterator of Clips or bytes in ``format``."""
    if isinstance(speech, Clip):
        for chunk in speech.chunks(chunk_ms, format):
            yield chunk, seconds_of(chunk, format)
        return
    async for piece in each(speech):
        if isinstance(piece, Clip):
            for chunk in piece.chunks(chunk_ms, format):
                yield chunk, seconds_of(chunk, format)
        elif isinstance(piece, bytes | bytearray | memoryview):
            checked = check_piece(bytes(piece), format)
            yield checked, seconds_of(checked, format)
        else:
            raise BadAudio(text("session.not_bytes", found=type(piece).__name__))


async def each(pieces: Pieces) -> AsyncIterator[Any]:
    """Iterate over either kind of iterable; one that waits, for a microphone, never on the loop."""
    if isinstance(pieces, AsyncIterable):
        async for piece in pieces:
            yield piece
        return
    step = partial(next, iter(pieces), _END)
    while (piece := await caller.get().run(step)) is not _END:
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
    if isinstance(audio, bytes | bytearray | memoryview | os.PathLike) or hasattr(audio, "read"):
        return as_speech(Clip.read(audio))
    if isinstance(audio, Iterable | AsyncIterable) and not hasattr(audio, "__array__"):
        return audio
    raise BadArgument(text("session.say_what", found=type(audio).__name__))


def _read(path: str) -> Clip:
    try:
        return Clip.read(path)
    except BadAudio as error:
        if Path(path).suffix or os.sep in path:
            raise
        words = text("session.say_or_ask", found=error)
    raise BadAudio(words)


def check_seconds(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is a number of seconds above 0."""
    value = number_or_masked(value)
    if not (is_number(value) and value > 0):
        raise BadArgument(text("session.seconds", name=name, found=value))


def check_number(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is a number, 0 or more."""
    value = number_or_masked(value)
    if not (is_number(value) and value >= 0):
        raise BadArgument(text("session.number", name=name, found=value))
