"""Which unit a column of a table is in, by its name.

Rules
- The lab's own columns are known. Of another, the last part of its name may be a unit: ``lead_ms``,
  ``pitch_hz``, ``wait_seconds``, ``等待_秒``.
- What stands after ``per`` is none: ``words_per_s`` are no seconds, nor is ``tokens_per_ms``.
- ``s`` is seconds only behind a quantity, as in ``cost_s``: in English it is an ending, too. Alone,
  or behind what is counted (``thanks_s``, ``words_s``), it says nothing.
- A name that says nothing has no unit: a number alone is not wrong.
"""

from __future__ import annotations

from typing import Final

from glmkit.turns.latency import STAGES

_NAMED: Final = {
    **dict.fromkeys((*STAGES, "since_spoken", "round_trip"), "seconds"),
    **dict.fromkeys(("took", "waited", "waited_for_place", "late"), "seconds"),
    **dict.fromkeys(("tries", "segments", "repetition", "cer", "wer", "status"), ""),
}
_UNITS: Final = {
    **dict.fromkeys(("seconds", "sec", "s", "秒"), "seconds"),
    **dict.fromkeys(("milliseconds", "ms", "毫秒"), "milliseconds"),
    **dict.fromkeys(("hertz", "hz", "赫兹"), "hertz"),
    **dict.fromkeys(("decibels", "dbfs", "db", "分贝"), "decibels"),
    "percent": "percent",
    "words": "words",
    **dict.fromkeys(("yuan", "元"), "yuan"),
}
_RATES: Final = frozenset({"per", "每"})
_SINGULAR: Final = ("ss", "us", "is")  # loss, status, analysis: no plurals


def unit_of(column: str) -> str:
    """``seconds`` for one, as the figures' texts have it; "" where the name tells none."""
    if column in _NAMED:
        return _NAMED[column]
    *before, last = column.lower().split("_")
    if before and before[-1] in _RATES:
        return ""
    if last == "s" and not (before and _is_quantity(before[-1])):
        return ""
    return _UNITS.get(last, "")


def _is_quantity(word: str) -> bool:
    """Whether a word can be so many seconds long: of several things there is a number."""
    return len(word) > 1 and (not word.endswith("s") or word.endswith(_SINGULAR))
