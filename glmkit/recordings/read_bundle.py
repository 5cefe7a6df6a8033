"""Reads a recording's parts into events, however damaged the file is.

Rules
- ``events.jsonl`` is authoritative: a manifest that is missing or unreadable costs the date, the
  model and the address, never an event.
- Parts are read by name, in bounded pieces; nothing is unpacked. What is too much is found before
  any of it is kept, but where the beginning of a damaged file is asked for.
- What was read before an error stays in ``events``.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Any, BinaryIO, Final, cast

from glmkit.errors import BadFile, warn
from glmkit.protocol.event import Event
from glmkit.recordings.event_lines import MOST_BYTES, check_amount, most_unpacked, read_lines
from glmkit.recordings.go_samples import looks_like_input, read_input
from glmkit.recordings.torn_zip import salvaged
from glmkit.texts import text, whole_characters
from glmkit.turns.trace import Clock, Trace

FORMAT: Final = 1
MANIFEST, EVENTS, PART = "manifest.json", "events.jsonl", ".part"
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
_MOST_MANIFEST = 2**20
_UNUSABLE = (ValueError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError)


class Reading:
    """A file being read: what it says about itself, and the events so far."""

    def __init__(self, path: Path, *, damaged: bool = False) -> None:
        self.path, self._damaged = path, damaged
        self.known = False  # it is one of ours, however damaged
        self.events: list[Event] = []
        self.about: dict[str, Any] = {}

    def trace(self) -> Trace:
        """What was read so far."""
        clock = self.about.get("clock", {})
        keep = self.about.get("keep")
        trace = Trace(
            Clock(float(clock.get("epoch", 0.0)), float(clock.get("perf", 0.0))),
            peer=whole_characters(str(self.about.get("peer", "file"))),
            model=whole_characters(str(self.about.get("model", "?"))),
            keep=keep if keep in ("events", "nothing") else "all",
        )
        trace.events, trace.about = self.events, self.about
        return trace

    def failure(self, why: str) -> BadFile:
        """The error for a recording that is damaged, with what was read."""
        words = text("recordings.damaged", path=self.path, why=why, events=len(self.events))
        error = BadFile(words)
        error.trace = self.trace()
        return error

    def read(self) -> None:
        """Read all of it, whatever kind it is. Raises BadFile and what zip files raise."""
        if self.path.is_dir():
            self._read_part()
            return
        if not self.path.is_file():  # opening a pipe waits for who writes into it
            raise self.foreign(text("recordings.found_device"))
        with self.path.open("rb") as file:
            start = file.read(64)
            file.seek(0)
            if start.startswith(b"PK"):
                self._read_zip(file)
            elif looks_like_input(start):
                self.known = True
                self._check_amount(file)
                file.seek(0)
                read_input(file, self.events)
            else:
                raise self.foreign(text("recordings.found_bytes", start=start[:8]))

    def _read_part(self) -> None:
        events = self.path / EVENTS
        if not events.is_file():
            raise self.foreign(text("recordings.found_folder", name=EVENTS))
        self.known = True
        if (manifest := self.path / MANIFEST).is_file():
            self._learn_from(lambda: manifest.open("rb"))
        with events.open("rb") as file:
            self._check_amount(file)
            file.seek(0)
            read_lines(file, self.events, growing=True)

    def _read_zip(self, file: BinaryIO) -> None:
        try:
            pack = zipfile.ZipFile(file)
        except zipfile.BadZipFile:
            self._salvage(file)
            raise
        with pack:
            names = pack.namelist()
            if EVENTS not in names:
                raise self.foreign(text("recordings.found_zip", name=EVENTS))
            self.known = True
            most = most_unpacked(pack.getinfo(EVENTS).compress_size)
            with _part(pack, EVENTS) as part:
                self._check_amount(part, most)
            self._learn_from(lambda: _part(pack, MANIFEST))
            with _part(pack, EVENTS) as part:
                read_lines(part, self.events, most=most)
            for name in filter(_leads_out, names):
                raise BadFile(text("recordings.hostile", name=name[:80]))

    def _salvage(self, file: BinaryIO) -> None:
        """Read the front of a zip whose end is gone."""
        if (manifest := salvaged(file, MANIFEST)) is not None:
            self.known = True
            with suppress(*_UNUSABLE):
                self._learn(manifest.read(_MOST_MANIFEST))
        if (part := salvaged(file, EVENTS)) is None:
            return
        self.known = True
        most = most_unpacked(self.path.stat().st_size)
        self._check_amount(part, most)
        again = salvaged(file, EVENTS) or part
        read_lines(again, self.events, growing=True, most=most)

    def _check_amount(self, file: BinaryIO, most: int = MOST_BYTES) -> None:
        if not self._damaged:
            with suppress(*BROKEN):  # it is read up to there
                check_amount(file, most)

    def _learn_from(self, open_part: Callable[[], IO[bytes]]) -> None:
        """Take the manifest as it is, or do without: then a warning says so."""
        try:
            with open_part() as part:
                self._learn(part.read(_MOST_MANIFEST))
        except (KeyError, FileNotFoundError):
            return  # there is none
        except (*BROKEN, *_UNUSABLE) as error:
            warn(text("recordings.manifest", path=self.path, why=str(error)[:80]))
        if (newer := int(self.about.get("format", FORMAT))) > FORMAT:
            raise BadFile(text("recordings.newer", found=newer, known=FORMAT))

    def _learn(self, manifest: bytes) -> None:
        about = json.loads(manifest)
        clock = about.get("clock", {})
        at = float(clock.get("perf", 0.0))
        Clock(float(clock.get("epoch", 0.0)), at).date(at)  # a date that can be
        int(about.get("format", FORMAT))
        self.about = about

    def foreign(self, found: str) -> BadFile:
        """The error for a file that was never a recording."""
        return BadFile(text("recordings.foreign", path=self.path, found=found))


def read_manifest(path: Path) -> dict[str, Any]:
    """What a whole recording says about itself, without its events. Raises BadFile."""
    reading = Reading(path)
    try:
        with zipfile.ZipFile(path) as pack, _part(pack, MANIFEST) as part:
            reading._learn(part.read(_MOST_MANIFEST))
    except (*BROKEN, *_UNUSABLE, KeyError) as error:
        raise reading.foreign(text("recordings.found_broken", why=str(error)[:80])) from None
    return reading.about


def _part(pack: zipfile.ZipFile, name: str) -> BinaryIO:
    """A part, in large pieces. Raises KeyError, and BadFile where it could not be read in small
    ones: other methods unpack a whole bomb at once."""
    method = pack.getinfo(name).compress_type
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadFile(text("recordings.packed", name=name, method=method))
    return io.BufferedReader(cast("io.RawIOBase", pack.open(name)), 1 << 16)


def _leads_out(name: str) -> bool:
    """Whether a part's name would lead out of the folder it is unpacked in, on any system."""
    kinds = (PurePosixPath(name), PureWindowsPath(name))
    return any(".." in path.parts or path.is_absolute() or path.drive for path in kinds)
