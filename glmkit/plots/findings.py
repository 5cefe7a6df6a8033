"""The sentences that titles are made of: what a turn shows, and whom it was measured against."""

from __future__ import annotations

from glmkit.plots import letters
from glmkit.turn import Turn

_KNOWN_ZEROS = ("commit", "end of speech", "speech_stopped", "request", "response.created")
_KNOWN_PEERS = ("live", "emulator", "replay")


def heard_finding(turn: Turn) -> str:
    """When the answer of a turn could be heard, or why not; always with the peer."""
    latency = turn.latency
    if latency.first_audible is not None:
        zero = zero_name(latency.zero)
        found = letters.say("plots.heard_after", seconds=latency.first_audible, zero=zero)
    elif turn.audio is not None:
        found = letters.say("plots.answer_silent")
    elif turn.transcript:
        found = letters.say("plots.answer_written")
    else:
        found = letters.say("plots.no_answer", status=turn.status)
    unheard = turn.unheard
    if unheard is not None:
        found += letters.say("plots.unheard_part", seconds=unheard.seconds)
    return f"{found} · {peer_name(turn.peer)}"


def zero_name(zero: str) -> str:
    """The zero point of a latency, in words."""
    known = zero in _KNOWN_ZEROS
    return letters.say(f"plots.zero_{zero.replace(' ', '_').replace('.', '_')}") if known else zero


def peer_name(peer: str) -> str:
    """Whom it was measured against, in words; an address as it is."""
    return letters.say(f"plots.peer_{peer}") if peer in _KNOWN_PEERS else peer


def peer_note(peer: str, model: str) -> str:
    """The model, and that these are not the live service's times where they are not."""
    note = "plots.live_times" if peer == "live" else "plots.not_live"
    return letters.say(note, model=model, peer=peer_name(peer))
