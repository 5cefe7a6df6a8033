"""An axis of seconds that leaves out the minutes in which nothing happens.

Stretches in which something happens keep their scale; a longer idle time between two of them is
shown as a narrow gap of its own, and ticks go on with the real seconds behind it. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

IDLE = 5.0  # seconds without anything: more is left out
_GAP_SHARE = 0.015  # of everything shown, for each gap
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds ``begin`` to ``end``, drawn from ``x`` on at one unit a second."""

    begin: float
    end: float
    x: float


@dataclass(frozen=True, slots=True)
class Timescale:
    """Stretches in order, and how wide a gap between two of them is drawn."""

    stretches: tuple[Stretch, ...]
    gap: float

    @property
    def width(self) -> float:
        """Where the last stretch ends."""
        last = self.stretches[-1]
        return last.x + last.end - last.begin

    def x(self, second: float) -> float:
        """Where a second is drawn; inside a gap, proportionally."""
        before = self.stretches[0]
        for stretch in self.stretches:
            if second < stretch.begin:
                break
            before = stretch
        else:
            return before.x + second - before.begin
        if second <= before.end or second < self.stretches[0].begin:
            return before.x + second - before.begin
        share = (second - before.end) / (stretch.begin - before.end)
        return stretch.x - self.gap * (1 - share)

    def gaps(self) -> Iterator[tuple[float, float]]:
        """(x of its middle, seconds left out) of each gap."""
        for one, other in zip(self.stretches, self.stretches[1:], strict=False):
            yield other.x - self.gap / 2, other.begin - one.end

    def cuts(self) -> Iterator[tuple[float, float]]:
        """Where each gap begins and ends on the axis."""
        for x, _ in self.gaps():
            yield x - self.gap / 2, x + self.gap / 2

    def ticks(self, count: int, left: float, right: float) -> list[tuple[float, str]]:
        """About ``count`` ticks on an axis from ``left`` to ``right``: where, and which second."""
        step = _round_step((right - left) / max(count, 1))
        begins = [stretch.begin for stretch in self.stretches]
        ends = [stretch.end for stretch in self.stretches]
        # the axis begins before the first and ends behind the last; nothing is before second 0
        begins[0] = max(begins[0] + left - self.stretches[0].x, min(begins[0], 0.0))
        ends[-1] += right - self.width
        found = []
        for begin, end in zip(begins, ends, strict=True):
            first = math.ceil(begin / step - 1e-9)
            for number in range(first, math.floor(end / step + 1e-9) + 1):
                second = number * step
                found.append((self.x(second), f"{second:g}"))
        return found


def timescale_of(spans: Iterable[Span]) -> Timescale:
    """The scale on which all ``spans`` (begin, end) of seconds are seen."""
    busy: list[Span] = []
    for begin, end in sorted(spans):
        if busy and begin - busy[-1][1] <= IDLE:
            busy[-1] = busy[-1][0], max(busy[-1][1], end)
        else:
            busy.append((begin, end))
    busy = busy or [(0.0, 1.0)]
    gap = max(0.5, _GAP_SHARE * sum(end - begin for begin, end in busy))
    stretches, x = [], busy[0][0]
    for begin, end in busy:
        stretches.append(Stretch(begin, end, x))
        x += end - begin + gap
    return Timescale(tuple(stretches), gap)


def _round_step(seconds: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(seconds, 1e-6)))
    return next((power * n for n in (1, 2, 5) if power * n >= seconds), power * 10)
