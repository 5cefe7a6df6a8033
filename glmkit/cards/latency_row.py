"""The first row of a card: when an answer could be heard, and whom that was measured against."""

from __future__ import annotations

from glmkit.cards.frame import chip, quiet, safe, say
from glmkit.plots.drawing import titles
from glmkit.texts import minus, text
from glmkit.turns.labels import is_live, peer_name, reached, zero_name
from glmkit.turns.latency import Latency
from glmkit.turns.turn import Turn


def peer_chip(peer: str) -> str:
    """The peer as a chip: another colour where it is not the live service."""
    return chip(safe(peer_name(peer), 200), "response" if is_live(peer) else "speech")


def peer_note(peer: str, model: str) -> str:
    """The model, and that these are not the live service's times where they are not. HTML."""
    return safe(titles.peer_note(peer[:200], model[:200], say=text), 4_000)


def finding(turn: Turn) -> str:
    """When the answer could be heard, or why not. Plain text."""
    return titles.finding(turn, say=text)


def stages(latency: Latency) -> str:
    """Seconds from the zero point to each stage, as a table that names its peer."""
    known = [
        (text(f"cards.stage_{name}"), minus(f"{seconds:.2f}"))
        for name, seconds in latency.stages.items()
    ]
    if latency.round_trip is not None:
        known.append((text("cards.stage_round_trip"), f"{latency.round_trip:.3f}"))
    if not known:
        return ""
    zero, peer = zero_name(latency.zero), peer_name(reached(latency.peer, latency.network))[:200]
    caption = say("cards.stages", zero=zero, peer=peer)
    heads = "".join(f'<th scope="col">{safe(name)}</th>' for name, _ in known)
    cells = "".join(f'<td class="glm-figure">{seconds}</td>' for _, seconds in known)
    return (
        f'<div class="glm-wide"><table><caption class="glm-aside">{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div>"
    )


def note(peer: str, model: str) -> str:
    """``peer_note`` as a line of its own."""
    return quiet(peer_note(peer, model))
