"""One session's place at the service: waited for, held, given back; the pupil is told meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from glmkit.classroom.limits import Used

if TYPE_CHECKING:
    from glmkit.classroom.places import QueuePlace
    from glmkit.classroom.seat import Seat
    from glmkit.classroom.shared_means import SharedMeans
    from glmkit.relay.client_words import ClientWords

NO_PLACE: Final = "class_no_place"
_TRY_LATER: Final = 1013
_TOLD_AGAIN: Final = 5.0  # seconds
_WORTH_SAYING: Final = 0.05  # seconds


class HeldPlace:
    """The place of ``seat`` while one session of it is open."""

    def __init__(self, seat: Seat, means: SharedMeans, words: ClientWords) -> None:
        self._seat, self._means, self._words = seat, means, words
        self._ring = asyncio.Event()

    async def take(self, session: int | None) -> bool:
        """Wait for it; whether there is one. Where none came in time, the pupil was told."""
        means, seat = self._means, self._seat
        telling = asyncio.create_task(self._tell(), name="place told")
        try:
            waited = await means.places.take(
                seat.id, served=seat.used.held, told=self._placed, within=means.patience
            )
        except TimeoutError:
            minutes = {"minutes": f"{means.patience / 60:g}"}
            seat.troubles[NO_PLACE] += 1
            await self._words.end(NO_PLACE, "classroom.no_place", minutes, close=_TRY_LATER)
            return False
        finally:
            telling.cancel()
            await asyncio.wait({telling})
            told, seat.waiting = seat.waiting is not None, None
        await self._note(waited, session, told=told)
        return True

    async def _note(self, waited: float, session: int | None, *, told: bool) -> None:
        self._seat.last_wait = waited
        self._means.changed()
        if told or waited >= _WORTH_SAYING:
            await self._means.add(self._seat, Used(waited=waited), session)
            await self._words.notify(place={"waited": round(waited, 3)})

    def _placed(self, place: QueuePlace) -> None:
        self._seat.waiting = place
        self._ring.set()
        self._means.changed()

    async def _tell(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_TOLD_AGAIN):
                    await self._ring.wait()
            self._ring.clear()
            if (place := self._seat.waiting) is not None:
                said = {"before": place.before, "seconds": place.seconds}
                await self._words.notify(place=said)

    async def give_back(self, session: int | None) -> None:
        """Let the next one in, and count for how long it was held."""
        held = self._means.places.give_back(self._seat.id)
        await self._means.add(self._seat, Used(held=held), session)
