"""What the page has played of each answer: it counts samples, and the turns then know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import PLAYED
from glmkit.session.asyncio_session import Session
from glmkit.turns.open_turn import Open

ANSWER_RATE = 24_000  # Hz


@dataclass(frozen=True, slots=True)
class Played:
    """What the page reported about one answer: samples at 24 kHz that sounded or were dropped.

    ``checksum`` is the Adler-32 of the 16-bit samples rendered; ``flush_ms`` how long stopping
    took in the page (None where nothing was interrupted).
    """

    response_id: str
    samples: int
    dropped: int = 0
    underruns: int = 0
    checksum: int | None = None
    flush_ms: float | None = None


def read_report(message: dict[str, Any]) -> Played:
    """The report in a page's message."""
    return Played(
        str(message.get("response")),
        int(message.get("samples") or 0),
        int(message.get("dropped") or 0),
        int(message.get("underruns") or 0),
        message.get("checksum"),
        message.get("ms"),
    )


class Reports(list[Played]):
    """What was reported so far, and what it means for the turns of a session."""

    def __init__(self) -> None:
        super().__init__()
        self._turns: dict[str, int] = {}  # the number of each answer's turn

    def expect(self, id: str, turn: Open) -> None:
        """An answer of this turn is played by the name ``id``."""
        self._turns[id] = turn.number

    def take(self, core: Session, report: Played) -> None:
        """Keep a report and tell its turn how much of it was heard."""
        self.append(report)
        turn = self._turns.get(report.response_id)
        if turn is not None and not core.closed:
            sounded = {each.response_id: each.samples for each in self}
            samples = sum(sounded[id] for id in sounded if self._turns.get(id) == turn)
            fields = {
                "turn": turn,
                "response_id": report.response_id,
                "seconds": samples / ANSWER_RATE,
            }
            core.line.mark(Event(PLAYED, fields, direction="local"))

    def cut(self, turn: Open) -> bool:
        """Whether this turn's answer was being played when it was interrupted."""
        cut = {self._turns.get(each.response_id) for each in self if each.flush_ms is not None}
        return turn.number in cut
