"""What a session costs, and ``Budget``, which says when it is enough. Pure.

The service's own usage is zeros (documented), so cost is reckoned from seconds of sound by one
dated table. It is an estimate: the bill is the service's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.errors import BadArgument, TooMuch
from glmkit.numeric import number
from glmkit.texts import text
from glmkit.texts.layout.lines import in_a_row

PRICES_OF: Final = "2026-09-26"
#: Model → ¥ a minute of (sound, video). Observed on a bill for flash; published for air.
YUAN_PER_MINUTE: Final[dict[str, tuple[float, float]]] = {
    "glm-realtime-flash": (0.18, 1.2),
    "glm-realtime-air": (0.3, 2.1),
}
_DEAREST: Final = "glm-realtime-air"


def price(model: str, *, video: bool = False) -> float:
    """¥ a minute for ``model``; a model the table doesn't know costs what the dearest does."""
    return YUAN_PER_MINUTE.get(model, YUAN_PER_MINUTE[_DEAREST])[video]


def told_price(told: str, model: str) -> str:
    """``told``, which names a price; where the table knows none of ``model``, it says so, too."""
    if model in YUAN_PER_MINUTE:
        return told
    known = {"like": _DEAREST, "known": ", ".join(YUAN_PER_MINUTE)}
    return text("session.unpriced", told=told.rstrip(".。"), model=model, **known)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be used; None is no limit.

    Past ``yuan`` (¥, by estimate), ``turns`` or ``seconds`` (of sound) the next turn is refused.
    ``idle``: seconds after which a session that neither speaks nor is spoken to is closed.
    ``events``, ``megabytes``: what may be received in one turn, or in a minute of an open
    microphone; past it the turn ends and the connection is closed.
    """

    yuan: float | None = 5.0
    turns: int | None = None
    seconds: float | None = None
    idle: float | None = 900.0
    events: int | None = 100_000
    megabytes: float | None = 256

    def __post_init__(self) -> None:
        for name in ("yuan", "turns", "seconds", "idle", "events", "megabytes"):
            limit = getattr(self, name)
            if limit is not None and not number(limit) > 0:
                raise BadArgument(text("session.limit", name=name, found=limit))

    def check(self, spent: Spent) -> None:
        """Raise TooMuch if one more turn would begin past a limit."""
        for name in ("yuan", "turns", "seconds"):
            limit, used = getattr(self, name), getattr(spent, name)
            if limit is not None and used >= limit:
                raise TooMuch(text("session.reached", name=name, used=used, limit=limit))


@dataclass(slots=True, repr=False)
class Spent:
    """What was used so far; ``seconds`` is both ways together.

    ``sent`` and ``received``: seconds of sound. ``video``: how many of both were in video calls.
    ``yuan``: an estimate; where it is not ``charged``, what the live service would take.
    """

    turns: int = 0
    sent: float = 0.0
    received: float = 0.0
    video: float = 0.0
    yuan: float = 0.0
    charged: bool = False

    @property
    def seconds(self) -> float:
        """Seconds of sound, both ways together."""
        return self.sent + self.received

    def add(self, *, sent: float, received: float, model: str, video: bool = False) -> None:
        """Count one turn with this many seconds of sound."""
        seconds = sent + received
        self.turns += 1
        self.sent += sent
        self.received += received
        self.video += seconds if video else 0.0
        self.yuan += seconds / 60 * price(model, video=video)

    def __repr__(self) -> str:
        used = text("session.used", **{name: getattr(self, name) for name in _USED})
        name = "session.charged" if self.charged else "session.free"
        return in_a_row(used, text(name, yuan=self.yuan, date=PRICES_OF))


_USED: Final = ("turns", "sent", "received", "video")
