"""What an exercise looks at in a turn, a clip, a table or a rehearsal that a learner made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from glmkit.lab.expectations import ALL
from glmkit.lab.rehearsed_lines import RehearsedRuns
from glmkit.lab.rehearsed_scripts import scripts
from glmkit.lab.worked_rows import runs_in
from glmkit.media.clip import Clip
from glmkit.turns.turn import Turn
from glmkit.turns.turn_sequence import Turns

_APPEND: Final = "input_audio_buffer.append"


class WrongKind(TypeError):
    """What was given is not of the kind that is looked at."""


class NothingYet(WrongKind):
    """What was given could hold a turn, a session or a script's run, and holds none so far."""


def turn_in(given: object) -> Turn:
    """A turn; of a session or of several turns the last one. Raises WrongKind, NothingYet."""
    if isinstance(given, Turn):
        return given
    turns = getattr(given, "turns", given)
    turns = turns() if callable(turns) else turns  # a trace's
    if isinstance(turns, Sequence) and turns and isinstance(turns[-1], Turn):
        return turns[-1]
    if isinstance(turns, Turns) and not turns:
        raise NothingYet
    raise WrongKind


def clip_in(given: object) -> Clip:
    """A clip; of a recorder what it recorded. Raises WrongKind."""
    clip = given if isinstance(given, Clip) else getattr(given, "clip", None)
    if isinstance(clip, Clip):
        return clip
    raise WrongKind


def table_in(given: object) -> Any:
    """A table of pandas. Raises WrongKind."""
    if hasattr(given, "columns") and hasattr(given, "iloc"):
        return given
    raise WrongKind


def rehearsal_in(given: object) -> Any:
    """What ``glm.lab.rehearse`` gave. Raises WrongKind."""
    if isinstance(given, RehearsedRuns):
        return given
    raise WrongKind


def _behind_not(played: RehearsedRuns) -> list[str]:
    """The words that must not come, each once; those that came in their place."""
    unwanted = (e.wanted for row in played.rows for e in row.expectations if e.key == "not")
    return sorted({word for words in unwanted for word in words.split(ALL)})


def _of_the_kit() -> set[str]:
    """The names of the scripts that come with the kit."""
    return {each.name for each in scripts()}


def _language(words: str) -> str:
    return "zh" if re.search(r"[\u4e00-\u9fff]", words) else "en"


def _chunk_ms(turn: Turn) -> int | None:
    """The length of the first append, in whole milliseconds."""
    clips = (event.clip for event in turn.events if event.type == _APPEND)
    first = next((clip for clip in clips if clip is not None), None)
    return None if first is None else round(1000 * first.seconds)


def _silence_ms(turn: Turn) -> Any:
    """The silence that ends a turn under server VAD, as asked for."""
    found = turn.requested.get("turn_detection")
    return found.get("silence_duration_ms") if isinstance(found, Mapping) else None


_TURN: Final[dict[str, Callable[[Turn], Any]]] = {
    "vad": lambda turn: turn.vad,
    "status": lambda turn: turn.status,
    "chunk_ms": _chunk_ms,
    "silence_ms": _silence_ms,
    "voice": lambda turn: turn.requested.get("voice"),
    "said_in": lambda turn: _language(turn.user_transcript),
    "answered_in": lambda turn: _language(turn.transcript),
    "answer_letters": lambda turn: len(turn.transcript),
    "input_seconds": lambda turn: 0.0 if turn.input is None else turn.input.seconds,
    "audio_seconds": lambda turn: 0.0 if turn.audio is None else turn.audio.seconds,
    "interrupted": lambda turn: turn.interrupted_at is not None,
    "tools": lambda turn: [call.name for call in turn.tool_calls],
    "tool_calls": lambda turn: len(turn.tool_calls),
    "pictures": lambda turn: sum("video_frame" in event.type for event in turn.events),
    "replayed": lambda turn: turn.peer.startswith("replay"),
    "network": lambda turn: turn.network,
    "errors": lambda turn: len(turn.errors),
    "findings": lambda turn: list(turn.explain().names),
}
_CLIP: Final[dict[str, Callable[[Clip], Any]]] = {
    "seconds": lambda clip: clip.seconds,
    "rate": lambda clip: clip.rate,
    "level": lambda clip: clip.level,
}
_TABLE: Final[dict[str, Callable[[Any], Any]]] = {
    "rows": len,
    "columns": lambda table: [str(name) for name in table.columns],
    "failed": lambda table: int((runs_in(table)["error"] != "").sum()),
}
_REHEARSAL: Final[dict[str, Callable[[Any], Any]]] = {
    "lines": lambda played: len(played.lines),
    "expected": lambda played: sorted({e.key for row in played.rows for e in row.expectations}),
    "forbidden": lambda played: _behind_not(played),
    "passed": lambda played: bool(played.passed),
    "runs": lambda played: played.runs,
    "own": lambda played: not {each.rpartition("/")[2] for each in played.scripts} & _of_the_kit(),
}
#: Kind → how it is found in what was given, and the facts that are looked at.
THINGS: Final[dict[str, tuple[Callable[[object], Any], Mapping[str, Callable[[Any], Any]]]]] = {
    "turn": (turn_in, _TURN),
    "run": (turn_in, _TURN),  # of a script: its last turn
    "clip": (clip_in, _CLIP),
    "table": (table_in, _TABLE),
    "rehearsal": (rehearsal_in, _REHEARSAL),
}


def is_as_wanted(found: Any, wanted: Any) -> bool:
    """Whether a fact is what it must be: a value, one of a list, a range; a list holds a value."""
    if isinstance(wanted, Mapping):
        least, most = wanted.get("min", float("-inf")), wanted.get("max", float("inf"))
        return found is not None and bool(least <= found <= most)
    if isinstance(wanted, list):
        return any(is_as_wanted(found, each) for each in wanted)
    if isinstance(found, list):
        return wanted in found
    return bool(found == wanted)
