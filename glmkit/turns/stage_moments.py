"""When a turn's latencies begin to count, on the clock of its events."""

from __future__ import annotations

from glmkit.protocol.event_kinds import AUDIO_DELTA
from glmkit.turns.turn import Turn


def zero_point(turn: Turn) -> float | None:
    """The moment (``perf_counter`` seconds) from which the turn's latencies count, or None."""
    for event in turn.events:
        for type, stage in _REACHED_BY:
            seconds: float | None = getattr(turn.latency, stage)
            if event.type == type and seconds is not None:
                return event.at - seconds
    return None


#: Server event → the latency that counts up to its first one.
_REACHED_BY = (
    ("input_audio_buffer.committed", "commit"),
    ("response.created", "created"),
    ("response.audio_transcript.delta", "first_text"),
    ("response.text.delta", "first_text"),
    (AUDIO_DELTA, "first_audio"),
)
