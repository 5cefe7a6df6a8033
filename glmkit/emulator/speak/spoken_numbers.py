"""Numbers in Chinese words: as amounts, and digit by digit."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿", "万亿")
_MOST_DIGITS: Final = 16


def amount(number: str) -> str:
    """A number as an amount: ``"1,234.5"`` is 一千二百三十四点五, ``"24000"`` is 两万四千."""
    whole, _, part = number.replace(",", "").partition(".")
    said = whole_amount(int(whole)) if len(whole) <= _MOST_DIGITS else digits(whole)
    return said + ("点" + digits(part) if part else "")


def digits(number: str, *, telephone: bool = False) -> str:
    """A number digit by digit; on the telephone 1 is 幺."""
    said = "".join(DIGITS[int(digit)] for digit in number)
    return said.replace("一", "幺") if telephone else said


def whole_amount(value: int) -> str:
    """A whole number from 0 as an amount."""
    if not value:
        return "零"
    parts: list[str] = []
    for group in reversed(range(len(_GROUPS))):
        section = value // 10_000**group % 10_000
        if section:
            gap = parts and section < 1000  # 一万零三十
            parts.append(("零" if gap else "") + _section(section, group) + _GROUPS[group])
        elif parts and value % 10_000**group >= 1000 and parts[-1][-1] != "零":
            parts.append("零")  # 一亿零三千
    said = "".join(parts)
    if said.startswith("二千"):
        said = "两" + said[1:]
    return said.removeprefix("一") if said.startswith("一十") else said


def _section(value: int, group: int) -> str:
    """A number below ten thousand, 一十 written in full; 两 before 万 and 亿."""
    if value == 2 and group:
        return "两"
    said, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if zero and said else "") + DIGITS[digit] + _PLACES[place]
        zero = not digit
    return said
