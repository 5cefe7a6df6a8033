"""Sentences with gaps: "{phrase}用英语怎么说" fits whatever is said around the gap.

What stands in the gap is given back as it was said, without the marks around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from glmkit.emulator.think.likeness import Wording, bare

BESIDE: Final = 0.3  # what is said beside a frame counts as a third of it against it
_GAP: Final = re.compile(r"\{(\w+)\}")
_MARKS: Final = " \t\n，。！？、；：,.!?;:“”\"「」『』'"
_SKIPPED: Final = f"[{re.escape(_MARKS)}]*+"


@dataclass(frozen=True, slots=True)
class Fitted:
    """How well a frame fits, 0 to 1, and what stands in its gaps."""

    score: float
    values: dict[str, str]


def is_frame(sentence: str) -> bool:
    """Whether a sentence has a gap."""
    return bool(_GAP.search(sentence))


def fit(frame: str, words: str, wording: Wording) -> Fitted | None:
    """``words`` in the gaps of ``frame``; None where the words around them are others."""
    if not _may_fit(frame, words, wording):
        return None
    found = _pattern(frame, wording).search(words)
    if found is None:
        return None
    gaps = {
        name: said.strip() if found.end(name) == len(words) else said.strip(_MARKS)
        for name, said in found.groupdict().items()
    }
    fixed = len(found[0]) - sum(map(len, gaps.values()))
    beside = len(words.strip()) - len(found[0].strip())
    return Fitted(fixed / (fixed + BESIDE * beside), gaps)


def _may_fit(frame: str, words: str, wording: Wording) -> bool:
    """Whether the fixed words of a frame stand in ``words``: its pattern takes long to make."""
    said = bare(words)
    return all(any(map(said.__contains__, forms)) for forms in _fixed(frame, wording))


@lru_cache(2048)
def _fixed(frame: str, wording: Wording) -> tuple[tuple[str, ...], ...]:
    return tuple(forms for part in _GAP.split(frame)[::2] for forms in wording.forms(part))


@lru_cache(2048)
def _pattern(frame: str, wording: Wording) -> re.Pattern[str]:
    """The frame as a pattern: a gap at an end takes all there is."""
    parts = _GAP.split(frame.strip())
    fixed = [wording.pattern(part) for part in parts[::2]]
    made = fixed[0]
    for name, after in zip(parts[1::2], fixed[1:], strict=True):
        made += rf"{_SKIPPED}(?P<{name}>\S.{{0,200}}?){after}"
    start = "" if fixed[0] else "^" + _SKIPPED
    return re.compile(start + made + ("" if fixed[-1] else "$"), re.IGNORECASE | re.DOTALL)
