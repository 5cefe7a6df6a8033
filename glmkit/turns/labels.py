"""What stands beside every measurement, in words: how it ended, from when, and against whom.

``say`` makes a sentence of its id: ``text``, or what a figure has the letters for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from glmkit.auth.masking import their_words
from glmkit.protocol.event_kinds import ENDED_FOR
from glmkit.texts import text

_STATUSES: Final = (
    *("completed", "cancelled", "failed", "incomplete", "in_progress"),
    *ENDED_FOR,
)
_ZEROS: Final = ("commit", "end of speech", "speech_stopped", "request", "response.created")
_PEERS: Final = ("live", "emulator", "replay")
_BEHIND: Final = ("live", "emulator", "file")  # a class or a relay
_VIAS: Final = ("class", "relay")
_THROUGH: Final = " → "  # as protocol/serving/stated_peer writes it
_OVER: Final = " over "  # no address has a blank
_ADDRESS: Final = 64  # letters of another peer's address: a longer one would crowd out the rest


class Say(Protocol):
    """Makes a sentence of its id and what goes into it."""

    def __call__(self, id: str, /, **values: object) -> str: ...


def status_name(status: str, *, say: Say = text) -> str:
    """How a turn ended; a word of the service's that is not known as it is."""
    known = status in _STATUSES
    return say(f"turns.status_{status}") if known else both_ends(their_words(status), _ADDRESS)


def zero_name(zero: str, *, say: Say = text) -> str:
    """The zero point of a latency."""
    known = zero in _ZEROS
    return say(f"turns.zero_{zero.replace(' ', '_').replace('.', '_')}") if known else zero


def reached(peer: str, network: str) -> str:
    """A peer with the network that was set on the way there, as ``peer_name`` names both."""
    return f"{peer}{_OVER}{network}" if network else peer


def without_network(peer: str) -> str:
    """The peer alone, of what ``reached`` made."""
    return peer.partition(_OVER)[0]


def is_live(peer: str) -> bool:
    """Whether it is the live service, whatever the network."""
    return without_network(peer) == "live"


def peer_name(peer: str, *, say: Say = text) -> str:
    """Whom it was measured against, and over which network if one was set (``reached``).

    An address as it is, if it is not endless.
    """
    peer, _, network = peer.partition(_OVER)
    via, arrow, whom = peer.partition(_THROUGH)
    if arrow and via in _VIAS:
        behind = name_behind(whom, say=say)
        name = say("turns.peer_through", via=say(f"turns.via_{via}"), peer=behind)
    else:
        name = _whom(peer, say, _PEERS)
    return say("turns.peer_over", peer=name, network=network) if network else name


def name_behind(peer: str, *, say: Say = text) -> str:
    """How whoever a class or a relay passes on to is called."""
    return _whom(peer, say, _BEHIND)


def _whom(peer: str, say: Say, known: Sequence[str]) -> str:
    return say(f"turns.peer_{peer}") if peer in known else both_ends(peer, _ADDRESS)


def peer_note(peer: str, model: str, *, say: Say = text) -> str:
    """The model, and that these are not the live service's times where they are not."""
    note = "turns.live_times" if is_live(peer) else "turns.not_live"
    note = "turns.recorded_times" if _is_recorded(peer) else note
    return say(note, model=model or say("turns.no_model"), peer=peer_name(peer, say=say))


def _is_recorded(peer: str) -> bool:
    """Whether a recording is played there, by a class or a relay too."""
    via, _, whom = peer.partition(_OVER)[0].rpartition(_THROUGH)
    return whom == ("file" if via in _VIAS else "replay")


def both_ends(words: str, most: int) -> str:
    """``words`` of at most so many letters: of longer ones both ends."""
    return words if len(words) <= most else f"{words[: most // 2]}…{words[1 - most // 2 :]}"
