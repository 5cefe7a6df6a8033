"""The card of a session: to whom it talks, how it is configured, what was said and what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from glmkit.cards import latency_row
from glmkit.cards.conversations import ROOM, column
from glmkit.cards.frame import (
    Bundle,
    bundle,
    card,
    chip,
    facts,
    in_terminal,
    row,
    safe,
    say,
    weight,
)
from glmkit.protocol.settings import differences
from glmkit.session.budget import Budget
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.session.asyncio_session import Session


def session_card(session: Session) -> Bundle:
    """Peer, state, model, configuration, cost and budget, folded; and the conversation."""
    if in_terminal():
        return {}
    state = chip(f"● {say('cards.session_open')}", "input")
    if session.closed:
        state = chip(f"○ {say('cards.session_closed')}", "silence")
    head = row(
        f"<b>{say('cards.session')}</b>", state, latency_row.peer_chip(session.trace.reached)
    )
    table = facts(_rows(session), say("cards.session_facts"))
    summary = safe(f"{text('cards.session_facts')} · {session.model}", 300)
    folded = f"<details><summary>{summary}</summary>{table}</details>"
    above = f"{head}{latency_row.note(session.trace.reached, session.model)}{folded}"
    label = say("cards.session")
    turns = column([*session.turns], room=ROOM - weight(card("session", label, above)))
    return bundle(repr(session), card("session", label, above, turns))


def _rows(session: Session) -> Iterator[tuple[str, str]]:
    settings = session.settings
    yield say("cards.seat"), safe(session.address.seat, 300)
    yield say("cards.model"), safe(settings.model, 200)
    yield say("cards.whose_turn"), safe(_vad(settings.turn_detection), 300)
    yield say("cards.voice"), safe(settings.voice, 200)
    formats = f"{settings.input_format} → {settings.output_format}"
    yield say("cards.formats"), safe(f"{formats} · {settings.mode}", 200)
    yield say("cards.instructions"), safe(settings.instructions or "", 600)
    yield say("cards.greeting"), safe(settings.greeting or "", 600)
    names = ", ".join(tool.name for tool in settings.tools[:20])
    yield say("cards.tool_names"), safe(names, 900)
    yield say("cards.echoed"), safe(_echoed(session), 900)
    yield say("cards.turns"), _turns(session)
    yield say("cards.cost"), safe(repr(session.cost), 400)
    yield say("cards.budget"), safe(_budget(session.budget))


def _vad(detection: dict[str, Any]) -> str:
    knobs = (f"{name}={value}" for name, value in detection.items() if name != "type")
    return " · ".join([str(detection.get("type", "?")), *knobs])


def _echoed(session: Session) -> str:
    """Where the service's configuration is not what was asked for."""
    if not session.config:
        return ""
    found = differences(session.settings.session(), session.config)
    return "; ".join(f"{path}: {asked!r} → {echoed!r}" for path, asked, echoed in found)


def _turns(session: Session) -> str:
    return say("cards.turns_of", turns=len(session.turns), events=len(session.trace))


def _budget(budget: Budget) -> str:
    limits = [
        text(f"cards.budget_{name}", limit=limit)
        for name in ("yuan", "turns", "seconds")
        if (limit := getattr(budget, name)) is not None
    ]
    return " · ".join(limits) or text("cards.budget_none")
