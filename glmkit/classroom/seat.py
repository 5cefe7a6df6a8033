"""One seat of a class: whose it is, what it may and did use, and the session that is open on it."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from glmkit.auth.credentials import Key
from glmkit.classroom.limits import Denial, Limits, Used
from glmkit.classroom.places import QueuePlace
from glmkit.classroom.roster import Pupil


class LiveSession(Protocol):
    """The session of a pupil who is connected."""

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now."""

    @property
    def answering(self) -> bool:
        """Whether an answer is coming in."""

    async def end(self, denial: Denial) -> None:
        """End it, and say why."""

    async def tell(self, words: str) -> None:
        """Say something to the pupil."""


class Seat:
    """A seat; ``id`` is its key's, which anybody may read."""

    def __init__(self, pupil: Pupil, key: Key, limits: Limits, used: Used) -> None:
        self.pupil, self.key, self.limits, self.used = pupil, key, limits, used
        self.stopped = False
        self.session: LiveSession | None = None
        self.waiting: QueuePlace | None = None
        self.last_wait = 0.0
        self.troubles: Counter[str] = Counter()

    @property
    def id(self) -> str:
        """The readable part of its key."""
        return self.key.id

    @property
    def name(self) -> str:
        """How it is called in the pupil's own cells: number and name."""
        return f"{self.pupil.number} {self.pupil.name}"

    def shown(self, *, has_place: bool) -> dict[str, Any]:
        """What a page says of it; no secret is in it."""
        session, waiting = self.session, self.waiting
        return {
            "id": self.id,
            "number": self.pupil.number,
            "name": self.pupil.name,
            "connected": session is not None,
            "speaking": session is not None and session.speaking,
            "answering": session is not None and session.answering,
            "has_place": has_place,
            "before": None if waiting is None else waiting.before,
            "wait_seconds": None if waiting is None else waiting.seconds,
            "last_wait": round(self.last_wait, 1),
            "stopped": self.stopped,
            "turns": self.used.turns,
            "minutes": round(self.used.minutes, 2),
            "yuan": round(self.used.yuan, 4),
            "errors": sum(self.troubles.values()),
            "troubles": dict(self.troubles),
            "limits": {
                "yuan": self.limits.yuan,
                "minutes": self.limits.minutes,
                "turns": self.limits.turns,
            },
        }

    def __repr__(self) -> str:
        return f"<Seat {self.id} {self.pupil.name}>"
