"""``Classroom``: seats, limits, places and the ledger of one class; what a teacher can do with it.

::

    classroom = Classroom(pupils, folder, upstream, rules=ClassRules(places=5))
    await classroom.open()
    classroom.snapshot()            # what a page shows: a plain dict
    await classroom.stop("seat-07")

It has no port of its own: ``running_class`` gives it one, and a page calls what stands here.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.auth.credentials import Key
from glmkit.classroom.ledger import EVERYBODY, Ledger
from glmkit.classroom.limits import STOPPED, Denial, Limits, OpenHours, Used, denial_of
from glmkit.classroom.listeners import Listeners
from glmkit.classroom.places import Places
from glmkit.classroom.pupil_session import PupilSession
from glmkit.classroom.roster import Pupil
from glmkit.classroom.seat import Seat
from glmkit.classroom.seat_keys import keys_of_seats, renewed_key
from glmkit.classroom.shared_means import SharedMeans
from glmkit.classroom.taken_folder import TakenFolder
from glmkit.errors import BadArgument
from glmkit.numeric import number
from glmkit.texts import text

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from glmkit.relay.upstream import Upstream

ELSEWHERE: Final = "class_elsewhere"
LONGEST_MESSAGE: Final = 500  # letters of a message


@dataclass(frozen=True, slots=True)
class ClassRules:
    """How a class is run. ``seat`` and ``whole``: limits of each seat, and of all together.

    ``places``: sessions at the service at once (documented: 5 at the lowest level of an account).
    ``release_idle``: seconds of silence after which a place is lent to who waits; None: never.
    ``patience``: seconds for which anybody waits for a place. Raises BadArgument.
    """

    places: int = 5
    seat: Limits = field(default_factory=Limits)
    whole: Limits = field(default_factory=Limits)
    opening: OpenHours = field(default_factory=OpenHours)
    release_idle: float | None = None
    patience: float = 900.0

    def __post_init__(self) -> None:
        whole = isinstance(self.places, int) and not isinstance(self.places, bool)
        if not (whole and 1 <= self.places <= 1_000):
            raise BadArgument(text("classroom.places", found=self.places))
        for name in ("release_idle", "patience"):
            found = getattr(self, name)
            if found is not None and not 1 <= number(found) <= 86_400:
                raise BadArgument(text("classroom.seconds", name=name, found=found))


class Classroom:
    """A class. Made with its roster, the folder of its keys and ledger, and the way to the service.

    Raises BadFile where the folder's files cannot be used, or another process holds them.
    """

    def __init__(
        self,
        pupils: Sequence[Pupil],
        folder: Path,
        upstream: Upstream,
        rules: ClassRules | None = None,
    ) -> None:
        self.rules = rules or ClassRules()
        self.upstream = upstream
        self._folder = TakenFolder(folder)
        keys, self.ledger = self._opened(folder, pupils)
        used, limits = self.ledger.used(), self.rules.seat
        seats = [Seat(p, key, limits, used.get(key.id, Used())) for p, key in keys.items()]
        self.seats = {seat.id: seat for seat in seats}
        self._used = sum(used.values(), Used())  # also of those who are no longer on the roster
        self._restore()
        self.places = Places(self.rules.places)
        self._listeners = Listeners()
        self.subscribe = self._listeners.subscribe
        """Have a function called, on the loop, after each change; what it gives ends that."""
        self.tell_others: Callable[[str], int] = lambda _: 0
        """Tells a message to pupils who are there without a session; to how many."""
        self.version = 0
        """Grows with every change that a page shows."""
        self._means = SharedMeans(
            upstream=upstream,
            places=self.places,
            ledger=self.ledger,
            denial=self.denial,
            add=self._add,
            changed=self._change,
            release_idle=self.rules.release_idle,
            patience=self.rules.patience,
        )

    def _opened(self, folder: Path, pupils: Sequence[Pupil]) -> tuple[dict[Pupil, Key], Ledger]:
        """What the folder holds; where it cannot be used others may have it."""
        try:
            return keys_of_seats(folder, pupils), Ledger(folder)
        except BaseException:
            self._folder.release()
            raise

    def _restore(self) -> None:
        """What the teacher decided before a restart, also about all of them."""
        decided = self.ledger.decisions()
        self._stopped, _ = decided.pop(EVERYBODY, (False, Limits()))
        for id, (stopped, limits) in decided.items():
            if (seat := self.seats.get(id)) is not None:
                seat.stopped, seat.limits = stopped, limits

    @property
    def stopped(self) -> bool:
        """Whether the teacher has stopped the whole class."""
        return self._stopped

    @property
    def used(self) -> Used:
        """What all together have used, also those who are no longer on the roster."""
        return self._used

    async def open(self) -> None:
        """Write down whose seats they are."""
        known = [(seat.id, seat.pupil.number, seat.pupil.name) for seat in self.seats.values()]
        await self.ledger.name(known)

    async def close(self) -> None:
        """Let go of the ledger and the folder, once its sessions have ended."""
        try:
            await asyncio.to_thread(self.ledger.close)
        finally:
            self._folder.release()

    # -- sessions ----------------------------------------------------------------------------

    def key_of(self, id: str) -> Key | None:
        """The key of a seat, by its id; None for nobody's."""
        seat = self.seats.get(id)
        return None if seat is None else seat.key

    async def serve(self, client: ServerConnection, guest: str) -> None:
        """One pupil's session, to its end. An earlier one of the same seat is ended."""
        seat = self.seats[guest]
        session = PupilSession(client, seat, self._means)
        if self._stopped_for(seat):
            await session.turn_away(self._stop_of(seat))
            return
        before, seat.session = seat.session, session
        if before is not None:
            await before.end(Denial(ELSEWHERE, "classroom.elsewhere"))
        self._change()
        await session.run()

    def denial(self, seat: Seat) -> Denial | None:
        """Why a seat may begin no turn now, or None."""
        return self.rules.opening.denial(time.time()) or denial_of(
            seat=seat.limits,
            used=seat.used,
            whole=self.rules.whole,
            used_by_all=self._used,
            stopped=self._stopped_for(seat),
        )

    def _stopped_for(self, seat: Seat) -> str | None:
        return "class" if self._stopped else "seat" if seat.stopped else None

    def _stop_of(self, seat: Seat) -> Denial:
        return Denial(STOPPED, f"classroom.stopped_{self._stopped_for(seat)}")

    async def _add(self, seat: Seat, used: Used, session: int | None) -> None:
        """Count at once, for whoever asks next; over when it is on the disk."""
        if self.upstream.plays:
            used = replace(used, yuan=0.0)
        if used == Used():
            return
        seat.used += used
        self._used += used
        self._change()
        await self.ledger.add(seat.id, used, session=session)

    # -- what a teacher does -------------------------------------------------------------------

    async def stop(self, id: str) -> None:
        """End a seat's session, and let it begin none, until ``allow``. Raises BadArgument."""
        await self._decide(self._seat(id), stopped=True)

    async def allow(self, id: str) -> None:
        """Let a stopped seat connect again. Raises BadArgument."""
        await self._decide(self._seat(id), stopped=False)

    async def limit(self, id: str, **limits: float | None) -> None:
        """Change a seat's limits: ``yuan``, ``minutes``, ``turns``; None: none.

        Raises BadArgument.
        """
        seat = self._seat(id)
        seat.limits = seat.limits.changed(**limits)
        await self._decide(seat, stopped=seat.stopped)

    async def stop_all(self) -> None:
        """End every session, and let none begin, until ``allow_all``, also after a restart.

        Raises BadFile where the ledger cannot remember it; the sessions end all the same.
        """
        self._stopped = True
        try:
            await self.ledger.decide(EVERYBODY, stopped=True, limits=Limits())
        finally:
            await self._end([seat for seat in self.seats.values() if seat.session is not None])

    async def allow_all(self) -> None:
        """Let the class go on; seats that were stopped one by one stay so. Raises BadFile."""
        await self.ledger.decide(EVERYBODY, stopped=False, limits=Limits())
        self._stopped = False
        self._change()

    async def renew_key(self, id: str) -> None:
        """Give a seat another secret: the one of before opens nothing more, and its session ends.

        Raises BadArgument, and BadFile where the key cannot be written.
        """
        seat = self._seat(id)
        pupils = [each.pupil for each in self.seats.values()]
        folder = self.ledger.path.parent
        seat.key = renewed_key(folder, pupils, seat.pupil)
        if seat.session is not None:
            await seat.session.end(Denial(STOPPED, "classroom.seat_freed"))
        self._change()

    async def message(self, words: str) -> int:
        """Say something to everybody who is connected; to how many. Raises BadArgument."""
        if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_MESSAGE:
            raise BadArgument(text("classroom.message", most=LONGEST_MESSAGE))
        there = [each.session for each in self.seats.values() if each.session is not None]
        await asyncio.gather(*(session.tell(words.strip()) for session in there))
        return len(there) + self.tell_others(words.strip())

    async def _decide(self, seat: Seat, *, stopped: bool) -> None:
        seat.stopped = stopped
        await self.ledger.decide(seat.id, stopped=stopped, limits=seat.limits)
        if stopped:
            await self._end([seat])
        self._change()

    async def _end(self, seats: Sequence[Seat]) -> None:
        ending = [(seat.session, self._stop_of(seat)) for seat in seats if seat.session is not None]
        await asyncio.gather(*(session.end(denial) for session, denial in ending if session))
        self._change()

    def _seat(self, id: str) -> Seat:
        if not isinstance(id, str) or id not in self.seats:
            raise BadArgument(text("classroom.no_seat", found=str(id)[:40]))
        return self.seats[id]

    # -- what a page shows ---------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """The class as JSON can hold it; no secret is in it.

        ``seats``: a list in the roster's order; ``class``: totals; ``troubles``: counted by code.
        """
        seats = list(self.seats.values())
        troubles: Counter[str] = sum((seat.troubles for seat in seats), Counter())
        return {
            "version": self.version,
            "now": time.time(),
            "peer": self.upstream.peer,
            "seats": [seat.shown(has_place=self.places.holds(seat.id)) for seat in seats],
            "class": self._totals(seats),
            "troubles": dict(troubles.most_common()),
        }

    def _totals(self, seats: Sequence[Seat]) -> dict[str, Any]:
        whole = self.rules.whole
        return {
            "stopped": self._stopped,
            "connected": sum(seat.session is not None for seat in seats),
            "waiting": sum(seat.waiting is not None for seat in seats),
            "places": self.places.most,
            "places_taken": self.places.taken,
            "turns": self._used.turns,
            "minutes": round(self._used.minutes, 2),
            "yuan": round(self._used.yuan, 4),
            "charged": self.upstream.live,
            "limits": {"yuan": whole.yuan, "minutes": whole.minutes, "turns": whole.turns},
            "begins": self.rules.opening.begins,
            "ends": self.rules.opening.ends,
            "release_idle": self.rules.release_idle,
        }

    def _change(self) -> None:
        self.version += 1
        self._listeners.tell()
