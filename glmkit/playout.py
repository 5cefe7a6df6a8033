"""When each piece of an answer would sound, if a player started it the moment it came.

Pure arithmetic on arrivals; ``Turn`` and ``plots`` share it, so that "heard" means one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
