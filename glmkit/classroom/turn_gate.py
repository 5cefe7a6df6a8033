"""Whether what a pupil sends may begin something, and the refusal where it may not.

Rules
- Sound comes in many pieces: a refusal is said once for each thing that is said.
- Under server VAD sound is no turn until somebody speaks. So it is listened to here, where it is
  held back, or where a place may be lent; silence is held back without a word.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from glmkit.classroom.ear import PupilEar
from glmkit.classroom.turn_meter import CLEAR, COMMIT, CREATE
from glmkit.protocol.event_kinds import APPEND

if TYPE_CHECKING:
    from glmkit.classroom.limits import Denial
    from glmkit.classroom.seat import Seat
    from glmkit.classroom.shared_means import SharedMeans
    from glmkit.classroom.turn_meter import TurnMeter
    from glmkit.protocol.event import Event
    from glmkit.relay.client_words import ClientWords


class TurnGate:
    """Asked about each event of one pupil's, before it is passed on."""

    def __init__(
        self, seat: Seat, means: SharedMeans, words: ClientWords, meter: TurnMeter
    ) -> None:
        self._seat, self._means, self._words, self._meter = seat, means, words, meter
        self._ear: PupilEar | None = None
        self._told = False  # that what is said now is refused
        self.active_at = time.monotonic()
        """When the pupil last said or did something."""
        self.listens = means.release_idle is not None
        """Whether the place may be lent, or was."""

    @property
    def hears_speech(self) -> bool:
        """Whether somebody speaks now, as far as it is listened to."""
        return self._ear is not None and self._ear.speaking

    async def lets_pass(self, event: Event) -> bool:
        """Whether the event may be passed on; where it may not, the pupil is told."""
        denial = self._means.denial(self._seat)
        begins = await self._hear(event, denial)
        if denial is not None and self._meter.begins(event):
            if self._is_news(event, begins):
                await self._note_trouble(denial)
                await self._words.refuse(denial.code, denial.sentence, denial.values)
            return False
        if event.type in (COMMIT, CREATE, CLEAR):
            self._told = False
        if not self._is_open_microphone(event):
            self.active_at = time.monotonic()
        return True

    def _is_open_microphone(self, event: Event) -> bool:
        return self._meter.server_vad and event.type == APPEND

    async def _hear(self, event: Event, denial: Denial | None) -> bool:
        """Listen where the service is not asked; whether somebody begins to speak."""
        asked = denial is not None or self.listens
        if not (asked and self._is_open_microphone(event)):
            return False
        self._ear = self._ear or PupilEar()
        begins = await self._ear.begins(event)
        if begins or self._ear.speaking:
            self.active_at = time.monotonic()
        return begins

    def _is_news(self, event: Event, begins: bool) -> bool:
        """Whether the refusal was not said already, of what is said now."""
        if event.type == APPEND:
            told, self._told = self._told, True
            return begins if self._meter.server_vad else not told
        if event.type in (COMMIT, CREATE):
            self._told = False
        return True

    async def _note_trouble(self, denial: Denial) -> None:
        self._seat.troubles[denial.code] += 1
        self._means.changed()
        await self._means.ledger.trouble(self._seat.id, denial.code)
