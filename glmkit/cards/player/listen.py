"""``turn.listen()`` and ``trace.listen()``: the player alone, as what a cell shows."""

from __future__ import annotations

from typing import Any

from glmkit.auth.masking import mask
from glmkit.cards.frame import Bundle, bundle, card, in_terminal, readable, say
from glmkit.cards.player.markup import player_html
from glmkit.cards.player.scene import scene_of
from glmkit.cards.player.sounds import notebook_sounds
from glmkit.cards.traces import trace_parts
from glmkit.cards.turns import listening_card
from glmkit.texts import text
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn


class Listening:
    """A turn or a trace to be seen and heard at once: a notebook shows the player.

    The sound is all of it, and lossless unless it is long. Where no script runs, the static card
    is shown.
    """

    def __init__(self, what: Turn | Trace) -> None:
        self._what = what

    def _repr_mimebundle_(self, **_: Any) -> Bundle:
        if in_terminal():
            return {}
        what = self._what
        shown = listening_card(what) if isinstance(what, Turn) else _of_trace(what)
        return {**shown, "text/plain": readable(repr(self))}

    def __repr__(self) -> str:
        key = "player.turn_elsewhere" if isinstance(self._what, Turn) else "player.trace_elsewhere"
        return f"<{text(key, peer=mask(peer_name(self._what.reached)))}>"


def _of_trace(trace: Trace) -> Bundle:
    scene = scene_of(trace)
    player = player_html(scene, notebook_sounds(scene.pieces), alone=True)
    return bundle(repr(trace), card("trace", say("cards.trace"), *trace_parts(trace), player))
