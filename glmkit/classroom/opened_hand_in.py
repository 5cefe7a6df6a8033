"""What is inside a hand-in, as JSON can hold it: for the teacher to read, or a turn to project.

Rules
- Words are text, masked and cut to a length; a page never takes them for markup.
- Sentences are in this process's language, so whoever asks for another one asks another process.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from glmkit.cards.frame import readable
from glmkit.cards.player.markup import scene_data
from glmkit.cards.player.scene import scene_of
from glmkit.cards.player.sounds import as_mp3, own_sounds
from glmkit.errors import BadFile
from glmkit.explain import explain
from glmkit.recordings.bundle import load
from glmkit.recordings.handed_score import exercises_in
from glmkit.texts import text
from glmkit.turns.labels import peer_name

if TYPE_CHECKING:
    from glmkit.turns.trace import Trace
    from glmkit.turns.turn import Turn

_WORDS: Final = 2_000  # letters of what was said in a turn
_TURNS: Final = 60
_FINDINGS: Final = 40
_SECONDS: Final = 300.0  # of sound in a turn that is projected


def opened(path: Path) -> dict[str, Any]:
    """Exercises, findings and turns of a hand-in; ``problem``: what is wrong with its file.

    Raises BadFile where nothing can be read.
    """
    trace, problem = _read(path)
    turns = trace.turns()
    found = [{"fact": readable(e.fact), "cure": readable(e.cure)} for e in explain(trace)]
    return {
        "problem": problem,
        "peer": readable(peer_name(trace.reached)),
        "exercises": [readable(words) for words in exercises_in(trace.about)],
        "findings": found[:_FINDINGS],
        "more_findings": max(len(found) - _FINDINGS, 0),
        "turns": [_words_of(turn) for turn in turns[:_TURNS]],
        "more_turns": max(len(turns) - _TURNS, 0),
    }


def projected(path: Path, number: int) -> dict[str, Any]:
    """Turn ``number``, from 1, as the player shows and plays it, with both texts whole.

    Raises BadFile where it cannot be read, has no such turn, or sounds for too long.
    """
    trace, _ = _read(path)
    turns = trace.turns()
    if not 1 <= number <= len(turns):
        raise BadFile(text("hand_in_page.no_turn", found=number, most=len(turns)))
    turn = turns[number - 1]
    scene = scene_of(turn)
    if (seconds := sum(piece.clip.seconds for piece in scene.pieces)) > _SECONDS:
        raise BadFile(
            text("hand_in_page.long_turn", found=f"{seconds:.0f}", most=f"{_SECONDS:.0f}")
        )
    track = own_sounds(scene.pieces, as_mp3)
    return {
        **_words_of(turn),
        "heard": any(piece.voice == 0 for piece in scene.pieces),
        "of": len(turns),
        "scene": scene_data(scene, track),
        "sounds": [sound.data for sound in track.encoded],
    }


def _read(path: Path) -> tuple[Trace, str]:
    """What can be read, and in words what cannot."""
    try:
        return load(path), ""
    except BadFile as error:
        if error.trace is None:
            raise
        return error.trace, readable(str(error))


def _words_of(turn: Turn) -> dict[str, Any]:
    said, answered = (readable(_cut(each)) for each in (turn.user_transcript, turn.transcript))
    return {"said": said, "answered": answered}


def _cut(words: str) -> str:
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"


def answer_to(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked of a file: to be ``opened``, or its ``turn`` to be projected."""
    path = Path(asked["path"])
    try:
        return opened(path) if asked["turn"] is None else projected(path, int(asked["turn"]))
    except BadFile as error:
        return {"failed": readable(str(error)).replace(str(path), path.name)}
