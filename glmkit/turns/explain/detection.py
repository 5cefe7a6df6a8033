"""Findings about what server VAD made of the sound. Each function is one; see ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.media.clip import level_in_words
from glmkit.protocol.event_kinds import SPEECH_STARTED
from glmkit.protocol.settings import silence_seconds
from glmkit.texts import text
from glmkit.turns.explain.facts import QUIET, appends
from glmkit.turns.finding import Values
from glmkit.turns.turn import Turn

_LATE = 0.1  # seconds: the service looks at the sound in steps of 96 ms (observed)


def vad_never_ended(turn: Turn) -> Iterator[Values]:
    """The service heard speech begin and never end, though silence was sent."""
    silence = _silence_behind(turn)
    if _is_unended(turn) and (silence is None or silence >= _silence_due(turn)):
        seconds = "" if silence is None else f"{silence:.2f}"
        yield {
            "silence": text("explain.vad_silence", seconds=seconds) if seconds else "",
            "tools": text("explain.vad_with_tools") if turn.requested.get("tools") else "",
            "instead": _instead(turn),
            "else_": "" if turn.fallback else text("explain.vad_or_fall_back"),
            "at": appends(turn)[-1].at,
        }


def no_trailing_silence(turn: Turn) -> Iterator[Values]:
    """The service heard speech begin, and what was sent never fell silent long enough."""
    silence = _silence_behind(turn)
    if _is_unended(turn) and silence is not None and silence < _silence_due(turn):
        yield {"silence": f"{silence:.2f}", "at": appends(turn)[-1].at}


def vad_never_began(turn: Turn) -> Iterator[Values]:
    """Server VAD found no speech in the sound that was sent."""
    signs = SPEECH_STARTED if turn.fallback else _HEARD
    heard = any(event.type.startswith(signs) for event in turn.events)
    if heard or not (turn.fallback or turn.status == "no_speech"):
        return  # where the service is behind, nobody knows yet
    sound = turn.input
    peak = float("-inf") if sound is None else sound.peak
    kind = "unknown" if sound is None else "quiet" if peak < QUIET else "loud"
    seconds = sound.seconds if sound is not None else 0.0
    todo = text(f"explain.vad_never_began_{kind}")
    yield {
        "seconds": f"{seconds:.1f}",
        "peak": level_in_words(peak),
        "instead": _instead(turn),
        "todo": todo,
    }


def _instead(turn: Turn) -> str:
    return text("explain.vad_fell_back") if turn.fallback else ""


def _is_unended(turn: Turn) -> bool:
    """Whether speech was heard to begin, which only server VAD says, and it ended nothing."""
    begun = [event for event in turn.events if event.type == SPEECH_STARTED]
    unended = turn.vad == "none" or turn.fallback is not None
    return bool(begun) and unended and bool(appends(turn))


def _silence_behind(turn: Turn) -> float | None:
    """Seconds of it behind what was said; None where the sound was not kept."""
    sound = turn.input
    return None if sound is None else sound.seconds - (sound.voiced_end or 0.0)


def _silence_due(turn: Turn) -> float:
    return silence_seconds(turn.requested.get("turn_detection")) + _LATE


_HEARD: Final = ("input_audio_buffer.speech_", "input_audio_buffer.commit", "response.")

CHECKS: Final = (vad_never_ended, no_trailing_silence, vad_never_began)
