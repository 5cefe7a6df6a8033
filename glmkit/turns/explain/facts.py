"""What the findings read off a turn: its appends, its configuration, the pace of its upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import SAID, is_server_vad
from glmkit.protocol.settings import answers_itself
from glmkit.turns.turn import Turn

QUIET = -45.0  # dBFS: peaks below this are hard to tell from a room


def appends(turn: Turn) -> list[Event]:
    """The events that carried your sound."""
    return [event for event in turn.events if event.type == "input_audio_buffer.append"]


def was_sent(turn: Turn, type: str) -> Event | None:
    """The first event of a type that this side sent; None where it sent none."""
    sent = (event for event in turn.events if event.type == type and event.direction == "client")
    return next(sent, None)


def came(turn: Turn, type: str) -> Event | None:
    """The last event of a type that the service sent; None where it sent none."""
    found = (e for e in reversed(turn.events) if e.type == type and e.direction == "server")
    return next(found, None)


def input_format(turn: Turn) -> str:
    """The format that was asked for, or an empty string."""
    return str(turn.requested.get("input_audio_format", ""))


def beta_fields(turn: Turn) -> Mapping[str, Any]:
    """The part of the configuration that is called so; empty where there is none."""
    found = turn.requested.get("beta_fields")
    return found if isinstance(found, Mapping) else {}


def server_vad(turn: Turn) -> bool:
    """Whether the service was asked to end the turns."""
    return is_server_vad(turn.requested.get("turn_detection"))


def answers_by_itself(turn: Turn) -> bool:
    """Whether the service was asked to answer without being asked each time."""
    return answers_itself(turn.requested.get("turn_detection"))


def seconds_ratio(turn: Turn) -> float | None:
    """Seconds of sound over seconds it took to send, where that was a real-time upload."""
    sent = [event for event in appends(turn) if event.size]
    meant = any(event.type == SAID and event.get("speed", 1) != 1 for event in turn.events)
    if meant or len(sent) < 10 or input_format(turn).startswith("wav"):
        return None
    took = sent[-1].at - sent[0].at
    sound = sum(event.sound_seconds or 0.0 for event in sent[1:])
    return sound / took if took > 0.5 else None


def busiest_second(moments: Sequence[float]) -> tuple[int, float]:
    """The most moments that fall into any one second, and when that second begins."""
    most, begin, first = 0, 0.0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1.0:
            first += 1
        if last - first + 1 > most:
            most, begin = last - first + 1, moments[first]
    return most, begin


def asks_for_audio(turn: Turn) -> bool:
    """Whether the answer was to be spoken; so it is where ``modalities`` can't be read."""
    found = turn.requested.get("modalities")
    return not isinstance(found, list) or "audio" in found
