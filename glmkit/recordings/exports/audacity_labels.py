"""``labels.txt``: Audacity's label track (File → Import → Labels), for the same ``both.wav``.

A line is ``start TAB end TAB label``, seconds with a point; a label whose ends are one moment is a
point (documented in Audacity's manual, "Importing and Exporting Labels").
"""

from __future__ import annotations

from collections.abc import Iterator

from glmkit.recordings.exports.annotations import (
    AnnotatedTurn,
    Annotations,
    Label,
    annotated,
    finding_labels,
    stage_name,
)
from glmkit.texts import text
from glmkit.turns.trace import Trace


def as_labels(trace: Trace) -> bytes:
    """Whom it was with, then speech, words, stages and findings in the order of their beginning.

    Seconds of ``both.wav``. What ended before its first sample has no place and is counted in the
    first label. Raises BadArgument for an empty trace.
    """
    notes = annotated(trace)
    labels = sorted(_labels(notes), key=lambda label: (label.begin, label.end))
    shown = [label for label in labels if label.end >= notes.origin]
    note = notes.note
    if left := len(labels) - len(shown):
        note += text("recordings.before", count=left)
    lines = [_line(0.0, 0.0, note)]
    for label in shown:
        begin, end = max(label.begin - notes.origin, 0.0), label.end - notes.origin
        lines.append(_line(begin, end, label.words))
    return "".join(lines).encode("utf-8")


def _line(begin: float, end: float, words: str) -> str:
    return f"{begin:.6f}\t{end:.6f}\t{words}\n"


def _labels(notes: Annotations) -> Iterator[Label]:
    for turn in notes.turns:
        yield from _of_turn(turn)
    for label in finding_labels(notes):
        yield Label(label.begin, label.end, text("recordings.finding", words=label.words))


def _of_turn(turn: AnnotatedTurn) -> Iterator[Label]:
    for voice, name in ((turn.you, text("plots.you")), (turn.answer, text("plots.model"))):
        for begin, end in voice.speech:
            yield Label(begin, end, text("recordings.speech", name=name))
        if said := voice.said:
            words = text("recordings.said", name=name, words=said.words)
            yield Label(said.begin, said.end, words)
    for stage, at, seconds in turn.stages():
        yield Label(at, at, stage_name(stage, seconds, turn.turn.latency.zero))
