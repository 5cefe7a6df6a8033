"""A server for one recording: started once, and found again for the same file and speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from glmkit.emulator.launch import Emulator
from glmkit.emulator.replaying import Score

_playing: dict[tuple[Any, ...], Emulator] = {}


def replay(path: Path, *, speed: float = 1.0) -> Emulator:
    """A running emulator that plays this recording; the same one for the same file and speed.

    Raises BadFile, BadArgument.
    """
    path = path.resolve()
    Score.load(str(path))  # what is wrong with it is said here, not in the log of a child
    mark = path.stat()
    name = (path, mark.st_mtime_ns, mark.st_size, speed)
    running = _playing.get(name)
    if running is None or not running.running:
        _playing[name] = running = Emulator.start(replay=str(path), replay_speed=speed)
    return running
