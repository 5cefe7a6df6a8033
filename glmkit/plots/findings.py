"""The sentences that titles are made of: what a turn shows, and whom it was measured against.

``say`` makes them of their ids: by default in letters that a figure can draw; cards give ``text``.
"""

from __future__ import annotations

from typing import Protocol

from glmkit.plots import letters
from glmkit.plots.columns import both_ends
from glmkit.turn import Turn

_KNOWN_ZEROS = ("commit", "end of speech", "speech_stopped", "request", "response.created")
_KNOWN_PEERS = ("live", "emulator", "replay")
_ADDRESS = 64  # letters of another peer's address: what is longer would crowd out the figure


class Say(Protocol):
    """Makes a sentence of its id and what goes into it."""

    def __call__(self, id: str, /, **values: object) -> str: ...


def heard_finding(turn: Turn) -> str:
    """When the answer of a turn could be heard, or why not; always with the peer."""
    found, unheard = finding(turn), turn.unheard
    if unheard is not None:
        found += letters.say("plots.unheard_part", seconds=unheard.seconds)
    return f"{found} · {peer_name(turn.peer)}"


def finding(turn: Turn, *, say: Say = letters.say) -> str:
    """When the answer of a turn could be heard, or why not."""
    latency = turn.latency
    if latency.first_audible is not None:
        zero = zero_name(latency.zero, say=say)
        return say("plots.heard_after", seconds=latency.first_audible, zero=zero)
    if turn.audio is not None:
        return say("plots.answer_silent")
    if latency.first_text is not None:
        zero = zero_name(latency.zero, say=say)
        return say("plots.read_after", seconds=latency.first_text, zero=zero)
    if turn.transcript:
        return say("plots.answer_written")
    return say("plots.no_answer", status=turn.status)


def zero_name(zero: str, *, say: Say = letters.say) -> str:
    """The zero point of a latency, in words."""
    known = zero in _KNOWN_ZEROS
    return say(f"plots.zero_{zero.replace(' ', '_').replace('.', '_')}") if known else zero


def peer_name(peer: str, *, say: Say = letters.say) -> str:
    """Whom it was measured against, in words; an address as it is, if it is not endless."""
    return say(f"plots.peer_{peer}") if peer in _KNOWN_PEERS else both_ends(peer, _ADDRESS)


def peer_note(peer: str, model: str, *, say: Say = letters.say) -> str:
    """The model, and that these are not the live service's times where they are not."""
    note = "plots.live_times" if peer == "live" else "plots.not_live"
    return say(note, model=model, peer=peer_name(peer, say=say))
