"""What each seat has used, on disk: nothing that was acknowledged is lost, whatever is killed.

Rules
- SQLite, in WAL mode, with every commit on the disk before it counts (``synchronous=FULL``).
- One thread writes. What came while it wrote is written together, with one commit.
- ``add`` is over when its commit is: only then is anything passed on that it counts. Whoever waits
  for it is told within ``patience`` seconds, whatever the disk does.
- What came first is what has the lower ``rowid``: ``at`` is by a clock that people set.
- No secret is in it: keys of seats lie elsewhere (``seat_keys``).
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Self

from glmkit.classroom.limits import Limits, Used
from glmkit.errors import BadFile
from glmkit.texts import text

FILE: Final = "ledger.sqlite"
EVERYBODY: Final = ""
"""In the place of a seat's id: what was decided about the whole class."""
_FORMAT: Final = 1
_CACHE: Final = 256  # KiB of pages in memory: rows are added and never looked for
_BUSY: Final = 5.0  # seconds for another process to let go
_WRITTEN: Final = 30.0  # seconds for a commit
_LAST: Final = 10.0  # seconds for what is still to be written
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS seats (id TEXT PRIMARY KEY, number TEXT, name TEXT);
CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY, seat TEXT, opened REAL, closed REAL, peer TEXT);
CREATE TABLE IF NOT EXISTS used (
    at REAL, seat TEXT, session INTEGER, turns INTEGER, sent REAL, received REAL,
    yuan REAL, errors INTEGER, waited REAL, held REAL);
CREATE TABLE IF NOT EXISTS troubles (at REAL, seat TEXT, code TEXT);
CREATE TABLE IF NOT EXISTS decisions (
    seat TEXT PRIMARY KEY, stopped INTEGER, yuan REAL, minutes REAL, turns INTEGER);
CREATE TABLE IF NOT EXISTS hand_ins (
    at REAL, seat TEXT, name TEXT, path TEXT, bytes INTEGER, sha256 TEXT);
CREATE INDEX IF NOT EXISTS used_by ON used (seat);
"""
_NAMES: Final = tuple(each.name for each in fields(Used))
_SUMS: Final = """
SELECT seat, TOTAL(turns), TOTAL(sent), TOTAL(received), TOTAL(yuan), TOTAL(errors),
    TOTAL(waited), TOTAL(held) FROM used GROUP BY seat
"""
#: What a write may raise: SQLite's own errors, and those of values that it cannot hold.
_REFUSED: Final = (sqlite3.Error, ValueError, OverflowError)
_CLOSE: Final = "UPDATE sessions SET closed = MAX(opened, ?) WHERE id = ?"
_ADD: Final = "INSERT INTO used VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class _Write:
    statement: str
    values: Sequence[Any]
    done: asyncio.Future[int]


class Ledger:
    """One file; ``add``, ``used``; ``close()`` it, or use it in ``with``."""

    def __init__(self, folder: Path, *, patience: float = _WRITTEN) -> None:
        """Open or make it; ``patience``: seconds for a commit. Raises BadFile."""
        self.path, self._patience = folder / FILE, patience
        self._queue: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = self._opened()
        except (sqlite3.Error, OSError) as error:
            raise BadFile(text("classroom.ledger", path=self.path, why=error)) from error
        self._thread = threading.Thread(target=self._write, name="class ledger", daemon=True)
        self._thread.start()

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=_BUSY, check_same_thread=False)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(f"PRAGMA cache_size={-_CACHE}")
        database.executescript(_TABLES)
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, _FORMAT):
            database.close()
            raise sqlite3.DatabaseError(text("classroom.ledger_newer", found=found))
        database.execute(f"PRAGMA user_version={_FORMAT}")
        database.commit()
        return database

    def used(self) -> dict[str, Used]:
        """What each seat has used so far, by its id; read before anything is added."""
        rows = self._database.execute(_SUMS).fetchall()
        return {seat: _read(dict(zip(_NAMES, sums, strict=True))) for seat, *sums in rows}

    def decisions(self) -> dict[str, tuple[bool, Limits]]:
        """What a teacher decided about seats, by id: whether stopped, and with which limits."""
        rows = self._database.execute("SELECT seat, stopped, yuan, minutes, turns FROM decisions")
        return {seat: (bool(stopped), Limits(*limits)) for seat, stopped, *limits in rows}

    def hand_ins(self) -> list[tuple[float, str, str, str, int, str]]:
        """What was handed in: when, seat, name, path in the folder, bytes, SHA-256; oldest first.

        Read before anything is added.
        """
        return self._database.execute("SELECT * FROM hand_ins ORDER BY rowid").fetchall()

    # -- adding ------------------------------------------------------------------------------

    async def name(self, seats: Sequence[tuple[str, str, str]]) -> None:
        """Write down which seat (id) is whose (number, name)."""
        for seat in seats:
            await self._put("INSERT OR REPLACE INTO seats VALUES (?, ?, ?)", seat)

    async def open_session(self, seat: str, peer: str) -> int:
        """A session begins; its number."""
        values = (seat, time.time(), peer)
        return await self._put("INSERT INTO sessions (seat, opened, peer) VALUES (?, ?, ?)", values)

    async def close_session(self, number: int) -> None:
        """A session has ended."""
        await self._put(_CLOSE, (time.time(), number))

    async def add(self, seat: str, used: Used, *, session: int | None = None) -> None:
        """Count what a seat used; on the disk once this returns. Raises BadFile."""
        amounts = [getattr(used, name) for name in _NAMES]
        await self._put(_ADD, (time.time(), seat, session, *amounts))

    async def decide(self, seat: str, *, stopped: bool, limits: Limits) -> None:
        """Write down what a teacher decided about a seat."""
        values = (seat, stopped, limits.yuan, limits.minutes, limits.turns)
        await self._put("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?)", values)

    async def trouble(self, seat: str, code: str) -> None:
        """Write down that something went wrong at a seat."""
        await self._put("INSERT INTO troubles VALUES (?, ?, ?)", (time.time(), seat, code))

    async def hand_in(self, row: tuple[float, str, str, str, int, str]) -> None:
        """Write down one more of ``hand_ins``; on the disk once this returns. Raises BadFile."""
        await self._put("INSERT INTO hand_ins VALUES (?, ?, ?, ?, ?, ?)", row)

    async def forget_hand_in(self, seat: str, name: str) -> None:
        """Take out what a pupil has withdrawn. Raises BadFile."""
        await self._put("DELETE FROM hand_ins WHERE seat = ? AND name = ?", (seat, name))

    async def _put(self, statement: str, values: Sequence[Any]) -> int:
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._queue.put(_Write(statement, values, done))
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(done)  # it is written, whoever waits for it
        except TimeoutError as error:
            why = text("classroom.ledger_slow", seconds=self._patience)
            raise BadFile(text("classroom.ledger", path=self.path, why=why)) from error
        except _REFUSED as error:
            raise BadFile(text("classroom.ledger", path=self.path, why=error)) from error

    # -- the thread that writes --------------------------------------------------------------

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            together = [first]
            last = False
            while not self._queue.empty():
                more = self._queue.get()
                last = last or more is None
                together += [] if more is None else [more]
            self._commit(together)
            if last:
                return

    def _commit(self, together: Sequence[_Write]) -> None:
        """Write all of it, with one commit, and tell who waits."""
        try:
            rows = [self._database.execute(each.statement, each.values) for each in together]
            self._database.commit()
        except _REFUSED as error:
            self._database.rollback()
            for each in together:
                _tell(each.done, error)
            return
        for each, row in zip(together, rows, strict=True):
            _tell(each.done, row.lastrowid or 0)

    def close(self) -> None:
        """Write what is left, and let go of the file; twice is once."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join(_LAST)
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(sums: dict[str, float]) -> Used:
    whole = {name: int(sums.pop(name)) for name in ("turns", "errors")}
    return Used(**sums, **whole)  # type: ignore[arg-type]


def _tell(done: asyncio.Future[int], found: int | Exception) -> None:
    """From the writing thread: to the loop that waits, if there still is one."""

    def tell() -> None:
        if done.done():
            return
        if isinstance(found, Exception):
            done.set_exception(found)
        else:
            done.set_result(found)

    try:
        done.get_loop().call_soon_threadsafe(tell)
    except RuntimeError:  # it is closed
        return
