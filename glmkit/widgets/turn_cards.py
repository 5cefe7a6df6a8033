"""``card_of``: a turn's card for the page, drawn beside what goes on."""

from __future__ import annotations

import asyncio

from glmkit.session.asyncio_session import Session
from glmkit.turns.turn import Turn


async def card_of(core: Session, number: int) -> str | None:
    """The card of the turn with this number as HTML, as the turn is now; None for one not kept.

    Its only markup is the kit's own: what it quotes is escaped.
    """
    opened = next((turn for turn in core.fold.opened if turn.number == number), None)
    return None if opened is None else await asyncio.to_thread(_drawn, opened.turn)


def _drawn(turn: Turn) -> str:
    from glmkit.cards.turns import whole_card  # it loads matplotlib

    return str(whole_card(turn)["text/html"])
