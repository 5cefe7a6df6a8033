"""Hand-ins as a class has them: files of a turn or two, with scores, taken without a network."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from glmkit.classroom.hand_ins import KeptHandIn, Upload
from glmkit.classroom.running_class import RunningClass
from glmkit.media.clip import Clip
from glmkit.recordings.bundle import save
from glmkit.turns.trace import Clock, Trace
from tests.pictured import exchange, voice

WORDS = ("What is a token?", "A ticket that says who you are, and until when.")


def tried(right: int, of: int, *, tries: int = 1, opened: int = 0) -> dict[str, Any]:
    """So many exercises, the first ones right, each tried so often."""
    return {
        f"03-{n}": {
            "tries": tries,
            "right": n <= right,
            "first_right": tries if n <= right else None,
            "hints": 0,
            "opened": n <= opened,
        }
        for n in range(1, of + 1)
    }


def file_of(
    score: dict[str, Any] | None = None,
    *,
    show: bool = False,
    spoken: bool = True,
    turns: int = 1,
    words: tuple[str, str] = WORDS,
    lesson: str = "03",
    **about: Any,
) -> bytes:
    """A recording as ``session.hand_in`` packs it."""
    trace = Trace(Clock(1_780_000_000.0, 1.0), peer="class → emulator", model="glm-realtime-flash")
    for n in range(turns):
        answer = Clip.tone(330, 1.2, 24_000)
        trace.events += exchange(
            10.0 + 8 * n, spoken=voice(1.5), answer=answer, words=words, name=f"{n}"
        )
    said = {"lesson": lesson, "voice": spoken, "show": show, "of": len(score or {})}
    trace.about = {"who": "07", "hand_in": {**said, "tried": score or {}, **about}}
    if not spoken:
        trace.events = [e.without_payload() if e.direction == "client" else e for e in trace.events]
    with tempfile.TemporaryDirectory() as folder:
        return save(trace, Path(folder) / "x.glm", sounds=False).read_bytes()


async def hand_in(
    taking: RunningClass, content: bytes, lesson: str = "03", id: str = "seat-07"
) -> KeptHandIn:
    """Have a class take a file, and what it has then."""
    upload = Upload(lesson, hashlib.sha256(content).hexdigest(), len(content))
    state = await taking.hand_ins.take(id, upload, 0, content)
    kept = taking.hand_ins.named(id, f"{lesson}-{state['done']['number']}")
    assert kept is not None
    return kept
