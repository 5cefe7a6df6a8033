"""The first row of a card: when an answer could be heard, and whom that was measured against."""

from __future__ import annotations

from glmkit.cards.frame import chip, quiet, safe, say
from glmkit.latency import Latency
from glmkit.texts import text
from glmkit.turn import Turn

_ZEROS = ("commit", "end of speech", "speech_stopped", "request", "response.created")
_PEERS = ("live", "emulator", "replay")
_STAGES = ("commit", "created", "first_text", "first_audio", "first_audible", "done")


def peer_name(peer: str) -> str:
    """Whom something was measured against, in words; an address as it is. Plain text."""
    return text(f"plots.peer_{peer}") if peer in _PEERS else peer


def peer_chip(peer: str) -> str:
    """The peer as a chip: another colour where it is not the live service."""
    return chip(safe(peer_name(peer), 200), "response" if peer == "live" else "speech")


def peer_note(peer: str, model: str) -> str:
    """The model, and that these are not the live service's times where they are not."""
    key = "plots.live_times" if peer == "live" else "plots.not_live"
    return say(key, model=model[:200], peer=peer_name(peer)[:200])


def finding(turn: Turn) -> str:
    """When the answer could be heard, or why not. Plain text."""
    seconds = turn.latency.first_audible
    if seconds is not None:
        return text("plots.heard_after", seconds=seconds, zero=_zero(turn.latency))
    if turn.audio is not None:
        return text("plots.answer_silent")
    if turn.transcript:
        return text("plots.answer_written")
    return text("plots.no_answer", status=turn.status)


def stages(latency: Latency) -> str:
    """Seconds from the zero point to each stage, as a table that names its peer."""
    known = [(name, getattr(latency, name)) for name in _STAGES]
    known = [(text(f"cards.stage_{name}"), f"{s:.2f}") for name, s in known if s is not None]
    if latency.round_trip is not None:
        known.append((text("cards.stage_round_trip"), f"{latency.round_trip:.3f}"))
    if not known:
        return ""
    caption = say("cards.stages", zero=_zero(latency), peer=peer_name(latency.peer)[:200])
    heads = "".join(f'<th scope="col">{safe(name)}</th>' for name, _ in known)
    cells = "".join(f'<td class="glm-figure">{seconds}</td>' for _, seconds in known)
    return (
        f'<table><caption class="glm-aside">{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    )


def note(peer: str, model: str) -> str:
    """``peer_note`` as a line of its own."""
    return quiet(peer_note(peer, model))


def _zero(latency: Latency) -> str:
    if latency.zero not in _ZEROS:
        return latency.zero
    return text(f"plots.zero_{latency.zero.replace(' ', '_').replace('.', '_')}")
