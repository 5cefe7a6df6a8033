"""The documented order of events, and how a real run differs from it. Pure.

Rules
- A turn follows the flow of who ended it: client VAD, server VAD, a text, or nobody (a greeting).
  Under server VAD with create_response off the client asks for the answer, or there is none.
- Steps have ranks. Within a rank, and between deltas and transcripts of different types, the
  service promises no order (documented); an event of a lower rank than one before it is *late*.
- Function outputs begin a new round: request, created, deltas, done.
- Some events may come at any moment: transcription, heartbeats, errors, cancelling, and an
  update of the session with its answer (registering a function is one).
- A step that must come and did not is *missing*; a type that the flow does not have, or the
  table of events does not know, is *unexpected*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import is_harmless, is_tool_output
from glmkit.protocol.settings import answers_itself
from glmkit.protocol.table import SPECS, Direction
from glmkit.turns.turn import Turn

Verdict = Literal["expected", "anytime", "late", "unexpected", "unknown", "error", "missing"]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One line of a flow: what is sent, which way, its rank, and whether it must come."""

    type: str
    rank: int
    required: bool = True

    @property
    def direction(self) -> Direction:
        """Which way it goes."""
        return SPECS[self.type].direction


@dataclass(frozen=True, slots=True)
class Message:
    """A line of a real run: a type, how many in a row, when the first came, what is said of it.

    ``at`` is None for a step that never came. ``section`` names the turn.
    """

    type: str
    direction: Direction
    count: int
    at: float | None
    verdict: Verdict
    section: int

    @property
    def deviates(self) -> bool:
        """Whether it is not as documented."""
        return self.verdict in {"late", "unexpected", "unknown", "error", "missing"}


#: Came in runs: one line with a count.
MANY: Final = frozenset(
    {
        "input_audio_buffer.append",
        "input_audio_buffer.append_video_frame",
        "response.audio.delta",
        "response.audio_transcript.delta",
        "response.text.delta",
        "heartbeat",
    }
)
_ANYTIME: Final = (
    "conversation.item.input_audio_transcription.",
    "heartbeat",
    "rate_limit",
    "response.cancel",
    "response.function_call.",
    "input_audio_buffer.pre_commit",
    "input_audio_buffer.append_video_frame",
    "session.update",
    "conversation.created",
)
_OPENING: Final = (
    FlowStep("session.created", 0),
    FlowStep("conversation.created", 1, required=False),
    FlowStep("session.update", 1, required=False),
    FlowStep("session.updated", 2, required=False),
)
_ANSWER: Final = (
    FlowStep("response.created", 5),
    FlowStep("response.output_item.added", 6, required=False),
    FlowStep("conversation.item.created", 6, required=False),
    FlowStep("response.content_part.added", 7, required=False),
    FlowStep("response.function_call_arguments.done", 8, required=False),
    FlowStep("response.audio_transcript.delta", 8, required=False),
    FlowStep("response.text.delta", 8, required=False),
    FlowStep("response.audio.delta", 8, required=False),
    FlowStep("response.audio_transcript.done", 8, required=False),
    FlowStep("response.text.done", 8, required=False),
    FlowStep("response.audio.done", 8, required=False),
    FlowStep("response.content_part.done", 9, required=False),
    FlowStep("response.output_item.done", 9, required=False),
    FlowStep("response.done", 10),
)
_HEARD: Final = (  # server VAD
    FlowStep("input_audio_buffer.append", 0, required=False),
    FlowStep("input_audio_buffer.speech_started", 1),
    FlowStep("input_audio_buffer.speech_stopped", 2),
    FlowStep("input_audio_buffer.committed", 3),
    FlowStep("conversation.item.created", 4),
)
FLOWS: Final[dict[str, tuple[FlowStep, ...]]] = {
    "opening": _OPENING,
    "client": (
        FlowStep("input_audio_buffer.append", 0, required=False),
        FlowStep("input_audio_buffer.commit", 1),
        # the official clients send both back to back, before the service confirms the first
        FlowStep("response.create", 2),
        FlowStep("input_audio_buffer.committed", 2),
        FlowStep("conversation.item.created", 3),
        *_ANSWER,
    ),
    "server": (*_HEARD, *_ANSWER),
    "asked": (*_HEARD, FlowStep("response.create", 4), *_ANSWER),
    "unanswered": _HEARD,
    "text": (
        FlowStep("conversation.item.create", 0),
        FlowStep("conversation.item.created", 1),
        FlowStep("response.create", 1),
        *_ANSWER,
    ),
    "outputs": (
        FlowStep("conversation.item.create", 0),
        FlowStep("conversation.item.created", 1, required=False),
        FlowStep("response.create", 1),
        *_ANSWER,
    ),
    "greeting": _ANSWER,
}


def flow_of(turn: Turn) -> str:
    """Which flow a turn follows; where this side committed instead, that of server VAD."""
    if turn.fallback:
        return "server" if _answers_itself(turn) else "unanswered"
    if turn.vad == "server" and not _answers_itself(turn):
        asked = any(event.type == "response.create" for event in turn.events)
        return "asked" if asked else "unanswered"
    if turn.vad != "none":
        return turn.vad
    return "text" if turn.asked else "greeting"


def _answers_itself(turn: Turn) -> bool:
    """Whether the service was to answer under server VAD without being asked."""
    return answers_itself(turn.requested.get("turn_detection") or turn.config.get("turn_detection"))


def messages(turn: Turn, section: int = 0) -> list[Message]:
    """The lines of a turn, in the order of their first events, with what is said of each."""
    found: list[Message] = []
    flow = flow_of(turn)
    for part in _rounds(turn.events):
        found += _judged(part, FLOWS[flow], section)
        flow = "outputs"
    if turn.status == "in_progress":
        return [message for message in found if message.verdict != "missing"]
    return found


def opening(events: Iterable[Event]) -> list[Message]:
    """Of what belongs to no turn, the lines of the session's opening."""
    wanted = {step.type for step in _OPENING}
    return _judged([e for e in events if e.type in wanted], _OPENING, 0)


def strays(events: Iterable[Event]) -> list[Message]:
    """Of what belongs to no turn, the lines of what has no place anywhere: errors, and types
    that the table of events does not know."""
    return _judged([e for e in events if _is_stray(e)], (), 0)


def _is_stray(event: Event) -> bool:
    if event.type == "error":
        return not is_harmless(event)
    return event.direction != "local" and event.type not in SPECS


def _rounds(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The events up to the first function output, then those from each batch of outputs on."""
    part: list[Event] = []
    over = False
    for event in events:
        if event.direction == "local":
            continue
        if is_tool_output(event) and over:
            yield part
            part, over = [], False
        over = over or event.type in {"response.done", "response.function_call_arguments.done"}
        part.append(event)
    if part:
        yield part


def _judged(events: list[Event], flow: tuple[FlowStep, ...], section: int) -> list[Message]:
    ranks: dict[str, list[int]] = {}
    for step in flow:
        ranks.setdefault(step.type, []).append(step.rank)
    found: list[Message] = []
    lines: dict[str, int] = {}
    reached = 0
    for event in events:
        if event.type in MANY and event.type in lines:
            line = lines[event.type]
            found[line] = replace(found[line], count=found[line].count + 1)
            continue
        verdict, reached = _verdict(event, ranks, reached)
        lines[event.type] = len(found)
        found.append(Message(event.type, event.direction, 1, event.at, verdict, section))
    return _with_missing(found, flow, section)


def _verdict(event: Event, ranks: dict[str, list[int]], reached: int) -> tuple[Verdict, int]:
    kind = event.type
    if kind == "error":
        return "error", reached
    if kind.startswith("input_audio_buffer.speech_") and kind in ranks and reached > ranks[kind][0]:
        return "anytime", reached  # the next words, or words into the answer
    fitting = [rank for rank in ranks.get(kind, ()) if rank >= reached]
    if fitting or (kind in ranks and kind in MANY):
        return "expected", min(fitting, default=reached)
    if kind.startswith(_ANYTIME):  # also where it has a place of its own, and came again
        return "anytime", reached
    if kind in ranks:
        return "late", reached
    return ("unexpected" if kind in SPECS else "unknown"), reached


def _with_missing(found: list[Message], flow: tuple[FlowStep, ...], section: int) -> list[Message]:
    """The lines, with those that must be there and are not, where they should have been."""
    lines = list(found)
    order = [step.type for step in flow]
    for number, step in enumerate(flow):
        if not step.required or any(line.type == step.type for line in lines):
            continue
        later = set(order[number + 1 :]) - set(order[:number])
        at = next((n for n, line in enumerate(lines) if line.type in later), len(lines))
        lines.insert(at, Message(step.type, step.direction, 0, None, "missing", section))
    return lines
