"""What a hand-in says of itself in its manifest: the score, and what its owner allows.

It was made on a pupil's computer and may say anything: what is no number counts nothing, and what
is not plainly allowed is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from glmkit.errors import BadFile
from glmkit.recordings.handed_score import score_in
from glmkit.recordings.read_bundle import read_manifest

SCORES: Final = ("right", "of", "first_try", "tries", "hints", "answers")


@dataclass(frozen=True, slots=True)
class HandInSummary:
    """``scores``: a number for each of SCORES; ``voice``: its owner is heard in it; ``show``: the
    class may see it; ``broken``: it cannot be read."""

    scores: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SCORES, 0))
    voice: bool = False
    show: bool = False
    broken: bool = False


def summary_of(path: Path) -> HandInSummary:
    """The summary of a file; of one that cannot be read, that it is broken."""
    try:
        about = read_manifest(path)
    except BadFile:
        return HandInSummary(broken=True)
    score, said = score_in(about, path.name), _said(about)
    if not score:
        return HandInSummary(broken=True)
    scores = {name: int(score[name]) for name in SCORES}
    return HandInSummary(scores, said.get("voice") is True, said.get("show") is True)


def _said(about: dict[str, Any]) -> dict[str, Any]:
    found = about.get("hand_in")
    return found if isinstance(found, dict) else {}
