"""What a conversation leaves in a shell: turns and findings, their cost, the answers' files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from glmkit.session.blocking.blocking_session import Session
from glmkit.turns.turn import Turn

Show = Callable[[str], object]


@contextmanager
def shown_in_the_end(
    session: Session, show: Show, *, save: Path | None = None, name: str
) -> Iterator[None]:
    """Show the turns there are in the end, and what they cost, also when that is an error.

    ``save``: the folder for the answers' sound, in files called after ``name``, or None.
    """
    try:
        yield
    finally:
        turns = [turn for turn in session.turns if turn.asked]
        for number, turn in enumerate(turns, 1):
            show(str(turn))
            if found := turn.explain():
                show(repr(found))
            if number < len(turns):
                show("")
        if turns:
            show(repr(session.cost))
        if save is not None:
            for path in _saved(turns, save, name):
                show(str(path))


def _saved(turns: Sequence[Turn], folder: Path, name: str) -> Iterator[Path]:
    sounds = [turn.audio for turn in turns if turn.audio is not None]
    for number, sound in enumerate(sounds, 1):
        which = f"-{number}" if len(sounds) > 1 else ""
        yield sound.write(folder / f"{name}-answer{which}.wav")
