"""One file that is a recording, a cassette to replay, homework and a bug report.

::

    x.glm               a zip
      manifest.json     versions, OS, clock, peer, model, date, masked address, configuration
      events.jsonl      every event with its time and direction: this alone is read back
      turns.md          the same in words, for people
      audio/01-you.flac, audio/01-model.flac …

Rules
- ``events.jsonl`` is authoritative, the rest is made from it. No key or token is in any of it.
- A file appears whole or not at all.
- Reading never writes, see ``read_bundle``. What could be read of a bad file is in the error's
  ``trace``: every line that holds an event, also behind one that does not.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from glmkit.environment.versions import version_of
from glmkit.environment.whole_files import whole_file
from glmkit.errors import BadAudio, BadFile, warn
from glmkit.media.source import existing_path, path_of
from glmkit.recordings.event_lines import encode_line, masked
from glmkit.recordings.read_bundle import BROKEN, EVENTS, FORMAT, MANIFEST, PART, Reading
from glmkit.texts import text
from glmkit.turns.trace import Trace
from glmkit.turns.turn import Turn

if TYPE_CHECKING:
    from glmkit.media.clip import Clip

__all__ = ["EVENTS", "MANIFEST", "PART", "load", "manifest_of", "place_for", "recover", "save"]
_ZIP_BEGINS, _ZIP_ENDS = 315_619_200, 4_354_732_800  # 1980-01-02 and 2107-12-30, whatever the zone
_PACKAGES = ("websockets", "PyJWT", "numpy", "ipykernel")


# -- writing -------------------------------------------------------------------------------


def save(trace: Trace, path: str | os.PathLike[str], *, who: str = "", sounds: bool = True) -> Path:
    """Write ``trace`` as one file; ``sounds``: also as FLAC. Raises BadFile."""
    target = place_for(path)
    with (
        whole_file(target) as beside,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as pack,
    ):
        _fill(pack, trace, who, sounds=sounds)
    return target


def place_for(path: str | os.PathLike[str]) -> Path:
    """Where a recording may go: what it would replace is a file, or nothing. Raises BadFile."""
    place = path_of(path)
    if place.exists() and not place.is_file():
        raise BadFile(text("recordings.no_file", path=place))
    return place


def _fill(pack: zipfile.ZipFile, trace: Trace, who: str, *, sounds: bool) -> None:
    pack.writestr(_entry(MANIFEST), manifest_of(trace, who=who))
    with pack.open(_entry(EVENTS), "w", force_zip64=True) as lines:
        for event in trace.events:
            lines.write(encode_line(event))
    turns = trace.turns()
    if turns:
        from glmkit.recordings.exports.markdown import as_markdown

        pack.writestr(_entry("turns.md"), as_markdown(trace).encode("utf-8", "replace"))
    for name, clip in _sounds(turns) if sounds else ():
        with suppress(BadAudio):  # a rate no FLAC can have: the events hold it all the same
            pack.writestr(_entry(f"audio/{name}.flac", zipfile.ZIP_STORED), _flac(clip))


def _entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A part of the zip, written now: a clock that no zip can hold stands at the nearest it can."""
    seconds = min(max(time.time(), _ZIP_BEGINS), _ZIP_ENDS)
    entry = zipfile.ZipInfo(name, time.localtime(seconds)[:6])
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16  # as writestr does for a name
    return entry


def _sounds(turns: Sequence[Turn]) -> Iterator[tuple[str, Clip]]:
    for number, turn in enumerate(turns, 1):
        for who, clip in (("you", turn.input), ("model", turn.audio)):
            if clip is not None and len(clip):
                yield f"{number:02d}-{who}", clip


def _flac(clip: Clip) -> bytes:
    from glmkit.media.encoders import encode, pcm16

    return encode(pcm16(clip.samples), clip.rate, "flac")


def manifest_of(trace: Trace, *, who: str = "", complete: bool = True) -> bytes:
    """What a recording says about itself, as JSON."""
    updated = trace.select("session.updated", direction="server")
    asked = trace.select("session.update", direction="client")
    about = {
        "format": FORMAT,
        "complete": complete,
        "who": who or trace.about.get("who", ""),
        "peer": trace.peer,
        "model": trace.model,
        "switches": trace.about.get("switches", ""),
        "network": trace.about.get("network", ""),
        "date": trace.clock.date(trace.clock.perf).isoformat(),
        "address": _masked_address(str(trace.about.get("address", ""))),
        "keep": trace.keep,
        "clock": {
            "epoch": trace.clock.epoch,
            "perf": trace.clock.perf,
            "resolution": time.get_clock_info("perf_counter").resolution,
        },
        "events": len(trace),
        "asked": asked[-1].inner("session") if asked else {},
        "config": updated[-1].inner("session") if updated else {},
        "versions": trace.about.get("versions") or _versions(),
        "os": trace.about.get("os") or platform.platform(),
    }
    if handed := trace.about.get("hand_in"):  # lesson, exercises, see session/hand_in_bundle
        about["hand_in"] = handed
    return json.dumps(masked(about), ensure_ascii=False, indent=1).encode("utf-8", "replace")


@cache  # what is installed stays so while this runs, and a relay asks for each session
def _versions() -> dict[str, str]:
    found = {"glmkit": version_of("glmkit"), "python": sys.version.split()[0]}
    return found | {name: version_of(name) for name in _PACKAGES}


def _masked_address(url: str) -> str:
    """Scheme, host and path: never a name, a password or a query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else ""


# -- reading -------------------------------------------------------------------------------


def load(path: str | os.PathLike[str], *, damaged: bool = False) -> Trace:
    """Read a recording: a whole one, an unfinished ``.part``, or an ``.Input`` file.

    ``damaged``: give what could be read of a bad file, with a warning. Raises BadFile, whose
    ``trace`` is what could be read.
    """
    place = _found(existing_path(path))
    reading = Reading(place, damaged=damaged)
    try:
        reading.read()
    except (BadFile, *BROKEN) as error:
        why = str(error) if isinstance(error, BadFile) else text("recordings.cut")
        if damaged and reading.events:
            words = text("recordings.read_part", path=place, events=len(reading.events), why=why)
            warn(words)
            return reading.trace()
        if isinstance(error, BadFile) and not reading.known:
            raise
        if not reading.known:
            raise reading.foreign(text("recordings.found_broken", why=str(error)[:80])) from None
        raise reading.failure(why) from None
    return reading.trace()


def _found(path: Path) -> Path:
    if path.exists():
        return path
    part = path.parent / (path.name + PART)
    if part.is_dir():
        return part
    raise BadFile(text("recordings.missing", path=path))


# -- what was not finished -----------------------------------------------------------------


def recover(path: str | os.PathLike[str]) -> Path:
    """Make a whole file of an unfinished ``x.glm.part``, and remove that. Raises BadFile."""
    part = existing_path(path)
    part = part if part.name.endswith(PART) else part.parent / (part.name + PART)
    if not part.is_dir():
        raise BadFile(text("recordings.missing", path=part))
    target = save(load(part), part.parent / part.name.removesuffix(PART))
    shutil.rmtree(part)
    return target
