"""``both.wav``, and when each piece of it sounded: what other formats put beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from glmkit.errors import BadAudio
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import APPEND
from glmkit.texts import text
from glmkit.turns.sound import Piece, playout
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glmkit.media.clip import Clip

RATE: Final = 24_000
_MOST_SECONDS: Final = 6 * 3600


@dataclass(frozen=True, slots=True)
class SentPiece:
    """An append, its sound, and when that was spoken: the last one as it left."""

    event: Event
    clip: Clip
    piece: Piece


def as_wav(trace: Trace) -> bytes:
    """Stereo at 24 kHz: left what you sent, right the answers as they would have been heard.

    Raises BadAudio where there is no sound, or too much of it.
    """
    import soundfile

    out = io.BytesIO()
    soundfile.write(out, _stereo(trace), RATE, format="WAV", subtype="PCM_16")
    return out.getvalue()


def _stereo(trace: Trace) -> NDArray[np.int16]:
    """Both voices on one axis of time, shape (samples, 2): you left, the model right."""
    import numpy as np

    placed = [(0, at, samples) for at, samples in _sent(trace)]
    placed += [(1, at, samples) for turn in trace.turns() for at, samples in _heard(turn)]
    if not placed:
        raise BadAudio(text("recordings.silent"))
    begin = min(at for _, at, _ in placed)
    length = max(round((at - begin) * RATE) + len(samples) for _, at, samples in placed)
    if length > _MOST_SECONDS * RATE:
        raise BadAudio(text("recordings.too_long", seconds=length / RATE, most=_MOST_SECONDS))
    both = np.zeros((length, 2), np.int16)
    for side, at, samples in placed:
        first = round((at - begin) * RATE)
        both[first : first + len(samples), side] = samples
    return both


def beginning(sent: Sequence[SentPiece], turns: Sequence[Turn]) -> float | None:
    """The moment of ``both.wav``'s first sample (``perf_counter`` seconds); None without sound."""
    heard = (piece for turn in turns if turn.heard for piece in heard_pieces(turn))
    starts = [each.piece.start for each in sent] + [piece.start for piece in heard]
    return min(starts, default=None)


def sent_pieces(trace: Trace) -> list[SentPiece]:
    """The appends that hold a sound. One that cannot be decoded has none, and hides no other."""
    known = [(e, clip) for e in trace.events if e.type == APPEND and (clip := _decoded(e))]
    spoken = playout((event.at - clip.seconds, clip.seconds) for event, clip in known)
    return [
        SentPiece(event, clip, piece) for (event, clip), piece in zip(known, spoken, strict=True)
    ]


def _decoded(event: Event) -> Clip | None:
    try:
        return event.clip
    except BadAudio:
        return None


def heard_pieces(turn: Turn) -> Iterator[Piece]:
    """The answer's pieces as a player would have sounded them, up to the interruption."""
    left = turn.heard_seconds
    for piece in turn.pieces:
        if min(piece.seconds, left) > 0:
            yield replace(piece, seconds=min(piece.seconds, left))
        left -= piece.seconds


def _sent(trace: Trace) -> Iterator[tuple[float, NDArray[np.int16]]]:
    from glmkit.media.encoders import pcm16

    for each in sent_pieces(trace):
        yield each.piece.start, pcm16(each.clip.resample(RATE).samples)


def _heard(turn: Turn) -> Iterator[tuple[float, NDArray[np.int16]]]:
    from glmkit.media.encoders import pcm16

    sound = turn.heard
    if not sound:
        return
    samples, done = pcm16(sound.resample(RATE).samples), 0
    for piece in heard_pieces(turn):
        first, done = done, done + round(piece.seconds * RATE)
        yield piece.start, samples[first:done]
