"""Spans that would lie on one another, put into rows; words that would, left out. Pure.

Spans are (begin, end) on an axis. Answers overlap on a timeline when the next question was asked
before the last answer would have sounded to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Span = tuple[float, float]


def rows_of(spans: Sequence[Span], most: int) -> list[int]:
    """A row for each span: the first that is free; where none is, the one that is free soonest."""
    ends: list[float] = []
    found = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda n: spans[n]):
        begin, end = spans[number]
        row = next((r for r, until in enumerate(ends) if until <= begin), len(ends))
        if row == most:
            row = ends.index(min(ends))
        ends[row : row + 1] = [end]
        found[number] = row
    return found


def shared(spans: Iterable[Span]) -> Iterator[Span]:
    """Where two spans or more lie at once."""
    steps = sorted((at, step) for begin, end in spans for at, step in ((begin, 1), (end, -1)))
    depth, since = 0, 0.0
    for at, step in steps:
        depth += step
        if depth == 2 and step == 1:
            since = at
        elif depth == 1 and step == -1 and at > since:
            yield since, at


class LabelLine:
    """One line of words: what has room beside what is there already."""

    def __init__(self, apart: float) -> None:
        self.apart = apart
        self.taken: list[Span] = []

    def take(self, begin: float, end: float) -> bool:
        """Whether there is room from ``begin`` to ``end``; then it is taken."""
        free = all(end + self.apart <= a or begin >= b + self.apart for a, b in self.taken)
        if free:
            self.taken.append((begin, end))
        return free
