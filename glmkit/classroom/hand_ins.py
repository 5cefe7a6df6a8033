"""What pupils hand in: uploads that may break and go on, kept whole beside the ledger.

::

    roster.class/hand_ins/seat-07/03-2.glm          the second one of lesson 03
    roster.class/hand_ins/seat-07/.SHA256.part      an upload that is not whole yet

Rules
- A piece is taken at the one offset where the last one ended; whoever asks is told where that is.
- What is whole is flushed to the disk, then written into the ledger, then it gets its name, then
  it is acknowledged: a kill at any moment loses nothing that was, and counts nothing twice.
- The same bytes handed in again are the same hand-in. Others are the next number.
- Bounded: one, a seat's number and bytes, its unfinished uploads, the room left on the disk.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

from glmkit.classroom.listeners import Listeners
from glmkit.classroom.private_files import append, delete, flush_folder
from glmkit.classroom.zip_bounds import is_bounded_zip
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile, GlmError
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.classroom.ledger import Ledger

FOLDER: Final = "hand_ins"
_MOST_PARTS: Final = 3  # unfinished uploads of a seat: each open tab may have one
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HandInBounds:
    """Bytes of ``one``; ``number`` and ``bytes`` of a seat; ``free``: bytes left on the disk."""

    one: int = 10_000_000
    number: int = 40
    bytes: int = 100_000_000
    free: int = 500_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """What is handed in: a ``lesson``'s recording of so many ``bytes`` with this ``sha256``."""

    lesson: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class KeptHandIn:
    """One that is on the disk: ``path`` is its place, ``name`` lesson and number (``03-2``)."""

    at: float
    seat: str
    name: str
    path: Path
    bytes: int
    sha256: str

    @property
    def lesson(self) -> str:
        """The lesson it belongs to."""
        return self.name.rpartition("-")[0]

    @property
    def number(self) -> int:
        """Which one of this lesson it is, from 1."""
        return int(self.name.rpartition("-")[2])

    @property
    def shown(self) -> dict[str, Any]:
        """The acknowledgement, as JSON can hold it."""
        fields = ("lesson", "number", "bytes", "sha256", "at")
        return {name: getattr(self, name) for name in fields}


class HandInRefused(GlmError):
    """A hand-in that is not taken: an HTTP status, and the sentence that says why."""

    def __init__(self, status: HTTPStatus, sentence: str, **values: object) -> None:
        super().__init__(text(f"hand_in.{sentence}", **values))
        self.status, self.sentence, self.values = status, f"hand_in.{sentence}", values


class HandIns:
    """The hand-ins of one class, in its folder; a row of ``ledger`` stands for each."""

    def __init__(self, folder: Path, ledger: Ledger, bounds: HandInBounds | None = None) -> None:
        """Finish what was counted before a kill. Raises BadFile."""
        self.folder, self.bounds = folder / FOLDER, bounds or HandInBounds()
        self._ledger = ledger
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._kept: defaultdict[str, list[KeptHandIn]] = defaultdict(list)
        self._listeners = Listeners()
        self.subscribe = self._listeners.subscribe
        """Have a function called, on the loop, when one came or went; what it gives ends that."""
        for at, seat, name, path, size, sha256 in ledger.hand_ins():
            kept = KeptHandIn(at, seat, name, self.folder.parent / path, size, sha256)
            with suppress(OSError):  # another program holds it: it is there the next time
                self._name(kept)
            if kept.path.is_file():
                self._kept[seat].append(kept)

    def of(self, seat: str, lesson: str = "") -> list[KeptHandIn]:
        """A seat's, of one lesson or of all, oldest first."""
        return [each for each in self._kept.get(seat, ()) if lesson in ("", each.lesson)]

    def named(self, seat: str, name: str) -> KeptHandIn | None:
        """A seat's hand-in by its name, such as ``03-2``; None where there is none."""
        return next((each for each in self.of(seat) if each.name == name), None)

    async def look(self, seat: str, upload: Upload) -> dict[str, Any]:
        """How much of an upload is here, and its acknowledgement once all is.

        ``{"offset": 65536, "done": None}``. Raises HandInRefused.
        """
        async with self._turns[seat]:
            return await self._state(seat, upload)

    async def take(self, seat: str, upload: Upload, offset: int, piece: bytes) -> dict[str, Any]:
        """One piece more; what comes at another offset is left, and the state says the right one.

        Raises HandInRefused, and BadFile where the disk or the ledger takes no more.
        """
        async with self._turns[seat]:
            state = await self._state(seat, upload)
            if state["done"] is not None or state["offset"] != offset:
                return state
            if offset + len(piece) > upload.bytes:
                raise HandInRefused(HTTPStatus.BAD_REQUEST, "too_long", most=upload.bytes)
            part = self._part(seat, upload.sha256)
            await self._on_disk(lambda: self._append(part, piece))
            return await self._state(seat, upload)

    async def withdraw(self, seat: str, lesson: str) -> int:
        """Delete all that a seat handed in for a lesson; how many there were. Raises BadFile."""
        async with self._turns[seat]:
            gone = self.of(seat, lesson)
            for each in gone:
                await self._delete(each)
            return len(gone)

    async def _delete(self, kept: KeptHandIn) -> None:
        """Gone for whoever looks, then from the disk; back where that fails. Raises BadFile."""
        of_seat = self._kept[kept.seat]
        place = of_seat.index(kept)
        of_seat.remove(kept)
        self._listeners.tell()
        try:
            await self._on_disk(partial(delete, kept.path))
            await self._ledger.forget_hand_in(kept.seat, kept.name)
        except BadFile:
            of_seat.insert(place, kept)
            self._listeners.tell()
            raise

    # -- one upload ------------------------------------------------------------------------------

    async def _state(self, seat: str, upload: Upload) -> dict[str, Any]:
        same = (upload.lesson, upload.sha256)
        done = next((h for h in self._kept[seat] if (h.lesson, h.sha256) == same), None)
        if done is None:
            self._check_room(seat, upload)
            offset = await self._on_disk(lambda: self._offset(seat, upload))
            if offset < upload.bytes:
                return {"offset": offset, "done": None}
            done = await self._keep(seat, upload)
        return {"offset": upload.bytes, "done": done.shown} if done else {"offset": 0, "done": None}

    def _check_room(self, seat: str, upload: Upload) -> None:
        bounds, kept = self.bounds, self._kept[seat]
        too_large = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if not 0 < upload.bytes <= bounds.one:
            raise HandInRefused(
                too_large, "too_large", found=_mb(upload.bytes), most=_mb(bounds.one)
            )
        if len(kept) >= bounds.number:
            raise HandInRefused(HTTPStatus.FORBIDDEN, "too_many", most=bounds.number)
        if sum(each.bytes for each in kept) + upload.bytes > bounds.bytes:
            raise HandInRefused(too_large, "seat_full", most=_mb(bounds.bytes))

    def _offset(self, seat: str, upload: Upload) -> int:
        """How much of it is here; a new one has to fit on the disk."""
        part = self._part(seat, upload.sha256)
        if part.is_file():
            return part.stat().st_size
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.folder).free - upload.bytes < self.bounds.free:
            raise HandInRefused(HTTPStatus.INSUFFICIENT_STORAGE, "disk_full")
        return 0

    def _append(self, part: Path, piece: bytes) -> None:
        part.parent.mkdir(exist_ok=True, mode=0o700)
        if not part.exists():
            self._drop_old_parts(part.parent)
        append(part, piece)

    def _drop_old_parts(self, folder: Path) -> None:
        parts = sorted(folder.glob(".*.part"), key=lambda path: path.stat().st_mtime)
        for path in parts[: max(len(parts) - _MOST_PARTS + 1, 0)]:
            path.unlink(missing_ok=True)

    async def _keep(self, seat: str, upload: Upload) -> KeptHandIn | None:
        """Count a whole upload and give it its name; None where its bytes are others than said."""
        part = self._part(seat, upload.sha256)
        if not await self._on_disk(lambda: _is_as_said(part, upload)):
            return None
        name = f"{upload.lesson}-{self._next(seat, upload.lesson)}"
        path = part.parent / f"{name}.glm"
        kept = KeptHandIn(time.time(), seat, name, path, upload.bytes, upload.sha256)
        place = path.relative_to(self.folder.parent).as_posix()
        await self._ledger.hand_in((kept.at, seat, name, place, kept.bytes, kept.sha256))
        await self._on_disk(lambda: self._name(kept))
        self._kept[seat].append(kept)
        self._listeners.tell()
        return kept

    def _next(self, seat: str, lesson: str) -> int:
        number = max((each.number for each in self.of(seat, lesson)), default=0) + 1
        while (self._seat_folder(seat) / f"{lesson}-{number}.glm").exists():
            number += 1
        return number

    def _name(self, kept: KeptHandIn) -> None:
        """Give what was counted its name, if it has not got it yet."""
        part = self._part(kept.seat, kept.sha256)
        if part.is_file() and not kept.path.exists():
            part.replace(kept.path)
            flush_folder(part.parent)

    def _part(self, seat: str, sha256: str) -> Path:
        return self._seat_folder(seat) / f".{sha256}.part"

    def _seat_folder(self, seat: str) -> Path:
        return self.folder / quote(seat, safe="")  # a key's id holds no dot

    async def _on_disk(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(work)
        except OSError as error:
            words = text("hand_in.disk", path=self.folder, why=why_refused(error))
            raise BadFile(words) from error


def _is_as_said(part: Path, upload: Upload) -> bool:
    """Whether it is what was announced, on the disk; what is not is thrown away.

    Raises HandInRefused for what is no recording.
    """
    with part.open("rb+") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    if found == upload.sha256 and is_bounded_zip(part):
        return True
    part.unlink()
    if found == upload.sha256:
        raise HandInRefused(HTTPStatus.UNPROCESSABLE_ENTITY, "no_recording")
    return False


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
