"""What the service did about each utterance of a conversation: answered, yielded, let pass, or not.

Windows, as τ-voice has them: an answer that still sounds 2 s after somebody broke into it did not
yield; one that stops within 1 s of a sound that should have passed was stopped by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from glmkit.lab.passing_sounds import Kind, KnownSound, kind_of
from glmkit.lab.voices_in_time import (
    SoundingAnswer,
    SpokenStretch,
    sounding_answers,
    spoken_stretches,
)
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

YIELDS_WITHIN: Final = 2.0  # seconds from the first voiced sample
STOPS_WITHIN: Final = 1.0  # seconds after a sound that should pass


@dataclass(slots=True)
class Reactions:
    """What was seen, one entry for each: seconds, or whether it was so."""

    answered: list[bool] = field(default_factory=list)
    waits: list[tuple[str, float]] = field(default_factory=list)  # zero point, seconds
    yields: list[float | None] = field(default_factory=list)  # None: it went on
    spoke_into: list[bool] = field(default_factory=list)
    stopped_by: dict[Kind, list[bool]] = field(
        default_factory=lambda: {"backchannel": [], "noise": []}
    )
    answered_to: dict[Kind, list[bool]] = field(
        default_factory=lambda: {"backchannel": [], "noise": []}
    )
    stopped_here: int = 0  # answers that this side stopped itself
    unknown: int = 0  # sounds in an answer that the service never took, and nobody knows


def observe(trace: Trace, known: Sequence[KnownSound], seen: Reactions) -> None:
    """Add what a trace shows to what was seen."""
    turns = trace.turns()
    stretches = spoken_stretches(trace, turns)
    answers = sounding_answers(trace, turns)
    seen.stopped_here += sum(answer.by_us for answer in answers)
    passing: dict[int, list[bool]] = {}  # whether each utterance of a turn should pass
    broken_into: set[int] = set()  # turns whose answers were
    for stretch in stretches:
        into = _spoken_into(stretch, answers)
        kind = _kind(stretch, into, turns, known)
        if stretch.turn is not None:
            passing.setdefault(stretch.turn, []).append(kind is not None)
        if kind is not None:
            _observe_passing(stretch, into, kind, answers, seen)
        elif into is not None and into.turn not in broken_into:
            broken_into.add(into.turn)  # once, however many pauses there are in what breaks in
            _observe_interruption(stretch, into, seen)
    for number, turn in enumerate(turns):
        if number in passing and not all(passing[number]):
            _observe_turn(number, turn, answers, seen)
    for answer in answers:
        seen.spoke_into.append(_is_spoken_over(answer, stretches))


def _spoken_into(
    stretch: SpokenStretch, answers: Sequence[SoundingAnswer]
) -> SoundingAnswer | None:
    """The answer that an utterance began in, if it can be dated."""
    if not stretch.in_time:
        return None
    return next((each for each in reversed(answers) if each.is_broken_into_by(stretch)), None)


def _kind(
    stretch: SpokenStretch,
    into: SoundingAnswer | None,
    turns: Sequence[Turn],
    known: Sequence[KnownSound],
) -> Kind | None:
    judged = into is not None and stretch.turn is not None
    said = turns[stretch.turn].user_transcript if judged and stretch.turn is not None else None
    return kind_of(stretch.sound, known, said)


def _observe_passing(
    stretch: SpokenStretch,
    into: SoundingAnswer | None,
    kind: Kind,
    answers: Sequence[SoundingAnswer],
    seen: Reactions,
) -> None:
    if into is not None and not into.by_us:
        late = stretch.end + STOPS_WITHIN
        seen.stopped_by[kind].append(into.stopped is not None and into.stopped <= late)
    answered = any(answer.turn == stretch.turn for answer in answers)
    seen.answered_to[kind].append(answered)


def _observe_interruption(stretch: SpokenStretch, into: SoundingAnswer, seen: Reactions) -> None:
    if into.by_us:
        return  # it says nothing about the service
    if into.stopped is not None:
        took = into.stopped - stretch.start
        seen.yields.append(took if took <= YIELDS_WITHIN else None)
    elif stretch.turn is None:
        seen.unknown += 1
    elif into.over > stretch.start + YIELDS_WITHIN:
        seen.yields.append(None)
    # else it ended by itself before it can be told


def _observe_turn(
    number: int, turn: Turn, answers: Sequence[SoundingAnswer], seen: Reactions
) -> None:
    sounded = any(answer.turn == number for answer in answers)
    seen.answered.append(sounded)
    latency = turn.latency
    if latency.since_spoken is not None:
        seen.waits.append(("spoken", latency.since_spoken))
    elif latency.first_audible is not None:
        seen.waits.append((latency.zero, latency.first_audible))


def _is_spoken_over(answer: SoundingAnswer, stretches: Sequence[SpokenStretch]) -> bool:
    """Whether an answer began to sound while the person was speaking."""
    return any(
        stretch.in_time and stretch.start < answer.audible < stretch.end for stretch in stretches
    )
