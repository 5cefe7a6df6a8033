"""What ``trace.json`` shows on its lanes: slices, and arrows from a zero point to a first sound."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from glmkit.protocol.event import Event, as_json
from glmkit.protocol.event_kinds import is_call, is_tool_output
from glmkit.protocol.table import PAYLOADS
from glmkit.recordings.event_lines import masked
from glmkit.recordings.exports.annotations import (
    AnnotatedTurn,
    AnnotatedVoice,
    Annotations,
    finding_line,
    one_line,
    stage_name,
)
from glmkit.texts import text
from glmkit.turns.labels import status_name
from glmkit.turns.stage_moments import zero_point

_SHOWN: Final = 1_000  # µs of an event: it has no length, and an arrow begins in a slice
_SAME: Final = 1e-6  # seconds: a zero point is the moment of an event, but for arithmetic


@dataclass(frozen=True, slots=True)
class Microseconds:
    """The axis: ``origin`` (``perf_counter`` seconds) is 0. Whole ones, so that edges meet."""

    origin: float

    def __call__(self, at: float) -> int:
        return round((at - self.origin) * 1e6)


@dataclass(frozen=True, slots=True)
class Slice:
    """Something on a lane from ``begin`` to ``end``, in µs; those of a ``group`` are nested."""

    lane: str
    group: Hashable
    begin: int
    end: int
    name: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the beginning of a slice to the moment ``at``, in µs, within another."""

    begin: Slice
    end: Slice
    at: int


class Slices:
    """Everything that is a slice, in ``found``, and the ``arrows`` between them."""

    def __init__(self, notes: Annotations, clock: Microseconds) -> None:
        self.found: list[Slice] = []
        self.arrows: list[Arrow] = []
        self._clock = clock
        self._of_event: dict[int, Slice] = {}
        self._add_events(notes.trace.events)
        for turn in notes.turns:
            self._add_turn(turn)
        for finding in notes.findings:
            self._add("findings", None, notes.extent, finding_line(finding))

    def _add(
        self, lane: str, group: Hashable, span: tuple[float, float], name: str, **args: Any
    ) -> Slice:
        begin, end = map(self._clock, span)
        self.found.append(Slice(lane, group, begin, end, one_line(name), args))
        return self.found[-1]

    def _add_events(self, events: Iterable[Event]) -> None:
        sent_and_received = [event for event in events if event.direction != "local"]
        for way in ("client", "server"):
            mine = [event for event in sent_and_received if event.direction == way]
            moments = sorted({self._clock(event.at) for event in mine})
            until = {at: min(later, at + _SHOWN) for at, later in pairwise(moments)}
            for event in mine:
                at = self._clock(event.at)
                end, name = until.get(at, at + _SHOWN), one_line(event.type)
                self.found.append(Slice(way, at, at, end, name, facts_of(event)))
                self._of_event[id(event)] = self.found[-1]

    def _add_turn(self, turn: AnnotatedTurn) -> None:
        latency, number = turn.turn.latency, turn.number
        name = text("recordings.turn_slice", number=number, status=status_name(turn.turn.status))
        self._add("turns", number, turn.extent, name, **about_turn(turn))
        for stage, at, seconds in turn.stages():
            zero = at - seconds
            words = stage_name(stage, seconds, latency.zero)
            self._add("turns", number, (min(zero, at), max(zero, at)), words)
        self._add_voice("you", turn.you, number)
        answer = self._add_voice("heard", turn.answer, number)
        self._add_pieces(turn)
        self._add_calls(turn)
        for finding in turn.findings:
            self._add("findings", number, turn.extent, finding_line(finding))
        self.arrows += self._to_first_sound(turn, answer)

    def _add_voice(self, lane: str, voice: AnnotatedVoice, number: int) -> Slice | None:
        if voice.extent is None:
            return None
        words = voice.said.words if voice.said else text("recordings.no_words")
        whole = self._add(lane, number, voice.extent, words)
        for span in voice.speech:
            self._add(lane, number, span, text("plots.speech"))
        return whole

    def _add_pieces(self, turn: AnnotatedTurn) -> None:
        for count, piece in enumerate(turn.answer.pieces, 1):
            name = text("recordings.piece", number=count)
            came = self._clock(piece.arrived)
            span = piece.start, piece.end
            self._add("pieces", (turn.number, count), span, name, arrived_us=came)

    def _add_calls(self, turn: AnnotatedTurn) -> None:
        asked = [event for event in turn.turn.events if is_call(event)]
        outputs = [event for event in turn.turn.events if is_tool_output(event)]
        for count, (event, call) in enumerate(zip(asked, turn.turn.tool_calls, strict=True)):
            given = outputs[count].at if count < len(outputs) else event.at
            args = {"arguments": masked(call.arguments), "output": masked(call.output)}
            span = event.at, max(given, event.at)
            self._add("tools", (turn.number, count), span, call.name, **args)

    def _to_first_sound(self, turn: AnnotatedTurn, answer: Slice | None) -> Iterator[Arrow]:
        zero, late = zero_point(turn.turn), turn.turn.latency.first_audible
        if zero is None or late is None or late < 0 or answer is None:
            return
        known = [e for e in turn.turn.events if id(e) in self._of_event]
        starts = [event for event in known if abs(event.at - zero) < _SAME]
        at = self._clock(zero + late)
        if starts and answer.begin <= at <= answer.end:  # the last: a commit follows its append
            yield Arrow(self._of_event[id(starts[-1])], answer, at)


def about_turn(turn: AnnotatedTurn) -> dict[str, Any]:
    """Whom a turn's latencies were measured against, from when, and what they are."""
    return {
        "turn": turn.number,
        "peer": one_line(turn.turn.peer),
        "model": one_line(turn.turn.model),
        "zero": turn.turn.latency.zero,
        "stages_seconds": turn.stages_seconds,
    }


def facts_of(event: Event) -> dict[str, Any]:
    """An event's fields for people: masked, and of its bytes only how many there are."""
    data = masked(event.without_payload().data)
    data.pop("type", None)
    data.pop(PAYLOADS.get(event.type, ""), None)
    if event.size:
        data["bytes"] = event.size
    found: dict[str, Any] = json.loads(as_json(data))  # what JSON cannot hold became null
    return found
