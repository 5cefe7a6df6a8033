"""Findings about what came back. Each function is one; the rules are in ``all_checks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from glmkit.auth.masking import their_words
from glmkit.protocol.event_kinds import AUDIO_DELTA, TRANSCRIPTION, meaning
from glmkit.protocol.settings import differences
from glmkit.texts import text
from glmkit.turns.explain.facts import appends, asks_for_audio, came
from glmkit.turns.finding import Values
from glmkit.turns.labels import peer_name
from glmkit.turns.turn import Turn

FAILED: Final = TRANSCRIPTION.replace("completed", "failed")
_NO_WORDS: Final = ("asr_no_result", None)  # codes of a recogniser that understood nothing
LATE_AUDIO = 5.0  # seconds: the service was seen to need 1.6 to 1.7


def late_first_audio(turn: Turn) -> Iterator[Values]:
    """An answer whose sound came late."""
    waited = turn.latency.first_audio
    if waited is not None and waited > LATE_AUDIO and asks_for_audio(turn):
        first = next(event.at for event in turn.events if event.type == AUDIO_DELTA)
        yield {"seconds": f"{waited:.1f}", "peer": peer_name(turn.peer), "at": first}


def no_first_audio(turn: Turn) -> Iterator[Values]:
    """An answer that began, and whose sound never came."""
    latency = turn.latency
    began = latency.created is not None and latency.first_audio is None
    if not began or not asks_for_audio(turn) or turn.tool_calls or turn.status == "completed":
        return  # of a completed one empty_answer says so
    if (waited := _waited(turn)) > LATE_AUDIO:
        yield {"seconds": f"{waited:.1f}", "peer": peer_name(turn.peer)}


def empty_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended well and holds nothing."""
    nothing = not turn.transcript and turn.audio is None and not turn.tool_calls
    held = any(e.size or e.undecodable for e in turn.events if e.direction == "server")
    if turn.status == "completed" and nothing and not held:
        asked, done = "spoken" if appends(turn) else "typed", came(turn, "response.done")
        yield {"todo": text(f"explain.empty_answer_{asked}"), "at": done and done.at}


def undecodable(turn: Turn) -> Iterator[Values]:
    """Pieces of the answer's sound that hold something else; of mp3, where none of it sounds."""
    pieces = [event for event in turn.events if event.type == AUDIO_DELTA]
    mute = any(e.format == "mp3" and e.payload for e in pieces) and not turn.audio
    if found := [e for e in pieces if e.undecodable or (mute and e.size > 0)]:
        yield {"count": len(found), "all": len(pieces), "at": found[0].at}


def interrupted(turn: Turn) -> Iterator[Values]:
    """An answer that was broken off while it could still be heard."""
    if turn.interrupted_at is not None and turn.pieces:
        total = sum(piece.seconds for piece in turn.pieces)
        unheard = max(total - turn.heard_seconds, 0.0)
        known = "played" if turn.played else "unplayed"
        seconds = {"at": f"{turn.heard_seconds:.2f}", "unheard": f"{unheard:.2f}"}
        what = text(f"explain.interrupted_{known}", **seconds)
        yield {"what": what, "at": turn.interrupted_at}


def not_recognised(turn: Turn) -> Iterator[Values]:
    """Speech of which the recogniser made nothing."""
    for event in turn.events:
        found_nothing = event.type == FAILED and event.inner("error").get("code") in _NO_WORDS
        if found_nothing or (event.type == TRANSCRIPTION and not event.get("transcript")):
            yield {"at": event.at}


def recognition_failed(turn: Turn) -> Iterator[Values]:
    """Speech that the recogniser did not get to, or failed over."""
    for event in turn.events:
        error = event.inner("error")
        if event.type == FAILED and (code := error.get("code")) not in _NO_WORDS:
            reason = their_words(error.get("message")) or "–"
            said = {"code": their_words(code), "reason": reason, "todo": meaning(code)}
            yield {**said, "at": event.at}


def nobody_asked(turn: Turn) -> Iterator[Values]:
    """An answer nobody asked for, and no greeting either."""
    if not turn.asked and not turn.requested.get("greeting_config"):
        yield {}


def other_configuration(turn: Turn) -> Iterator[Values]:
    """A setting the service echoed otherwise than it was asked for."""
    for path, asked, echoed in differences(turn.requested, turn.config) if turn.config else ():
        yield {"path": path, "asked": asked, "echoed": their_words(repr(echoed))}


# -- reading its events ---------------------------------------------------------------------


def _waited(turn: Turn) -> float:
    created = next(e.at for e in turn.events if e.type == "response.created")
    return turn.events[-1].at - created


CHECKS: Final = (
    late_first_audio,
    no_first_audio,
    empty_answer,
    undecodable,
    interrupted,
    not_recognised,
    recognition_failed,
    nobody_asked,
    other_configuration,
)
