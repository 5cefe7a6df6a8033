"""Where the sounds and moments of a turn lie on one axis of seconds.

Rules
- Zero is the beginning of the input; of a turn without sound, its first event.
- The input ends when its last piece was sent: live sound cannot be sent before it was made. A
  recording sent faster than real time therefore begins before its first piece left.
- The answer lies where a player that starts with the first byte would have sounded it; its
  pieces (``turn.pieces``) are joined where they follow without a gap anyone could see.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from glmkit.media.clip import Clip
from glmkit.media.loudness import decibels
from glmkit.turns.sound import joined
from glmkit.turns.stage_moments import zero_point
from glmkit.turns.turn import Turn

_BLOCK = 1 << 18  # samples
_SEEN = 0.01  # seconds: pieces that lie closer to where they would follow are one stretch
_LATE = 1.0  # seconds: so much earlier the voice began that server VAD or a person acted on
_CUT = 4.0  # seconds of it that are shown
APPEND = "input_audio_buffer.append"


@dataclass(frozen=True)
class PlacedSound:
    """A sound and the second at which it begins; ``heard`` is False for what was cut off.

    What is measured of it is measured once: of ten minutes that takes longer than to draw them.
    """

    clip: Clip
    start: float
    heard: bool = True

    @property
    def end(self) -> float:
        """The second at which it ends."""
        return self.start + self.clip.seconds

    @cached_property
    def speech(self) -> list[tuple[float, float]]:
        """(begin, end) in seconds of the axis of each stretch of speech, by energy."""
        return [(a + self.start, b + self.start) for a, b in self.clip.voiced_spans()]

    @property
    def level(self) -> float:
        """Root mean square in dBFS."""
        return self._levels[0]

    @property
    def peak(self) -> float:
        """The largest sample in dBFS."""
        return self._levels[1]

    @cached_property
    def _levels(self) -> tuple[float, float]:
        """Level and peak, in one pass through the sound, a block at a time."""
        power = peak = 0.0
        for begin in range(0, len(self.clip), _BLOCK):
            block = self.clip[begin / self.clip.rate : (begin + _BLOCK) / self.clip.rate].samples
            power += float(np.dot(block, block))
            peak = max(peak, float(block.max()), -float(block.min()))
        return decibels(math.sqrt(power / max(len(self.clip), 1))), decibels(peak)


@dataclass(frozen=True, slots=True)
class PlacedTurn:
    """A turn's sounds and moments in seconds from ``origin`` (``perf_counter`` seconds)."""

    origin: float
    input: tuple[PlacedSound, ...]
    answer: tuple[PlacedSound, ...]
    zero: float | None
    audible: float | None
    written: float | None  # the first text, where nothing can be heard
    interrupted: float | None
    pace: float | None  # how much faster than real time the input was sent, if it was one upload
    cut_in: PlacedSound | None = None  # the voice that broke into the answer

    @property
    def parts(self) -> tuple[PlacedSound, ...]:
        """Every sound of the turn."""
        return *self.input, *self.answer

    @property
    def first(self) -> float | None:
        """When there is something of the answer: its first audible sample, else its first text."""
        return self.written if self.audible is None else self.audible


def place(turn: Turn, *, origin: float | None = None) -> PlacedTurn:
    """The turn on the axis; ``origin`` (``perf_counter`` seconds) puts several on one."""
    spoken = _spoken(turn)
    if origin is None:
        origin = spoken.start if spoken else _first_at(turn)
    zero, latency = zero_point(turn), turn.latency
    since = None if zero is None else zero - origin
    late, (stage, seconds) = latency.first_audible, latency.first
    text = seconds if stage == "text" else None
    stop = turn.interrupted_at
    return PlacedTurn(
        origin=origin,
        input=() if spoken is None else (replace(spoken, start=spoken.start - origin),),
        answer=tuple(replace(part, start=part.start - origin) for part in _answered(turn)),
        zero=since,
        audible=None if since is None or late is None else since + late,
        written=None if since is None or text is None else since + text,
        interrupted=None if stop is None else stop - origin,
        pace=_pace(turn, spoken),
        cut_in=_cut_in(turn, origin),
    )


def _first_at(turn: Turn) -> float:
    return turn.events[0].at if turn.events else 0.0


def _spoken(turn: Turn) -> PlacedSound | None:
    clip = turn.input
    if clip is None:
        return None
    last = max(event.at for event in turn.events if event.type == APPEND and event.payload)
    return PlacedSound(clip, last - clip.seconds)


def _pace(turn: Turn, spoken: PlacedSound | None) -> float | None:
    sent = [event.at for event in turn.events if event.type == APPEND and event.payload]
    if spoken is None or len(sent) < 2:
        return None
    covered = spoken.clip.seconds * (len(sent) - 1) / len(sent)  # the first piece takes no time
    return covered / max(sent[-1] - sent[0], 1e-3)


def _cut_in(turn: Turn, origin: float) -> PlacedSound | None:
    """What was said while the answer came, from its first sound on."""
    stop, clip = turn.interrupted_at, joined(turn.cut_in)
    if stop is None or clip is None or not turn.pieces:
        return None
    start = max(event.at for event in turn.cut_in if event.payload) - clip.seconds
    over = max(piece.end for piece in turn.pieces)
    spans = [(a, b) for a, b in clip.voiced_spans() if start + b > stop - _LATE]
    if not spans or start + spans[0][0] > max(over, stop + _LATE):
        return None  # said later: it did not cut in
    begin = spans[0][0]
    end = min(spans[-1][1], begin + _CUT)
    return PlacedSound(clip[begin:end], start + begin - origin)


def _answered(turn: Turn) -> Iterator[PlacedSound]:
    audio = turn.audio
    if audio is None:
        return
    limit = turn.heard_seconds if turn.interrupted_at is not None else float("inf")
    for begin, end, start in _stretches(turn):
        cut = min(max(limit, begin), end)
        if cut > begin:
            yield PlacedSound(audio[begin:cut], start)
        if end > cut:
            yield PlacedSound(audio[cut:end], start + cut - begin, heard=False)


def _stretches(turn: Turn) -> list[tuple[float, float, float]]:
    """(begin, end, start): from where to where in the answer's sound, and when it sounds."""
    found: list[tuple[float, float, float]] = []
    position = 0.0
    for piece in turn.pieces:
        begin, _, start = found[-1] if found else (0.0, 0.0, float("inf"))
        if abs(start + position - begin - piece.start) < _SEEN:
            found[-1] = (begin, position + piece.seconds, start)
        else:
            found.append((position, position + piece.seconds, piece.start))
        position += piece.seconds
    return found
