"""``session.record("x.glm")``: events go to disk as they come, from a thread of their own.

They are appended to ``x.glm.part/events.jsonl``, which is flushed each second: a process that is
killed outright loses at most the last one. Closing packs the whole into ``x.glm``. Where the disk
takes no more, whoever sends something next is warned, and what was written until then stays.
"""

from __future__ import annotations

import atexit
import os
import queue
import threading
import time
from pathlib import Path
from typing import BinaryIO, Final, Self

from glmkit.environment.forks import Birthplace, put_aside
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile, warn
from glmkit.protocol.event import Event
from glmkit.recordings.bundle import EVENTS, MANIFEST, PART, manifest_of, place_for, recover
from glmkit.recordings.event_lines import encode_line
from glmkit.texts import text
from glmkit.turns.trace import Trace

FLUSH: Final = 1.0  # seconds
_LAST_SECONDS: Final = 10.0


class Recording:
    """A recording going on: ``path``, ``close()``; also usable in ``with``."""

    def __init__(self, trace: Trace, path: str | os.PathLike[str], *, who: str = "") -> None:
        """Begin with everything that ``trace`` holds. Raises BadFile."""
        self.path = place_for(path)
        self.part = self.path.parent / (self.path.name + PART)
        self.count = 0
        self._trace, self._closing = trace, threading.Lock()
        self._queue: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._failure: OSError | None = None
        self._packed = False
        self._file = self._begun(who)
        self._process = Birthplace("recordings.forked", lambda: put_aside(self._file.fileno()))
        for event in trace.events:
            self._queue.put(event)
        trace.taps = (*trace.taps, self._take)
        self._thread = threading.Thread(target=self._write, name="glmkit recording", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def _begun(self, who: str) -> BinaryIO:
        try:
            self.part.mkdir(parents=True)
            (self.part / MANIFEST).write_bytes(manifest_of(self._trace, who=who, complete=False))
            return (self.part / EVENTS).open("ab")
        except FileExistsError:
            raise BadFile(text("recordings.unfinished", part=str(self.part))) from None
        except OSError as error:
            words = text("recordings.not_written", path=self.part, why=why_refused(error))
            raise BadFile(words) from error

    def _take(self, event: Event) -> None:
        """An event on its way to the disk; where that takes no more, its sender is warned, once."""
        if self._failure is None:
            self._queue.put(event)
        elif event.direction == "client":
            self._leave()
            warn(self._loss(self._failure))

    def _leave(self) -> None:
        self._trace.taps = tuple(tap for tap in self._trace.taps if tap != self._take)

    def _loss(self, failure: OSError) -> str:
        events, why = self.count, why_refused(failure)
        return text("recordings.stopped", path=self.path, part=self.part, events=events, why=why)

    def _write(self) -> None:
        """Runs in its thread until the mark that ends it, or until the disk refuses."""
        due = time.monotonic() + FLUSH
        try:
            with self._file as file:
                while True:
                    try:
                        event = self._queue.get(timeout=max(due - time.monotonic(), 0.0))
                        if event is None:
                            return
                        file.write(encode_line(event))
                        self.count += 1
                    except queue.Empty:
                        pass
                    if time.monotonic() >= due:
                        file.flush()
                        due = time.monotonic() + FLUSH
        except OSError as error:
            self._failure = error

    @property
    def going_on(self) -> bool:
        """Whether events are still written."""
        return self._process.here and self._thread.is_alive()

    def close(self) -> Path:
        """Stop, and pack what there is into one file; twice is once. A forked process leaves it be.

        Raises BadFile, each time anew, as long as there is no such file.
        """
        if not self._process.here:
            return self.path
        with self._closing:
            atexit.unregister(self.close)
            if not self._packed:
                self._stop()
                recover(self.part)
                self._packed = True
        return self.path

    def _stop(self) -> None:
        self._leave()
        self._queue.put(None)
        self._thread.join(_LAST_SECONDS)
        if self._failure is not None:
            raise BadFile(self._loss(self._failure)) from self._failure

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = text("recordings.going_on" if self.going_on else "recordings.finished")
        return text("recordings.recording", path=self.path, events=self.count, state=state)
