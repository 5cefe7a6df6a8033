"""The sound that events carry, and when a player that began with its first byte would sound it.

The second part is pure arithmetic on arrivals; ``Turn``, exports and figures share it, so that
"heard" means one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from glmkit.protocol.event import Event

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

_IN_TIME: Final = 0.9  # of the sound's own seconds: sent in less, it was not spoken meanwhile


def joined(events: Iterable[Event]) -> Clip | None:
    """The sound of these events as one clip, 16 kHz sent or 24 kHz received; None where none is."""
    kept = [event for event in events if event.payload]
    if not kept:
        return None
    from glmkit.media.stream_decoders import join_payloads

    yours = kept[0].direction == "client"
    payloads = [event.payload for event in kept if event.payload]
    clip = join_payloads(payloads, format=kept[0].format, rate=16_000 if yours else 24_000)
    return clip.spoken_by("you" if yours else "answer")


def arrivals(deltas: list[Event]) -> Iterator[tuple[float, float]]:
    """(arrival, seconds) of each delta; MP3 frames are counted where they become whole."""
    if any(event.format == "mp3" and event.payload for event in deltas):
        from glmkit.media.stream_decoders import Mp3Decoder

        sound = Mp3Decoder()
        yield from ((event.at, sound.feed(event.payload or b"").seconds) for event in deltas)
    else:
        yield from ((event.at, event.sound_seconds or 0.0) for event in deltas)


class LastVoiced(NamedTuple):
    """The last voiced sample: when its append was ``sent``, and when it was ``spoken``.

    An append leaves when its last sample is there, so one in the middle waited half of it.
    ``spoken`` is None where sound was sent faster than anybody speaks.
    """

    sent: float
    spoken: float | None


def last_voiced(events: tuple[Event, ...]) -> LastVoiced | None:
    """When the last voiced sample of what was sent left, and when it was spoken."""
    appends = [e for e in events if e.type == "input_audio_buffer.append" and e.payload]
    clip = joined(iter(appends))
    spans = clip.voiced_spans() if clip is not None else ()
    if not spans:
        return None
    left = spans[-1][1]
    for event in appends:
        seconds = _seconds_of(event)
        if left - seconds <= 1e-9:
            in_time = event.at - appends[0].at >= _IN_TIME * (spans[-1][1] - left)
            return LastVoiced(event.at, event.at - seconds + left if in_time else None)
        left -= seconds
    return LastVoiced(appends[-1].at, None)


def _seconds_of(event: Event) -> float:
    """How long an append lasts: bare samples by their bytes, a WAV file by its head."""
    if not (event.format or "").startswith("wav"):
        return event.sound_seconds or 0.0
    piece = event.clip
    return piece.seconds if piece else 0.0


# -- when it would be heard ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of sound: when it came and would start (seconds, same clock), how long it lasts."""

    arrived: float
    start: float
    seconds: float

    @property
    def end(self) -> float:
        """When its last sample would have sounded."""
        return self.start + self.seconds


def playout(arrivals: Iterable[tuple[float, float]]) -> list[Piece]:
    """Pieces from (arrival, seconds) pairs: each starts when it is there and the last is over."""
    pieces: list[Piece] = []
    free = float("-inf")
    for arrived, seconds in arrivals:
        piece = Piece(arrived, max(arrived, free), seconds)
        free = piece.end
        pieces.append(piece)
    return pieces


def heard_seconds(pieces: Sequence[Piece], until: float) -> float:
    """How much of the sound had been heard at the moment ``until``, in seconds."""
    return sum(min(max(until - piece.start, 0.0), piece.seconds) for piece in pieces)


def moment_of(pieces: Sequence[Piece], position: float) -> float | None:
    """When the sample at ``position`` seconds of the sound would be heard; None past its end."""
    for piece in pieces:
        if position < piece.seconds:
            return piece.start + position
        position -= piece.seconds
    return None
