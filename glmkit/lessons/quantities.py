"""Amounts as people write them: ``0.8``, ``"800 ms"``, ``"36%"``, ``"八成"``, ``"两轮"``."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
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
    "tenths": ("share", 0.1),
    "share": ("share", 1.0),
    "dB": ("level", 1.0),
    "yuan": ("money", 1.0),
}
_ALSO: Final = {
    "s": "second,seconds,sec,secs,秒,秒钟",
    "ms": "millisecond,milliseconds,msec,毫秒",
    "min": "minute,minutes,分钟,分",
    "Hz": "hertz,赫兹,赫",
    "kHz": "kilohertz,千赫,千赫兹",
    "B": "byte,bytes,字节",
    "kB": "kilobyte,kilobytes,千字节",
    "MB": "megabyte,megabytes,兆字节",
    "%": "percent,per cent,百分之,个百分点",
    "dB": "dbfs,decibel,decibels,分贝",
    "yuan": "元,块钱,块,¥,rmb,cny",
}
_UNIT_OF: Final = {
    name.lower(): unit for unit in UNITS for name in (unit, *_ALSO.get(unit, unit).split(","))
}
_NAMES: Final = "|".join(map(re.escape, sorted(_UNIT_OF, key=len, reverse=True)))
_UNIT: Final = re.compile(rf"(?<![a-z'’])(?:{_NAMES})(?![a-z])")
_NUMBER: Final = re.compile(r"[-+]?(?:\d[\d.,]*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_GROUPS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ _'’]\d{3})+(?![\d_])")
_BELOW: Final = re.compile(r"(?:minus|负|零下)\s*(?=\d)", re.IGNORECASE)
_TENTHS: Final = re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九]?)|(?<=\d)\s*成")
_HALF: Final = re.compile(r"([\d一二两三四五六七八九十])\s*(秒钟?|分钟?|元|块钱?|毫秒|字节|分贝)半")
_MOST_LETTERS: Final = 200


class NoNumber(ValueError):
    """There is no number in what was given, or more than one."""


def amount_in(given: object, unit: str) -> float:
    """What was given, in ``unit``; a bare number is in it already.

    Of a count (``unit`` empty) whatever else is written is no matter: "46 chunks". Raises NoNumber,
    also where only a unit of another kind is named.
    """
    return readings_of(given, unit)[0]


def readings_of(given: object, unit: str) -> tuple[float, ...]:
    """All that it may mean, the likeliest first: a bare 0.36 is 36%, "4,105" is 4.105 s, too.

    As for ``amount_in``.
    """
    if isinstance(given, str):
        found, named = _read(given, unit)
    elif _is_number(given):
        found, named = (_plain(given),), None
    else:
        raise NoNumber
    shares = [100 * each for each in found] if unit == "%" and named is None else []
    return tuple(_finite(each) for each in (*found, *shares))


def _is_number(given: object) -> bool:
    """Whether it is a number of Python, numpy or a table; true and false are none."""
    if hasattr(given, "dtype"):
        return getattr(given.dtype, "kind", "") in {*"iuf"} and getattr(given, "shape", 0) == ()
    return isinstance(given, Real | Decimal) and not isinstance(given, bool)


def _plain(given: object) -> float:
    """As Python's own number. Raises NoNumber where it cannot be one."""
    try:
        return float(given)  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        raise NoNumber from None


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NoNumber
    return number


def _read(words: str, unit: str) -> tuple[tuple[float, ...], str | None]:
    """What the number in ``words`` may be, in ``unit``, and the unit it was given in, if any."""
    numbers, rest = _number(_unfolded(words))
    given = _unit(rest, UNITS[unit][0]) if unit else None
    if not unit:
        return numbers[:1], None
    if given is None:
        return numbers, None
    factor = 1.0 if given == unit else UNITS[given][1] / UNITS[unit][1]
    return tuple(number * factor for number in numbers), given


def _unfolded(words: str) -> str:
    """With one form of each digit and sign."""
    plain = unicodedata.normalize("NFKC", words[:_MOST_LETTERS]).strip().replace("−", "-")
    plain = _HALF.sub(_and_a_half, _TENTHS.sub(_tenths, _BELOW.sub("-", plain)))
    return _GROUPS.sub(lambda found: re.sub(r"\D", "", found[0]), plain)


def _tenths(found: re.Match[str]) -> str:
    """三成六 as 三点六 tenths."""
    return f"{found[1]}点{found[2] or '零'} tenths" if found[1] else " tenths"


def _and_a_half(found: re.Match[str]) -> str:
    """两秒半 as 二点五 秒, 4 秒半 as 4.5 秒; with a blank, 二点五分 is no time of day."""
    digit = found[1].replace("两", "二")
    return f"{digit}{'.5' if digit.isdecimal() else '点五'} {found[2]}"


def _number(words: str) -> tuple[tuple[float, ...], str]:
    """What the one number in ``words`` may be, and what stands around it."""
    found = _NUMBER.findall(words)
    if len(found) == 1:
        return _as_floats(found[0]), words.replace(found[0], " ", 1)
    spoken = [] if found else numbers_in(words.lower())
    if len(spoken) == 1:
        each = spoken[0]
        percent = "%" * words[each.start :].startswith("百分之")
        return (float(each.value),), f"{words[: each.start]} {percent} {words[each.end :]}"
    raise NoNumber


def _as_floats(digits: str) -> tuple[float, ...]:
    """A comma stands between thousands, or, as much of Europe writes it, before the decimals."""
    digits = digits.rstrip(".,")
    decimal = digits.replace(",", ".") if digits.count(",") == 1 and "." not in digits else ""
    thousands = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else ""
    forms = [form for form in (thousands, decimal) if form] or [digits]
    try:
        return tuple(float(form) for form in forms)
    except ValueError:
        raise NoNumber from None


def _unit(words: str, kind: str) -> str | None:
    """The unit of that kind that is named, if any is. Raises NoNumber where only others are."""
    named = [_UNIT_OF[name] for name in _UNIT.findall(words.lower())]
    fitting = [unit for unit in named if UNITS[unit][0] == kind]
    if named and not fitting:
        raise NoNumber
    return fitting[0] if fitting else None
