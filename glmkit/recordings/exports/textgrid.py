"""``both.TextGrid``: Praat's annotations in the long format, for the same ``both.wav``.

Praat's manual, "TextGrid file formats": intervals follow each other without a gap from ``xmin`` to
``xmax``, a quotation mark is doubled. The tiers' names are the same in every language, since
scripts look for them: ``you``, ``answer``, ``events`` (points), ``findings``, and ``peer``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from glmkit.protocol.event import Event
from glmkit.recordings.exports.annotations import (
    Annotations,
    Label,
    annotated,
    finding_labels,
    one_line,
)
from glmkit.turns.trace import Trace

_DIGITS = 6  # of a second
_SHORTEST = 0.001  # seconds: a tier has a length


def as_textgrid(trace: Trace) -> bytes:
    """Both voices' words, the events and the findings as tiers, and whom it was with.

    Seconds of ``both.wav``; what came before its first sample is left out. Raises BadArgument for
    an empty trace.
    """
    notes = annotated(trace)
    end = round(max(notes.extent[1] - notes.origin, _SHORTEST), _DIGITS)
    tiers = list(_tiers(notes, end))
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    lines += ["xmin = 0", f"xmax = {_number(end)}", "tiers? <exists>", f"size = {len(tiers)}"]
    lines.append("item []:")
    for number, tier in enumerate(tiers, 1):
        lines += [f"    item [{number}]:", *(f"        {line}" for line in tier)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _tiers(notes: Annotations, end: float) -> Iterator[list[str]]:
    you = [turn.you.said for turn in notes.turns if turn.you.said]
    answer = [turn.answer.said for turn in notes.turns if turn.answer.said]
    yield _intervals("you", _covering(you, notes.origin, end), end)
    yield _intervals("answer", _covering(answer, notes.origin, end), end)
    yield _points("events", _marks(notes.trace.events, notes.origin), end)
    yield _intervals("findings", _covering(finding_labels(notes), notes.origin, end), end)
    yield _intervals("peer", [Label(0.0, end, notes.note)], end)


# -- intervals -----------------------------------------------------------------------------


def _covering(spans: Iterable[Label], origin: float, end: float) -> list[Label]:
    """Intervals from 0 to ``end`` without a gap; what overlaps shares the interval it does in."""
    found = [_cut(span, origin, end) for span in spans]
    edges = sorted({0.0, end, *(each.begin for each in found), *(each.end for each in found)})
    pieces = [
        Label(a, b, " | ".join(s.words for s in found if s.begin <= a and b <= s.end))
        for a, b in pairwise(edges)
    ]
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.words)]
    return [Label(run[0].begin, run[-1].end, run[0].words) for run in runs]


def _cut(span: Label, origin: float, end: float) -> Label:
    begin, last = (min(max(round(at - origin, _DIGITS), 0.0), end) for at in (span.begin, span.end))
    return Label(begin, last, span.words)


def _intervals(name: str, spans: Sequence[Label], end: float) -> list[str]:
    lines = [*_head("IntervalTier", name, end), f"intervals: size = {len(spans)}"]
    for number, span in enumerate(spans, 1):
        lines += [
            f"intervals [{number}]:",
            f"    xmin = {_number(span.begin)}",
            f"    xmax = {_number(span.end)}",
            f"    text = {_quoted(span.words)}",
        ]
    return lines


# -- points --------------------------------------------------------------------------------


def _marks(events: Sequence[Event], origin: float) -> list[tuple[float, str]]:
    """The moment and the types of each run of events; of one moment there is one point."""
    runs = [list(run) for _, run in groupby(events, key=lambda event: event.type)]
    at: dict[float, list[str]] = {}
    for run in runs:
        moment, count = round(run[0].at - origin, _DIGITS), len(run)
        if moment >= 0:
            named = run[0].type if count == 1 else f"{run[0].type} ×{count}"
            at.setdefault(moment, []).append(one_line(named))
    return [(moment, " | ".join(names)) for moment, names in sorted(at.items())]


def _points(name: str, points: Sequence[tuple[float, str]], end: float) -> list[str]:
    lines = [*_head("TextTier", name, end), f"points: size = {len(points)}"]
    for number, (at, mark) in enumerate(points, 1):
        lines += [
            f"points [{number}]:",
            f"    number = {_number(at)}",
            f"    mark = {_quoted(mark)}",
        ]
    return lines


def _head(kind: str, name: str, end: float) -> list[str]:
    return [f'class = "{kind}"', f"name = {_quoted(name)}", "xmin = 0", f"xmax = {_number(end)}"]


def _number(seconds: float) -> str:
    return f"{seconds:.{_DIGITS}f}".rstrip("0").rstrip(".")


def _quoted(words: str) -> str:
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
