"""Amounts as people write them: ``0.8``, ``"800 ms"``, ``"0,8 s"``, ``"36%"``, ``"两轮"``."""

from __future__ import annotations

import math
import re
import unicodedata
from numbers import Real
from typing import Final

from glmkit.emulator.think.numerals import numbers_in

#: Unit → what it is a unit of, and how many of the first of its kind it makes.
UNITS: Final[dict[str, tuple[str, float]]] = {
    "s": ("time", 1.0),
    "ms": ("time", 0.001),
    "min": ("time", 60.0),
    "Hz": ("frequency", 1.0),
    "kHz": ("frequency", 1000.0),
    "B": ("bytes", 1.0),
    "kB": ("bytes", 1000.0),
    "MB": ("bytes", 1_000_000.0),
    "%": ("share", 0.01),
    "dB": ("level", 1.0),
    "yuan": ("money", 1.0),
}
_ALSO: Final = {
    "s": "second seconds sec 秒 秒钟",
    "ms": "millisecond milliseconds msec 毫秒",
    "min": "minute minutes 分钟 分",
    "Hz": "hz hertz 赫兹 赫",
    "kHz": "khz kilohertz 千赫 千赫兹",
    "B": "b byte bytes 字节",
    "kB": "kb kilobyte kilobytes 千字节",
    "MB": "mb megabyte megabytes 兆字节",
    "%": "percent per cent 百分之 个百分点",
    "dB": "db dbfs decibel decibels 分贝",
    "yuan": "元 块钱 ¥ rmb cny",
}
_UNIT_OF: Final = {
    name: unit for unit, names in _ALSO.items() for name in (unit.lower(), *names.split())
}
_NUMBER: Final = re.compile(r"[-+]?(?:\d[\d.,]*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_MOST_LETTERS: Final = 200


class NoNumber(ValueError):
    """There is no number in what was given, or more than one."""


def amount_in(given: object, unit: str) -> float:
    """What was given, in ``unit``; a bare number is in it already.

    Of a count (``unit`` empty) whatever else is written is no matter: "46 chunks". Raises NoNumber.
    """
    if isinstance(given, str):
        return _read(given, unit)
    if (isinstance(given, Real) and not isinstance(given, bool)) or _is_scalar(given):
        return _finite(_plain(given))
    raise NoNumber


def _is_scalar(given: object) -> bool:
    """Whether it is a number of numpy or of a table."""
    return getattr(given, "shape", None) == () and hasattr(given, "__float__")


def _plain(given: object) -> float:
    """As Python's own number. Raises NoNumber where it has too many digits for one."""
    try:
        return float(given)  # type: ignore[arg-type]
    except OverflowError:
        raise NoNumber from None


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NoNumber
    return number


def _read(words: str, unit: str) -> float:
    plain = unicodedata.normalize("NFKC", words[:_MOST_LETTERS]).strip().replace("−", "-")
    number, rest = _number(plain)
    given = _unit(rest)
    if not unit or given is None or UNITS[given][0] != UNITS[unit][0]:
        return _finite(number)
    if given == unit:
        return _finite(number)
    return _finite(number * UNITS[given][1] / UNITS[unit][1])


def _number(words: str) -> tuple[float, str]:
    """The one number in ``words``, and what stands around it."""
    found = _NUMBER.findall(words)
    if len(found) == 1:
        return _as_float(found[0]), words.replace(found[0], " ", 1)
    spoken = [] if found else numbers_in(words.lower())
    if len(spoken) == 1:
        each = spoken[0]
        return float(each.value), f"{words[: each.start]} {words[each.end :]}"
    raise NoNumber


def _as_float(digits: str) -> float:
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:  # as much of Europe writes it
        digits = digits.replace(",", ".")
    try:
        return float(digits.rstrip(".,"))
    except ValueError:
        raise NoNumber from None


def _unit(words: str) -> str | None:
    """The unit that is named, if any."""
    for name in sorted(_UNIT_OF, key=len, reverse=True):
        if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", words.lower()):
            return _UNIT_OF[name]
    return None
