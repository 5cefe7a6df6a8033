"""Findings about a whole session. Each function is one; the rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Final

from glmkit.protocol.event import UNREADABLE
from glmkit.protocol.event_kinds import OPENED, is_server_vad
from glmkit.protocol.table import SPECS
from glmkit.turns.finding import Values
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

MEMORY = 120.0  # seconds of a call the service remembers (documented: about two minutes)
CONTEXT = 7_000  # of 8K tokens
TOKENS_A_SECOND = 12.5  # of sound: an estimate, the service publishes none
SKEW = 30.0  # seconds
EXPIRING = 60.0  # seconds


def tool_choice(trace: Trace) -> Iterator[Values]:
    """An update with tool_choice, which is rejected (documented)."""
    for event in trace.select("session.update", direction="client"):
        if "tool_choice" in event.inner("session"):
            yield {"value": event.inner("session")["tool_choice"], "at": event.at}


def flat_beta_fields(trace: Trace) -> Iterator[Values]:
    """Fields of beta_fields that stand beside it."""
    names = ("chat_mode", "tts_source", "auto_search")
    for event in trace.select("session.update", direction="client"):
        found = [name for name in names if name in event.inner("session")]
        if found:
            yield {"fields": ", ".join(found), "at": event.at}


def client_heartbeat(trace: Trace) -> Iterator[Values]:
    """A heartbeat sent to the service, which sends them itself."""
    if sent := trace.select("heartbeat", direction="client"):
        yield {"at": sent[0].at}


def not_configured(trace: Trace) -> Iterator[Values]:
    """Sound was sent before session.updated: it was judged by the default configuration."""
    for event in trace:
        if event.type == "session.updated":
            return
        if event.type == "input_audio_buffer.append":
            yield {"at": event.at}
            return


def never_committed(trace: Trace) -> Iterator[Values]:
    """Sound at the end that nobody committed, under client VAD."""
    left, seconds, server_vad, last = 0, 0.0, False, 0.0
    for event in trace:
        if event.type == "session.update":
            server_vad = is_server_vad(event.inner("session").get("turn_detection"))
        elif event.type == "input_audio_buffer.append":
            left, seconds, last = left + 1, seconds + (event.sound_seconds or 0.0), event.at
        elif event.type in {"input_audio_buffer.commit", "input_audio_buffer.clear"}:
            left, seconds = 0, 0.0
    if left and not server_vad:
        yield {"count": left, "seconds": f"{seconds:.1f}", "at": last}


def token_expiring(trace: Trace) -> Iterator[Values]:
    """A token given by hand that had little time left."""
    for event in trace.select(OPENED, direction="local"):
        left = event.get("token_seconds_left")
        if left is not None and left < EXPIRING:
            yield {"seconds": f"{left:.0f}", "at": event.at}


def clock_skew(trace: Trace) -> Iterator[Values]:
    """A clock far from the service's."""
    for event in trace.select(OPENED, direction="local"):
        try:
            theirs = parsedate_to_datetime(event.get("date") or "").timestamp()
        except (TypeError, ValueError, OverflowError):
            continue  # it didn't say
        if (skew := abs((event.get("epoch") or theirs) - theirs)) > SKEW:
            yield {"seconds": f"{skew:.0f}", "peer": peer_name(trace.peer), "at": event.at}


def near_memory(trace: Trace) -> Iterator[Values]:
    """A call longer than the service remembers, on the newest connection."""
    seconds = sum(map(_seconds, _of_last_connection(trace)))
    if seconds > MEMORY:
        yield {"seconds": f"{seconds:.0f}"}


def near_context(trace: Trace) -> Iterator[Values]:
    """More words and sound than the model's context is likely to hold, on the newest connection."""
    tokens = sum(map(_tokens, _of_last_connection(trace)))
    if tokens > CONTEXT:
        yield {"tokens": f"{tokens:.0f}"}


def unreadable(trace: Trace) -> Iterator[Values]:
    """Messages that were no JSON objects."""
    if found := trace.select(UNREADABLE):
        yield {"count": len(found), "at": found[0].at}


def unknown_events(trace: Trace) -> Iterator[Values]:
    """Events of the service that the protocol's table does not have."""
    known = {*SPECS, UNREADABLE}
    found = {e.type for e in trace if e.direction == "server" and e.type not in known}
    if found:
        yield {"types": ", ".join(sorted(found))}


def _of_last_connection(trace: Trace) -> list[Turn]:
    """The turns that the service may remember: a new connection forgets those before it."""
    opened = trace.select(OPENED, direction="local")
    since = opened[-1].at if opened else float("-inf")
    return [turn for turn in trace.turns() if turn.events[0].at >= since]


def _seconds(turn: Turn) -> float:
    return sum(clip.seconds for clip in (turn.input, turn.audio) if clip is not None)


def _tokens(turn: Turn) -> float:
    return _seconds(turn) * TOKENS_A_SECOND + len(turn.transcript) + len(turn.user_transcript)


CHECKS: Final = (
    tool_choice,
    flat_beta_fields,
    client_heartbeat,
    not_configured,
    never_committed,
    token_expiring,
    clock_skew,
    near_memory,
    near_context,
    unreadable,
    unknown_events,
)
