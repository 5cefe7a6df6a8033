"""``both.vtt``: WebVTT subtitles of both voices, for the same ``both.wav``.

A cue is a whole utterance in a ``<v name>`` tag (documented: W3C, WebVTT 1).
"""

from __future__ import annotations

from glmkit.recordings.exports.annotations import Label, annotated
from glmkit.texts import text
from glmkit.turns.trace import Trace

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SHORTEST = 0.001  # seconds: a cue must end after it begins


def as_vtt(trace: Trace) -> bytes:
    """Whom it was with as a note, then a cue for each utterance, in order.

    Seconds of ``both.wav``. Raises BadArgument for an empty trace.
    """
    notes = annotated(trace)
    said = [
        (span, name)
        for turn in notes.turns
        for voice, name in ((turn.you, "plots.you"), (turn.answer, "plots.model"))
        if (span := voice.said) is not None and span.end > notes.origin
    ]
    said.sort(key=lambda found: found[0].begin)
    blocks = ["WEBVTT", f"NOTE\n{_escaped(notes.note)}"]
    blocks += [_cue(span, text(name), notes.origin) for span, name in said]
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _cue(span: Label, name: str, origin: float) -> str:
    begin = max(span.begin - origin, 0.0)
    end = max(span.end - origin, begin + _SHORTEST)
    return f"{_clock(begin)} --> {_clock(end)}\n<v {_escaped(name)}>{_escaped(span.words)}"


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


def _escaped(words: str) -> str:
    return "".join(_ESCAPED.get(letter, letter) for letter in words)
