"""What whoever starts a class should see of the roster: who is first and last, what was guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glmkit.auth.masking import their_words
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.classroom.roster import Pupil, Roster


def roster_told(roster: Roster) -> Iterator[str]:
    """Sentences in which a title that became a pupil shows, and a pupil who became a title."""
    first, *others = roster.pupils
    if others:
        yield text("classroom.roster_ends", first=_called(first), last=_called(others[-1]))
    if (line := roster.guessed) is not None:
        found = text("features.comma").join(their_words(cell, 40) for cell in line.cells)
        yield text("classroom.roster_guessed", line=line.line, found=found)


def _called(pupil: Pupil) -> str:
    return f"{pupil.number} {pupil.name}"
