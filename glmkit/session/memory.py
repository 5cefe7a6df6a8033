"""``Memory``: what the service is told of a conversation that began on an earlier connection.

Rules
- A connection remembers what is said on it, and nothing else (documented). What was said before
  goes into its instructions, see ``turns.history``; not tried on the live service.
- That is settled when the connection is opened, and sent again with each later configuration,
  which replaces the whole.
- ``settings`` and ``config`` hold the person's own instructions, so that a history never stands
  within another one; what crossed the wire is in the trace.
- What a connection was to forget is not told to the ones after it either.
- A conversation that goes on is not greeted anew: a greeting is an answer, and charged.
"""

from __future__ import annotations

from typing import Any

from glmkit.protocol.event import Event
from glmkit.protocol.settings import Settings
from glmkit.texts import text
from glmkit.turns.fold import Fold
from glmkit.turns.history import Instructions, with_history
from glmkit.turns.turn import Turn


class Memory:
    """The conversation so far, and what the connection of the moment was told of it."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._first = 0  # the number of the first turn that is not to be forgotten
        self._told: tuple[Turn, ...] = ()

    def begin_again(self, settings: Settings, *, remember: bool) -> str:
        """A new connection is opened; a sentence that says what it knows, if there was anything."""
        turns = tuple(t.turn for t in self._fold.opened if t.number >= self._first)
        self._told = turns if remember else ()
        if not turns:
            return ""
        if not remember:
            return text("session.forgets", turns=len(turns))
        told = self.told(settings).turns
        return text("session.remembers" if told else "session.tells_nothing", turns=told)

    def forget(self) -> None:
        """Tell no later connection of what was said so far."""
        self._first = self._fold.next_number

    def told(self, settings: Settings) -> Instructions:
        """The instructions that are sent, and the number of earlier turns they tell of."""
        return with_history(settings.instructions, self._told)

    def asked(self, settings: Settings) -> dict[str, Any]:
        """The complete ``session`` object that is sent."""
        told = self.told(settings)
        if not told.turns:
            return settings.session()
        session = {**settings.session(), "instructions": told.words}
        session.pop("greeting_config", None)
        return session

    def own(self, echo: Event, settings: Settings) -> dict[str, Any]:
        """The configuration that was echoed, with the person's own instructions."""
        config = dict(echo.inner("session"))
        if self.told(settings).turns and "instructions" in config:
            config["instructions"] = settings.instructions or ""
        return config
