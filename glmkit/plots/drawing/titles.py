"""The sentences that titles are made of: what a turn shows, and whom it was measured against.

``say`` makes them of their ids: by default in letters that a figure can draw; cards give ``text``.
"""

from __future__ import annotations

from collections.abc import Iterable

from glmkit.plots.drawing import fonts
from glmkit.turns import labels
from glmkit.turns.labels import Say
from glmkit.turns.turn import Turn


def heard_finding(turn: Turn) -> str:
    """When the answer of a turn could be heard, or why not; always with the peer."""
    found, unheard = finding(turn), turn.unheard
    if unheard is not None:
        found += fonts.say("plots.unheard_part", seconds=unheard.seconds)
    return f"{found} · {peer_name(turn.reached)}"


def finding(turn: Turn, *, say: Say = fonts.say) -> str:
    """When the answer of a turn could be heard, or why not."""
    latency = turn.latency
    if latency.first_audible is not None:
        zero = labels.zero_name(latency.zero, say=say)
        return say("plots.heard_after", seconds=latency.first_audible, zero=zero)
    if turn.audio is not None:
        return say("plots.answer_silent")
    if latency.first_text is not None:
        zero = labels.zero_name(latency.zero, say=say)
        return say("plots.read_after", seconds=latency.first_text, zero=zero)
    if turn.transcript:
        return say("plots.answer_written")
    return say("plots.no_answer", status=labels.status_name(turn.status, say=say))


def zero_name(zero: str) -> str:
    """The zero point of a latency, in a figure's letters."""
    return labels.zero_name(zero, say=fonts.say)


def peer_name(peer: str) -> str:
    """Whom it was measured against, in a figure's letters."""
    return labels.peer_name(peer, say=fonts.say)


def peer_note(peer: str, model: str, *, say: Say = fonts.say) -> str:
    """The model, and that these are not the live service's times where they are not."""
    return labels.peer_note(peer, model, say=say)


def all_of(name: str, turns: Iterable[Turn]) -> str:
    """What the turns have as their ``peer`` or ``model``, each named once."""
    return " + ".join(dict.fromkeys(getattr(turn, name) for turn in turns))
