"""When the person spoke and when answers sounded, on one clock: what manners are judged by.

Rules
- Sound that was sent is dated by its appends: the last sample of each was spoken when it left.
  Pauses up to half a second are part of an utterance.
- An answer sounds as if it were played while it comes, until it is over or was stopped.
- It is stopped when ``response.done`` says that it was cancelled; one that had come whole, when
  ``speech_started`` (documented: the sign to stop the player) or this side's own mark says so.
- Who begins to send only when an answer had come whole went on with the talk, as one ``say`` after
  another does, and broke into nothing; but where a mark says that somebody still listened (a
  player's, or ``say``'s own), that counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import (
    APPEND,
    INTERRUPTED,
    INTO,
    PLAYED,
    SAID,
    SPEECH_STARTED,
    UPLOADED,
)
from glmkit.texts import text
from glmkit.turns.latency import audible_at
from glmkit.turns.sound import joined, moment_of
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

_PAUSE: Final = 0.5  # seconds within an utterance
_GAP: Final = 0.35  # seconds without an append: what follows is another take
_IN_TIME: Final = 1.5  # times as fast as it was spoken: then nobody spoke it while it was sent
_PLAYED_OUT: Final = 0.2  # seconds that may be missing of what was played to its end
_ENDS_TAKE: Final = ("input_audio_buffer.commit", "input_audio_buffer.clear", UPLOADED)


@dataclass(frozen=True, slots=True, eq=False)
class SpokenStretch:
    """An utterance: its first and last voiced moment (``perf_counter`` seconds), and its sound.

    ``turn``: the number of the turn that holds it, None where it was never committed.
    ``in_time``: whether it was sent as fast as it was spoken, so that it can be dated.
    ``take``: when that which was sent without a gap around it began.
    """

    take: float
    start: float
    end: float
    sound: Clip
    turn: int | None
    in_time: bool


@dataclass(frozen=True, slots=True)
class SoundingAnswer:
    """When an answer began to sound, and when it no longer did (``perf_counter`` seconds).

    ``stopped``: when it was, before its end; ``by_us``: by this side's own cancel or mark.
    ``came``: when it had come whole; ``listened``: whether a mark says that it was heard on.
    """

    turn: int
    audible: float
    over: float
    stopped: float | None = None
    by_us: bool = False
    came: float = math.inf
    listened: bool = False

    def is_broken_into_by(self, stretch: SpokenStretch) -> bool:
        """Whether an utterance begins while it sounds, and somebody hears it."""
        heard = self.listened or stretch.take < self.came
        return heard and self.audible < stretch.start < self.over


def spoken_stretches(trace: Trace, turns: Sequence[Turn]) -> list[SpokenStretch]:
    """The person's utterances, in order. Raises BadArgument for a trace that kept no sound."""
    appends = [event for event in trace if event.type == APPEND]
    if appends and not any(event.payload for event in appends):
        raise BadArgument(text("lab.manners_no_sound"))
    holder = {id(event): n for n, turn in enumerate(turns) for event in turn.events}
    return [stretch for take in _takes(trace) for stretch in _stretches(take, holder)]


def _takes(trace: Trace) -> Iterator[list[Event]]:
    """Appends that follow each other without a gap, of one ``say``."""
    take: list[Event] = []
    for event in trace:
        new = event.type in _ENDS_TAKE
        if event.type == APPEND and event.payload:
            late = bool(take) and event.at - take[-1].at > (event.sound_seconds or 0.0) + _GAP
            new = late or (bool(take) and event.format != take[-1].format)
        if new and take:
            yield take
            take = []
        if event.type == APPEND and event.payload:
            take.append(event)
    if take:
        yield take


def _stretches(take: list[Event], holder: dict[int, int]) -> Iterator[SpokenStretch]:
    clip = joined(take)
    if clip is None:
        return
    ends = list(accumulate(event.sound_seconds or 0.0 for event in take))
    elapsed = take[-1].at - take[0].at + (take[0].sound_seconds or 0.0)
    speed = max(1.0, ends[-1] / max(elapsed, 1e-3))

    def append_at(second: float) -> int:
        return next((n for n, end in enumerate(ends) if second <= end + 1e-9), len(ends) - 1)

    for start, end in clip.voiced_spans(gap=_PAUSE):
        first, last = append_at(start), append_at(end)
        holding = [holder[id(event)] for event in take[first : last + 1] if id(event) in holder]
        yield SpokenStretch(
            take[0].at - (take[0].sound_seconds or 0.0),
            take[first].at - (ends[first] - start) / speed,
            take[last].at - (ends[last] - end) / speed,
            clip[max(0.0, start - 0.05) : end + 0.05],
            holding[-1] if holding else None,
            speed < _IN_TIME,
        )


def sounding_answers(trace: Trace, turns: Sequence[Turn]) -> list[SoundingAnswer]:
    """The answers that could be heard, in order."""
    started = [event.at for event in trace if event.type == SPEECH_STARTED]
    found = ((turn, _sounding(number, turn, started)) for number, turn in enumerate(turns))
    return [
        replace(answer, came=_done(turn) or math.inf, listened=any(map(_says_heard, turn.events)))
        for turn, answer in found
        if answer is not None
    ]


def _says_heard(event: Event) -> bool:
    """Whether a mark of this side says that somebody listened to the answer."""
    return event.type in (PLAYED, INTERRUPTED) or bool(event.type == SAID and event.get(INTO))


def _sounding(number: int, turn: Turn, started: list[float]) -> SoundingAnswer | None:
    audio = turn.audio
    second = None if audio is None else audible_at(audio)
    audible = None if second is None else moment_of(turn.pieces, second)
    if audible is None:
        return None
    over, done = turn.pieces[-1].end, _done(turn)
    if turn.status == "cancelled" and done is not None:
        by_us = any(e.type == "response.cancel" and e.at <= done for e in turn.events)
        return SoundingAnswer(number, audible, min(over, done), done, by_us)
    marks = [event.at for event in turn.events if _says_stopped(event, turn) and event.at < over]
    told = [at for at in started if (done or over) < at < over]
    if not marks and not told:
        return SoundingAnswer(number, audible, over)
    stop = min([*marks, *told])
    return SoundingAnswer(number, audible, stop, stop, by_us=not told)


def _says_stopped(event: Event, turn: Turn) -> bool:
    if event.type == PLAYED:  # a player says so at the end, too
        whole = sum(piece.seconds for piece in turn.pieces)
        return float(event.get("seconds") or 0.0) < whole - _PLAYED_OUT
    return event.type == INTERRUPTED


def _done(turn: Turn) -> float | None:
    return next((e.at for e in reversed(turn.events) if e.type == "response.done"), None)
