"""When each syllable of a clip is said, also in a part of it, or at another tempo."""

from __future__ import annotations

Syllables = tuple[tuple[float, float, str], ...]  # from second, to second, pinyin as said


def within(syllables: Syllables, start: float, end: float) -> Syllables:
    """Those whose middle is between the seconds ``start`` and ``end``, counted from there."""
    return tuple(
        (max(a - start, 0.0), min(b, end) - start, said)
        for a, b, said in syllables
        if start <= (a + b) / 2 < end
    )


def later(syllables: Syllables, seconds: float) -> Syllables:
    """The same, so many seconds later."""
    return tuple((start + seconds, end + seconds, said) for start, end, said in syllables)


def stretched(syllables: Syllables, factor: float) -> Syllables:
    """The same, each moment ``factor`` times as late."""
    return tuple((start * factor, end * factor, said) for start, end, said in syllables)
