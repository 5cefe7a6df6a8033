"""``glmkit talk FILE``: a sound file said, and everything that came of it printed.

A clip may hold more than one turn, a turn may have findings, and an error leaves what arrived
before it: all of that is shown, in order, by ``show``, which gets the lines a person reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glmkit.media.clip import Clip
from glmkit.media.source import existing_path
from glmkit.session.blocking.blocking_session import Session, connect
from glmkit.session.speech import as_speech
from glmkit.turns.turn import Turn

Show = Callable[[str], object]


def run(
    file: str,
    *,
    show: Show,
    to: str | None = None,
    save: Path | None = None,
    speed: float | None = 1.0,
    **options: Any,
) -> None:
    """Say ``file`` and show the turns it became, with their findings and the answers' files.

    ``save``: the folder for the answers' sound, or None. ``options`` as for ``connect``. Raises
    BadAudio before anything is started, and what ``connect`` and ``say`` raise.
    """
    clip = as_speech(Clip.read(file))
    with connect(to, **options) as session, _shown(session, show):
        session.say(clip, speed=speed)
    if save is not None:
        for path in _saved(_asked(session), save, existing_path(file).stem):
            show(str(path))


@contextmanager
def _shown(session: Session, show: Show) -> Iterator[None]:
    """Show the turns there are in the end, also when that is an error."""
    try:
        yield
    finally:
        turns = _asked(session)
        for number, turn in enumerate(turns, 1):
            show(str(turn))
            if found := turn.explain():
                show(repr(found))
            if number < len(turns):
                show("")


def _asked(session: Session) -> list[Turn]:
    return [turn for turn in session.turns if turn.asked]


def _saved(turns: Sequence[Turn], folder: Path, name: str) -> Iterator[Path]:
    sounds = [turn.audio for turn in turns if turn.audio is not None]
    for number, sound in enumerate(sounds, 1):
        which = f"-{number}" if len(sounds) > 1 else ""
        yield sound.write(folder / f"{name}-answer{which}.wav")
