"""``HandInBundle``: a session as one file to hand in, with what was tried of a lesson.

Rules
- The sounds stand in its events only: a bundle's FLAC files say nothing more, and take room.
- Without consent the pupil's voice and pictures are left out; how long they were stays, and so do
  the words that the service understood.
- Whether the class may be shown a turn of it is the pupil's to say; it stands in the manifest, and
  whoever shows asks it there.
- What was packed last is kept: zipped again it would be other bytes, so an upload that broke could
  not go on, and what nothing was added to would count as another hand-in.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from glmkit.auth.masking import their_words
from glmkit.errors import BadArgument, BadState
from glmkit.process_values import ProcessValue
from glmkit.protocol.event import Event
from glmkit.recordings.bundle import save
from glmkit.texts import text
from glmkit.turns.trace import Trace

LESSON: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,19}")
Packed = dict[tuple[str, str], "HandInBundle"]
_packed: ProcessValue[Packed] = ProcessValue(dict)  # by seat and lesson, the newest last
_MOST_PACKED: Final = 3


@dataclass(frozen=True, slots=True)
class HandInBundle:
    """What is sent: ``content`` is the file; ``about`` what it says of the lesson.

    ``state``: what it was made of; of the same state, the same bundle is sent again.
    """

    lesson: str
    content: bytes = field(repr=False)
    sha256: str
    about: dict[str, Any]
    turns: int
    state: tuple[object, ...]


def lesson_name(lesson: object) -> str:
    """A lesson's name, such as ``03``, also where it is written ``3`` or ``０３``.

    Raises BadArgument for what is none.
    """
    plain = unicodedata.normalize("NFKC", lesson).strip().lower() if isinstance(lesson, str) else ""
    if not LESSON.fullmatch(plain):
        raise BadArgument(text("hand_in.lesson", found=their_words(lesson, 40)))
    return plain.zfill(2) if plain.isdecimal() else plain


def lesson_score(lesson: str) -> dict[str, Any]:
    """How many exercises a lesson has, and what was tried of them in this process.

    A name that is no number is a class's own. Raises BadArgument for a number the course has not.
    """
    from glmkit.lessons.lesson_score import course_lessons, score_of

    if lesson.isdecimal() and lesson not in (known := course_lessons()):
        raise BadArgument(text("hand_in.no_lesson", found=lesson, known=", ".join(known)))
    return score_of(lesson)


def draft(trace: Trace, seat: str, lesson: str, *, voice: bool, show: bool = False) -> HandInBundle:
    """The bundle of a lesson: the one of before, if nothing is new, or another one.

    ``voice``: with the pupil's voice and pictures; ``show``: the class may be shown it.
    Raises BadState where nothing was kept, BadFile.
    """
    if trace.keep == "nothing":
        raise BadState(text("hand_in.nothing_kept"))
    about = {"lesson": lesson, "voice": voice, "show": show, **lesson_score(lesson)}
    turns = len(trace.turns())
    state = trace.clock.epoch, turns, repr(about)
    with _packed.lock:
        before = _packed.value.get((seat, lesson))
    if before is not None and before.state == state:
        return before
    content = _file_of(_as_handed_in(trace, about))
    digest = hashlib.sha256(content).hexdigest()
    made = HandInBundle(lesson, content, digest, about, turns, state)
    with _packed.lock:
        others = {key: each for key, each in _packed.value.items() if key != (seat, lesson)}
        kept = list(others.items())[1 - _MOST_PACKED :]
        _packed.value = {**dict(kept), (seat, lesson): made}
    return made


def _as_handed_in(trace: Trace, about: dict[str, Any]) -> Trace:
    handed = Trace(trace.clock, peer=trace.peer, model=trace.model, keep=trace.keep)
    handed.about = {**trace.about, "hand_in": about}
    events = list(trace.events)
    handed.events = events if about["voice"] else [_without_pupil(each) for each in events]
    return handed


def _without_pupil(event: Event) -> Event:
    """Without what can be heard or seen of the pupil in it."""
    return event.without_payload() if event.direction == "client" else event


def _file_of(trace: Trace) -> bytes:
    with tempfile.TemporaryDirectory(prefix="glmkit-hand-in-") as folder:
        return save(trace, Path(folder) / "hand_in.glm", sounds=False).read_bytes()
