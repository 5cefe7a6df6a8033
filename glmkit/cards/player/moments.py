"""What a playhead passes in a turn: its zero point, the stages, an interruption, the findings.

A finding about one moment is marked there. One about the whole turn stands where what it speaks of
was: what was wrong with the sound at its beginning, with the turn's detection at the sound's end,
with what the client did at the zero point, with the answer at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from glmkit.explain import explain
from glmkit.plots.drawing.turn_axis import PlacedTurn
from glmkit.texts import minus, text
from glmkit.turns.explain import client, detection, sound
from glmkit.turns.finding import Finding
from glmkit.turns.labels import zero_name
from glmkit.turns.turn import Turn

_OF_SOUND: Final = frozenset(check.__name__ for check in sound.CHECKS)
_OF_DETECTION: Final = frozenset(check.__name__ for check in detection.CHECKS)
_OF_CLIENT: Final = frozenset(check.__name__ for check in client.CHECKS)


@dataclass(frozen=True, slots=True)
class MarkedMoment:
    """Something at a second of the axis: its colour's meaning, a short name and a sentence.

    ``kind``: ``zero``, ``first`` (what a person had first), ``stage``, ``interruption`` or
    ``finding``.
    """

    at: float
    kind: str
    meaning: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RunningWait:
    """From the zero point to what a person had first of the answer, if anything came; until
    ``end`` it is this wait that is told."""

    zero: float
    first: float | None
    end: float
    since: str


def wait_of(turn: Turn, placed: PlacedTurn, end: float) -> RunningWait | None:
    """The wait of a turn that ends at second ``end``; None for one without a zero point."""
    if placed.zero is None:
        return None
    return RunningWait(placed.zero, placed.first, end, zero_name(turn.latency.zero))


def moments_of(turn: Turn, placed: PlacedTurn, end: float) -> Iterator[MarkedMoment]:
    """Every moment of a turn that ends at second ``end``, in no order."""
    latency = turn.latency
    if placed.zero is not None:
        zero = zero_name(latency.zero)
        yield MarkedMoment(placed.zero, "zero", "input", zero, text("player.zero", zero=zero))
        for name, seconds in latency.stages.items():
            stage, took = text(f"cards.stage_{name}"), minus(f"{seconds:.2f}")
            words = text("player.stage", stage=stage, seconds=took, zero=zero)
            kind = "first" if name == f"first_{latency.first[0]}" else "stage"
            yield MarkedMoment(placed.zero + seconds, kind, "response", stage, words)
    if placed.interrupted is not None:
        words = text("player.interrupted")
        yield MarkedMoment(placed.interrupted, "interruption", "error", words, words)
    for found in explain(turn):
        words = f"{found.fact} → {found.cure}" if found.cure else found.fact
        at, short = _moment_of(found, placed, end), text("player.finding")
        yield MarkedMoment(at, "finding", "speech", short, words)


def _moment_of(found: Finding, placed: PlacedTurn, end: float) -> float:
    """The second at which what a finding speaks of happened."""
    if found.at is not None:
        return found.at - placed.origin
    name, spoken = found.name, placed.input
    if name in _OF_SOUND and spoken:
        return spoken[0].start
    if name in _OF_DETECTION and spoken:
        return spoken[-1].end
    if name in _OF_CLIENT and placed.zero is not None:
        return placed.zero
    return end
