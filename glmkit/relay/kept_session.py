"""One session that passes, as a recording that replays: every event both ways, with its time.

Rules
- It goes to disk as it comes (``recordings/recording``); a relay that is killed leaves ``.part``.
- It replaces nothing: where its name is taken, by a relay of before or a clock that was set back,
  it takes the next number.
- No header is in it: neither the client's credential nor the one that opens the service.
- Its times are those at the relay, so its peer is whom the relay talked to.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal

from glmkit.auth.masking import MaskedAddress
from glmkit.errors import BadFile
from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import OPENED
from glmkit.recordings.bundle import MANIFEST, PART, manifest_of
from glmkit.recordings.recording import Recording
from glmkit.recordings.replay_settings import SUFFIX
from glmkit.turns.trace import Clock, Trace

Way = Literal["client", "server"]
_INPUT, _OUTPUT = "input_audio_format", "output_audio_format"
_FORMATS: Final = {"client": (_INPUT, "pcm"), "server": (_OUTPUT, "pcm")}
_TELLS: Final = {"session.update", "session.updated", "session.created"}
_LONGEST: Final = 40  # letters of a guest's id in a file's name


class SoundFormats:
    """In which formats a session's sound travels, as its configuration says."""

    def __init__(self) -> None:
        self._said: dict[str, Any] = {}

    def event_of(self, message: str | bytes, way: Way, *, at: float) -> Event:
        """A message as an event that knows its sound's format."""
        name, usual = _FORMATS[way]
        event = Event.from_json(message, direction=way, at=at, format=self._of(name, usual))
        if event.type in _TELLS:
            self._said = event.inner("session")
        return event

    def _of(self, name: str, usual: str) -> str:
        said = self._said.get(name)
        return said if isinstance(said, str) else usual


class KeptSession:
    """A recording of what passes between one guest and the service."""

    def __init__(self, folder: Path, guest: str, number: int, *, peer: str, url: str) -> None:
        """Begin; ``number`` tells it from others of the same second. Raises BadFile."""
        clock = Clock(time.time(), time.perf_counter())
        self._trace = Trace(clock, peer=peer, model="", keep="nothing")
        self._trace.about.update(who=guest, address=MaskedAddress(url).shown)
        self._formats = SoundFormats()
        self._guest = guest
        name = f"{_date(clock)}-{guest[:_LONGEST]}"
        self._recording = Recording(self._trace, _free(folder, name, number), who=guest)
        self._trace.add(_opened(clock))

    @property
    def path(self) -> Path:
        """Where it will be, once it is whole."""
        return self._recording.path

    def take(self, message: str | bytes, way: Way) -> None:
        """Keep one message as it passes."""
        event = self._formats.event_of(message, way, at=time.perf_counter())
        if event.type == "session.update" and not self._trace.model:
            self._name_model(str(event.inner("session").get("model") or ""))
        self._trace.add(event)

    def _name_model(self, model: str) -> None:
        """Put the model into what the recording says of itself, also if it is never finished."""
        self._trace.model = model
        said = manifest_of(self._trace, who=self._guest, complete=False)
        with suppress(OSError):  # the disk is full: the recording says so itself
            (self._recording.part / MANIFEST).write_bytes(said)

    async def close(self) -> Path | None:
        """Make a whole file of it; its path, or None where the disk took no more."""
        with suppress(BadFile):  # what was written stays beside it, and its sender was warned
            return await asyncio.to_thread(self._recording.close)
        return None


def _opened(clock: Clock) -> Event:
    """The mark that begins a connection."""
    return Event(OPENED, {"epoch": clock.epoch}, direction="local", at=clock.perf)


def _free(folder: Path, name: str, first: int) -> Path:
    """A recording's place that is neither taken nor begun; numbers go on from ``first``."""
    places = (folder / f"{name}-{number}{SUFFIX}" for number in itertools.count(first))
    return next(p for p in places if not p.exists() and not p.with_name(p.name + PART).exists())


def _date(clock: Clock) -> str:
    return time.strftime("%Y%m%d-%H%M%S", time.localtime(clock.epoch))
